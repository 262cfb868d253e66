import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../core/domain/clock.ts';
import type { Log } from '../../../core/log/log.ts';
import { formOf, type Hotspot, MAC, openHotspot, post } from './support/hotspot.ts';

const IDLE = 5_000;
const CONNECTIONS = 1_500;

let hotspot: Hotspot;
const said: string[] = [];
const log: Log = {
  debug: (fields, sentence) => void said.push(JSON.stringify([fields, sentence])),
  info: (fields, sentence) => void said.push(JSON.stringify([fields, sentence])),
  warn: (fields, sentence) => void said.push(JSON.stringify([fields, sentence])),
  error: (fields, sentence) => void said.push(JSON.stringify([fields, sentence])),
  child: () => log,
};
beforeAll(async () => {
  hotspot = await openHotspot({
    log,
    limits: { connections: CONNECTIONS, headersMs: 2 * SECOND, requestMs: 3 * SECOND },
  });
});
afterAll(() => hotspot.close());
beforeEach(() => {
  // Many logins of one device in a short time are taken for a gateway that sends it back.
  hotspot.time.now += 10 * MINUTE;
});

const pageText = async (url = hotspot.arrival()): Promise<string> => await (await fetch(url)).text();
const toPress = async (): Promise<{ url: string; fields: URLSearchParams }> => {
  const { action, fields } = formOf(await pageText());
  return { url: hotspot.url(action), fields };
};

