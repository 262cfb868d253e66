import { create } from 'qrcode';
import { escapeHtml } from '../../messages/html.ts';

/** Light modules around the code that readers need (ISO/IEC 18004). */
const QUIET = 4;

/**
 * A QR code as one path of an inline SVG, a run of dark modules a stroke.
 * @param label what a screen reader says
 */
export function qrSvg(text: string, label: string): string {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size, data } = modules;
  let path = '';
  for (let row = 0; row < size; row++) {
    for (let from = 0; from < size; from++) {
      if (!data[row * size + from]) continue;
      let to = from + 1;
      while (to < size && data[row * size + to]) to++;
      path += `M${from} ${row}h${to - from}v1H${from}z`;
      from = to;
    }
  }
  const side = size + 2 * QUIET;
  return `<svg viewBox="${-QUIET} ${-QUIET} ${side} ${side}" role="img" aria-label="${escapeHtml(label)}"><path d="${path}"/></svg>`;
}
