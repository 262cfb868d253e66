/** Where a value is put decides how it is written, so that no text of a message ever says more than itself. */
export type Place = 'url' | 'form' | 'json' | 'header' | 'plain';

const PLACEHOLDER = /\{\{\s*([a-z]+)\s*\}\}/g;

const WRITE: Readonly<Record<Place, (value: string) => string>> = {
  url: encodeURIComponent,
  form: encodeURIComponent,
  json: (value) => JSON.stringify(value).slice(1, -1),
  header: (value) => value.replace(/[^\x20-\x7e]/g, ''),
  plain: (value) => value,
};

/** `{{name}}` in a template by its value; a name without a value becomes nothing. */
export function fillIn(template: string, values: Readonly<Record<string, string>>, place: Place): string {
  return template.replace(PLACEHOLDER, (_, name: string) => WRITE[place](values[name] ?? ''));
}

/** Names that a template uses and that are not among the known. */
export const strangersIn = (template: string, known: readonly string[]): string[] =>
  [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name).filter((name) => !known.includes(name));
