import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Access, startAccess } from '../../captive-portal/access.ts';
import type { FamilyTools } from '../../captive-portal/gateway.ts';
import { loadGateways } from '../../captive-portal/gateway.ts';
import { memoryBus } from '../../core/bus/memory.ts';
import { Secret } from '../../core/config/secret.ts';
import { silentLog } from '../../core/log/log.ts';
import { askSessionEnd } from '../../core/services/portal/end-session.ts';
import { issueLogin } from '../../core/services/portal/issue-login.ts';
import { deviceHash, type PortalParts } from '../../core/services/portal/portal-parts.ts';
import { type Freeradius, hasFreeradius, startFreeradius } from '../support/freeradius.ts';
import { openTestInventory, type TestInventory } from '../support/inventory.ts';
import { layPlace, NO_LIMITS, type Place, portalPartsOf } from '../support/portal-places.ts';
import { freeUdpPort } from '../support/udp-port.ts';
import { radclient } from './radius/support/radclient.ts';

const SECRET = 'testing123';
const TOKEN = 'a token for the tests only';
const HOUR = 3_600_000;
const SIGNED = 'Message-Authenticator = 0x00\n';
const PLACE = 'Acct-Session-Id = "80000001"\nNAS-Port = 1\n';

const citizen = (userName: string): string =>
  [
    `User-Name = "${userName}"`,
    'NAS-IP-Address = 10.5.50.1',
    'NAS-Identifier = "desa-sukamaju-01"',
    'NAS-Port-Type = Wireless-802.11',
    'Called-Station-Id = "hotspot1"',
    'Calling-Station-Id = "02:00:00:00:00:64"',
    'Framed-IP-Address = 10.5.50.7',
    '',
  ].join('\n');

let under: TestInventory;
let parts: PortalParts;
let access: Access;
let freeradius: Freeradius | null = null;
let place: Place;
let planId: string;
let coaPort: number;
const bus = memoryBus((error) => {
  throw error;
});

beforeAll(async () => {
  under = await openTestInventory();
  const { inventory } = under;
  parts = portalPartsOf(inventory, Date.now);
  coaPort = await freeUdpPort();
  place = await layPlace(inventory, { radiusAddress: '127.0.0.1', radiusSecret: SECRET, coaPort });
  const plan = await inventory.portal.plans.create({
    ...NO_LIMITS,
    ...{ name: 'Warga', sessionSeconds: 3_600, idleSeconds: 600, dayOctets: 6e9, downKbit: 4_096, upKbit: 1_024 },
  });
  planId = plan.id;
  access = await startAccess(
    { ...parts, log: silentLog, gateways: await loadGateways() },
    {
      bus,
      radius: { bind: '127.0.0.1', authPort: 0, acctPort: 0 },
      rest: { port: 0, token: new Secret(TOKEN) },
      familyTools: (account) => ({ account }) as unknown as FamilyTools,
    },
  );
  if (hasFreeradius()) freeradius = await startFreeradius(access.rest?.port ?? 0, TOKEN);
  else console.warn('FreeRADIUS is not tested: the Debian packages freeradius and freeradius-rest are missing');
}, 180_000);
afterAll(async () => {
  await freeradius?.stop();
  await access.stop();
  await under.close();
});
beforeEach(async () => {
  for (const table of ['portal_sessions', 'portal_logins', 'portal_usage', 'portal_days'])
    await under.inventory.sql.run(`DELETE FROM ${table}`);
});

const login = async (reentry = false) => {
  const now = Date.now();
  const macHash = deviceHash(parts.keys, '02:00:00:00:00:64');
  const issued = await issueLogin(parts, {
    gateway: { id: place.gateway.id, siteId: place.site.id },
    ...{ macHash, subjectHash: macHash, method: 'terms', planId, consentId: null, arrivedAt: now },
    reentryUntil: reentry ? now + HOUR : null,
  });
  if (issued.kind !== 'login') throw new Error(issued.refusal);
  return issued;
};

