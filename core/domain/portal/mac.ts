const PAIR = '[0-9a-f]{2}';
/**
 * How gateways write a MAC: the seven forms of RouterOS' `radius-mac-format` (manual, RADIUS client) and the dotted
 * one of Cisco. Within one address the separator is the same everywhere.
 */
const FORMS = [
  new RegExp(`^${PAIR}(?::${PAIR}){5}$`),
  new RegExp(`^${PAIR}(?:-${PAIR}){5}$`),
  new RegExp(`^${PAIR}(?: ${PAIR}){5}$`),
  /^[0-9a-f]{4}:[0-9a-f]{4}:[0-9a-f]{4}$/,
  /^[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}$/,
  /^[0-9a-f]{6}[:-][0-9a-f]{6}$/,
  /^[0-9a-f]{12}$/,
];
const LONGEST = 17;

/** @returns lower case with colons; null for what is no MAC in any known form */
export function macOf(text: string | null): string | null {
  if (text === null || text.length > LONGEST) return null;
  const lower = text.toLowerCase();
  if (!FORMS.some((form) => form.test(lower))) return null;
  return (lower.replace(/[^0-9a-f]/g, '').match(/../g) ?? []).join(':');
}

/** Whether a text holds this MAC in whatever form, alone or as part of it. @param mac as `macOf` gives it */
export const holdsMac = (text: string, mac: string): boolean =>
  text
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '')
    .includes(mac.replaceAll(':', ''));
