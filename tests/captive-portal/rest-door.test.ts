import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RadiusOutcome, RadiusRecord, RadiusRequest } from '../../captive-portal/radius/policy.ts';
import type { PortalNas } from '../../captive-portal/radius-policy.ts';
import { attributesOf, recordOf } from '../../captive-portal/rest-attributes.ts';
import { type RestDoor, startRestDoor } from '../../captive-portal/rest-door.ts';
import { Secret } from '../../core/config/secret.ts';
import { AppError } from '../../core/domain/errors.ts';
import { silentLog } from '../../core/log/log.ts';

const TOKEN = 'a token for the tests only';
const NAS: PortalNas = {
  ...{ id: 'gateway-1', siteId: 'site-1', family: 'mikrotik', secret: new Secret('rahasia-radius') },
  ...{ messageAuthenticator: 'required', authenticatorSeen: false, swapOctets: false },
};
const NOW = Date.UTC(2026, 10, 22, 3);
const one = (value: string | number) => ({ type: 'string', value: [value] });
const SIGNED = { 'Message-Authenticator': one('0x00') };

let door: RestDoor;
let outcome: () => Promise<RadiusOutcome>;
let stored: () => Promise<void>;
let asked: RadiusRequest[] = [];
let told: RadiusRecord[] = [];
beforeAll(async () => {
  const access = {
    nasOf: ({ kind, ...source }: { kind: string; address?: string }) =>
      kind === 'udp' && source.address === '10.5.50.1' ? NAS : null,
    authenticatorSeen: () => {},
    policy: {
      authenticate: (_: PortalNas, request: RadiusRequest) => {
        asked.push(request);
        return outcome();
      },
      account: (_: PortalNas, record: RadiusRecord) => {
        told.push(record);
        return stored();
      },
    },
  };
  door = await startRestDoor({ access, port: 0, token: new Secret(TOKEN), clock: () => NOW, log: silentLog });
});
afterAll(() => door.stop());
beforeEach(() => {
  [asked, told] = [[], []];
  outcome = async () => ({ kind: 'accept', attributes: [{ name: 'Class', value: 'abc' }] });
  stored = async () => {};
});

