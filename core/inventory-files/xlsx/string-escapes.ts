/**
 * Signs that XML cannot hold or would change stand as `_x000D_` in a spreadsheet's texts (ECMA-376 ST_Xstring); text
 * that looks like one has its first `_` written that way.
 */
const ESCAPED = /_x([0-9A-Fa-f]{4})_/g;
const MUST_ESCAPE = /_(?=x[0-9A-Fa-f]{4}_)|(?![\t\n])\p{Cc}|[\uFFFE\uFFFF]/gu;

export const escapeString = (text: string): string =>
  text.replace(MUST_ESCAPE, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);

export const unescapeString = (text: string): string =>
  text.includes('_x')
    ? text.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
