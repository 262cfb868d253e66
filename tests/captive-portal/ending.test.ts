import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ending } from '../../captive-portal/ending.ts';
import type { EndAnswer, FamilyTools, GatewayFamily } from '../../captive-portal/gateway.ts';
import { memoryBus } from '../../core/bus/memory.ts';
import { AppError } from '../../core/domain/errors.ts';
import { silentLog } from '../../core/log/log.ts';
import { account } from '../../core/services/portal/account.ts';
import { askSessionEnd } from '../../core/services/portal/end-session.ts';
import type { PortalParts } from '../../core/services/portal/portal-parts.ts';
import { openTestInventory, type TestInventory } from '../support/inventory.ts';
import { layPlace, type Place, portalPartsOf } from '../support/portal-places.ts';

const NOW = Date.UTC(2026, 10, 22, 3);
const heard: string[] = [];
const bus = memoryBus((error) => {
  throw error;
});
bus.subscribe(({ type }) => heard.push(type));
let under: TestInventory;
let parts: PortalParts;
let radius: Place;
let controller: Place;
beforeAll(async () => {
  under = await openTestInventory();
  parts = portalPartsOf(under.inventory, () => NOW);
  radius = await layPlace(under.inventory, {
    radiusAddress: '10.5.0.0/16',
    radiusSecret: 'rahasia-radius',
    coaPort: 3799,
  });
  controller = await layPlace(under.inventory, { code: 'B', family: 'unifi' });
});
afterAll(() => under.close());
beforeEach(async () => {
  heard.length = 0;
  await under.inventory.sql.run('TRUNCATE portal_sessions');
});

async function online({ gateway, site }: Place): Promise<string> {
  await account(parts, {
    ...{ gatewayId: gateway.id, siteId: site.id, status: 'start', acctSessionId: '1', userName: 'warga', at: NOW },
    ...{ classText: null, mac: '02:00:00:00:00:64', framedIp: '10.5.50.7', seconds: 0, cause: null },
    ...{ upOctets: 0n, downOctets: 0n },
  });
  const { items } = await under.inventory.portal.sessions.list({ live: true });
  return items[0]?.id ?? '';
}
type Said = {
  readonly disconnect?: EndAnswer;
  readonly family?: () => Promise<EndAnswer>;
  readonly from?: string | null;
};
async function ended(place: Place, { disconnect = 'ended', family, from = '10.5.50.1' }: Said) {
  const id = await online(place);
  const asked: unknown[] = [];
  const ends = ending({
    inventory: under.inventory,
    families: new Map(
      family === undefined ? [] : [['unifi', { end: family, settings: {}, secrets: [] } as unknown as GatewayFamily]],
    ),
    familyTools: {} as FamilyTools,
    disconnect: {
      end: async (...to) => {
        asked.push(to);
        return disconnect === 'refused'
          ? { kind: 'refused', cause: null }
          : ({ kind: disconnect } as { kind: 'ended' });
      },
    },
    ...{ lastAddressOf: () => from, clock: () => NOW, log: silentLog },
  });
  await askSessionEnd({ inventory: under.inventory, bus, clock: () => NOW }, id);
  await ends.run();
  await ends.run();
  return { asked, session: await under.inventory.portal.sessions.get(id) };
}

test('the gateway is asked once, at the address that it spoke from, and what it says is written down', async () => {
  const { asked, session } = await ended(radius, { disconnect: 'ended' });

  expect(heard).toEqual(['portal-end-asked']);
  expect(asked).toMatchObject([
    [
      { address: '10.5.50.1', port: 3799 },
      { userName: 'warga', acctSessionId: '1', framedIp: '10.5.50.7', callingStationId: '02:00:00:00:00:64' },
    ],
  ]);
  expect(JSON.stringify(asked)).not.toContain('rahasia-radius');
  expect(session).toMatchObject({ endAnswer: 'ended', endedAt: NOW, endCause: 'Admin-Reset', endAskedAt: NOW });
});

test.each([
  ['gone', NOW, 'lost'],
  ['refused', null, null],
  ['no-answer', null, null],
] as const)('%s is what it is', async (answer, endedAt, endCause) => {
  expect((await ended(radius, { disconnect: answer })).session).toMatchObject({ endAnswer: answer, endedAt, endCause });
});

test('a gateway that cannot be told ends it at the next re-entry, and no more is promised', async () => {
  const unheard = await ended(radius, { from: null });

  expect(unheard).toMatchObject({ asked: [], session: { endAnswer: 'at-reentry', endedAt: null } });
});

test('a controller is asked in its own way; where it is away nothing is promised', async () => {
  const done = await ended(controller, { family: async () => 'ended' });
  await under.inventory.sql.run('TRUNCATE portal_sessions');
  const away = await ended(controller, { family: () => Promise.reject(new AppError('store-unavailable', 'away')) });

  expect(done).toMatchObject({ asked: [], session: { endAnswer: 'ended', endedAt: NOW } });
  expect(away.session).toMatchObject({ endAnswer: 'no-answer', endedAt: null });
});

test('what has ended cannot be ended again', async () => {
  const { session } = await ended(radius, {});

  await expect(
    askSessionEnd({ inventory: under.inventory, bus, clock: () => NOW }, session?.id ?? ''),
  ).rejects.toMatchObject({ code: 'conflict' });
  await expect(askSessionEnd({ inventory: under.inventory, bus, clock: () => NOW }, '999999')).rejects.toMatchObject({
    code: 'not-found',
  });
});
