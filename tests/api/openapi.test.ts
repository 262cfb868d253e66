import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../support/api.ts';
import { everyContract } from '../support/contracts.ts';

const contracts = await everyContract();
let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

type Operation = {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
};
type Document = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
const read = async (): Promise<Document> => (await api.app.inject({ url: '/api/v1/openapi.json' })).json();

test('every contract is an operation of the document, and nothing else is', async () => {
  const document = await read();

  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const wanted = [...contracts.values()].map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
  expect(document.openapi).toBe('3.1.0');
  expect(described.sort()).toEqual(wanted.sort());
});

test('operations have names of their own, and every parameter of an address is declared', async () => {
  const document = await read();

  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, operation })),
  );
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  for (const { path, operation } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const declared = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    expect(declared).toEqual(inPath);
  }
});

test('every schema in the document is JSON Schema 2020-12', async () => {
  const document = await read();
  const ajv = new Ajv2020({ strict: false });
  formats(ajv);

  const schemas = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).flatMap(({ parameters, responses }) => [
      ...parameters.map(({ schema }) => schema),
      ...Object.values(responses).flatMap(({ content = {} }) => Object.values(content).map(({ schema }) => schema)),
    ]),
  );

  expect(schemas.length).toBeGreaterThan(100);
  for (const schema of schemas) if (!('$ref' in schema)) expect(ajv.validateSchema(schema)).toBe(true);
});

test('the page lists every call and loads nothing from elsewhere', async () => {
  const page = await api.app.inject({ url: '/api/docs' });
  const style = await api.app.inject({ url: '/api/docs/style.css' });

  for (const { url, summary } of contracts.values()) {
    expect(page.body).toContain(url);
    expect(page.body).toContain(summary);
  }
  expect(page.body).not.toMatch(/https?:\/\/|<script|style="/);
  expect(style.headers['content-type']).toBe('text/css; charset=utf-8');
});
