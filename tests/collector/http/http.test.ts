import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ReachAnswer } from '../../../collector/probe.ts';
import { createHttpProbe, kind } from '../../../collector/probes/http.ts';
import { Secret } from '../../../core/config/secret.ts';
import { ProbeError } from '../../../core/domain/errors.ts';
import { probeFaults } from '../../../core/domain/probe-kind.ts';
import { startWebSiteHost } from '../../../provisioning/lab/agents/web-sites/host.ts';
import { type Authority, createAuthority, type KeyPair } from '../../support/certificates.ts';
import { leftovers, untilNothingIsLeft } from '../../support/leftovers.ts';
import { freePort } from '../../support/port.ts';
import { watchedDevice } from '../../support/probe-tools.ts';
import { mutate, seededRandom } from '../../support/random.ts';
import { startRawServer } from '../../support/rtsp-server.ts';

const SEED = 20_261_125;
const DAY = 86_400_000;
const PATIENCE_MS = 20_000;

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority();
});
afterAll(() => authority.remove());

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** @returns the address, `http://127.0.0.1:PORT` */
async function serve(
  listener: RequestListener,
  tls?: KeyPair,
  options: { host?: string; port?: number } = {},
): Promise<string> {
  const server: Server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  const { host = '127.0.0.1', port: wanted = 0 } = options;
  server.listen(wanted, host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  closing.push(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  return `http${tls === undefined ? '' : 's'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Names of the tests are on loopback. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'site.test': ['127.0.0.1'],
  'other.test': ['127.0.0.1'],
  'many.test': ['127.0.0.1', '127.0.0.9', '::1'],
  'four.test': ['127.0.0.1', '::2'],
};
const probe = (now = Date.now()) =>
  createHttpProbe(
    { clock: () => now },
    { ca: authority.cert, findAddresses: async (name) => NAMES[name] ?? [name.replace(/^\[|\]$/g, '')] },
  );

const check = (
  settings: Readonly<Record<string, unknown>>,
  patienceMs = PATIENCE_MS,
  credential: Parameters<typeof watchedDevice>[0] = {},
): Promise<ReachAnswer> =>
  probe().reach(watchedDevice({ kind: 'web-site', reachability: 'http', settings, ...credential }), patienceMs);

const failureOf = async (answer: Promise<ReachAnswer>): Promise<unknown> => {
  const error = await answer.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProbeError);
  return error;
};

describe('a web site', () => {
  test('is answered with its times and what was found', async () => {
    const url = await serve((_request, response) => response.setHeader('server', 'test').end('Selamat datang'));
    const before = leftovers();

    const answer = await check({ url: `${url}/beranda?token=rahasia`, text: 'Selamat' });

    expect(answer.impairment).toBeUndefined();
    expect(answer.roundTripMs).toBeGreaterThan(0);
    const values = new Map(answer.readings?.map(({ metric, value }) => [metric, value]));
    expect(values.get('http_response.http_response_code')).toBe(200);
    expect(values.get('http_response.content_length')).toBe(14);
    expect(values.get('http_response.total_ms')).toBeGreaterThanOrEqual(
      values.get('http_response.first_byte_ms') ?? 1e9,
    );
    expect(answer.findings?.['http']).toEqual({
      url: `${url}/beranda?…`,
      status: 200,
      server: 'test',
      isWhole: true,
      addresses: [{ address: '127.0.0.1', outcome: 'ok' }],
      redirects: [],
    });
    expect(await untilNothingIsLeft(before)).toEqual([]);
  });

  test('is found by its name over every address, IPv6 too, and tells which of them fail', async () => {
    const url = await serve((_request, response) => response.end('well'));
    const port = Number(new URL(url).port);
    await serve((_request, response) => response.end('well'), undefined, { host: '::1', port });

    const answer = await check({ url: `http://many.test:${port}/` });

    expect(answer).toMatchObject({
      impairment: 'address-failing',
      findings: {
        http: {
          addresses: [
            { address: '127.0.0.1', outcome: 'ok' },
            { address: '127.0.0.9', outcome: 'refused' },
            { address: '::1', outcome: 'ok' },
          ],
        },
      },
    });
  });

  test('whose IPv6 nobody here could ever reach is not to blame', async () => {
    const url = await serve((_request, response) => response.end('well'));

    const answer = await check({ url: url.replace('127.0.0.1', 'four.test') }, 5_000);

    expect(answer.impairment).toBeUndefined();
    expect(answer).toMatchObject({ findings: { http: { addresses: [{ outcome: 'ok' }, { address: '::2' }] } } });
  });

  test('is followed where it redirects to; neither queries nor passwords get out', async () => {
    const asked: (string | undefined)[] = [];
    const second = await serve((request, response) => {
      asked.push(request.headers.authorization);
      response.end('here');
    });
    const first = await serve((request, response) => {
      asked.push(request.headers.authorization);
      if (request.url === '/start') response.writeHead(302, { location: '/next?session=geheim' });
      else response.writeHead(301, { location: second.replace('127.0.0.1', 'other.test') });
      response.end();
    });
    const credential = {
      id: 'c',
      name: 'c',
      kind: 'password',
      settings: { user: 'u', password: new Secret('sandi') },
    };

    const answer = await check({ url: `${first}/start`, text: 'here' }, PATIENCE_MS, { credential });

    const basic = `Basic ${Buffer.from('u:sandi').toString('base64')}`;
    expect(asked).toEqual([basic, basic, undefined]);
    expect(answer).toMatchObject({
      findings: {
        http: {
          status: 200,
          redirects: [
            { url: `${first}/start`, status: 302 },
            { url: `${first}/next?…`, status: 301 },
          ],
        },
      },
    });
    expect(JSON.stringify(answer)).not.toMatch(/geheim|sandi|dTpz/);
  });

  test('that wants its cookie back before it shows anything is shown', async () => {
    const url = await serve((request, response) => {
      if (request.headers.cookie === 'id=1') response.end('in');
      else response.writeHead(302, { location: '/', 'set-cookie': 'id=1; Path=/; HttpOnly' }).end();
    });

    await expect(check({ url, text: 'in' })).resolves.toMatchObject({ findings: { http: { status: 200 } } });
  });

  test('may answer by a redirect where that is expected', async () => {
    const url = await serve((_request, response) => response.writeHead(301, { location: '/' }).end());

    const answer = await check({ url, maxRedirects: 0, status: ['301'] });

    expect(answer).toMatchObject({ findings: { http: { status: 301, redirects: [] } } });
  });

  test('of which the same is found twice gives the same findings', async () => {
    const url = await serve((_request, response) => response.end('well'));
    const device = watchedDevice({ settings: { url } });
    const own = probe();

    const [first, second] = [await own.reach(device, PATIENCE_MS), await own.reach(device, PATIENCE_MS)];

    expect(second.findings?.['http']).toBe(first.findings?.['http']);
  });

  test('speaks old or compressed, and its text is found', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/latin1') response.end(Buffer.from('café', 'latin1'));
      else response.setHeader('content-encoding', 'gzip').end(gzipSync('isi halaman'));
    });

    await check({ url: `${url}/latin1`, text: 'café' });
    await check({ url: `${url}/gzip`, text: 'isi halaman' });
  });

  test('settings that are no address, or hold a password, are refused', () => {
    const kinds = new Map([['http', kind]]);
    const refused = ['ftp://a.test/', 'http://user:pass@a.test/', 'a.test', 'http://'].map(
      (url) => probeFaults(kinds, 'http', { url }).length,
    );

    expect(refused.every((faults) => faults > 0)).toBe(true);
    expect(probeFaults(kinds, 'http', { url: 'https://a.test/x?y=@', status: ['2xx', '301', '200-204'] })).toEqual([]);
  });
});

