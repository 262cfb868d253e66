import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../../core/domain/clock.ts';
import { type AccountingRecord, account } from '../../../../core/services/portal/account.ts';
import { authenticate } from '../../../../core/services/portal/authenticate.ts';
import { issueLogin } from '../../../../core/services/portal/issue-login.ts';
import { deviceHash, type PortalParts } from '../../../../core/services/portal/portal-parts.ts';
import { sessionView } from '../../../../core/services/portal/session-view.ts';
import { openTestInventory, type TestInventory } from '../../../support/inventory.ts';
import { layPlace, NO_LIMITS, type Place, portalPartsOf } from '../../../support/portal-places.ts';

/** 22 November 2026, 10.00 WIB. */
const TEN = Date.UTC(2026, 10, 22, 3);
const MAC = '02:00:00:00:00:64';
let under: TestInventory;
let parts: PortalParts;
let place: Place;
let planId: string;
let now = TEN;
beforeAll(async () => {
  under = await openTestInventory();
  parts = portalPartsOf(under.inventory, () => now);
  place = await layPlace(under.inventory);
  const limits = { sessionSeconds: 7_200, daySeconds: 10_800, dayOctets: 1e9, opensAt: 420, closesAt: 1_320 };
  planId = (await under.inventory.portal.plans.create({ ...NO_LIMITS, ...limits, name: 'Warga' })).id;
});
afterAll(() => under.close());
beforeEach(async () => {
  now = TEN;
  await under.inventory.sql.run('TRUNCATE portal_logins, portal_sessions, portal_usage, portal_days');
});

async function letIn(plan: string | null) {
  const gateway = { id: place.gateway.id, siteId: place.site.id };
  const macHash = deviceHash(parts.keys, MAC);
  const login = await issueLogin(parts, {
    ...{ gateway, macHash, subjectHash: macHash, method: 'terms', planId: plan, consentId: null },
    ...{ arrivedAt: now, reentryUntil: null },
  });
  if (login.kind !== 'login') throw new Error(login.refusal);
  return login;
}
const enter = (id: string) =>
  authenticate(
    parts,
    { id: place.gateway.id, siteId: place.site.id },
    {
      ...{ userName: id, check: () => true, callingStationId: MAC, calledStationId: null, nasIdentifier: null },
      ...{ framedIp: null, acctSessionId: '1' },
    },
  );
const tell = (id: string, more: Partial<AccountingRecord>) =>
  account(parts, {
    ...{ gatewayId: place.gateway.id, siteId: place.site.id, status: 'interim', acctSessionId: '1', userName: id },
    ...{ classText: null, mac: MAC, framedIp: null, at: now, seconds: 0, upOctets: 0n, downOctets: 0n, cause: null },
    ...more,
  });

test('a login waits for its gateway, then lives, then is over', async () => {
  const { id } = await letIn(planId);
  expect(await sessionView(parts, id)).toEqual({ kind: 'waiting', issuedAt: TEN });

  await enter(id);
  await tell(id, { status: 'start' });
  now += 30 * MINUTE;
  await tell(id, { seconds: 1_800, upOctets: 100n, downOctets: 900n });
  now += 10 * MINUTE;
  expect(await sessionView(parts, id)).toMatchObject({
    ...{
      kind: 'online',
      since: TEN,
      secondsUsed: 2_400,
      secondsLeft: 4_800,
      octetsUsed: 1_000,
      octetsLeft: 1e9 - 1_000,
    },
    closesAt: TEN + 12 * HOUR,
  });

  await tell(id, { status: 'stop', seconds: 2_400, cause: 'User-Request' });
  expect(await sessionView(parts, id)).toEqual({ kind: 'over', endedAt: now, cause: 'User-Request' });
});

test('what the day has left is less than the session: the day is told', async () => {
  const first = await letIn(planId);
  await tell(first.id, { status: 'stop', at: now, seconds: 0 });
  await under.inventory.sql.run('UPDATE portal_usage SET seconds = 9000');
  await under.inventory.sql.run(
    `INSERT INTO portal_usage (subject_hash, day, seconds) VALUES ($1, '2026-11-22', 9000) ON CONFLICT DO NOTHING`,
    [deviceHash(parts.keys, MAC)],
  );
  const { id } = await letIn(planId);
  await enter(id);
  await tell(id, { status: 'start', acctSessionId: '2' });
  now += 5 * MINUTE;

  expect(await sessionView(parts, id)).toMatchObject({ kind: 'online', secondsLeft: 1_500 });
});

test('without a plan nothing is left to count, and a login that nobody took up is over', async () => {
  const { id } = await letIn(null);
  const other = await letIn(null);
  await enter(id);
  await tell(id, { status: 'start' });
  now += HOUR;

  expect(await sessionView(parts, id)).toMatchObject({ secondsLeft: null, octetsLeft: null, closesAt: null });
  expect(await sessionView(parts, other.id)).toMatchObject({ kind: 'over' });
  expect(await sessionView(parts, 'a'.repeat(26))).toBeNull();
});
