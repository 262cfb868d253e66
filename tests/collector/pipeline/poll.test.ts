import { expect, test } from 'vitest';
import type { RawCounter } from '../../../collector/pipeline/counters.ts';
import { createPoller, type Poller } from '../../../collector/pipeline/poll.ts';
import { createRecorder } from '../../../collector/pipeline/record.ts';
import { type FastRound, RoundScratch } from '../../../collector/pipeline/round-columns.ts';
import { createSeeds } from '../../../collector/pipeline/seeds.ts';
import type { PollRound, Probe } from '../../../collector/probe.ts';
import { silentLog } from '../../../core/log/log.ts';
import type { DeviceInterface, PortState } from '../../../core/stores/inventory/interfaces.ts';
import { handClock } from '../../support/hand-clock.ts';
import { memorySeries } from '../../support/memory-series.ts';
import { watchedDevice } from '../../support/probe-tools.ts';

const WRAP = 2 ** 32;
const T0 = 1_800_000_000_000;
const IN = 'interface.ifHCInOctets';
const credential = { id: 'c', name: 'c', kind: 'snmp-v2c', settings: {} };
const device = watchedDevice({ id: 'd', credential });

function setUp(probe: Probe = { close: async () => {} }) {
  const time = handClock(T0);
  const series = memorySeries();
  const written: string[] = [];
  const store: { isAway: boolean; states: readonly PortState[] } = { isAway: false, states: [] };
  const write = (what: string): void => {
    if (store.isAway) throw new Error('the inventory is away');
    written.push(what);
  };
  const recorder = createRecorder({ series, timers: time, log: silentLog });
  const poller = createPoller({
    probeFor: () => probe,
    probes: [probe],
    inventory: {
      devices: { targets: async () => [], identify: async () => write('identity') },
      interfaces: {
        replace: async () => write('interfaces'),
        async setStates(_deviceId, states) {
          write('states');
          store.states = states;
        },
      },
      findings: { save: async () => write('findings') },
    },
    seeds: createSeeds({ series, deviceIds: [], now: T0, log: silentLog }),
    recorder,
    log: silentLog,
  });
  return { poller, recorder, series, written, store };
}

const port: DeviceInterface = {
  index: 1,
  name: 'ether1',
  alias: '',
  type: 'ethernetCsmacd',
  mac: null,
  mtu: null,
  speedBps: null,
  adminStatus: 'up',
  operStatus: 'up',
};
const counter = (instance: string, raw: number, bits: 32 | 64 = 32): RawCounter => ({
  key: `${IN}/${instance}`,
  metric: IN,
  instance,
  raw,
  bits,
  maxPerSecond: null,
  discontinuity: null,
});
const round = (second: number, counters: readonly RawCounter[], more: Partial<PollRound> = {}): PollRound => ({
  at: T0 + second * 1_000,
  uptimeS: 1_000 + second,
  hostUptimeS: null,
  gauges: [{ metric: 'cpu.usage_percent', instance: '1', kind: 'gauge', value: second }],
  counters,
  ...more,
});

async function taken(poller: Poller, ...rounds: readonly PollRound[]): Promise<boolean[]> {
  const restarts: boolean[] = [];
  for (const each of rounds) restarts.push(await poller.take('d', each));
  return restarts;
}

test('counters go on where they were when ports come and go', async () => {
  const { poller, recorder, series } = setUp();

  await taken(
    poller,
    round(0, [counter('1', WRAP - 10), counter('2', 5)]),
    round(60, [counter('2', 6)]),
    round(120, [counter('1', 20), counter('2', 7), counter('3', 1)]),
  );
  await recorder.stop();

  expect(series.values('d', IN, '1')).toEqual([WRAP - 10, WRAP + 20]);
  expect(series.values('d', IN, '2')).toEqual([5, 6, 7]);
  expect(series.values('d', IN, '3')).toEqual([1]);
  expect(series.values('d', 'cpu.usage_percent', '1')).toEqual([0, 60, 120]);
});