describe('what is wrong with a web site', () => {
  const WRONG: readonly (readonly [string, RequestListener, object, { failure?: string; detail?: string }])[] = [
    ['a wrong status', (_q, r) => r.writeHead(500).end(), {}, { failure: 'bad-answer', detail: 'wrong-status' }],
    ['another text', (_q, r) => r.end('hacked'), { text: 'Selamat' }, { detail: 'text-missing' }],
    [
      'a redirect without an end',
      (_q, r) => r.writeHead(302, { location: '/' }).end(),
      {},
      { detail: 'too-many-redirects' },
    ],
    ['a redirect to nowhere', (_q, r) => r.writeHead(302).end(), {}, { detail: 'bad-redirect' }],
    [
      'a redirect to a file',
      (_q, r) => r.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      {},
      { detail: 'bad-redirect' },
    ],
    ['silence', () => {}, {}, { failure: 'timeout', detail: 'first-byte' }],
    [
      'half a body',
      (_q, r) => r.writeHead(200, { 'content-length': 100 }).write('half'),
      {},
      { failure: 'timeout', detail: 'body' },
    ],
    [
      'a close in the middle',
      (_q, r) => r.writeHead(200, { 'content-length': 100 }).write('half', () => r.destroy()),
      {},
      { failure: 'bad-answer', detail: 'truncated' },
    ],
    ['a close before any answer', (q) => q.socket.destroy(), {}, { failure: 'bad-answer', detail: 'closed' }],
  ];
  test.each(WRONG)('%s has a word of its own', async (_what, listener, settings, failure) => {
    const url = await serve(listener);
    const before = leftovers();

    const error = await failureOf(check({ url, ...settings }, failure.failure === 'timeout' ? 700 : PATIENCE_MS));

    expect(error).toMatchObject(failure);
    expect(await untilNothingIsLeft(before)).toEqual([]);
  });

  test('a closed port is refused, a site without an address cannot be told from here', async () => {
    const port = await freePort();

    const refused = await failureOf(check({ url: `http://127.0.0.1:${port}/` }));
    const wrong = await failureOf(check({ url: 'http://127.0.0.1:99999/' }));

    expect(refused).toMatchObject({ failure: 'refused' });
    expect(wrong).toMatchObject({ failure: 'not-supported' });
  });

  test('a body without an end is read up to a limit, and said to be longer', async () => {
    const url = await serve((_request, response) => {
      const block = Buffer.alloc(64 * 1024, 'x');
      const more = (): void => {
        while (!response.destroyed && response.write(block));
      };
      response.on('drain', more);
      more();
    });

    const answer = await check({ url });

    expect(answer).toMatchObject({ findings: { http: { isWhole: false } } });
    expect(answer.readings?.find(({ metric }) => metric.endsWith('content_length'))?.value).toBe(1024 * 1024);
  });

  const PEERS: readonly (readonly [string, (socket: Socket) => void, string])[] = [
    ['SSH', (s) => s.write('SSH-2.0-OpenSSH_9.2p1\r\n'), 'not-http'],
    ['SMTP', (s) => s.write('220 mail ESMTP\r\n'), 'not-http'],
    ['binary', (s) => s.end(Buffer.from([0, 1, 2, 3, 255, 254])), 'not-http'],
    ['a head without an end', (s) => void s.write(`HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(20_000)}`), 'head-too-large'],
  ];
  test.each(PEERS)('a port that speaks %s is no web site', async (_what, speak, detail) => {
    const peer = await startRawServer(speak);
    closing.push(peer.stop);

    const error = await failureOf(check({ url: `http://127.0.0.1:${peer.port}/` }));

    expect(error).toMatchObject({ failure: 'bad-answer', detail });
  });

  test('a port that speaks HTTP where TLS is expected, and one that never ends its handshake', async () => {
    const url = await serve((_request, response) => response.end());
    const silent = await startRawServer(() => {});
    closing.push(silent.stop);

    const plain = await failureOf(check({ url: url.replace('http:', 'https:') }));
    const hanging = await failureOf(check({ url: `https://127.0.0.1:${silent.port}/` }, 600));

    expect(plain).toMatchObject({ failure: 'bad-answer', detail: 'not-tls' });
    expect(hanging).toMatchObject({ failure: 'timeout' });
  });

  test('10,000 damaged answers are read or failed readings, never an error, and leave nothing behind', async () => {
    const random = seededRandom(SEED);
    const whole = Buffer.from(
      'HTTP/1.1 200 OK\r\nServer: a\r\nSet-Cookie: a=b\r\nTransfer-Encoding: chunked\r\nLocation: /b\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
    );
    const peer = await startRawServer((socket) => void socket.once('data', () => socket.end(mutate(whole, random))));
    const outcomes = new Map<string, number>();
    const before = leftovers();

    for (let round = 0; round < 500; round++) {
      const checks = Array.from({ length: 20 }, () =>
        check({ url: `http://127.0.0.1:${peer.port}/`, text: 'hello' }, PATIENCE_MS).then(
          () => 'read',
          (error: unknown) => {
            if (!(error instanceof ProbeError)) throw error;
            return error.detail ?? error.failure;
          },
        ),
      );
      for (const outcome of await Promise.all(checks)) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    await peer.stop();

    expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(10_000);
    expect(outcomes.get('read')).toBeGreaterThan(500);
    expect(outcomes.get('not-http')).toBeGreaterThan(500);
    expect(await untilNothingIsLeft(before)).toEqual([]);
  }, 240_000);

  test('closing the probe ends what is under way', async () => {
    const silent = await startRawServer(() => {});
    closing.push(silent.stop);
    const own = probe();

    const reach = failureOf(
      own.reach(watchedDevice({ settings: { url: `http://127.0.0.1:${silent.port}/` } }), 60_000),
    );
    await own.close();

    expect(await reach).toMatchObject({ failure: 'timeout' });
  });
});

describe('certificates', () => {
  const certified = async (pair: KeyPair): Promise<string> => {
    const url = await serve((_request, response) => response.end('well'), pair);
    return url.replace('127.0.0.1', 'site.test');
  };

  test('one that is well tells its days', async () => {
    const url = await certified(await authority.issue('DNS:site.test,DNS:*.site.test,IP:192.0.2.1'));

    const answer = await check({ url });

    expect(answer.impairment).toBeUndefined();
    expect(answer.findings?.['certificate']).toMatchObject({
      issuer: 'CN=Test authority',
      names: ['site.test', '*.site.test', '192.0.2.1'],
      problems: [],
    });
    const values = new Map(answer.readings?.map(({ metric, value }) => [metric, value]));
    expect(values.get('http_response.tls_days_left')).toBe(89);
    expect(values.get('x509_cert.expiry')).toBeGreaterThan(89 * 86_400);
    expect(values.get('http_response.tls_ms')).toBeGreaterThan(0);
  });

  test('one with 14 days or less is an impairment, and one day more is none', async () => {
    const soon = await certified(await authority.issue('DNS:site.test', { to: new Date(Date.now() + 13.9 * DAY) }));
    const later = await certified(await authority.issue('DNS:site.test', { to: new Date(Date.now() + 15 * DAY) }));

    const [first, second] = [await check({ url: soon }), await check({ url: later })];

    expect(first.impairment).toBe('certificate-expiring');
    expect(second.impairment).toBeUndefined();
  });

  test('chain, name and dates are told apart, and the page is read all the same', async () => {
    const unknown = await createAuthority();
    closing.push(unknown.remove);
    const stranger = await unknown.issue('DNS:site.test');
    const selfSigned = { key: stranger.key, cert: stranger.cert };
    const pairs: readonly (readonly [string, KeyPair])[] = [
      ['wrong-name', await authority.issue('DNS:elsewhere.test')],
      [
        'expired',
        await authority.issue('DNS:site.test', {
          from: new Date(Date.now() - 9 * DAY),
          to: new Date(Date.now() - DAY),
        }),
      ],
      ['not-yet-valid', await authority.issue('DNS:site.test', { from: new Date(Date.now() + DAY) })],
      ['incomplete-chain', selfSigned],
      ['unknown-issuer', { ...stranger, cert: stranger.cert + unknown.cert }],
      [
        'expired,wrong-name',
        await authority.issue('DNS:b.test', { from: new Date(Date.now() - 9 * DAY), to: new Date(Date.now() - DAY) }),
      ],
    ];

    const found: string[] = [];
    for (const [, pair] of pairs) {
      const answer = await check({ url: await certified(pair), text: 'well' });
      expect(answer.impairment).toBe('certificate-invalid');
      const { certificate } = JSON.parse(JSON.stringify(answer.findings));
      found.push(certificate.problems.join(','));
    }

    expect(found).toEqual(pairs.map(([problems]) => problems));
  });

  test('an address in the URL must stand in the certificate too', async () => {
    const well = await serve((_request, response) => response.end(), await authority.issue('IP:127.0.0.1'));
    const other = await serve((_request, response) => response.end(), await authority.issue('DNS:site.test'));

    const [first, second] = [await check({ url: well }), await check({ url: other })];

    expect(first.impairment).toBeUndefined();
    expect(second.impairment).toBe('certificate-invalid');
  });
});

test('web sites of the lab are well, slow, failing and off as they are told', async () => {
  const site = { code: 's1', path: '/dinas-sosial/', title: 'Dinas Sosial' };
  const host = await startWebSiteHost({ sites: [site], slowMs: 300 });
  closing.push(host.close);
  const settings = { url: `http://127.0.0.1:${host.port}/dinas-sosial/`, text: 'Dinas Sosial' };

  const well = await check(settings);
  host.set('s1', 'slow');
  const slow = await check(settings);
  host.set('s1', 'failing');
  const failing = await failureOf(check(settings));
  host.set('s1', 'off');
  const off = await failureOf(check(settings));

  expect(well.findings).toMatchObject({ http: { status: 200 } });
  expect(slow.roundTripMs).toBeGreaterThanOrEqual(295);
  expect(failing).toMatchObject({ detail: 'wrong-status' });
  expect(off).toMatchObject({ detail: 'closed' });
});
