import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { LinkHealthView, OpticalPower } from '../../core/contract/links.ts';
import { DAY, HOUR, MINUTE } from '../../core/domain/clock.ts';
import { OPER_STATUSES, type OperStatus } from '../../core/domain/device.ts';
import {
  limitsOf,
  type NamedReading,
  OPTICAL_METRICS,
  OPTICAL_POWER,
  opticsClassOf,
  opticsOf,
  type PortOptics,
} from '../../core/domain/optics.ts';
import type { Sample } from '../../core/domain/sample.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { SeriesPoint, SeriesStore } from '../../core/stores/series/series-store.ts';
import { type JudgedLink, keyOf, type MeasuredLink } from './link-rates.ts';

const OPER_STATUS = 'interface.ifOperStatus';
/** A device that told its light longer ago tells nothing about now. */
const TOLD_WITHIN_MS = 15 * MINUTE;
/** So far back a signal is compared, in steps of this. */
const CHANGE_MS = 7 * DAY;
const CHANGE_STEP_MS = 6 * HOUR;

/** The finding that names a device's readings: the collector's `ReadingName`. */
const NAMES = 'readings';
const Line = Type.Optional(Type.Number());
const Name = Type.Object({
  metric: Type.String(),
  instance: Type.String(),
  label: Type.String(),
  limits: Type.Optional(Type.Object({ low: Line, lowWarning: Line, highWarning: Line, high: Line })),
});

type Light = Pick<LinkHealthView, 'operStatus' | 'rx' | 'tx' | 'rxChange'>;
const DARK: Light = { operStatus: null, rx: null, tx: null, rxChange: null };

/** What ports of links see and send, for links that a device measures. */
export async function lightOf(
  { inventory, series }: { readonly inventory: Inventory; readonly series: SeriesStore },
  links: readonly MeasuredLink[],
  asOf: number,
): Promise<(link: JudgedLink) => Light> {
  const deviceIds = [...new Set(links.map(({ deviceId }) => deviceId))];
  if (deviceIds.length === 0) return () => DARK;
  const [ports, named, latest] = await Promise.all([
    inventory.interfaces.named(deviceIds),
    inventory.findings.ofMetrics(deviceIds, NAMES, OPTICAL_METRICS),
    series.latest({ deviceIds, metrics: [...OPTICAL_METRICS, OPER_STATUS], since: asOf - TOLD_WITHIN_MS }),
  ]);
  const portsOf = groupBy(ports, ({ deviceId }) => deviceId);
  const samplesOf = groupBy(latest, ({ deviceId }) => deviceId);
  const nameOf = new Map<string, Static<typeof Name>>();
  for (const { deviceId, data } of named) {
    if (Value.Check(Name, data)) nameOf.set(keyOf({ ...data, deviceId }), data);
  }

  const opticsByLink = new Map<string, PortOptics>();
  for (const { id, medium, deviceId, ifIndex } of links) {
    if (medium !== 'fibre') continue;
    const own = portsOf.get(deviceId) ?? [];
    const port = ifIndex === null ? null : (own.find(({ index }) => index === ifIndex) ?? { index: ifIndex, name: '' });
    const readings = (samplesOf.get(deviceId) ?? []).map((sample) => readingOf(sample, nameOf.get(keyOf(sample))));
    opticsByLink.set(id, opticsOf(port, own, readings));
  }
  const changes = await changesOf(series, links, opticsByLink, asOf);

  return ({ id, deviceId, ifIndex }) => {
    if (deviceId === null) return DARK;
    const status = samplesOf
      .get(deviceId)
      ?.find(({ metric, instance }) => metric === OPER_STATUS && instance === String(ifIndex));
    const operStatus: OperStatus | null = status === undefined ? null : (OPER_STATUSES[status.value - 1] ?? null);
    const optics = opticsByLink.get(id);
    if (optics === undefined) return { ...DARK, operStatus };
    const port = portsOf.get(deviceId)?.find(({ index }) => index === ifIndex);
    const names = [port?.name ?? '', optics.rx?.label ?? '', optics.tx?.label ?? ''];
    const kind = opticsClassOf(port?.speedBps ?? null, names);
    const power = (side: 'rx' | 'tx'): OpticalPower | null => {
      const reading = optics[side];
      if (reading === null) return null;
      return { dbm: reading.value, limits: limitsOf(reading.limits, kind, side) };
    };
    return { operStatus, rx: power('rx'), tx: power('tx'), rxChange: changes.get(id) ?? null };
  };
}

const readingOf = ({ metric, instance, value }: Sample, name: Static<typeof Name> | undefined): NamedReading => ({
  metric,
  instance,
  value,
  label: name?.label ?? '',
  ...(name?.limits === undefined ? {} : { limits: name.limits }),
});

/** How the received power of links changed, where it was seen for more than a day. */
async function changesOf(
  series: SeriesStore,
  links: readonly MeasuredLink[],
  optics: ReadonlyMap<string, PortOptics>,
  asOf: number,
): Promise<ReadonlyMap<string, NonNullable<Light['rxChange']>>> {
  const received = links.flatMap(({ id, deviceId }) => {
    const instance = optics.get(id)?.rx?.instance;
    return instance === undefined ? [] : [{ id, deviceId, instance }];
  });
  if (received.length === 0) return new Map();
  const past = await series.query({
    deviceIds: [...new Set(received.map(({ deviceId }) => deviceId))],
    metrics: [OPTICAL_POWER],
    instances: [...new Set(received.map(({ instance }) => instance))],
    from: asOf - CHANGE_MS,
    to: asOf + 1,
    stepMs: CHANGE_STEP_MS,
    aggregate: 'mean',
  });
  const pointsOf = new Map(past.map((one) => [keyOf(one), one.points]));
  return new Map(
    received.flatMap(({ id, deviceId, instance }) => {
      const change = changeOf(pointsOf.get(keyOf({ deviceId, metric: OPTICAL_POWER, instance })) ?? []);
      return change === null ? [] : [[id, change] as const];
    }),
  );
}

/** From the first day that is known to the last half one, in means, since a single reading jumps about. */
function changeOf(points: readonly SeriesPoint[]): { db: number; days: number } | null {
  const known = points.flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return null;
  const before = meanOf(known.filter(({ at }) => at < first.at + DAY));
  const now = meanOf(known.filter(({ at }) => at > last.at - DAY / 2));
  if (before === null || now === null || now.at - before.at < DAY) return null;
  return { db: round(now.value - before.value, 2), days: round((now.at - before.at) / DAY, 1) };
}

function meanOf(points: readonly { readonly at: number; readonly value: number }[]) {
  if (points.length === 0) return null;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { at: mean(points.map(({ at }) => at)), value: mean(points.map(({ value }) => value)) };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