const authorization = (token: string): string => `Basic ${Buffer.from(`freeradius:${token}`).toString('base64')}`;
async function ask(path: string, body: unknown = null, token = TOKEN) {
  const answer = await fetch(`http://127.0.0.1:${door.port}${path}`, {
    headers: { authorization: authorization(token) },
    ...(body === null ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, text: await answer.text() };
}
const FROM = '?source=10.5.50.1';

describe('the door for FreeRADIUS', () => {
  test('opens for its token alone, and a short token opens nothing', async () => {
    for (const path of [`/radius/client${FROM}`, `/radius/authorize${FROM}`])
      expect(await ask(path, null, 'another token of that kind')).toEqual({ status: 403, text: '' });
    await expect(
      startRestDoor({
        ...{ access: {} as never, port: 0, token: new Secret('short'), clock: () => NOW, log: silentLog },
      }),
    ).rejects.toMatchObject({ code: 'config' });
  });

  test('tells the secret of a known gateway', async () => {
    const { text } = await ask(`/radius/client${FROM}`);

    expect(JSON.parse(text)).toMatchObject({ 'control:FreeRADIUS-Client-Secret': { value: ['rahasia-radius'] } });
    expect((await ask('/radius/client?source=10.5.50.2')).status).toBe(404);
  });

  test('answers an accept, a refusal, and nothing where nothing could be decided', async () => {
    const request = { 'User-Name': one('warga'), 'User-Password': one('rahasia'), ...SIGNED };
    const accepted = await ask(`/radius/authorize${FROM}`, request);
    outcome = async () => ({ kind: 'reject', message: 'Maaf.' });
    const rejected = await ask(`/radius/authorize${FROM}`, request);
    outcome = async () => {
      throw new AppError('store-unavailable', 'away');
    };
    const silent = await ask(`/radius/authorize${FROM}`, request);

    expect(JSON.parse(accepted.text)).toEqual({
      'control:Auth-Type': { op: ':=', value: ['Accept'] },
      'reply:Class': { op: ':=', value: ['0x616263'] },
    });
    expect(rejected).toEqual({ status: 401, text: '{"reply:Reply-Message":{"op":":=","value":["Maaf."]}}' });
    expect(silent).toEqual({ status: 503, text: '' });
    expect(asked[0]?.check('rahasia')).toBe(true);
    expect(asked[0]?.check('Rahasia')).toBe(false);
  });

  test('decides nothing for a stranger, nor for what must be signed and is not', async () => {
    const request = { 'User-Name': one('warga'), 'User-Password': one('rahasia') };

    expect((await ask('/radius/authorize?source=10.9.9.9', { ...request, ...SIGNED })).status).toBe(503);
    expect((await ask(`/radius/authorize${FROM}`, request)).status).toBe(503);
    expect(asked).toEqual([]);
  });

  test('checks CHAP against the request’s authenticator where there is no challenge', async () => {
    const chap = '0xf955b0fc4a943a5807200b8273b0886c6a';
    const vector = '0xef0dd80b119c65a5c3ab62a65b7dfdce';

    await ask(`/radius/authorize${FROM}&vector=${vector}`, { 'CHAP-Password': one(chap), ...SIGNED });
    await ask(`/radius/authorize${FROM}`, { 'CHAP-Password': one(chap), 'CHAP-Challenge': one(vector), ...SIGNED });
    await ask(`/radius/authorize${FROM}`, { 'CHAP-Password': one(chap), ...SIGNED });

    expect(asked.map(({ check }) => check('rahasia'))).toEqual([true, true, false]);
  });

  test('says that a record is stored once it is', async () => {
    const record = {
      'User-Name': one('warga'),
      'Acct-Status-Type': one('Interim-Update'),
      'Acct-Session-Id': one('80000001'),
      'Acct-Session-Time': one(300),
      'Acct-Delay-Time': one(60),
      'Acct-Output-Octets': one(2_000),
      'Acct-Output-Gigawords': one(1),
      Class: one('0x616263'),
    };
    const kept = await ask(`/radius/accounting${FROM}`, record);
    stored = () => Promise.reject(new AppError('store-unavailable', 'away'));
    const lost = await ask(`/radius/accounting${FROM}`, record);

    expect([kept.status, lost.status]).toEqual([204, 503]);
    expect(told[0]).toMatchObject({
      ...{ status: 'interim', at: NOW - 60_000, seconds: 300, upOctets: 0n, downOctets: 4_294_969_296n },
      classText: 'abc',
    });
  });

  test.each([
    ['nonsense', '{"User-Name":'],
    ['a list', '[]'],
    ['a text', '"warga"'],
    ['too much', JSON.stringify({ 'User-Name': one('x'.repeat(40_000)) })],
    ['too many', JSON.stringify(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`A-${i}`, { value: [1] }])))],
  ])('%s is refused', async (_, body) => {
    expect((await ask(`/radius/authorize${FROM}`, body)).status).toBe(400);
    expect(asked).toEqual([]);
  });

  test('half a request and silence cost nothing but their connection', async () => {
    const sockets = Array.from({ length: 50 }, () => connect(door.port, '127.0.0.1').on('error', () => {}));
    for (const socket of sockets.slice(25)) socket.write('POST /radius/authorize HTTP/1.1\r\nHost: door\r\nContent-Le');

    expect((await ask(`/radius/client${FROM}`)).status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });
});

test('a record without what RFC 2866 demands is none', () => {
  const read = (attributes: object) => {
    const known = attributesOf(JSON.stringify(attributes));
    return known === null ? null : recordOf(known, '10.5.50.1', true, NOW);
  };

  expect(read({ 'Acct-Status-Type': one('Start') })).toBeNull();
  expect(read({ 'Acct-Session-Id': one('1') })).toBeNull();
  expect(read({ 'Acct-Session-Id': one('1'), 'Acct-Status-Type': one('Tunnel-Start') })).toBeNull();
  expect(read({ 'Acct-Status-Type': one('Accounting-On') })).toMatchObject({ status: 'on' });
  expect(
    read({ 'Acct-Session-Id': one('1'), 'Acct-Status-Type': one('Stop'), 'Acct-Input-Octets': one(7) }),
  ).toMatchObject({ upOctets: 0n, downOctets: 7n });
});