test('a gateway that signed nothing yet is taken at its word, at either door', async () => {
  for (const server of [access.radius, freeradius]) {
    if (server === null) continue;
    const { id, password } = await login();
    const packet = `${citizen(id)}User-Password = "${password}"\n`;
    const { code, output } = await radclient(packet, { port: server.authPort, kind: 'auth' });
    expect([code, output.includes('Received Access-Accept')]).toEqual([0, true]);
  }
});

describe.each(['our own server', 'FreeRADIUS and rlm_rest'])('%s', (door) => {
  const isOurs = door === 'our own server';
  const isMissing = !isOurs && !hasFreeradius();
  const ports = () => {
    const server = isOurs ? access.radius : freeradius;
    if (server === null) throw new Error('not started');
    return server;
  };
  const auth = (packet: string, secret = SECRET) =>
    radclient(packet, { port: ports().authPort, kind: 'auth', secret, args: ['-r', '1', '-t', '2'] });
  const acct = (packet: string) => radclient(packet, { port: ports().acctPort, kind: 'acct' });
  const pap = (password: string): string => `User-Password = "${password}"\n`;
  const granted = (output: string): readonly string[] =>
    (output.split('Received Access-Accept')[1] ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => / = /.test(line) && !line.startsWith('Message-Authenticator'))
      .sort();
  const sessions = () =>
    under.inventory.sql.query<{ method: string; seconds: string; up: string; down: string; cause: string | null }>(
      `SELECT method, seconds, up_octets AS up, down_octets AS down, end_cause AS cause FROM portal_sessions ORDER BY id`,
    );

  test.skipIf(isMissing)('lets in by PAP and CHAP with the grant of the plan', async () => {
    const logins = [await login(), await login()];
    const [two, three] = logins;
    if (two === undefined || three === undefined) throw new Error('no logins');
    const challenge = 'CHAP-Challenge = 0x00112233445566778899aabbccddeeff\n';

    const answers = [
      await auth(citizen(two.id) + pap(two.password) + SIGNED),
      await auth(`${citizen(three.id)}CHAP-Password = "${three.password}"\n${challenge}${SIGNED}`),
    ];

    for (const [at, { code, output }] of answers.entries()) {
      expect(code).toBe(0);
      expect(output).toMatch(/Received Access-Accept[\s\S]*Message-Authenticator = 0x/);
      expect(granted(output)).toEqual(
        [
          'Acct-Interim-Interval = 300',
          `Class = 0x${Buffer.from(logins[at]?.id ?? '').toString('hex')}`,
          'Idle-Timeout = 600',
          'Mikrotik-Rate-Limit = "1024k/4096k"',
          'Mikrotik-Total-Limit = 1705032704',
          'Mikrotik-Total-Limit-Gigawords = 1',
          'Session-Timeout = 3600',
        ].sort(),
      );
    }
  });

  test.skipIf(isMissing)(
    'refuses with a sentence, says nothing to what is not proven, and drops unsigned Proxy-State',
    async () => {
      const { id, password } = await login();

      const wrong = await auth(citizen(id) + pap('salah') + SIGNED);
      const stranger = await auth(citizen('warga') + pap('rahasia') + SIGNED);
      const unproven = await auth(citizen(id) + pap(password) + SIGNED, 'another secret');
      const proxied = await auth(`${citizen(id)}Proxy-State = 0x01\n${pap(password)}`);
      const right = await auth(citizen(id) + pap(password) + SIGNED);

      for (const { code, output } of [wrong, stranger]) {
        expect(code).toBe(1);
        expect(output).toContain('Received Access-Reject');
        expect(output).toContain('Reply-Message = "Silakan buka halaman masuk sekali lagi."');
      }
      for (const { code, output } of [unproven, proxied]) {
        expect(code).toBe(1);
        expect(output).not.toContain('Received');
      }
      expect(right.code).toBe(0);
    },
  );

  test.skipIf(isMissing)('a device comes back by its address in all forms of RouterOS', async () => {
    const { id, password } = await login(true);
    await auth(citizen(id) + pap(password) + SIGNED);
    const forms = ['02:00:00:00:00:64', '0200:0000:0064', '020000:000064', '02-00-00-00-00-64', '020000-000064'];
    forms.push('020000000064', '02 00 00 00 00 64');

    const answers = await Promise.all(forms.map((form) => auth(citizen(form) + pap('') + SIGNED)));
    const other = await auth(citizen('02:00:00:00:00:64').replace(/:64"\nFramed/, ':65"\nFramed') + pap('') + SIGNED);

    for (const { output } of answers) expect(granted(output)).toContain(`Class = 0x${Buffer.from(id).toString('hex')}`);
    expect(other.code).toBe(1);
  });

  test.skipIf(isMissing)(
    'keeps the books: start, interim with gigawords, stop, a restart, each told twice',
    async () => {
      const { id, password } = await login();
      await auth(citizen(id) + pap(password) + SIGNED);
      const kept = `Class = 0x${Buffer.from(id).toString('hex')}\n`;
      const records = [
        'Acct-Status-Type = Start\n',
        'Acct-Status-Type = Interim-Update\nAcct-Session-Time = 300\nAcct-Input-Octets = 1000\nAcct-Output-Octets = 2000\nAcct-Output-Gigawords = 1\n',
        'Acct-Status-Type = Stop\nAcct-Session-Time = 600\nAcct-Input-Octets = 5000\nAcct-Output-Octets = 9000\nAcct-Output-Gigawords = 1\nAcct-Terminate-Cause = User-Request\n',
      ];

      for (const record of records) {
        for (let time = 0; time < 2; time++) {
          const { code, output } = await acct(citizen(id) + PLACE + kept + record);
          expect([code, output.includes('Received Accounting-Response')]).toEqual([0, true]);
        }
      }
      await acct(`${citizen(id)}Acct-Session-Id = "80000002"\n${kept}Acct-Status-Type = Start\n`);
      await acct('NAS-IP-Address = 10.5.50.1\nAcct-Status-Type = Accounting-On\n');

      expect(await sessions()).toEqual([
        { method: 'terms', seconds: '600', up: '5000', down: '4294976296', cause: 'User-Request' },
        { method: 'terms', seconds: '0', up: '0', down: '0', cause: 'restart' },
      ]);
      const usage = await under.inventory.sql.query(
        'SELECT sum(seconds)::int AS s, sum(octets)::float8 AS o FROM portal_usage',
      );
      expect(usage).toEqual([{ s: 600, o: 4_294_981_296 }]);
    },
  );

  test.skipIf(isMissing)('answers Status-Server', async () => {
    const { code, output } = await radclient(SIGNED, { port: ports().authPort, kind: 'status' });

    expect([code, /Received Access-Accept/.test(output)]).toEqual([0, true]);
  });
});

test('an end that somebody asks for goes out as a Disconnect, and what the gateway says is written down', async () => {
  const { id, password } = await login(true);
  await radclient(`${citizen(id)}User-Password = "${password}"\n${SIGNED}`, {
    port: access.radius?.authPort ?? 0,
    kind: 'auth',
  });
  await radclient(`${citizen(id)}${PLACE}Acct-Status-Type = Start\n`, {
    port: access.radius?.acctPort ?? 0,
    kind: 'acct',
  });
  const gateway = createSocket('udp4').bind(coaPort, '127.0.0.1');
  await once(gateway, 'listening');
  const asked = once(gateway, 'message');
  const { sessions } = under.inventory.portal;
  const [live] = (await sessions.list({ live: true })).items;

  await askSessionEnd({ inventory: under.inventory, bus, clock: Date.now }, live?.id ?? '');
  const [packet] = (await asked) as [Buffer];
  gateway.close();

  expect(packet[0]).toBe(40);
  expect(packet.includes(id)).toBe(true);
  expect(packet.includes(Buffer.from([10, 5, 50, 7]))).toBe(true);
  expect(packet.includes('80000001')).toBe(true);
  const again = await radclient(`${citizen('020000000064')}User-Password = ""\n${SIGNED}`, {
    port: access.radius?.authPort ?? 0,
    kind: 'auth',
  });
  expect(again.output).toContain('Access-Reject');
});
