import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../../core/domain/errors.ts';
import { layProvince, NOON, openTestApi, type TestApi } from '../support/api.ts';
import { everyContract } from '../support/contracts.ts';

const contracts = await everyContract();
let api: TestApi;
let cookie: string;
beforeAll(async () => {
  api = await openTestApi();
  await layProvince(api.inventory);
  cookie = (await api.signIn('admin')).cookie;
});
afterAll(() => api.close());

const get = (url: string) => api.app.inject({ url, headers: { cookie } });
const post = (url: string, payload: string | object, type = 'application/json') =>
  api.app.inject({ method: 'POST', url, payload, headers: { cookie, 'content-type': type } });

describe('a problem', () => {
  test.each([
    ['/api/v1/nothing', 404, 'not-found'],
    ['/api', 404, 'not-found'],
    ['/nothing.js', 404, 'not-found'],
    ['/api/v1/devices/not-a-uuid', 400, 'bad-input'],
    ['/api/v1/devices/7b1b1c86-4f0e-4b8f-9d3a-0c8b5f6a1d11', 404, 'not-found'],
    ['/api/v1/devices?page=0', 400, 'bad-input'],
    ['/api/v1/devices?page=1e9', 400, 'bad-input'],
    ['/api/v1/devices?state=broken', 400, 'bad-input'],
    ['/api/v1/devices?region=16&region=17', 400, 'bad-input'],
    ['/api/v1/regions/16.3', 400, 'bad-input'],
    ['/api/v1/regions/99', 404, 'not-found'],
    ['/api/v1/villages/16.03', 404, 'not-found'],
    ['/api/v1/coverage?from=5&to=4', 400, 'bad-input'],
    ['/%zz', 400, 'bad-input'],
    [`/api/v1/regions/${'1'.repeat(150)}`, 400, 'bad-input'],
  ])('of GET %s is %i %s', async (url, status, code) => {
    const answer = await get(url);

    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toMatchObject({ type: `/api/docs#problem-${code}`, status, code, title: expect.any(String) });
  });

  test.each([
    ['{', 'application/json', 400, 'bad-input'],
    ['', 'application/json', 400, 'bad-input'],
    ['[]', 'application/json', 400, 'bad-input'],
    ['null', 'application/json', 400, 'bad-input'],
    ['{"__proto__":{"a":1}}', 'application/json', 400, 'bad-input'],
    ['a=b', 'application/x-www-form-urlencoded', 415, 'not-supported'],
    [`"${'x'.repeat(300_000)}"`, 'application/json', 413, 'too-large'],
  ])('of POST %.20s as %s is %s %s', async (payload, type, status, code) => {
    const answer = await post('/api/v1/sites', payload, type);

    expect(answer.statusCode).toBe(status);
    expect(answer.json().code).toBe(code);
  });

  test('of a form names every field at fault, the unknown ones too', async () => {
    const answer = await post('/api/v1/sites', {
      code: '',
      kind: 'castle',
      regionCode: '16.03',
      lat: 91,
      passwordHash: 'x',
    });

    const fields = answer.json().faults.map(({ field }: { field: string }) => field);
    expect(new Set(fields)).toEqual(new Set(['/name', '/code', '/kind', '/lat', '/passwordHash']));
  });

  test('of what the inventory refuses says which rule', async () => {
    const { credentials } = api.inventory;
    const [credential] = await credentials.list();
    const answers = [
      await post('/api/v1/sites', { code: '16.71.01.1001-pop', name: 'x', kind: 'pop', regionCode: '16.71' }),
      await post('/api/v1/credentials', {
        name: String(credential?.name),
        kind: 'snmp-v2c',
        settings: { community: 'x' },
      }),
      await post('/api/v1/credentials', { name: 'new', kind: 'snmp-v9', settings: {} }),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([409, 409, 400]);
  });

  test('of a body keeps null apart from an empty text', async () => {
    const body = { code: 'null-test', name: 'x', kind: 'pop', regionCode: '16.71', address: null, lat: null };

    const answer = await post('/api/v1/sites', body);

    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({ address: null, lat: null });
  });

  test('of our own says nothing of what went wrong', async () => {
    const original = api.inventory.outages.list;
    Object.assign(api.inventory.outages, { list: () => Promise.reject(new Error('password=hunter2')) });
    const internal = await get('/api/v1/outages');
    Object.assign(api.inventory.outages, {
      list: () => Promise.reject(new AppError('store-unavailable', 'the inventory does not answer')),
    });
    const away = await get('/api/v1/outages');
    Object.assign(api.inventory.outages, { list: original });

    expect(internal.statusCode).toBe(500);
    expect(internal.json()).toEqual({
      type: '/api/docs#problem-internal',
      title: 'Internal Server Error',
      status: 500,
      code: 'internal',
    });
    expect(away.statusCode).toBe(503);
    expect(away.headers['retry-after']).toBe('5');
  });

  test('is the answer to what is not even HTTP', async () => {
    await api.app.listen({ host: '127.0.0.1', port: 0 });
    const socket = connect((api.app.server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');

    socket.end('NONSENSE\r\n\r\n');
    const chunks: Buffer[] = await socket.toArray();

    const text = Buffer.concat(chunks).toString();
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('application/problem+json');
  });
});

/** A generator with a seed, so that a failure can be made again. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const NASTY: readonly unknown[] = [
  '',
  ' ',
  '0',
  '-1',
  '1e308',
  'NaN',
  'null',
  'true',
  '%00',
  '\u0000',
  '\ud800',
  "' OR 1=1 --",
  '%',
  '_',
  '\\',
  '../../etc/passwd',
  '16',
  '16.03',
  '16.03.11.2009',
  '99.99.99.9999',
  '00000000-0000-0000-0000-000000000000',
  'x'.repeat(120),
  '🦊'.repeat(20),
  String(NOON),
  '8640000000000000',
  'reachability.up',
  'interface.ifHCInOctets,,,',
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  NOON,
  [],
  {},
  [null],
  { a: { b: [] } },
  randomBytes(8).toString('latin1'),
];

/** A URL cannot hold half a character. */
const inUrl = (value: unknown): string => String(value).replace(/\p{Surrogate}/gu, '?');

test('nonsense at every call is the caller’s fault, never ours', async () => {
  const roll = dice(20_261_121);
  const any = (): unknown => NASTY[Math.floor(roll() * NASTY.length)];
  const bad: string[] = [];

  for (const [name, contract] of contracts) {
    if (name === 'live' || name === 'signIn' || name === 'signOut') continue;
    for (let round = 0; round < 25; round += 1) {
      const url = contract.url.replace(/:\w+/g, () => encodeURIComponent(inUrl(any())) || '-');
      const known = Object.keys(propertiesOf(contract.schema.querystring));
      const query = known.filter(() => roll() < 0.5).map((key) => [key, inUrl(any())]);
      const fields = Object.keys(propertiesOf(contract.schema.body));
      const body =
        roll() < 0.2 ? any() : Object.fromEntries(fields.filter(() => roll() < 0.7).map((key) => [key, any()]));
      const hasBody = contract.method !== 'GET' && contract.method !== 'DELETE';
      const answer = await api.app.inject({
        method: contract.method,
        url: `${url}?${new URLSearchParams(query)}`,
        headers: { cookie, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
        ...(hasBody ? { payload: JSON.stringify(body) ?? '' } : {}),
      });
      if (answer.statusCode >= 500)
        bad.push(`${name} ${url} ${JSON.stringify(query)} ${JSON.stringify(body)} ${answer.body}`);
    }
  }

  expect(bad).toEqual([]);
});

function propertiesOf(schema: unknown): object {
  const { properties = {}, allOf = [] } = (schema ?? {}) as { properties?: object; allOf?: unknown[] };
  return Object.assign({}, properties, ...allOf.map(propertiesOf));
}
