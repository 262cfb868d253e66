import { STATUS_CODES } from 'node:http';
import { Problem } from '../core/contract/common.ts';
import { type Contract, rolesOf } from '../core/contract/contract.ts';
import { isObjectSchema, type Json, merged, plain } from './json-schema.ts';
import { PROBLEM_STATUS } from './problem.ts';

/** The contracts as an OpenAPI 3.1 document: its schemas are JSON Schema, as those of the contracts are. */
export function openApiDocument(contracts: readonly Contract[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const contract of contracts) {
    const path = contract.url.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [contract.method.toLowerCase()]: operationOf(contract) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Simpul',
      version,
      description:
        'Networks of a province: inventory, states, outages, series and live events. Moments are UTC milliseconds.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(contracts.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: plain(Problem) },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'simpul_session' } },
    },
  };
}

/** A name for each call that stays when others are added: `get-devices-deviceId`. */
export const operationId = ({ method, url }: Pick<Contract, 'method' | 'url'>): string =>
  [method.toLowerCase(), ...url.split('/').slice(3)].join('-').replaceAll(':', '');

function operationOf(contract: Contract): Json {
  const { summary, tag, access, schema } = contract;
  const body = requestBody(contract);
  return {
    operationId: operationId(contract),
    summary,
    tags: [tag],
    description: accessText(contract),
    security: access === 'public' ? [] : [{ session: [] }],
    parameters: [...parametersOf('path', schema.params), ...parametersOf('query', schema.querystring)],
    ...(body === null ? {} : { requestBody: body }),
    responses: { ...successes(contract), ...problems(contract) },
  };
}

export function accessText({ access }: Pick<Contract, 'access'>): string {
  if (access === 'public') return 'Open to anyone.';
  return `Roles: ${rolesOf(access).join(', ')}.`;
}

function parametersOf(where: 'path' | 'query', schema: object | undefined): Json[] {
  if (schema === undefined) return [];
  const whole = merged(plain(schema));
  if (!isObjectSchema(whole)) return [];
  return Object.entries(whole.properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || (whole.required ?? []).includes(name),
    schema: property,
  }));
}

const FILE = { type: 'string', contentMediaType: 'application/octet-stream' } as const;

function requestBody({ schema, consumes }: Contract): Json | null {
  if (consumes !== undefined) {
    return { required: true, content: Object.fromEntries(consumes.map((type) => [type, { schema: FILE }])) };
  }
  return schema.body === undefined
    ? null
    : { required: true, content: { 'application/json': { schema: plain(schema.body) } } };
}

function successes({ schema, produces = ['application/json'] }: Contract): Json {
  const answers = Object.entries(schema.response).map(([status, answer]) => {
    const description = STATUS_CODES[Number(status)] ?? 'Success';
    const content = Object.fromEntries(produces.map((type) => [type, { schema: plain(answer) }]));
    return [status, Number(status) === 204 ? { description } : { description, content }];
  });
  return Object.fromEntries(answers);
}

function problems({ access, schema }: Contract): Json {
  const codes = [
    ...(schema.params === undefined && schema.querystring === undefined && schema.body === undefined
      ? []
      : (['bad-input'] as const)),
    ...(access === 'public' ? [] : (['not-signed-in'] as const)),
    ...(Array.isArray(access) ? (['forbidden'] as const) : []),
    ...(schema.params === undefined ? [] : (['not-found'] as const)),
  ];
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const known = codes.map((code) => [PROBLEM_STATUS[code], { description: code, content }]);
  return { ...Object.fromEntries(known), default: { description: 'Any other problem', content } };
}