test('what is told between two polls without counters and uptime leaves the counters alone', async () => {
  const { poller, recorder, series } = setUp();

  const restarts = await taken(
    poller,
    round(0, [counter('1', 500)]),
    round(50, [], { uptimeS: null }),
    round(60, [counter('1', 7)], { uptimeS: 3 }),
  );
  await recorder.stop();

  expect(restarts).toEqual([false, false, true]);
  expect(series.values('d', IN, '1')).toEqual([500, 0, 7]);
});

test('the fast form of a round gives the samples that the plain one gives', async () => {
  const rounds = [
    round(0, [counter('1', WRAP - 10), counter('2', 5, 64)]),
    round(60, [counter('1', 20), counter('2', 9, 64)]),
    round(120, [counter('1', 1), counter('2', 1, 64)], { uptimeS: 5 }),
  ];
  const scratch = new RoundScratch();
  const layout = { gauges: [], counters: [counter('1', 0), counter('2', 0)] };
  let next = 0;
  let identifiedAgain = 0;
  const fast = setUp({
    async pollFast(_device, take) {
      const { counters, ...told } = rounds[next++] ?? round(0, []);
      const columns = scratch.begin(layout);
      for (const [place, { raw, bits }] of counters.entries()) {
        columns.raw[place] = raw;
        columns.is64[place] = bits === 64 ? 1 : 0;
        columns.discontinuity[place] = Number.NaN;
      }
      const handed: FastRound = { ...told, columns };
      const done = take(handed);
      // From here on the columns are another round's.
      columns.raw.fill(-1);
      await done;
    },
    identifyAgain: () => void identifiedAgain++,
    close: async () => {},
  });
  const plain = setUp();

  for (const _ of rounds) await fast.poller.poll(device);
  await taken(plain.poller, ...rounds);
  await Promise.all([fast.recorder.stop(), plain.recorder.stop()]);

  const ordered = ({ samples }: typeof plain.series) =>
    samples.map((sample) => JSON.stringify(Object.entries(sample).sort())).sort();
  expect(ordered(fast.series)).toEqual(ordered(plain.series));
  expect(fast.series.samples.length).toBeGreaterThan(8);
  expect(identifiedAgain).toBe(1);
});

test('what a device says of itself is written when it is new, and only then', async () => {
  const { poller, written } = setUp();
  const identity = { vendor: 'v', model: 'm', os: 'o', version: '1', serial: 's', profile: 'p' };
  const findings = { readings: [] };
  const interfaces: PollRound['interfaces'] = [];

  await taken(
    poller,
    round(0, [], { identity, interfaces, findings }),
    round(60, [], { identity, interfaces, findings }),
    round(120, [], { identity: { ...identity }, interfaces, findings: { ...findings } }),
    round(180, [], { identity: { ...identity, version: '2' }, interfaces: [...interfaces, port], findings }),
    round(240, [], { portStates: [{ index: 1, operStatus: 'down' }] }),
    round(300, []),
  );

  expect(written).toEqual(['identity', 'interfaces', 'findings', 'identity', 'interfaces', 'states']);
});

test('what the inventory cannot take now is offered again with the next round, the latest of it', async () => {
  const { poller, written, store } = setUp();
  const identity = { vendor: 'v', model: 'm', os: 'o', version: '1', serial: 's', profile: 'p' };

  store.isAway = true;
  await taken(poller, round(0, [], { identity, interfaces: [port], findings: { readings: [] } }));
  await taken(poller, round(60, [], { portStates: [{ index: 1, operStatus: 'down' }] }));
  store.isAway = false;
  await taken(poller, round(120, [], { portStates: [{ index: 1, operStatus: 'testing' }] }), round(180, []));

  expect(written).toEqual(['identity', 'interfaces', 'states', 'findings']);
  expect(store.states).toEqual([{ index: 1, operStatus: 'testing' }]);
});
