import { describe, expect, test } from 'vitest';
import { createAvailability } from '../../../collector/pipeline/availability.ts';
import { createEvaluator, type Evaluator } from '../../../collector/pipeline/evaluate.ts';
import { createKinship } from '../../../collector/pipeline/kinship.ts';
import { restoreStatus } from '../../../collector/pipeline/restore.ts';
import type { WatchedDevice } from '../../../collector/pipeline/watched-device.ts';
import {
  DEFAULT_STATE_POLICY,
  type DeviceStatus,
  type Observation,
  type Transition,
} from '../../../core/domain/next-state.ts';
import type { Sample } from '../../../core/domain/sample.ts';
import { realTimers } from '../../../core/timers.ts';

const T0 = 1_800_000_000_000;
const DEVICE: WatchedDevice = {
  id: 'd1',
  kind: 'router',
  siteId: 's1',
  siteKind: 'village-office',
  regionCode: '16.03.11.2009',
  host: '10.0.0.1',
  reachability: 'icmp',
  tcpPort: null,
  snmpPort: 161,
  countsForSite: true,
  settings: {},
  credential: null,
  parentIds: [],
  medium: null,
  reachIntervalMs: 6_000,
  pollIntervalMs: 60_000,
  timeoutMs: null,
  retries: null,
};

type World = {
  readonly evaluator: Evaluator;
  readonly transitions: Transition[];
  readonly samples: Sample[];
  readonly again: [string, number][];
  readonly sight: { isOpen: boolean; hasSeen: boolean; stoodStill: boolean; questions: number };
  /** One check each 6 s; `a` answers, `.` does not. */
  checks(letters: string): Promise<void>;
};

function setUp(statuses: ReadonlyMap<string, DeviceStatus> = new Map()): World {
  const transitions: Transition[] = [];
  const samples: Sample[] = [];
  const again: [string, number][] = [];
  const sight = { isOpen: true, hasSeen: true, stoodStill: false, questions: 0 };
  let now = T0;
  const evaluator = createEvaluator({
    clock: () => now,
    statuses,
    timers: realTimers,
    policyOf: () => ({ ...DEFAULT_STATE_POLICY, failures: 3 }),
    kinship: createKinship(),
    sight: {
      canSee: () => sight.isOpen,
      async hasSeenSince() {
        sight.questions++;
        return sight.hasSeen;
      },
      stoodStillSince: () => sight.stoodStill,
    },
    availability: createAvailability(30_000),
    recorder: { add: (added) => samples.push(...added) },
    writer: { add: (_device, transition) => transitions.push(transition), isWaiting: () => false },
    checkAgain: (id, delayMs) => again.push([id, delayMs]),
  });
  return {
    evaluator,
    transitions,
    samples,
    again,
    sight,
    async checks(letters) {
      for (const letter of letters) {
        now += 6_000;
        const observation: Observation =
          letter === 'a'
            ? { kind: 'answered', at: now, roundTripMs: 20, lossPercent: 0 }
            : { kind: 'silent', at: now, failure: 'timeout' };
        await evaluator.observe(DEVICE, observation, now - 1_500);
      }
    },
  };
}

const seconds = (at: number): number => (at - T0) / 1_000;
const ups = (samples: readonly Sample[]): [number, number][] =>
  samples.filter(({ metric }) => metric === 'reachability.up').map(({ at, value }) => [seconds(at), value]);

