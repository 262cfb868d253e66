import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../core/domain/clock.ts';
import type { Sample } from '../../core/domain/sample.ts';
import { columnsOf } from '../../core/stores/series/sample-columns.ts';
import { SeriesNames } from '../../core/stores/series/series-names.ts';
import {
  DEFAULT_RETENTION,
  type Retention,
  type RollUp,
  type Series,
  type SeriesPoint,
  type SeriesQuery,
  type SeriesStore,
} from '../../core/stores/series/series-store.ts';
import { ReferenceStore } from './series-reference.ts';

/** Opens an empty store; what it made is taken away after the test. */
export type OpenStore = (options: { readonly retention: Retention }) => Promise<SeriesStore>;

/** A Monday at midnight UTC. */
export const T0 = Date.UTC(2026, 10, 2);

export const gauge = (at: number, value: number, more: Partial<Sample> = {}): Sample => ({
  deviceId: 'device-1',
  metric: 'ping.average_response_ms',
  instance: '',
  kind: 'gauge',
  at,
  value,
  ...more,
});
export const counter = (at: number, value: number, more: Partial<Sample> = {}): Sample =>
  gauge(at, value, { metric: 'interface.ifHCInOctets', instance: '1', kind: 'counter', ...more });

const PING = 'ping.average_response_ms';
const TRAFFIC = 'interface.ifHCInOctets';

const ping = {
  deviceIds: ['device-1'],
  metrics: [PING],
  from: T0,
  to: T0 + HOUR,
} satisfies SeriesQuery;
const traffic = { ...ping, metrics: [TRAFFIC] } satisfies SeriesQuery;

const pointsOf = (series: readonly Series[]): readonly SeriesPoint[] => series[0]?.points ?? [];
const valuesOf = (series: readonly Series[]): readonly (number | null)[] => pointsOf(series).map(({ value }) => value);

/** Sums of floating point numbers depend on their order in the last digits. */
function rounded<T>(answer: T): T;
function rounded(answer: unknown): unknown {
  if (typeof answer === 'number') return Number.isInteger(answer) ? answer : Number(answer.toPrecision(11));
  if (Array.isArray(answer)) return answer.map((each) => rounded(each));
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, rounded(value)]));
}

