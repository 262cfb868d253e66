import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

export type Packing = 'br' | 'gzip' | 'identity';
/** What is kept for long is packed tighter than what is true for a second. */
export type Tightness = 'kept' | 'passing';
const LEVELS = { kept: { br: 9, gzip: 9 }, passing: { br: 4, gzip: 4 } } as const;

/** What a browser that names it at all takes; `q=0` is not used by any. */
export function packingFor(accepted: string | string[] | undefined): Packing {
  const names = String(accepted ?? '')
    .split(',')
    .map((name) => name.split(';', 1)[0]?.trim());
  return names.includes('br') ? 'br' : names.includes('gzip') ? 'gzip' : 'identity';
}

export async function pack(text: string, packing: Packing, tightness: Tightness): Promise<Buffer> {
  const levels = LEVELS[tightness];
  switch (packing) {
    case 'br':
      return await brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: levels.br } });
    case 'gzip':
      return await zip(text, { level: levels.gzip });
    case 'identity':
      return Buffer.from(text);
  }
}