/** What the port answers to these very bytes; empty where it says nothing before it closes. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(hotspot.portal.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(bytes);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

test.each([
  ['dst', 'https://evil.example/'],
  ['link-login-only', 'http://evil.example/login'],
  ['gatewayaddress', 'evil.example:2050'],
  ['uamip', 'evil.example'],
  ['redir', '//evil.example'],
  ['lo', 'http://evil.example/%0d%0aset-cookie:a=b'],
  ['url', 'javascript:alert(1)'],
])('no address of the query is ever gone to: %s=%s', async (name, value) => {
  const page = await pageText(hotspot.arrival({ [name]: value }));
  const { action, fields } = formOf(page);
  fields.set(name, value);

  const pressed = await post(`${hotspot.url(action)}?${new URLSearchParams({ [name]: value })}`, fields);

  const location = new URL(pressed.headers.get('location') ?? '');
  expect(page).not.toContain('evil.example');
  expect(location.host).toBe(`127.0.0.1:${hotspot.router.port}`);
  expect(new URL(location.searchParams.get('dst') ?? '').origin).toBe(hotspot.portal.url);
});

test('a forged, changed or foreign state lets nobody in and says what to do', async () => {
  const { url, fields } = await toPress();
  const state = fields.get('s') ?? '';
  const swapped = state.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  const middle = `${state.slice(0, 40)}${state[40] === 'x' ? 'y' : 'x'}${state.slice(41)}`;

  for (const forged of ['', 'x', swapped, middle, `${state}=`, state.slice(0, -4), 'A'.repeat(4_000)]) {
    const changed = new URLSearchParams(fields);
    changed.set('s', forged);
    const answer = await post(url, changed);
    const text = await answer.text();

    expect(answer.status).toBe(400);
    expect(text).toContain('Buka lagi halaman masuk dari jaringan Wi-Fi di sini');
    expect(answer.headers.get('location')).toBeNull();
  }
});

test('a state of one gateway is of no use at another', async () => {
  const { fields } = await toPress();
  const other = await hotspot.inventory.portal.gateways.create({
    name: 'Lain',
    siteId: hotspot.siteId,
    family: 'mikrotik',
    lanAddress: '10.9.9.9',
  });

  const answer = await post(hotspot.url(`/g/${other.ref}`), fields);

  expect(answer.status).toBe(400);
  expect(answer.headers.get('location')).toBeNull();
});

test('a page that has let somebody in is shown anew when it is sent again later, and so is one that is too old', async () => {
  const used = await toPress();
  await post(used.url, used.fields);
  const old = await toPress();
  hotspot.time.now += 2 * MINUTE;

  const replayed = await post(used.url, used.fields);
  const replayedText = await replayed.text();
  hotspot.time.now += 20 * MINUTE;
  const late = await post(old.url, old.fields);

  expect(replayed.status).toBe(200);
  expect(replayedText).toContain('Halaman tadi sudah dipakai');
  expect(replayedText).toContain('Setuju dan masuk');
  expect(late.status).toBe(200);
  expect(await late.text()).toContain('Halaman ini sudah lama terbuka');
});

test('the address of a status page cannot be made from a login that was overheard', async () => {
  const { url, fields } = await toPress();
  const pressed = await post(url, fields);
  const login = new URL(pressed.headers.get('location') ?? '').searchParams.get('username') ?? '';

  const guessed = await fetch(hotspot.url(`/s/${login}${'A'.repeat(16)}`));

  expect(guessed.status).toBe(404);
});

test('nothing of a query or form gets into a header or unescaped into the page', async () => {
  const nasty = '"><script>alert(1)</script>\r\nx-evil: 1';
  const arrived = await fetch(hotspot.arrival({ err: nasty, ip: nasty, lo: nasty, l: nasty }));
  const text = await arrived.text();
  const { action, fields } = formOf(text);
  for (const name of ['survey', 'news', 'm', 'l', 'voucher-code']) fields.set(name, nasty);

  const pressed = await post(hotspot.url(action), fields);
  const split = await raw(
    `GET /g/${hotspot.gateway.ref}?mac=${MAC}&lo=%0d%0aset-cookie:%20a=b HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
  );

  expect(text).not.toContain('<script');
  expect(await pressed.text()).not.toContain('<script');
  for (const { headers } of [arrived, pressed]) expect(headers.get('x-evil')).toBeNull();
  expect(split.split('\r\n\r\n')[0]).not.toMatch(/set-cookie/i);
});

test.each([
  ['another method', 'DELETE / HTTP/1.1\r\nhost: x\r\n\r\n', /^HTTP\/1\.1 405 /],
  ['a method that is none', 'FOO BAR\r\n\r\n', /^HTTP\/1\.1 400 /],
  ['TLS on a port without it', '\x16\x03\x01\x02\x00\x01\x00', /^HTTP\/1\.1 400 |^$/],
  ['a header of 20 KB', `GET / HTTP/1.1\r\nhost: x\r\na: ${'a'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
  ['a query of 9 KB', `GET /g/abcdef?a=${'a'.repeat(9_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, /^HTTP\/1\.1 414 /],
  ['a path of 1 KB', `GET /${'a'.repeat(1_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, /^HTTP\/1\.1 414 /],
  ['a thousand fields', `GET /?${'a&'.repeat(1_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, /^HTTP\/1\.1 400 /],
  [
    'a length that is announced and too long',
    'POST /g/abcdef HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 9000000\r\n\r\n',
    /^HTTP\/1\.1 413 /,
  ],
  [
    'a body that grows beyond 8 KB',
    `POST /g/abcdef HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ntransfer-encoding: chunked\r\n\r\n2400\r\n${'a'.repeat(9_216)}\r\n`,
    /^HTTP\/1\.1 413 /,
  ],
  [
    'a body of another kind',
    'POST /g/abcdef HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}',
    /^HTTP\/1\.1 415 /,
  ],
  ['two lengths', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab', /^HTTP\/1\.1 400 /],
])('%s is refused and the connection closed', async (_, bytes, answer) => {
  expect(await raw(bytes)).toMatch(answer);
});

test('forms of nonsense are answered with a page, and never with a fault of ours', async () => {
  const { url } = await toPress();
  for (const body of ['', '%', '=&=&=', 's=%00&m=%00', `m=${'é'.repeat(900)}`, 's&m&l', '\u0000\uffff']) {
    const answer = await post(url, body);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('</html>');
  }
});

test('a client that sends its headers or its form byte by byte is let go, and others are served meanwhile', async () => {
  const starts = [
    'GET / HTTP/1.1\r\nhost: ',
    `POST /g/${hotspot.gateway.ref} HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 500\r\n\r\ns=`,
  ];
  const slow = starts.map((start) => {
    const socket = connect(hotspot.portal.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(start);
    const drip = setInterval(() => socket.write('a'), 200);
    const closed = once(socket, 'close').finally(() => clearInterval(drip));
    socket.resume();
    return closed;
  });

  const served = await fetch(hotspot.arrival());
  await Promise.all(slow);

  expect(served.status).toBe(200);
}, 180_000);

test('five thousand silent connections cost nobody a page', async () => {
  const sockets: Socket[] = [];
  for (let n = 0; n < IDLE; n += 100) {
    const opened = Array.from({ length: 100 }, () => {
      const socket = connect(hotspot.portal.port, '127.0.0.1');
      socket.on('error', () => {});
      sockets.push(socket);
      return Promise.race([once(socket, 'connect'), once(socket, 'close')]);
    });
    await Promise.all(opened);
  }

  const { url, fields } = await toPress();
  const pressed = await post(url, fields);
  const { waiting, busy, dropped } = hotspot.portal.stats() as Record<'waiting' | 'busy' | 'dropped', number>;
  for (const socket of sockets) socket.destroy();

  expect(pressed.status).toBe(303);
  expect(waiting + busy).toBeLessThanOrEqual(CONNECTIONS);
  expect(dropped).toBeGreaterThan(0);
}, 180_000);

test('no address of a device, no code and no number stands in the log', () => {
  const text = said.join('\n');

  expect(text).not.toMatch(/02[:-]00[:-]00[:-]00[:-]00[:-]64/i);
  expect(text).not.toMatch(/alert\(1\)|evil\.example/);
});
