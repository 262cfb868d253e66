/** Markup that is safe to send as it is. */
export type Html = { readonly markup: string };

export type Piece = Html | string | number | null | undefined | false | readonly Piece[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

function piece(value: Piece): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map(piece).join('');
}

/** Tagged template: whatever is put in is escaped unless it is Html itself. Attributes must stand in quotes. */
export const html = (parts: TemplateStringsArray, ...values: readonly Piece[]): Html => ({
  markup: parts.reduce((text, part, index) => text + part + (index < values.length ? piece(values[index]) : ''), ''),
});

/** For markup that was checked when it was stored. */
export const trusted = (markup: string): Html => ({ markup });
