import { expect, inject, test } from 'vitest';
import { HOUR } from '../../core/domain/clock.ts';
import { dayOf } from '../../core/domain/portal/day.ts';
import { deviceHash } from '../../core/services/portal/portal-parts.ts';
import type { NewLogin } from '../../core/stores/inventory/portal/logins.ts';
import { TEMPLATE } from '../support/global-setup.ts';
import { openInventoryAt } from '../support/inventory-at.ts';
import { layPlace, portalPartsOf, WIB } from '../support/portal-places.ts';
import { dropDatabase, makeDatabase } from '../support/postgres.ts';
import { startNode } from '../support/process.ts';
import { accessPacket, accountingPacket, isAccept, isStored, loadNas, spreadOver } from '../support/radius-load.ts';
import { freeUdpPort } from '../support/udp-port.ts';

const SECRET = 'testing123';
const KEY = Buffer.from(SECRET);
const CITIZENS = 900;
const KILLS = 4;
/** A router asks again for as long as a restart takes. */
const PATIENCE = { sockets: 4, retryMs: 400, tries: 80 };
/** Name of the record, seconds of the session so far. */
const LIFE = [
  ['Start', 0],
  ['Interim-Update', 300],
  ['Interim-Update', 600],
  ['Stop', 700],
] as const;

type Citizen = { readonly id: string; readonly password: string; readonly mac: string; readonly nas: number };