/** Small, fast and the same every time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What every series store must do. */
export function seriesStoreContract(open: OpenStore): void {
  let store: SeriesStore;
  beforeEach(async () => {
    store = await open({ retention: DEFAULT_RETENTION });
  });
  afterEach(() => store.close());

  describe('columns', () => {
    test('are stored as samples are, under numbers of the store itself or of anybody else', async () => {
      const samples = [gauge(T0 + SECOND, 1), counter(T0 + SECOND, 10), gauge(T0 + 2 * SECOND, 2)];

      await store.appendColumns(columnsOf(store.names, samples));
      await store.appendColumns(
        columnsOf(new SeriesNames(), [gauge(T0 + 3 * SECOND, 3), counter(T0 + 61 * SECOND, 70)]),
      );

      expect(valuesOf(await store.query(ping))).toEqual([1, 2, 3]);
      const growth = await store.query({ ...traffic, stepMs: HOUR, aggregate: 'rate' });
      expect(valuesOf(growth)).toEqual([1]);
    });

    test('hold what cannot be stored without losing the rest', async () => {
      const samples = [gauge(T0 + SECOND, Number.NaN), gauge(T0 + 1.5, 7), gauge(T0 + 2 * SECOND, 2), gauge(-5, 8)];

      await store.appendColumns(columnsOf(store.names, samples));

      expect(valuesOf(await store.query(ping))).toEqual([2]);
    });
  });

  describe('samples', () => {
    test('come back in order of time, however they came', async () => {
      await store.append([gauge(T0 + 3 * SECOND, 3), gauge(T0 + SECOND, 1)]);
      await store.append([gauge(T0 + 2 * SECOND, 2)]);

      const series = await store.query(ping);

      expect(series).toEqual([
        {
          deviceId: 'device-1',
          metric: 'ping.average_response_ms',
          instance: '',
          points: [
            { at: T0 + SECOND, value: 1 },
            { at: T0 + 2 * SECOND, value: 2 },
            { at: T0 + 3 * SECOND, value: 3 },
          ],
        },
      ]);
    });

    test('of the same device, metric and moment: the last one wins', async () => {
      await store.append([gauge(T0, 1), gauge(T0, 2)]);
      await store.append([gauge(T0 + SECOND, 5)]);
      await store.append([gauge(T0, 3), gauge(T0, 4)]);

      const series = await store.query(ping);

      expect(valuesOf(series)).toEqual([4, 5]);
    });

    test('of other instances, metrics and devices are other series', async () => {
      const metric = 'storage.used_percent';
      await store.append([
        gauge(T0, 1),
        gauge(T0, 2, { metric, instance: '/' }),
        gauge(T0, 3, { metric, instance: '/home' }),
        gauge(T0, 4, { deviceId: 'device-2' }),
      ]);

      const both = await store.query({ ...ping, metrics: [metric] });
      const one = await store.query({ ...ping, metrics: [metric], instances: ['/home'] });
      const pings = await store.query({ ...ping, deviceIds: ['device-2', 'device-1'] });

      expect(both.map(({ instance }) => instance)).toEqual(['/', '/home']);
      expect(valuesOf(one)).toEqual([3]);
      expect(pings.map(({ deviceId, points }) => [deviceId, points[0]?.value])).toEqual([
        ['device-1', 1],
        ['device-2', 4],
      ]);
    });

    test('keep names with quotes, spaces, commas, backslashes, line ends and other scripts', async () => {
      const names = [
        `a'b"c`,
        'a, b=c',
        'C:\\',
        '\\',
        "x'; DROP TABLE series; --",
        'line\nend\r\t',
        'Désa ꦱꦶꦩ꧀ꦥꦸꦭ꧀',
        '100%',
        '%5C',
        ' ',
      ];
      await store.append(names.map((name, index) => gauge(T0, index, { deviceId: name, instance: name })));

      for (const [index, name] of names.entries()) {
        const series = await store.query({ ...ping, deviceIds: [name], instances: [name] });
        expect(series).toMatchObject([{ deviceId: name, instance: name, points: [{ value: index }] }]);
      }
      const all = await store.latest({ deviceIds: names, since: T0 });

      expect(all.map(({ deviceId }) => deviceId).sort()).toEqual(names.toSorted());
    });

    test('at the edges of a range: its start belongs to it, its end does not', async () => {
      await store.append([gauge(T0 - 1, 1), gauge(T0, 2), gauge(T0 + HOUR - 1, 3), gauge(T0 + HOUR, 4)]);

      const series = await store.query(ping);

      expect(valuesOf(series)).toEqual([2, 3]);
    });

    test('that are no numbers are left out, and the rest of the batch is kept', async () => {
      await store.append([gauge(T0, Number.NaN), gauge(T0 + 1, Infinity), gauge(Number.NaN, 1), gauge(T0 + 2, 7)]);

      const series = await store.query(ping);

      expect(valuesOf(series)).toEqual([7]);
    });

    test('keep counters to the last unit up to 2^53', async () => {
      await store.append([counter(T0, Number.MAX_SAFE_INTEGER)]);

      const series = await store.query(traffic);

      expect(valuesOf(series)).toEqual([Number.MAX_SAFE_INTEGER]);
    });
  });

  describe('steps', () => {
    test('put samples into buckets that start at multiples of the step, and show a gap as a gap', async () => {
      await store.append([gauge(T0 + 10 * SECOND, 1), gauge(T0 + 20 * SECOND, 3), gauge(T0 + 130 * SECOND, 5)]);

      const series = await store.query({ ...ping, from: T0 + 5 * SECOND, to: T0 + 3 * MINUTE, stepMs: MINUTE });

      expect(pointsOf(series)).toEqual([
        { at: T0, value: 2 },
        { at: T0 + MINUTE, value: null },
        { at: T0 + 2 * MINUTE, value: 5 },
      ]);
    });

    test.each([
      ['mean', 2.5],
      ['min', 1],
      ['max', 4],
      ['sum', 10],
      ['last', 3],
      ['count', 4],
    ] as const)('give the %s', async (aggregate, value) => {
      await store.append([gauge(T0, 1), gauge(T0 + 1, 2), gauge(T0 + 2, 4), gauge(T0 + 3, 3)]);

      const series = await store.query({ ...ping, to: T0 + MINUTE, stepMs: MINUTE, aggregate });

      expect(valuesOf(series)).toEqual([value]);
    });

    test('that are too many are refused', async () => {
      const asked = store.query({ ...ping, to: T0 + 30 * DAY, stepMs: SECOND });

      await expect(asked).rejects.toMatchObject({ code: 'bad-input' });
    });

    test.each([
      ['a range that ends before it starts', { from: T0, to: T0 - 1 }],
      ['a moment that is none', { from: Number.NaN }],
      ['a step of nothing', { stepMs: 0 }],
      ['a broken step', { stepMs: 0.5 }],
    ])('refuse %s', async (_, wrong) => {
      const asked = store.query({ ...ping, ...wrong });

      await expect(asked).rejects.toMatchObject({ code: 'bad-input' });
    });

    test('of a device that nothing is known of: no series', async () => {
      const series = await store.query({ ...ping, deviceIds: ['nobody'], stepMs: MINUTE });

      expect(series).toEqual([]);
    });
  });

  describe('counters', () => {
    test('grow by so much a second', async () => {
      await store.append([counter(T0, 1000), counter(T0 + MINUTE, 1600), counter(T0 + 2 * MINUTE, 4600)]);

      const series = await store.query({ ...traffic, to: T0 + 3 * MINUTE, stepMs: MINUTE, aggregate: 'rate' });

      expect(valuesOf(series)).toEqual([null, 10, 50]);
    });

    test('that fall have started again: neither growth nor time', async () => {
      await store.append([
        counter(T0, 5000),
        counter(T0 + 20 * SECOND, 5200),
        counter(T0 + 40 * SECOND, 0),
        counter(T0 + 50 * SECOND, 300),
      ]);

      const series = await store.query({ ...traffic, to: T0 + MINUTE, stepMs: MINUTE, aggregate: 'rate' });

      expect(valuesOf(series)[0]).toBeCloseTo(500 / 30, 9);
    });

    test('count their growth over the true time when samples are missing between', async () => {
      await store.append([counter(T0, 0), counter(T0 + 30 * MINUTE, 18_000)]);

      const series = await store.query({ ...traffic, stepMs: 10 * MINUTE, aggregate: 'rate' });

      expect(valuesOf(series)).toEqual([null, null, null, 10, null, null]);
    });

    test('know the neighbour before the range', async () => {
      await store.append([counter(T0 - MINUTE, 0), counter(T0, 600)]);

      const stepped = await store.query({ ...traffic, to: T0 + MINUTE, stepMs: MINUTE, aggregate: 'rate' });
      const each = await store.query({ ...traffic, aggregate: 'rate' });

      expect(valuesOf(stepped)).toEqual([10]);
      expect(valuesOf(each)).toEqual([10]);
    });

    test('take a late sample into account on both sides', async () => {
      await store.append([counter(T0, 0), counter(T0 + 2 * MINUTE, 1200)]);
      await store.append([counter(T0 + MINUTE, 300)]);

      const series = await store.query({ ...traffic, to: T0 + 3 * MINUTE, stepMs: MINUTE, aggregate: 'rate' });

      expect(valuesOf(series)).toEqual([null, 5, 15]);
    });

    test('take a corrected sample into account on both sides', async () => {
      await store.append([counter(T0, 0), counter(T0 + MINUTE, 900), counter(T0 + 2 * MINUTE, 1200)]);
      await store.append([counter(T0 + MINUTE, 300)]);

      const series = await store.query({ ...traffic, to: T0 + 3 * MINUTE, stepMs: MINUTE, aggregate: 'rate' });

      expect(valuesOf(series)).toEqual([null, 5, 15]);
    });
  });

  describe('groups', () => {
    test('give one figure each over the whole range', async () => {
      await store.append([
        gauge(T0, 1, { deviceId: 'a' }),
        gauge(T0 + MINUTE, 3, { deviceId: 'a' }),
        gauge(T0, 8, { deviceId: 'b' }),
        gauge(T0, 100, { deviceId: 'c' }),
        gauge(T0 + HOUR, 1000, { deviceId: 'a' }),
      ]);
      const groups = new Map([
        ['16.01', ['a', 'b']],
        ['16.02', ['c']],
        ['16.03', []],
      ]);

      const mean = await store.group({ metric: PING, from: T0, to: T0 + HOUR, aggregate: 'mean', groups });

      expect(mean).toEqual([
        { group: '16.01', points: [{ at: T0, value: 4 }] },
        { group: '16.02', points: [{ at: T0, value: 100 }] },
        { group: '16.03', points: [{ at: T0, value: null }] },
      ]);
    });

    test('give one figure for each step', async () => {
      await store.append([gauge(T0, 1), gauge(T0 + 2 * MINUTE, 5, { deviceId: 'device-2' })]);
      const groups = new Map([['all', ['device-1', 'device-2']]]);

      const sums = await store.group({
        metric: PING,
        from: T0,
        to: T0 + 3 * MINUTE,
        stepMs: MINUTE,
        aggregate: 'sum',
        groups,
      });

      expect(sums[0]?.points.map(({ value }) => value)).toEqual([1, null, 5]);
    });
  });

  describe('the newest samples', () => {
    test('are given for each series, unless they are too old', async () => {
      const disk = { metric: 'storage.used_percent', instance: '/' };
      await store.append([gauge(T0, 1), gauge(T0 + MINUTE, 2), gauge(T0, 3, disk), counter(T0 - DAY, 4)]);
      await store.append([gauge(T0 + 30 * SECOND, 9)]);

      const all = await store.latest({ deviceIds: ['device-1'], since: T0 });
      const disks = await store.latest({ deviceIds: ['device-1'], metrics: [disk.metric], since: 0 });
      const counters = await store.latest({ deviceIds: ['device-1'], metrics: [TRAFFIC], since: 0 });

      expect(all).toHaveLength(2);
      expect(all).toEqual(expect.arrayContaining([gauge(T0 + MINUTE, 2), gauge(T0, 3, disk)]));
      expect(disks).toEqual([gauge(T0, 3, disk)]);
      expect(counters).toEqual([counter(T0 - DAY, 4)]);
    });
  });

  describe('roll-ups', () => {
    /** Two and a half days of a gauge and a counter, with a hole, a restart and irregular distances. */
    function history(): Sample[] {
      const random = seeded(7);
      const samples: Sample[] = [];
      let octets = 0;
      for (let at = T0 + 17 * MINUTE; at < T0 + 2.5 * DAY; at += 40 * SECOND + Math.floor(random() * 400 * SECOND)) {
        octets = random() < 0.01 ? 0 : octets + Math.floor(random() * 1e6);
        if (at > T0 + 20 * HOUR && at < T0 + 25 * HOUR) continue;
        samples.push(gauge(at, Math.round(random() * 1000) / 10), counter(at, octets));
      }
      return samples;
    }
    const questions: readonly SeriesQuery[] = (['mean', 'min', 'max', 'sum', 'last', 'count', 'rate'] as const).flatMap(
      (aggregate) =>
        [MINUTE, 5 * MINUTE, 7 * MINUTE, HOUR, 6 * HOUR, DAY].map((stepMs) => ({
          deviceIds: ['device-1'],
          metrics: [PING, TRAFFIC],
          from: T0 + 90 * SECOND,
          to: T0 + 2.5 * DAY + 12_345,
          stepMs,
          aggregate,
        })),
    );
    const answers = async (): Promise<unknown> =>
      rounded(await Promise.all(questions.map((each) => store.query(each))));

    test('answer like the samples themselves', async () => {
      const reference = new ReferenceStore();
      reference.append(history());
      await store.append(history());

      const before = await answers();
      await store.rollUp(T0 + DAY + 30 * MINUTE);
      const half = await answers();
      await store.rollUp(T0 + 3 * DAY);
      const whole = await answers();

      const expected = rounded(questions.map((each) => reference.query(each)));
      expect(before).toEqual(expected);
      expect(half).toEqual(expected);
      expect(whole).toEqual(expected);
    });

    test('may be made as often as one likes', async () => {
      await store.append(history());
      await store.rollUp(T0 + 3 * DAY);
      const once = await answers();

      await store.rollUp(T0 + 3 * DAY);
      await store.rollUp(T0 + DAY);
      await store.rollUp(T0 + 4 * DAY);

      expect(await answers()).toEqual(once);
    });

    test('answer alone when the samples are gone', async () => {
      const reference = new ReferenceStore();
      reference.append(history());
      await store.append(history());
      await store.rollUp(T0 + 3 * DAY);

      await store.expire(T0 + 20 * DAY);

      const hourly: SeriesQuery = { ...ping, to: T0 + 3 * DAY, stepMs: HOUR };
      expect(rounded(await store.query(hourly))).toEqual(rounded(reference.query(hourly)));
      const minutely: SeriesQuery = { ...traffic, to: T0 + 3 * HOUR, stepMs: MINUTE, aggregate: 'rate' };
      expect(rounded(await store.query(minutely))).toEqual(rounded(reference.query(minutely)));
    });

    test('are mended by what comes late', async () => {
      const reference = new ReferenceStore();
      const all = history();
      const isLate = (_: Sample, index: number): boolean => index % 7 === 3;
      reference.append(all);
      await store.append(all.filter((sample, index) => !isLate(sample, index)));
      await store.rollUp(T0 + 3 * DAY);

      await store.append(all.filter(isLate));
      await store.append([gauge(all[0]?.at ?? 0, 77)]);
      reference.append([gauge(all[0]?.at ?? 0, 77)]);
      await store.rollUp(T0 + 3 * DAY + MINUTE);

      expect(await answers()).toEqual(rounded(questions.map((each) => reference.query(each))));
    });

    test('are current to the last sample', async () => {
      await store.append([gauge(T0, 1)]);
      await store.rollUp(T0 + 2 * HOUR + 5 * MINUTE);

      await store.append([gauge(T0 + 2 * HOUR + 5 * MINUTE + SECOND, 5)]);

      const series = await store.query({ ...ping, to: T0 + 3 * HOUR, stepMs: HOUR });
      expect(valuesOf(series)).toEqual([1, null, 5]);
    });

    test('answer for groups like the samples themselves', async () => {
      const reference = new ReferenceStore();
      const samples = history().map((sample, index) => ({ ...sample, deviceId: `device-${index % 6}` }));
      reference.append(samples);
      await store.append(samples);
      await store.rollUp(T0 + 2 * DAY + 30 * MINUTE);
      const groups = new Map([
        ['a', ['device-0', 'device-2']],
        ['b', ['device-4', 'device-1']],
      ]);

      for (const stepMs of [undefined, HOUR, DAY]) {
        const question = {
          metric: PING,
          from: T0 + 12_345,
          to: T0 + 2.4 * DAY,
          aggregate: 'mean' as const,
          groups,
          ...(stepMs === undefined ? {} : { stepMs }),
        };
        expect(rounded(await store.group(question))).toEqual(rounded(reference.group(question)));
      }
    });
  });

  describe('history that is laid down rolled up', () => {
    const bucket = (at: number, value: number, more: Partial<RollUp> = {}): RollUp => ({
      deviceId: 'device-1',
      metric: PING,
      instance: '',
      kind: 'gauge',
      at,
      count: 60,
      min: value - 1,
      max: value + 1,
      sum: 60 * value,
      last: value,
      increase: 0,
      spanMs: 0,
      ...more,
    });

    test('is what a query of that time answers with', async () => {
      await store.appendRollUps('1h', [bucket(T0, 10), bucket(T0 + 2 * HOUR, 30)]);

      const hourly = { ...ping, to: T0 + 3 * HOUR, stepMs: HOUR };

      expect(valuesOf(await store.query(hourly))).toEqual([10, null, 30]);
      expect(valuesOf(await store.query({ ...hourly, aggregate: 'max' }))).toEqual([11, null, 31]);
      expect(valuesOf(await store.query({ ...hourly, aggregate: 'count' }))).toEqual([60, null, 60]);
    });

    test('replaces what stands', async () => {
      await store.appendRollUps('1h', [bucket(T0, 10), bucket(T0, 20)]);
      await store.appendRollUps('1h', [bucket(T0, 30)]);

      expect(valuesOf(await store.query({ ...ping, stepMs: HOUR }))).toEqual([30]);
    });

    test('is rolled up further, and stands beside samples that come after it', async () => {
      await store.appendRollUps(
        '1h',
        Array.from({ length: 24 }, (_, hour) => bucket(T0 + hour * HOUR, hour)),
      );
      await store.append([gauge(T0 + DAY + MINUTE, 100), gauge(T0 + DAY + 2 * MINUTE, 200)]);
      await store.rollUp(T0 + 2 * DAY);

      const daily = await store.query({ ...ping, to: T0 + 2 * DAY, stepMs: DAY });

      expect(valuesOf(daily)).toEqual([11.5, 150]);
    });

    test('shows steps finer than itself as stairs, not as gaps', async () => {
      await store.appendRollUps('1h', [bucket(T0, 10)]);

      const series = await store.query({ ...ping, to: T0 + 80 * MINUTE, stepMs: 20 * MINUTE });

      expect(valuesOf(series)).toEqual([10, 10, 10, null]);
    });

    test('keeps the growth of counters', async () => {
      const counterBucket = { ...bucket(T0, 0), metric: TRAFFIC, instance: '1', kind: 'counter' as const };
      await store.appendRollUps('1h', [{ ...counterBucket, increase: 36_000, spanMs: HOUR }]);

      const series = await store.query({ ...traffic, stepMs: HOUR, aggregate: 'rate' });

      expect(valuesOf(series)).toEqual([10]);
    });

    test('off the grid of its resolution is refused', async () => {
      const laid = store.appendRollUps('1h', [bucket(T0 + 1, 10)]);

      await expect(laid).rejects.toMatchObject({ code: 'bad-input' });
    });
  });

  describe('retention', () => {
    test('deletes samples that are older than allowed and rolled up', async () => {
      await store.append([gauge(T0, 1), gauge(T0 + 10 * DAY, 2)]);
      await store.rollUp(T0 + 16 * DAY);

      await store.expire(T0 + 16 * DAY);

      const range = { ...ping, to: T0 + 16 * DAY };
      const newest = await store.latest({ deviceIds: ['device-1'], since: 0 });
      expect(newest).toEqual([gauge(T0 + 10 * DAY, 2)]);
      expect(valuesOf(await store.query({ ...range, stepMs: DAY }))).toEqual(
        Array.from({ length: 16 }, (_, day) => (day === 0 ? 1 : day === 10 ? 2 : null)),
      );
      // Asked for samples as they came, the minutes that are left of the old ones answer.
      await store.append([gauge(T0 + 10 * DAY + SECOND, 3)]);
      expect(valuesOf(await store.query(range))).toEqual([1, 2, 3]);
    });

    test('never deletes what is not rolled up', async () => {
      await store.append([gauge(T0 + SECOND, 1), gauge(T0 + 2 * SECOND, 2)]);

      await store.expire(T0 + 1000 * DAY);

      expect(valuesOf(await store.query(ping))).toEqual([1, 2]);
    });

    test('keeps minutes, hours and days as long as each is asked for', async () => {
      await store.close();
      store = await open({ retention: { raw: 1, '1m': 2, '1h': 30, '1d': 600 } });
      const noon = T0 + 12 * HOUR;
      await store.append([gauge(noon + 5 * MINUTE, 1), gauge(noon + 7 * MINUTE, 3)]);

      const count = { ...ping, aggregate: 'count' as const };
      const shown = async (now: number): Promise<readonly (number | null)[]> => {
        await store.rollUp(now);
        await store.expire(now);
        const answers = [
          await store.query({ ...count, stepMs: MINUTE, from: noon + 7 * MINUTE, to: noon + 8 * MINUTE }),
          await store.query({ ...count, stepMs: HOUR, from: noon, to: noon + HOUR }),
          await store.query({ ...count, stepMs: DAY, to: T0 + DAY }),
        ];
        return answers.map((answer) => valuesOf(answer)[0] ?? null);
      };

      expect(await shown(T0 + 13 * HOUR)).toEqual([1, 2, 2]);
      expect(await shown(T0 + 4 * DAY)).toEqual([null, 2, 2]);
      expect(await shown(T0 + 40 * DAY)).toEqual([null, null, 2]);
      expect(await shown(T0 + 2000 * DAY)).toEqual([null, null, null]);
    });
  });

  test('says what it is, that it is well, and how much it stored', async () => {
    await store.append([gauge(T0, 1), gauge(T0 + 1, 2)]);

    expect(await store.status()).toMatchObject({ ok: true, reason: null, stored: 2 });
  });

  test('answers like a store that looks at every sample, whatever is asked', async () => {
    const random = seeded(20_261_121);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const reference = new ReferenceStore();
    const devices = ['d1', 'd2', 'd3'];
    const spanMs = 2 * DAY;
    let now = T0;
    for (let round = 0; round < 8; round += 1) {
      const batch = Array.from({ length: 200 }, (): Sample => {
        // Mostly in order, some of it late or twice, on a coarse grid so that moments meet.
        const at =
          Math.floor((random() < 0.8 ? now + random() * (spanMs / 8) : T0 + random() * spanMs) / 20_000) * 20_000;
        const device = { deviceId: pick(devices), instance: pick(['', 'eth0']) };
        return random() < 0.5
          ? gauge(at, Math.round(random() * 1000) / 8, device)
          : counter(at, Math.floor(random() * 1e9), device);
      });
      await store.append(batch);
      reference.append(batch);
      now += spanMs / 8;
      if (random() < 0.6) await store.rollUp(now);
    }
    await store.rollUp(now);

    for (let round = 0; round < 40; round += 1) {
      const from = T0 + Math.floor(random() * spanMs);
      const query: SeriesQuery = {
        deviceIds: devices.filter(() => random() < 0.6),
        metrics: [PING, TRAFFIC],
        from,
        to: from + 1 + Math.floor(random() * spanMs),
        aggregate: pick(['mean', 'min', 'max', 'sum', 'last', 'count', 'rate']),
        ...(random() < 0.2 ? {} : { stepMs: pick([45_000, MINUTE, 13 * MINUTE, HOUR, 5 * HOUR, DAY, 2 * DAY]) }),
        ...(random() < 0.3 ? { instances: ['eth0'] } : {}),
      };
      expect(rounded(await store.query(query)), JSON.stringify(query)).toEqual(rounded(reference.query(query)));
    }
    const latest = await store.latest({ deviceIds: devices, since: T0 });
    expect(latest).toHaveLength(12);
    expect(latest).toEqual(expect.arrayContaining(reference.latest({ deviceIds: devices, since: T0 })));
  }, 180_000);
}
