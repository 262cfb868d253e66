import type { Contract } from '../../core/contract/contract.ts';

type Schema = {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
};

/** What stands in a request: ids and codes by the name of the field, or by that of what it is an id of. */
export type Values = Readonly<Record<string, string>>;

/** Names that fields give to ids known by another name. */
const ALIASES: Readonly<Record<string, string>> = {
  fromSiteId: 'siteId',
  toSiteId: 'siteId',
  site: 'siteId',
  device: 'deviceId',
  parentIds: 'deviceId',
  childIds: 'deviceId',
  regionCode: 'region',
  regionCodes: 'region',
  parent: 'region',
  absentId: 'recipientId',
  substituteId: 'recipientId',
  assigneeId: 'accountId',
  scopeId: 'siteId',
  agencySiteId: 'agency',
};

const UNKNOWN = 'contoh';
/** Texts for fields whose form is told by a pattern: the first that fits is taken. */
const FORMS = [
  '2026-11',
  '16.03',
  'site:',
  'contoh',
  '127.0.0.1',
  '02:00:00:00:00:01',
  '123456',
  'a'.repeat(43),
  '08:00',
];

export type Request = {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly payload: object | string | undefined;
  readonly type: string | undefined;
};

/**
 * A request of a contract out of nothing but its schemas, with ids and codes from `values`.
 * @param isBare with only what has to be said in the query: lists show all they may
 * @throws Error that says what to add where an id in the path is not known
 */
export function requestOf(contract: Contract, values: Values, at: number, isBare = false): Request {
  const { schema } = contract;
  const known = (name: string): string | undefined => {
    const single = name.replace(/Ids$/, 'Id').replace(/Codes$/, 'Code');
    return values[name] ?? values[single] ?? values[ALIASES[name] ?? ALIASES[single] ?? ''];
  };
  const path = contract.url.replace(/:(\w+)/g, (_, name: string) => {
    const value = known(name) ?? (name === 'month' ? '2026-11' : firstOf(schema.params as Schema | undefined, name));
    if (value === undefined)
      throw new Error(
        `${contract.method} ${contract.url} has the parameter ${name}: lay such a thing in tests/support/marked-province.ts and name its id ${name}`,
      );
    return encodeURIComponent(value);
  });
  const query: Record<string, string> = {};
  for (const [name, part, isRequired] of fieldsOf(schema.querystring as Schema | undefined)) {
    // A text that means nothing here would only find nothing.
    const means = known(name) !== undefined || (part.type !== 'string' && name !== 'page') || part.enum !== undefined;
    if (!isRequired && (isBare || !means)) continue;
    const value = sampleOf(part, name, known, at);
    if (value !== null) query[name] = String(value);
  }
  const [type] = contract.consumes ?? [];
  const isForm = type?.includes('form') === true;
  if (type !== undefined && !isForm && !type.includes('json')) return { path, query, payload: UNKNOWN, type };
  const body = schema.body as Schema | undefined;
  if (body === undefined) return { path, query, payload: undefined, type: undefined };
  const payload = sampleOf(body, '', known, at) as Record<string, string>;
  return isForm
    ? { path, query, payload: new URLSearchParams(payload).toString(), type }
    : { path, query, payload, type: undefined };
}

/** A parameter that names one of a few. */
const firstOf = (params: Schema | undefined, name: string): string | undefined =>
  fieldsOf(params)
    .find(([field]) => field === name)?.[1]
    .enum?.map(String)[0];

/** Fields of an object, or of what several together say of one. */
function fieldsOf(schema: Schema | undefined): readonly (readonly [name: string, part: Schema, isRequired: boolean])[] {
  return [schema ?? {}, ...(schema?.allOf ?? [])].flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).map(([name, part]) => [name, part, required.includes(name)] as const),
  );
}

/** Values of the fields by which a reader chooses the form of a file or the table in it, but for the first. */
export const formsOf = ({ schema }: Contract): readonly Values[] =>
  fieldsOf(schema.querystring as Schema | undefined).flatMap(([name, part]) => {
    if (!/^(format|table|what)$/.test(name)) return [];
    const choices = part.enum ?? part.anyOf?.flatMap((one) => one.enum ?? one.const ?? []) ?? [];
    return choices.slice(1).map((choice) => ({ [name]: String(choice) }));
  });

function sampleOf(schema: Schema, name: string, known: (name: string) => string | undefined, at: number): unknown {
  const value = known(name);
  if (schema.allOf !== undefined)
    return Object.assign({}, ...schema.allOf.map((part) => sampleOf(part, name, known, at) as object));
  if (schema.anyOf !== undefined) {
    const first = schema.anyOf.find(({ type }) => type !== 'null');
    return first === undefined ? null : sampleOf(first, name, known, at);
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum.includes(value) ? value : schema.enum[0];
  switch (schema.type) {
    case 'object': {
      const fields = Object.entries(schema.properties ?? {});
      return Object.fromEntries(fields.map(([field, part]) => [field, sampleOf(part, field, known, at)]));
    }
    case 'array':
      return schema.items === undefined || ((schema.minItems ?? 0) === 0 && value === undefined)
        ? []
        : [sampleOf(schema.items, name, known, at)];
    case 'boolean':
      return name === 'enabled';
    case 'integer':
    case 'number':
      // Ranges end after they begin.
      if (schema.minimum === 0 && /^(from|startsAt)$/.test(name)) return at - 86_400_000;
      if (schema.minimum === 0 && /^(to|endsAt|until|validUntil|expiresAt)$/.test(name)) return at;
      return schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1;
    case 'string':
      return value ?? textOf(schema);
    case undefined:
      return {};
    default:
      return null;
  }
}

function textOf({ pattern, minLength = 0, format }: Schema): string {
  if (format === 'uuid') return '00000000-0000-4000-8000-000000000000';
  if (pattern === undefined) return UNKNOWN.padEnd(minLength, 'x');
  return FORMS.find((text) => new RegExp(pattern, 'u').test(text) && text.length >= minLength) ?? '';
}