test('killed again and again among logins and accounting, it loses no answered record and doubles no session', async (context) => {
  const server = inject('postgresUrl');
  if (server === null) return context.skip('PostgreSQL is missing');
  const name = `simpul_radius_kill_${process.pid}`;
  const url = await makeDatabase(server, name, TEMPLATE);
  const inventory = await openInventoryAt(url);
  const parts = portalPartsOf(inventory, Date.now);
  const places: Awaited<ReturnType<typeof layPlace>>[] = [];
  for (const at of [1, 2, 3])
    places.push(await layPlace(inventory, { code: `${at}`, radiusAddress: `127.0.2.${at}`, radiusSecret: SECRET }));
  const hotspots = await Promise.all([1, 2, 3].map((at) => loadNas(`127.0.2.${at}`, PATIENCE)));
  const [authPort, acctPort] = [await freeUdpPort(), await freeUdpPort()];
  const start = async () => {
    const child = startNode(['dist/tests/support/radius-child.js', String(authPort), String(acctPort)], {
      DATABASE_URL: url,
    });
    await child.until(/ready\n/, 180_000);
    return child;
  };

  const now = Date.now();
  const grant = { seconds: 3_600, idleSeconds: null, downKbit: null, upKbit: null, totalOctets: null };
  const citizens: Citizen[] = Array.from({ length: CITIZENS }, (_, index) => {
    const letters = [...index.toString(8).padStart(6, '0')].map((digit) => 'abcdefgh'[Number(digit)]).join('');
    const id = `${'q'.repeat(20)}${letters}`;
    const mac = `02:00:00:00:${(index >> 8).toString(16).padStart(2, '0')}:${(index & 255).toString(16).padStart(2, '0')}`;
    return { id, password: parts.keys.passwordOf(id), mac, nas: index % 3 };
  });
  const logins = citizens.map(({ id, mac, nas }): NewLogin => {
    const macHash = deviceHash(parts.keys, mac);
    const { site, gateway } = places[nas] ?? places[0] ?? { site: { id: '' }, gateway: { id: '' } };
    return {
      ...{ id, gatewayId: gateway.id, siteId: site.id, macHash, subjectHash: macHash, method: 'terms', planId: null },
      ...{ consentId: null, grant, arrivedAt: now, issuedAt: now, expiresAt: now + HOUR, reentryUntil: null },
    };
  });
  await inventory.portal.logins.add(logins, dayOf(now, WIB));

  /** What was answered: seconds of the newest record by login, -1 = let in. */
  const answered = new Map<string, number>();
  let answers = 0;
  const wrong: string[] = [];
  async function live({ id, password, mac, nas }: Citizen): Promise<void> {
    const hotspot = hotspots[nas];
    const told = [
      { name: 'User-Name', value: id },
      { name: 'Calling-Station-Id', value: mac },
      { name: 'Framed-IP-Address', value: '10.5.50.7' },
      { name: 'Acct-Session-Id', value: `8${id.slice(-6)}` },
    ];
    const answer = await hotspot?.ask(authPort, (n) => accessPacket(n, KEY, password, told));
    if (!isAccept(answer ?? null)) {
      wrong.push(`${id} was not let in`);
      return;
    }
    answered.set(id, -1);
    answers += 1;
    for (const [status, seconds] of LIFE) {
      const use = [
        { name: 'Acct-Status-Type', value: status },
        { name: 'Acct-Session-Time', value: seconds },
        { name: 'Acct-Input-Octets', value: seconds * 10 },
        { name: 'Acct-Output-Octets', value: seconds * 100 },
        { name: 'Acct-Output-Gigawords', value: seconds > 500 ? 1 : 0 },
      ];
      const stored = await hotspot?.ask(acctPort, (n) => accountingPacket(n, KEY, [...told, ...use]));
      if (!isStored(stored ?? null)) wrong.push(`${id} ${status} was not answered`);
      answered.set(id, seconds);
      answers += 1;
    }
  }

  let child = await start();
  let startedAt = performance.now();
  let aliveMs = 0;
  const killed = async (): Promise<void> => {
    await child.end('SIGKILL');
    aliveMs += performance.now() - startedAt;
  };
  const all = spreadOver(CITIZENS, 120, (index) => live(citizens[index] ?? { id: '', password: '', mac: '', nas: 0 }));
  const missing: string[] = [];
  for (let kill = 1; kill <= KILLS; kill++) {
    const at = (kill * CITIZENS * (LIFE.length + 1)) / (KILLS + 1);
    await expect.poll(() => answers >= at, { timeout: 180_000, interval: 2 }).toBe(true);
    await killed();
    const told = new Map(answered);
    const rows = await inventory.sql.query<{ id: string; used: boolean; seconds: string | null }>(
      `SELECT l.id, l.used_at IS NOT NULL AS used, s.seconds FROM portal_logins l
       LEFT JOIN portal_sessions s ON s.login_id = l.id`,
    );
    const kept = new Map(rows.map((row) => [row.id, row]));
    for (const [id, seconds] of told) {
      const row = kept.get(id);
      if (row?.used !== true || (seconds >= 0 && Number(row.seconds ?? -1) < seconds)) missing.push(`${id} ${seconds}`);
    }
    child = await start();
    startedAt = performance.now();
  }
  await all;
  await killed();
  const perSecond = (count: number): string => (count / (aliveMs / 1_000)).toFixed(0);
  process.stderr.write(
    `while it lived: ${perSecond(CITIZENS)} logins/s and ${perSecond(CITIZENS * LIFE.length)} records/s\n`,
  );

  const [sums] = await inventory.sql.query<Record<string, number>>(
    `SELECT count(*)::int AS sessions, count(DISTINCT login_id)::int AS logins, sum(seconds)::int AS seconds,
       sum(up_octets + down_octets)::float8 AS octets, count(*) FILTER (WHERE ended_at IS NULL)::int AS live
     FROM portal_sessions`,
  );
  const [used] = await inventory.sql.query<Record<string, number>>(
    'SELECT count(DISTINCT subject_hash)::int AS people, sum(seconds)::int AS seconds, sum(octets)::float8 AS octets FROM portal_usage',
  );
  const [counted] = await inventory.sql.query<Record<string, number>>(
    `SELECT sum(sessions)::int AS sessions, sum(seconds)::int AS seconds, sum(up_octets + down_octets)::float8 AS octets,
       sum(logins)::int AS logins FROM portal_days`,
  );
  const seconds = CITIZENS * 700;
  const octets = CITIZENS * (700 * 110 + 2 ** 32);
  expect(wrong).toEqual([]);
  expect(missing).toEqual([]);
  expect(sums).toEqual({ sessions: CITIZENS, logins: CITIZENS, seconds, octets, live: 0 });
  expect(used).toEqual({ people: CITIZENS, seconds, octets });
  expect(counted).toEqual({ sessions: CITIZENS, seconds, octets, logins: CITIZENS });
  for (const hotspot of hotspots) hotspot.close();
  await inventory.close();
  await dropDatabase(server, name);
}, 900_000);
