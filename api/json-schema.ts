export type Json = { readonly [key: string]: unknown };
export type ObjectSchema = Json & { readonly properties: Json; readonly required?: readonly string[] };

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isObjectSchema = (value: unknown): value is ObjectSchema => isJson(value) && isJson(value['properties']);

/** What a schema says, without what TypeBox keeps on it for itself. */
export const plain = (schema: object): Json => JSON.parse(JSON.stringify(schema));

/** An intersection of objects as one object; anything else as it is. */
export function merged(schema: Json): Json {
  const parts = schema['allOf'];
  if (!Array.isArray(parts) || !parts.every(isJson)) return schema;
  const objects = parts.map(merged);
  if (!objects.every(isObjectSchema)) return schema;
  const properties = Object.assign({}, ...objects.map((part) => part.properties));
  const required = [...new Set(objects.flatMap((part) => part.required ?? []))];
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }) };
}

/** The same schema without room for unknown fields. */
export function closed(schema: Json): Json {
  const whole = merged(schema);
  if (!isObjectSchema(whole)) return whole;
  const properties = Object.fromEntries(
    Object.entries(whole.properties).map(([name, value]) => [name, isJson(value) ? closed(value) : value]),
  );
  return { additionalProperties: false, ...whole, properties };
}
