/** A setting as a form shows it. */
export type SchemaField = {
  readonly name: string;
  readonly isRequired: boolean;
  readonly isSecret: boolean;
} & (
  | { readonly kind: 'text'; readonly isLong: boolean; readonly maxLength: number | null }
  | { readonly kind: 'number'; readonly minimum: number | null; readonly maximum: number | null }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'several'; readonly options: readonly string[] }
  | { readonly kind: 'flag' }
);

type Schema = Readonly<Record<string, unknown>>;
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** From here on a text has lines of its own: certificates, bodies of messages. */
const LONG_TEXT = 2_500;

/** The fields of an object's JSON Schema in its order, what must be filled first. What a form cannot show is left out. */
export function schemaFields(schema: unknown, secrets: readonly string[]): readonly SchemaField[] {
  if (!isSchema(schema) || !isSchema(schema['properties'])) return [];
  const required = new Set(texts(schema['required']));
  const fields = Object.entries(schema['properties']).flatMap(([name, property]): readonly SchemaField[] => {
    if (!isSchema(property)) return [];
    const base = { name, isRequired: required.has(name), isSecret: secrets.includes(name) };
    const options = texts(property['enum']);
    if (options.length > 0) return [{ ...base, kind: 'choice', options }];
    switch (property['type']) {
      case 'string': {
        const maxLength = numberOf(property['maxLength']);
        return [{ ...base, kind: 'text', isLong: (maxLength ?? 0) > LONG_TEXT, maxLength }];
      }
      case 'integer':
      case 'number':
        return [
          { ...base, kind: 'number', minimum: numberOf(property['minimum']), maximum: numberOf(property['maximum']) },
        ];
      case 'boolean':
        return [{ ...base, kind: 'flag' }];
      case 'array': {
        const items = isSchema(property['items']) ? texts(property['items']['enum']) : [];
        return items.length === 0 ? [] : [{ ...base, kind: 'several', options: items }];
      }
      default:
        return [];
    }
  });
  return fields.toSorted((a, b) => Number(b.isRequired) - Number(a.isRequired));
}

/**
 * Settings as a filled form has them. What is empty is left out; a secret that is empty too, so that it stays as it is.
 * @param cleared secrets that are to go
 */
export function settingsOf(
  fields: readonly SchemaField[],
  form: FormData,
  cleared: readonly string[] = [],
): Record<string, unknown> {
  const settings: Record<string, unknown> = Object.fromEntries(cleared.map((name) => [name, null]));
  for (const field of fields) {
    const text = String(form.get(field.name) ?? '').trim();
    if (field.kind === 'flag') settings[field.name] = form.get(field.name) !== null;
    else if (field.kind === 'several') {
      const chosen = form.getAll(field.name).map(String);
      if (chosen.length > 0) settings[field.name] = chosen;
    } else if (text !== '') settings[field.name] = field.kind === 'number' ? Number(text) : text;
  }
  return settings;
}
