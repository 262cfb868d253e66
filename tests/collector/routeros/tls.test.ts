import { once } from 'node:events';
import { createServer } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openConnection } from '../../../collector/routeros/connection.ts';
import type { Exchange } from '../../../collector/routeros/exchange.ts';
import type { RouterOsTarget } from '../../../collector/routeros/target.ts';
import { Secret } from '../../../core/config/secret.ts';
import { type Authority, createAuthority, type KeyPair } from '../../support/certificates.ts';
import { type RouterEnd, startFakeRouter, tagOf } from '../../support/fake-router.ts';

let authority: Authority;
let router: KeyPair;
beforeAll(async () => {
  authority = await createAuthority();
  router = await authority.issue('DNS:router.test,IP:127.0.0.1');
});
afterAll(() => authority.remove());
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** What RouterOS offers on `api-ssl` without a certificate. */
const ANONYMOUS: TlsOptions = { ciphers: 'ADH:@SECLEVEL=0', maxVersion: 'TLSv1.2', dhparam: 'auto' };
const certified = (): TlsOptions => ({ cert: router.cert, key: router.key });

async function connect(tls: TlsOptions, target: Partial<RouterOsTarget>): Promise<Exchange> {
  const started = await startFakeRouter(answerOnce, { tls });
  stops.push(started.stop);
  const connection = await openConnection(
    {
      address: '127.0.0.1',
      host: '127.0.0.1',
      port: started.port,
      user: 'noc',
      password: new Secret('secret'),
      tls: 'verify',
      ca: null,
      ...target,
    },
    5_000,
  );
  stops.push(connection.close);
  return connection;
}

async function answerOnce(end: RouterEnd): Promise<void> {
  await end.admit();
  const tag = tagOf(await end.heard());
  await end.say(['!re', '=name=bukit-1', ...tag], ['!done', ...tag]);
}

describe('a router is signed in to', () => {
  test.each([
    ['whose certificate our authority signed', certified, () => ({ ca: authority.cert })],
    ['which has the name of the certificate', certified, () => ({ ca: authority.cert, host: 'router.test' })],
    ['whose certificate is anybody’s, where that is wanted', certified, () => ({ tls: 'no-verify' as const })],
    ['that has no certificate, where that is wanted', () => ANONYMOUS, () => ({ tls: 'anonymous' as const })],
  ])('%s', async (_which, server, target) => {
    const connection = await connect(server(), target());

    const { rows } = await connection.run(['/system/identity/print'], { timeoutMs: 5_000 });

    expect(rows[0]?.get('name')).toBe('bukit-1');
  });
});

describe('a router is refused', () => {
  test.each([
    ['whose certificate nobody signed', certified, () => ({}), { failure: 'auth', detail: 'certificate' }],
    [
      'whose certificate has another name',
      certified,
      () => ({ ca: authority.cert, host: 'other.test' }),
      { failure: 'auth', detail: 'certificate' },
    ],
    [
      'that has no certificate',
      () => ANONYMOUS,
      () => ({ tls: 'no-verify' as const }),
      { failure: 'bad-answer', detail: 'tls' },
    ],
    [
      'that has one, where none is wanted',
      certified,
      () => ({ tls: 'anonymous' as const }),
      { failure: 'bad-answer', detail: 'tls' },
    ],
  ])('%s', async (_which, server, target, expected) => {
    await expect(connect(server(), target())).rejects.toMatchObject(expected);
  });

  test('that speaks no TLS on this port', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.end('220 not what you want\r\n');
    }).listen(0, '127.0.0.1');
    stops.push(async () => void server.close());
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const target = { address: '127.0.0.1', host: '127.0.0.1', port, user: 'noc', password: new Secret('s'), ca: null };

    await expect(openConnection({ ...target, tls: 'no-verify' }, 5_000)).rejects.toMatchObject({
      failure: 'bad-answer',
      detail: 'tls',
    });
  });

  test('that is silent after the connection', async () => {
    const server = createServer((socket) => void socket.on('error', () => {}).resume()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const target = { address: '127.0.0.1', host: '127.0.0.1', port, user: 'noc', password: new Secret('s'), ca: null };

    await expect(openConnection({ ...target, tls: 'no-verify' }, 100)).rejects.toMatchObject({ failure: 'timeout' });

    // It closes only once the client's end is gone.
    server.close();
    await once(server, 'close');
  });
});
