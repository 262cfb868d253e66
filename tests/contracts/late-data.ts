import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openJournal } from '../../collector/pipeline/journal.ts';
import { HOUR, MINUTE, SECOND } from '../../core/domain/clock.ts';
import { silentLog } from '../../core/log/log.ts';
import { availabilityOf } from '../../core/services/availability.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { type CutOffCollector, cutOffCollector } from '../support/cut-off-collector.ts';
import type { TestInventory } from '../support/inventory.ts';

/** The longest that a fall or a return stays unseen. */
const FOUND_WITHIN = 15 * SECOND;
/** From the last answer before a fall, or the first after it, to when it really was. */
const STRAYS = 6 * SECOND;

/** A collector that was cut off from the store, on one engine. */
export function lateDataContract(engine: string, open: () => Promise<TestInventory>): void {
  // An hour by the clock in hand is many steps, each of which waits for a real store.
  describe(`a collector that was cut off from ${engine}`, { timeout: 240_000 }, () => {
    let store: TestInventory;
    let inventory: Inventory;
    let cut: CutOffCollector;
    beforeAll(async () => {
      store = await open();
      inventory = store.inventory;
    });
    afterAll(() => store.close());
    afterEach(() => cut.stop());

    const statusOf = async (id: string) => (await inventory.statuses.all()).find(({ deviceId }) => deviceId === id);
    const outagesOf = async (deviceId: string) => (await inventory.outages.list({ deviceId })).items;
    const secondsOf = async (id: string, from: number, to: number) =>
      (await availabilityOf(inventory, { kind: 'device', id }, { from, to, asOf: to })).seconds;

    /** Some minutes in which all is well. */
    async function begin(devices: number): Promise<string[]> {
      cut = await cutOffCollector(store, { devices });
      await cut.time.advance(2 * MINUTE);
      return [...cut.deviceIds];
    }

    test('for 40 minutes tells what really was: one was up, one down for 10 minutes, and nobody hears of it', async () => {
      const [steady = '', other = ''] = await begin(2);
      const cutAt = cut.time.clock();
      cut.setAway(true);
      await cut.time.advance(15 * MINUTE);
      const whileAway = await Promise.all([statusOf(steady), statusOf(other)]);
      const fellAt = cut.time.clock();
      cut.silence(other);
      await cut.time.advance(10 * MINUTE);
      const roseAt = cut.time.clock();
      cut.answer(other);
      await cut.time.advance(15 * MINUTE);

      cut.setAway(false);
      await cut.time.advance(2 * MINUTE);

      for (const status of whileAway) {
        expect(status).toMatchObject({ state: 'unknown', reason: 'collector-away', openOutageId: null });
        expect(Math.abs((status?.since ?? 0) - cutAt)).toBeLessThanOrEqual(STRAYS);
      }
      expect(await statusOf(steady)).toMatchObject({ state: 'up', reason: null });
      expect(await statusOf(other)).toMatchObject({ state: 'up', reason: null });
      expect(await outagesOf(steady)).toEqual([]);
      const [outage, ...more] = await outagesOf(other);
      expect(more).toEqual([]);
      expect(Math.abs((outage?.startedAt ?? 0) - fellAt)).toBeLessThanOrEqual(STRAYS);
      expect(Math.abs((outage?.endedAt ?? 0) - roseAt)).toBeLessThanOrEqual(STRAYS);
      expect((outage?.detectedAt ?? 0) - (outage?.startedAt ?? 0)).toBeLessThanOrEqual(FOUND_WITHIN);
      const now = cut.time.clock();
      expect(await secondsOf(steady, cutAt, now)).toMatchObject({ down: 0, unknown: 0 });
      const seconds = await secondsOf(other, cutAt, now);
      expect(seconds.unknown).toBe(0);
      // Both of its ends stray.
      expect(Math.abs(seconds.down - 600)).toBeLessThanOrEqual((2 * STRAYS) / SECOND);
      expect(cut.messages).toEqual([]);
      const incidents = await inventory.incidents.list({});
      expect(incidents.items).toMatchObject([{ startedAt: outage?.startedAt, endedAt: outage?.endedAt }]);
    });

    test('brings an outage that goes on with its true start, and that is told once', async () => {
      const [, other = ''] = await begin(2);
      cut.setAway(true);
      await cut.time.advance(3 * MINUTE);
      const fellAt = cut.time.clock();
      cut.silence(other);
      await cut.time.advance(3 * MINUTE);

      cut.setAway(false);
      await cut.time.advance(MINUTE);

      const [outage] = await outagesOf(other);
      expect(outage?.endedAt).toBeNull();
      expect(Math.abs((outage?.startedAt ?? 0) - fellAt)).toBeLessThanOrEqual(STRAYS);
      expect(await statusOf(other)).toMatchObject({ state: 'down', since: outage?.startedAt });
      expect(cut.messages.map(({ what }) => what)).toEqual(['opened']);
    });

    test('ends an outage that was open when the line was cut at its true end', async () => {
      const [, other = ''] = await begin(2);
      cut.silence(other);
      await cut.time.advance(MINUTE);
      cut.setAway(true);
      await cut.time.advance(3 * MINUTE);
      const whileAway = await statusOf(other);
      const roseAt = cut.time.clock();
      cut.answer(other);
      await cut.time.advance(3 * MINUTE);

      cut.setAway(false);
      await cut.time.advance(MINUTE);

      const [outage, ...more] = await outagesOf(other);
      expect(whileAway).toMatchObject({ state: 'unknown', reason: 'collector-away', openOutageId: outage?.id });
      expect(more).toEqual([]);
      expect(Math.abs((outage?.endedAt ?? 0) - roseAt)).toBeLessThanOrEqual(STRAYS);
      expect(cut.messages.map(({ what }) => what)).toEqual(['opened', 'recovered']);
    });

    test('tells nobody of an outage that ended just before the line was mended', async () => {
      const [, other = ''] = await begin(2);
      cut.setAway(true);
      await cut.time.advance(2 * MINUTE);
      cut.silence(other);
      await cut.time.advance(MINUTE);
      cut.answer(other);
      await cut.time.advance(8 * SECOND);

      cut.setAway(false);
      await cut.time.advance(2 * MINUTE);

      expect(await outagesOf(other)).toHaveLength(1);
      expect((await inventory.incidents.list({})).items).toHaveLength(1);
      expect(cut.messages).toEqual([]);
    });

    test('brings many outages of one device, each with its times, and the last state', async () => {
      const [, other = ''] = await begin(2);
      cut.setAway(true);
      for (let time = 0; time < 4; time++) {
        await cut.time.advance(MINUTE);
        cut.silence(other);
        await cut.time.advance(MINUTE);
        cut.answer(other);
      }
      await cut.time.advance(MINUTE);

      cut.setAway(false);
      await cut.time.advance(MINUTE);

      const outages = await outagesOf(other);
      expect(outages).toHaveLength(4);
      for (const { startedAt, endedAt } of outages) {
        expect(Math.abs((endedAt ?? 0) - startedAt - MINUTE)).toBeLessThanOrEqual(2 * STRAYS);
      }
      expect(await statusOf(other)).toMatchObject({ state: 'up', since: outages[0]?.endedAt });
    });

    test('and killed meanwhile has what it saw until then on disk, and what nobody saw stays unknown', async () => {
      const [steady = '', other = ''] = await begin(2);
      const cutAt = cut.time.clock();
      cut.setAway(true);
      await cut.time.advance(2 * MINUTE);
      cut.silence(other);
      await cut.time.advance(2 * MINUTE);
      cut.answer(other);
      await cut.time.advance(2 * MINUTE);
      const killedAt = cut.time.clock();
      cut.kill();
      await cut.time.advance(5 * MINUTE);

      const startedAt = cut.time.clock();
      await cut.start();
      await cut.time.advance(2 * MINUTE);

      const [outage, ...more] = await outagesOf(other);
      expect(more).toEqual([]);
      expect(Math.abs((outage?.endedAt ?? 0) - (outage?.startedAt ?? 0) - 2 * MINUTE)).toBeLessThanOrEqual(2 * STRAYS);
      const now = cut.time.clock();
      expect(await secondsOf(steady, cutAt, killedAt - STRAYS)).toMatchObject({ down: 0, unknown: 0 });
      expect(await secondsOf(steady, killedAt, startedAt)).toMatchObject({ up: 0, down: 0 });
      expect(await secondsOf(steady, startedAt + STRAYS, now)).toMatchObject({ down: 0, unknown: 0 });
      expect(cut.messages).toEqual([]);
      expect(cut.collector().stats().transitions.journal.items).toBe(0);
    });

    test('keeps nothing on disk while all is well, and nothing once the store has it', async () => {
      const [, other = ''] = await begin(2);
      const before = cut.collector().stats().transitions.journal.items;
      cut.setAway(true);
      cut.silence(other);
      await cut.time.advance(2 * MINUTE);
      const meanwhile = cut.collector().stats().transitions.journal.items;

      cut.setAway(false);
      await cut.time.advance(MINUTE);

      expect(before).toBe(0);
      expect(meanwhile).toBeGreaterThan(0);
      expect(cut.collector().stats().transitions).toMatchObject({
        waiting: 0,
        lost: 0,
        journal: { items: 0, dropped: 0 },
      });
    });

    test('that is really gone leaves what it watched unknown, and says so from its last heartbeat', async () => {
      const [steady = ''] = await begin(1);
      const goneAt = cut.time.clock();
      cut.kill();
      await cut.time.advance(5 * MINUTE);
      const startedAt = cut.time.clock();

      await cut.start();
      await cut.time.advance(MINUTE);

      const seconds = await secondsOf(steady, goneAt, startedAt);
      expect(seconds).toMatchObject({ up: 0, down: 0 });
      expect(await statusOf(steady)).toMatchObject({ state: 'up' });
      expect(cut.messages).toEqual([]);
    });

    test('may bring the same twice, and it changes nothing', async () => {
      const [, other = ''] = await begin(2);
      const at = cut.time.clock();
      const change = (state: 'up' | 'down', previous: 'up' | 'down', when: number) => ({
        deviceId: other,
        state,
        previous,
        at: when,
        reason: state === 'down' ? 'timeout' : null,
        lastSeenAt: when,
        memory: {},
      });
      const late = [
        { ...change('down', 'up', at), outage: { open: { startedAt: at, detectedAt: at + 10 * SECOND } } },
        { ...change('up', 'down', at + MINUTE), outage: { endedAt: at + MINUTE } },
        { ...change('down', 'up', at + HOUR), outage: { open: { startedAt: at + HOUR, detectedAt: at + HOUR } } },
      ];
      const stored = async () => ({
        outages: await outagesOf(other),
        status: await statusOf(other),
        changes: await inventory.sql.query('SELECT * FROM state_change WHERE device_id = $1 ORDER BY id', [other]),
      });
      const gone = { ...change('down', 'up', at), deviceId: '00000000-0000-4000-8000-000000000000' };

      await inventory.statuses.recordLate(late);
      const once = await stored();
      await inventory.statuses.recordLate([gone, ...late.slice(0, 2)]);
      await inventory.statuses.recordLate(late);
      const again = await stored();

      expect(again).toEqual(once);
      expect(once.outages).toMatchObject([
        { startedAt: at + HOUR, endedAt: null },
        { startedAt: at, endedAt: at + MINUTE },
      ]);
      expect(once.status).toMatchObject({ state: 'down', since: at + HOUR });
    });

    test('whose journal is full says how much it could not keep', async () => {
      const [device = ''] = await begin(1);
      const journal = await openJournal(`${store.dataDir}/small`, silentLog, 4_000);
      const record = (at: number) =>
        ({
          kind: 'change',
          change: { deviceId: device, state: 'up', previous: 'up', at, reason: null, lastSeenAt: at, memory: {} },
        }) as const;

      for (let at = 1; at <= 100; at++) await journal.keep([record(at)]);
      const kept = await journal.read();

      const { items, dropped, bytes } = journal.status();
      expect(items + dropped).toBe(100);
      expect(dropped).toBeGreaterThan(0);
      expect(bytes).toBeLessThanOrEqual(4_000);
      expect(kept.at(-1)).toEqual(record(100));
      expect(kept).toHaveLength(items);
      await journal.close();
    });
  });
}
