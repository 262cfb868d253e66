import { afterEach, expect, test } from 'vitest';
import type { BusEvent } from '../../../core/bus/bus.ts';
import { memoryBus } from '../../../core/bus/memory.ts';
import { MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { silentLog } from '../../../core/log/log.ts';
import { AWAY_AFTER_MS, type CollectorWatch, startCollectorWatch } from '../../../core/services/collector-watch.ts';
import type { KnownHeartbeat } from '../../../core/stores/inventory/heartbeats.ts';
import type { Inventory } from '../../../core/stores/inventory/inventory.ts';
import { type HandClock, handClock } from '../../support/hand-clock.ts';

type Rig = {
  readonly time: HandClock;
  readonly beats: Map<string, KnownHeartbeat>;
  readonly marked: { readonly collector: string; readonly beatAt: number }[];
  readonly events: BusEvent[];
  isStoreAway: boolean;
  /** By its own watch, which may go wrong by so much. */
  beat(collector: string, skewMs?: number): void;
};

let watch: CollectorWatch;
afterEach(() => watch.stop());

function watching(own: string | null = null): Rig {
  const time = handClock();
  const events: BusEvent[] = [];
  const bus = memoryBus(() => {});
  bus.subscribe((event) => events.push(event));
  const rig: Rig = {
    time,
    beats: new Map(),
    marked: [],
    events,
    isStoreAway: false,
    beat(collector, skewMs = 0) {
      const beatAt = time.clock() + skewMs;
      rig.beats.set(collector, { collector, startedAt: 0, beatAt, awaySince: null, lost: 0 });
    },
  };
  const heartbeats: Pick<Inventory['heartbeats'], 'all' | 'setAway'> = {
    async all() {
      if (rig.isStoreAway) throw new Error('the store is away');
      return [...rig.beats.values()];
    },
    async setAway(collector, beatAt) {
      const known = rig.beats.get(collector);
      if (known !== undefined) rig.beats.set(collector, { ...known, awaySince: beatAt });
      rig.marked.push({ collector, beatAt });
      return 3;
    },
  };
  watch = startCollectorWatch({ inventory: { heartbeats }, bus, clock: time.clock, timers: time, log: silentLog, own });
  return rig;
}

test('a collector of which nothing is heard for a minute is away since its last heartbeat, and that is said once', async () => {
  const rig = watching();
  rig.beat('north');
  const beatAt = rig.time.clock();

  await rig.time.advance(AWAY_AFTER_MS);
  const early = [...rig.marked];
  await rig.time.advance(5 * MINUTE);

  expect(early).toEqual([]);
  expect(rig.marked).toEqual([{ collector: 'north', beatAt }]);
  expect(rig.events).toMatchObject([{ type: 'inventory-changed', regionCode: '' }]);
});

test('one that signs is there, however wrong its clock is', async () => {
  const rig = watching();

  for (let minute = 0; minute < 10; minute++) {
    rig.beat('slow', -60 * MINUTE);
    rig.beat('fast', 60 * MINUTE);
    await rig.time.advance(50 * SECOND);
  }

  expect(rig.marked).toEqual([]);
});

test('the collector of the same process is not watched', async () => {
  const rig = watching('own');
  rig.beat('own');
  rig.beat('other');

  await rig.time.advance(3 * MINUTE);

  expect(rig.marked.map(({ collector }) => collector)).toEqual(['other']);
});

test('while the store is away nobody is held to have been silent', async () => {
  const rig = watching();
  rig.beat('north');
  await rig.time.advance(30 * SECOND);
  rig.isStoreAway = true;
  await rig.time.advance(10 * MINUTE);
  rig.isStoreAway = false;

  await rig.time.advance(50 * SECOND);
  const soon = [...rig.marked];
  await rig.time.advance(MINUTE);

  expect(soon).toEqual([]);
  expect(rig.marked).toHaveLength(1);
});

test('after a standstill of its own a watch waits anew', async () => {
  const rig = watching();
  rig.beat('north');
  await rig.time.advance(30 * SECOND);

  rig.time.leap(10 * MINUTE);
  await rig.time.advance(20 * SECOND);

  expect(rig.marked).toEqual([]);
});
