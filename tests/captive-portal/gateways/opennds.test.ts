import { execFileSync } from 'node:child_process';
import { createCipheriv, createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { gateway as family } from '../../../captive-portal/gateways/opennds.ts';
import { authLine, isGatewayHash, usualGatewayName } from '../../../captive-portal/opennds/authmon.ts';
import { rhidOf, sha256Hex } from '../../../captive-portal/opennds/fas.ts';
import { binauthKey, signatureOf, signedGrant, signedLogin } from '../../../captive-portal/opennds/signed.ts';
import { Secret } from '../../../core/config/secret.ts';
import { binauthScript } from '../../../provisioning/opennds/binauth-script.ts';
import { seededRandom } from '../../support/random.ts';
import { arrivalRequest, givenGateway, givenTools, NO_LIMIT, postRequest, scrambled } from '../support/family.ts';

const FASKEY = 'kunci-desa-01';
const TOKEN = '37567b06';
const HID = '17009b9113c8382cd85cd7f62e3b1cde877b96a7c28087feef89013702160df6';
const KEY = binauthKey(FASKEY);
const LOGIN = 'abcdefghijklmnopqrstuvwxyz';
const GRANT = { seconds: 3_600, idleSeconds: 600, downKbit: 1_024, upKbit: 512, totalOctets: 200 * 2 ** 20 };
const CLEAR = `hid=${HID}, clientip=10.77.0.100, clientmac=02:00:00:00:00:64, client_type=cpd_can, gatewayname=DesaSukamaju, gatewayurl=http%3a%2f%2fstatus.client, version=9.10.0, gatewayaddress=evil.test:2050, gatewaymac=0200000000aa, originurl=http%3a%2f%2fexample.test%2fa%3fb, clientif=g-lan, themespec=(null), (null)(null)(null)(null)`;
const plain = (text: string): string => `fas=${Buffer.from(text).toString('base64')}`;

function encrypted(text: string, iv = '0123456789abcdef'): string {
  const cipher = createCipheriv('aes-256-cbc', Buffer.from(FASKEY.padEnd(32, '\0')), Buffer.from(iv));
  const inner = cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
  return `fas=${Buffer.from(inner).toString('base64')}&iv=${iv}`;
}
const given = (level: 1 | 2 | 3, more: object = {}) =>
  givenGateway('opennds', { level, faskey: new Secret(FASKEY), ...more }, { lanAddress: '10.77.0.1:2050' });
const NAME = usualGatewayName('desa0001', FASKEY);
const authmon = (auth_get: string, payload: string, gatewayhash = sha256Hex(NAME)) =>
  postRequest({ auth_get, gatewayhash, payload: Buffer.from(payload).toString('base64') });

describe('what the gateway says of a client', () => {
  test('is the same at every level; the address to go back to is not taken from it', async () => {
    for (const [level, query] of [
      [1, plain(CLEAR)],
      [2, encrypted(CLEAR)],
      [3, encrypted(CLEAR)],
    ] as const) {
      const arrival = await family.arrive(given(level), arrivalRequest(query), givenTools());
      expect(arrival).toEqual({
        ...{ clientMac: '02:00:00:00:00:64', clientIp: '10.77.0.100', originUrl: 'http://example.test/a' },
        ...{ signed: false, opaque: { hid: HID }, refusal: null, isOnline: false },
      });
    }
  });

  test('of a level that is not the gateway’s is no arrival: nobody steps down from encryption', async () => {
    expect(await family.arrive(given(2), arrivalRequest(plain(CLEAR)), givenTools())).toBeNull();
    expect(await family.arrive(given(1), arrivalRequest(encrypted(CLEAR)), givenTools())).toBeNull();
    expect(await family.arrive(given(1), arrivalRequest(`authaction=http://x/&tok=${TOKEN}`), givenTools())).toBeNull();
  });

  test('a plus sign that became a space is one again', async () => {
    const text = `${CLEAR}, x=${'>>>???~~~'.repeat(6)}`;
    const raw = plain(text);
    expect(raw).toContain('+');

    expect(await family.arrive(given(1), arrivalRequest(raw), givenTools())).not.toBeNull();
  });

  test('who is in already is said to be', async () => {
    const seen = await family.arrive(given(1), arrivalRequest('tok=abc&status=authenticated'), givenTools());
    expect(seen).toMatchObject({ isOnline: true, clientMac: null });
  });

  test('damaged in whatever way it names a right client or none', async () => {
    const random = seededRandom(2_050);
    for (let round = 0; round < 2_000; round++) {
      const level = ((round % 3) + 1) as 1 | 2 | 3;
      const raw =
        round % 2 === 0
          ? scrambled(level === 1 ? plain(CLEAR) : encrypted(CLEAR), random)
          : level === 1
            ? plain(scrambled(CLEAR, random))
            : encrypted(scrambled(CLEAR, random));
      const arrival = await family.arrive(given(level), arrivalRequest(raw), givenTools());
      if (arrival === null || arrival.isOnline) continue;
      expect(arrival.opaque['hid']).toMatch(/^[0-9a-f]{64}$/);
      expect(arrival.clientMac ?? '02:00:00:00:00:64').toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
      expect(JSON.stringify(arrival).length).toBeLessThan(900);
    }
  });
});

describe('the way back', () => {
  const arrival = {
    clientMac: null,
    clientIp: null,
    originUrl: null,
    signed: false,
    opaque: { hid: HID },
    refusal: null,
    isOnline: false,
  };
  const login = { id: LOGIN, password: 'x', grant: GRANT };
  const next = { statusUrl: 'https://portal.example/s/x' };

  test('holds the hash of hid and faskey', async () => {
    expect(sha256Hex(TOKEN)).toBe(HID);
    expect(rhidOf(HID, 'kunci-uji')).toBe('175ad64de8e30a7b56cef712cb7c1c61bf53a53e47597f5eb571bf6ec3e840b5');

    const release = await family.release(given(1, { binauth: true }), arrival, login, next, givenTools());

    const url = new URL(release.kind === 'redirect' ? release.url : '');
    expect(url.origin + url.pathname).toBe('http://10.77.0.1:2050/opennds_auth/');
    expect(url.searchParams.get('tok')).toBe(rhidOf(HID, FASKEY));
    expect(url.searchParams.get('redir')).toBe(next.statusUrl);
    expect(url.searchParams.get('custom')).toMatch(
      new RegExp(`^${LOGIN}\\.3600\\.512\\.1024\\.204800\\.204800\\.[0-9a-f]{32}$`),
    );
  });

  test('is never without a token: openNDS before 10.1.2 dies of that', async () => {
    for (const opaque of [{}, { hid: '' }, { hid: 'a'.repeat(63) }, { hid: `${HID}&x` }] as Record<string, string>[])
      for (const level of [1, 2, 3] as const)
        await expect(
          family.release(given(level), { ...arrival, opaque }, login, next, givenTools()),
        ).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('at level 3 there is none: the gateway comes for it', async () => {
    const tools = givenTools();

    expect(await family.release(given(3, { pollSeconds: 10 }), arrival, login, next, tools)).toEqual({
      kind: 'awaited',
      withinSeconds: 15,
    });
    expect(tools.waiting).toMatchObject([{ loginId: LOGIN, grant: GRANT }]);
  });
});

describe('the poller of level 3', () => {
  const arrivals = async (count: number, tools: ReturnType<typeof givenTools>) => {
    for (let index = 0; index < count; index++) {
      const hid = createHash('sha256').update(String(index)).digest('hex');
      await family.release(
        given(3),
        {
          clientMac: null,
          clientIp: null,
          originUrl: null,
          signed: false,
          opaque: { hid },
          refusal: null,
          isOnline: false,
        },
        { id: `login${index}`, password: 'x', grant: GRANT },
        { statusUrl: 'https://portal.example/s/x' },
        tools,
      );
    }
  };
  const rhidsIn = (body: string) =>
    body
      .slice(2)
      .split(' ')
      .filter(Boolean)
      .map((line) => decodeURIComponent(line).split(' ')[0] ?? '');

  test('is told at most 8 clients in at most 1,024 characters, each until it says that it let them in', async () => {
    const tools = givenTools();
    await arrivals(20, tools);
    const told: string[] = [];
    for (let round = 0; round < 10; round++) {
      const { body } = (await family.serve?.(given(3), authmon('view', 'none'), tools)) ?? { body: '' };
      const rhids = rhidsIn(body);
      expect(body.length).toBeLessThanOrEqual(1_024);
      expect(rhids.length).toBeLessThanOrEqual(8);
      told.push(...rhids);
      expect((await family.serve?.(given(3), authmon('view', `* ${rhids.join(' ')}`), tools))?.body).toBe('ack');
    }

    expect(new Set(told).size).toBe(20);
    expect(told).toHaveLength(20);
    expect(tools.reports.map(({ status }) => status)).toEqual(Array(20).fill('start'));
    expect((await family.serve?.(given(3), authmon('view', 'none'), tools))?.body).toBe('* ');
  });

  test('a client that the gateway has forgotten does not stand in the way of others for ever', async () => {
    const tools = givenTools();
    await arrivals(1, tools);
    for (let round = 0; round < 5; round++) await family.serve?.(given(3), authmon('view', 'none'), tools);

    expect((await family.serve?.(given(3), authmon('view', 'none'), tools))?.body).toBe('* ');
  });

  test('list gives and forgets; clear forgets who pressed before the gateway began, not who pressed just now', async () => {
    let now = 1_800_000_000_000;
    const tools = givenTools(() => now);
    await arrivals(2, tools);
    const listed = await family.serve?.(given(3), authmon('list', 'none'), tools);
    expect(rhidsIn(listed?.body ?? '')).toHaveLength(2);
    expect(tools.waiting).toHaveLength(0);
    await arrivals(2, tools);
    now += 120_000;
    await arrivals(1, tools);

    expect((await family.serve?.(given(3), authmon('clear', 'none'), tools))?.body).toBe('ack');
    expect(tools.waiting.map(({ at }) => at)).toEqual([now]);
  });

  test('a line says minutes, kbit/s and kB, never 0 for what is limited', () => {
    const line = decodeURIComponent(authLine('r', { ...GRANT, seconds: 30, totalOctets: 5 }, 'c'));
    expect(line).toBe('r 1 512 1024 1 1 c');
    expect(decodeURIComponent(authLine('r', NO_LIMIT, 'c'))).toBe('r 1440 0 0 0 0 c');
  });

  test('who does not know the name of the gateway is told nothing and changes nothing', async () => {
    const tools = givenTools();
    await arrivals(1, tools);
    const waiting = [...tools.waiting];
    for (const hash of ['', 'x', sha256Hex('desa0001'), sha256Hex(`${NAME}x`), '0'.repeat(64)])
      for (const action of ['view', 'list', 'clear', 'deauthed', 'custom'])
        expect(await family.serve?.(given(3), authmon(action, 'none', hash), tools)).toMatchObject({
          status: 403,
          body: '',
        });
    expect(await family.serve?.(given(1), authmon('view', 'none'), tools)).toMatchObject({ status: 403 });

    expect(tools.waiting).toEqual(waiting);
    expect(isGatewayHash(sha256Hex('Desa%20Suka%20Maju%20%28RT%203%29'), 'Desa Suka Maju (RT 3)')).toBe(true);
    expect(isGatewayHash(sha256Hex('Desa%20Suka%2fMaju'), 'Desa Suka/Maju')).toBe(true);
  });

  test('tells what was used when a session ends, for the login that the token was signed with', async () => {
    const tools = givenTools();
    const report = (custom: string, token = TOKEN) =>
      `method=timeout_deauth, clientmac=02:00:00:00:00:64, bytes_incoming=3000000000, bytes_outgoing=7, session_start=1795341159, session_end=1795344759, token=${token}, custom=${custom}`;
    const custom = signedLogin(LOGIN, HID, KEY);

    await family.serve?.(given(3), authmon('deauthed', report(custom)), tools);
    expect(tools.reports).toEqual([
      {
        ...{
          gatewayId: given(3).id,
          loginId: LOGIN,
          mac: '02:00:00:00:00:64',
          ip: null,
          status: 'stop',
          seconds: 3_600,
        },
        ...{ upOctets: 7n, downOctets: 3_000_000_000n, cause: 'Session-Timeout' },
      },
    ]);
    for (const forged of [report('x'), report(custom, 'ffffffff'), report(custom.replace(LOGIN, 'another')), ''])
      expect((await family.serve?.(given(3), authmon('deauthed', forged), tools))?.body).toBe('ack');
    expect(tools.reports).toHaveLength(1);
  });

  test('nonsense is answered, and nothing of it is kept', async () => {
    const random = seededRandom(1_024);
    const tools = givenTools();
    await arrivals(3, tools);
    const before = tools.waiting.length;
    const good = `method=idle_deauth, clientmac=02:00:00:00:00:64, bytes_incoming=1, bytes_outgoing=2, session_start=3, session_end=4, token=${TOKEN}, custom=${signedLogin(LOGIN, HID, KEY)}`;
    for (let round = 0; round < 1_500; round++) {
      const action = ['deauthed', 'custom', 'view', '__proto__', ''][round % 5] ?? '';
      const payload = action === 'view' ? `* ${scrambled(HID, random)}` : scrambled(good, random);
      const answer = await family.serve?.(given(3), authmon(action, payload), tools);
      expect([answer?.status, answer?.body]).toEqual([200, 'ack']);
    }
    for (const { seconds, upOctets, downOctets, loginId } of tools.reports) {
      expect(loginId).toBe(LOGIN);
      expect(Number.isSafeInteger(seconds) && seconds >= 0 && upOctets >= 0n && downOctets >= 0n).toBe(true);
    }
    expect(tools.waiting).toHaveLength(before);
  });
});

describe('the BinAuth script', () => {
  const dir = mkdtempSync(join(tmpdir(), 'simpul-binauth-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const script = join(dir, 'binauth.sh');
  writeFileSync(script, binauthScript(KEY, 'http://127.0.0.1:9/g/desa0001'));
  const run = (...args: string[]): { readonly code: number; readonly printed: string } => {
    const env = { PATH: process.env['PATH'], SIMPUL_SPOOL: join(dir, 'spool') };
    try {
      return {
        code: 0,
        printed: execFileSync('sh', [script, ...args], { env, encoding: 'utf8', stdio: 'pipe' }).trim(),
      };
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string };
      return { code: status, printed: stdout.trim() };
    }
  };
  const ask = (custom: string, token = TOKEN) =>
    run('auth_client', '02:00:00:00:00:64', 'http%3a%2f%2fx', 'agent', '10.77.0.100', token, custom);

  test('lets in with the limits that were signed for this token', () => {
    expect(ask(signedGrant(LOGIN, GRANT, HID, KEY))).toEqual({ code: 0, printed: '3600 512 1024 204800 204800' });
    expect(ask(signedGrant(LOGIN, NO_LIMIT, HID, KEY))).toEqual({ code: 0, printed: '86400 0 0 0 0' });
  });

  test('refuses what a citizen wrote: other limits, another token, another key, nothing, commands', () => {
    const right = signedGrant(LOGIN, GRANT, HID, KEY);
    const refused = [
      ...[right.replace('.3600.', '.9999999.'), right.slice(0, -1), `${right}0`, '', 'x', LOGIN],
      signedGrant(LOGIN, GRANT, HID, binauthKey('another-faskey')),
      signedLogin(LOGIN, HID, KEY),
      `$(touch ${dir}/pwned).1.1.1.1.1.${'0'.repeat(32)}`,
      `\`touch ${dir}/pwned\``,
      "a'; touch pwned; '",
      '*.1.1.1.1.1.*',
    ];
    // An exit code would let them in with the gateway's own limits: openNDS refuses only who is answered nothing.
    for (const custom of refused) expect([custom, ask(custom)]).toEqual([custom, { code: 0, printed: '' }]);
    expect(ask(right, 'ffffffff').printed).toBe('');
    expect(ask(right, '').printed).toBe('');
    expect(() => execFileSync('ls', [join(dir, 'pwned')], { stdio: 'pipe' })).toThrow();
  });

  test('sends what was written while it was sending, and leaves nothing behind', async () => {
    const told: string[] = [];
    let both = (): void => {};
    const bothCame = new Promise<void>((resolve) => {
      both = resolve;
    });
    let answerFirst = (): void => {};
    const firstCame = new Promise<void>((resolve) => {
      const portal = createServer((request, answer) => {
        request.setEncoding('utf8').on('data', (text: string) => told.push(text));
        request.on('end', () => {
          if (told.length === 2) both();
          if (told.length > 1) return answer.end();
          answerFirst = () => void answer.end();
          resolve();
        });
      }).listen(0, '127.0.0.1');
      onTestFinished(() => void portal.close());
      portal.on('listening', () => {
        const { port } = portal.address() as AddressInfo;
        writeFileSync(join(dir, 'told.sh'), binauthScript(KEY, `http://127.0.0.1:${port}/g/desa0001`));
        report('client_auth');
      });
    });
    const spool = join(dir, 'told');
    const report = (method: string) =>
      execFileSync(
        'sh',
        [
          ...[join(dir, 'told.sh'), method, '02:00:00:00:00:64', '500', '100', '1000', '1060', TOKEN],
          signedGrant(LOGIN, GRANT, HID, KEY),
        ],
        { env: { PATH: process.env['PATH'], SIMPUL_SPOOL: spool }, stdio: 'pipe' },
      );

    await firstCame;
    report('downquota_deauth');
    answerFirst();
    await bothCame;

    expect(told.map((text) => /^simpul_use=(\w+)/.exec(text)?.[1])).toEqual(['client_auth', 'downquota_deauth']);
    await expect.poll(() => readdirSync(spool), { timeout: 60_000 }).toEqual([]);
  });
});

test('a report of the script is taken from who knows its key alone', async () => {
  const tools = givenTools();
  const text = `client_deauth,02:00:00:00:00:64,,500,100,1000,1060,${LOGIN}`;
  const report = (use: string, signature: string) => postRequest({ simpul_use: use, simpul_signature: signature });

  expect(await family.serve?.(given(1), report(text, signatureOf(text, KEY)), tools)).toMatchObject({ status: 200 });
  expect(tools.reports).toMatchObject([
    { status: 'stop', seconds: 60, upOctets: 100n, downOctets: 500n, cause: 'User-Request' },
  ]);
  for (const [use, signature] of [
    [text.replace('500', '1'), signatureOf(text, KEY)],
    [text, ''],
    [text, signatureOf(text, 'x')],
    ['x'.repeat(5_000), signatureOf('x'.repeat(5_000), KEY)],
    ['nonsense', signatureOf('nonsense', KEY)],
    [text.replace('500', '-5'), signatureOf(text.replace('500', '-5'), KEY)],
  ] as const)
    expect(await family.serve?.(given(1), report(use, signature), tools)).toMatchObject({ status: 403 });
  expect(tools.reports).toHaveLength(1);
});
