import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayStart } from '../../../../core/domain/portal/day.ts';
import { type AccountingRecord, accounting } from '../../../../core/services/portal/account.ts';
import { openTestInventory, type TestInventory } from '../../../support/inventory.ts';
import { layPlace, type Place, portalPartsOf, WIB } from '../../../support/portal-places.ts';
import { seededRandom } from '../../../support/random.ts';

const NOON = dayStart('2026-11-22', WIB) + 12 * 3_600_000;
let under: TestInventory;
let place: Place;
beforeAll(async () => {
  under = await openTestInventory();
  place = await layPlace(under.inventory);
});
afterAll(() => under.close());

test('in whatever order records come, how often and with how many others: the books are the same', async () => {
  const { inventory } = under;
  const random = seededRandom(11);
  const below = (limit: number): number => Math.floor(random() * limit);
  let now = NOON;
  const parts = portalPartsOf(inventory, () => now);
  for (let round = 0; round < 12; round++) {
    await inventory.sql.run('TRUNCATE portal_sessions, portal_usage, portal_days');
    const people = 6;
    const records: AccountingRecord[] = [];
    const expected: (readonly [number, number, number, string | null])[] = [];
    for (let person = 0; person < people; person++) {
      const startedAt = NOON + below(600_000);
      const base = {
        ...{ gatewayId: place.gateway.id, siteId: place.site.id, classText: null, framedIp: null },
        ...{ acctSessionId: `8${person}`, userName: `orang-${person}`, mac: `02:00:00:00:00:0${person}` },
      };
      let [seconds, up, down] = [0, 0n, 0n];
      const count = 2 + below(6);
      const isOver = random() < 0.7;
      for (let at = 0; at < count; at++) {
        const status = at === 0 ? 'start' : isOver && at === count - 1 ? 'stop' : 'interim';
        if (at > 0)
          [seconds, up, down] = [seconds + 60 + below(240), up + BigInt(below(9e6)), down + BigInt(below(9e9))];
        const cause = status === 'stop' ? 'User-Request' : null;
        const use = { seconds, upOctets: up, downOctets: down, at: startedAt + seconds * 1_000, cause };
        records.push({ ...base, ...use, status });
      }
      expected.push([seconds, Number(up), Number(down), isOver ? 'User-Request' : null]);
    }
    // Each at least once, some again, in any order; of those that came together some are stored together.
    const told = [...records, ...records.filter(() => random() < 0.5)]
      .map((record) => [random(), record] as const)
      .sort(([a], [b]) => a - b)
      .map(([, record]) => record);
    now = NOON + 7_200_000;
    const books = accounting(parts);
    while (told.length > 0) await Promise.all(told.splice(0, 1 + below(9)).map((record) => books.account(record)));

    const sessions = await inventory.sql.query<{ row: [number, number, number, string | null] }>(
      `SELECT jsonb_build_array(seconds, up_octets, down_octets, end_cause) AS row FROM portal_sessions
       ORDER BY acct_session_id`,
    );
    const [used] = await inventory.sql.query(
      'SELECT count(*)::int AS people, sum(seconds)::int AS seconds, sum(octets)::float8 AS octets FROM portal_usage',
    );
    const [counted] = await inventory.sql.query(
      `SELECT sum(sessions)::int AS sessions, sum(seconds)::int AS seconds, sum(up_octets)::float8 AS up,
         sum(down_octets)::float8 AS down FROM portal_days`,
    );
    const sum = (at: 0 | 1 | 2): number => expected.reduce((all, one) => all + one[at], 0);
    expect(sessions.map(({ row }) => row)).toEqual(expected);
    expect(used).toEqual({ people, seconds: sum(0), octets: sum(1) + sum(2) });
    expect(counted).toEqual({ sessions: people, seconds: sum(0), up: sum(1), down: sum(2) });
  }
});

test('nonsense of a gateway stays small: no count below zero, no date of another age, no text without end', async () => {
  const { inventory } = under;
  await inventory.sql.run('TRUNCATE portal_sessions, portal_usage, portal_days');
  const books = accounting(portalPartsOf(inventory, () => NOON));
  const base: AccountingRecord = {
    ...{ gatewayId: place.gateway.id, siteId: place.site.id, status: 'interim', classText: null, mac: null },
    ...{ acctSessionId: 'x'.repeat(5_000), userName: '😀'.repeat(3_000), framedIp: null, cause: null },
    ...{ at: NOON + 9e9, seconds: -5, upOctets: -1n, downOctets: 2n ** 63n },
  };

  await books.account(base);
  await books.account({ ...base, seconds: Number.MAX_SAFE_INTEGER, status: 'stop', cause: 'c'.repeat(500) });

  const [row] = await inventory.sql.query<Record<string, number>>(
    `SELECT length(acct_session_id) AS id, length(user_name) AS name, length(end_cause) AS cause, up_octets::float8 AS up,
       updated_at < to_timestamp(${NOON / 1_000 + 60}) AS sane, (SELECT count(*)::int FROM portal_sessions) AS rows
     FROM portal_sessions LIMIT 1`,
  );
  expect(row).toMatchObject({ id: 200, up: 0, sane: true });
  expect(Number(row?.['name'])).toBeLessThan(40);
});