describe('what counts', () => {
  test('a first silence asks for another check soon, and the third is a fall', async () => {
    const { checks, again, transitions } = setUp();

    await checks('aa...');

    expect(again).toEqual([
      ['d1', 1_000],
      ['d1', 1_000],
    ]);
    expect(transitions.map(({ to }) => to)).toEqual(['up', 'down']);
  });

  test('silence while the collector cannot see is not held against the device', async () => {
    const { checks, sight, transitions } = setUp();
    await checks('a');
    sight.isOpen = false;

    await checks('......');

    expect(transitions.map(({ to }) => to)).toEqual(['up']);
  });

  test('silence over a standstill of the process is asked again at once', async () => {
    const { checks, sight, again, transitions } = setUp();
    await checks('a');
    sight.stoodStill = true;

    await checks('...');

    expect(transitions).toHaveLength(1);
    expect(again).toEqual([
      ['d1', 0],
      ['d1', 0],
      ['d1', 0],
    ]);
  });

  test('a fall is only said when the way out was proved, and proved only then', async () => {
    const { checks, sight, transitions } = setUp();
    sight.hasSeen = false;
    await checks('a...');
    const before = [transitions.length, sight.questions];
    sight.hasSeen = true;
    await checks('.');

    expect(before).toEqual([1, 1]);
    expect(transitions.at(-1)?.to).toBe('down');
  });

  test('an answer counts even while the sentinels are silent', async () => {
    const { checks, sight, transitions } = setUp();
    sight.isOpen = false;

    await checks('a');

    expect(transitions.map(({ to }) => to)).toEqual(['up']);
  });

  test('a wall clock that is set back stops nothing', async () => {
    const { evaluator, transitions, checks } = setUp();
    await checks('a');

    for (let check = 1; check <= 3; check++)
      await evaluator.observe(DEVICE, { kind: 'silent', at: T0 - 3_600_000 + check * 6_000, failure: 'timeout' }, 0);

    expect(transitions.at(-1)?.to).toBe('down');
  });

  test('what was seen is given out once, to be stored', async () => {
    const { checks, evaluator } = setUp();
    await checks('aa');

    const touches = evaluator.takeTouches();
    const again = evaluator.takeTouches();

    expect(touches).toMatchObject([{ deviceId: 'd1', lastSeenAt: T0 + 12_000, memory: { inOutage: false } }]);
    expect(again).toEqual([]);
  });
});

describe('availability', () => {
  test('is one sample a window, 1 while it answers', async () => {
    const { checks, samples } = setUp();

    await checks('a'.repeat(13));

    expect(ups(samples)).toEqual([
      [36, 1],
      [72, 1],
    ]);
  });

  test('a lost packet is lost, not an outage', async () => {
    const { checks, samples } = setUp();

    await checks('aaa.aaaa');

    expect(ups(samples).map(([, up]) => up)).not.toContain(0);
    expect(ups(samples).every(([, up]) => up === 1)).toBe(true);
    const loss = samples.filter(({ metric }) => metric === 'ping.percent_packet_loss').map(({ value }) => value);
    expect(Math.max(...loss)).toBeGreaterThan(10);
  });

  test('the silences that turned out to begin an outage count as down', async () => {
    const { checks, samples, evaluator } = setUp();

    await checks(`aaa${'.'.repeat(20)}`);

    const [first, ...rest] = ups(samples);
    expect(first).toEqual([18, 1]);
    expect(rest.length).toBeGreaterThan(2);
    expect(rest.every(([, up]) => up === 0)).toBe(true);
    expect(evaluator.stateOf('d1')).toBe('down');
  });

  test('nothing is written of the time when nobody could see', async () => {
    const { checks, samples, evaluator, sight } = setUp();
    await checks('aaaaaa');
    evaluator.blind([DEVICE], T0 + 36_000, 'collector-blind');
    const before = ups(samples).length;
    sight.isOpen = false;
    await checks('.'.repeat(20));

    expect(ups(samples).length).toBe(before);
  });
});

describe('a status that was stored', () => {
  const base = { deviceId: 'd1', siteId: 's1', regionCode: '16', since: T0, reason: null, lastSeenAt: T0 + 5_000 };

  test('comes back as it was', async () => {
    const { checks, evaluator } = setUp();
    await checks('aa.');
    const [touch] = evaluator.takeTouches();

    const restored = restoreStatus({
      ...base,
      state: 'up',
      memory: JSON.parse(JSON.stringify(touch?.memory)),
      openOutageId: null,
    });

    expect(restored.memory).toEqual(touch?.memory);
  });

  test('with no memory, or nonsense for one, is made up from the rest', () => {
    const restored = [null, 'x', {}, { failures: 'many', observedAt: null }].map(
      (memory) => restoreStatus({ ...base, state: 'up', memory, openOutageId: null }).memory,
    );

    for (const memory of restored)
      expect(memory).toMatchObject({ failures: 0, observedAt: T0 + 4_999, inOutage: false });
  });

  test('an open outage is the truth, whatever was remembered of it', () => {
    const open = restoreStatus({ ...base, state: 'down', memory: { inOutage: false }, openOutageId: 'o1' });
    const closed = restoreStatus({ ...base, state: 'up', memory: { inOutage: true }, openOutageId: null });

    expect([open.memory.inOutage, closed.memory.inOutage]).toEqual([true, false]);
  });
});
