import type { Device, DeviceDetail, Interface } from '../../core/contract/devices.ts';
import { type Clock, DAY, MINUTE, SECOND } from '../../core/domain/clock.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { Series, SeriesStore } from '../../core/stores/series/series-store.ts';
import type { Scope } from '../scope.ts';
import { pollIntervalMs } from './intervals.ts';
import { parentsOf } from './parents.ts';
import type { Reachability } from './reachability.ts';

type Deps = {
  readonly inventory: Inventory;
  readonly series: SeriesStore;
  readonly reachability: Reachability;
  readonly clock: Clock;
};

/** A device with its way to the core as far as it is seen, what it measures, and how well it was reached. */
export async function deviceDetail(
  { inventory, series, reachability, clock }: Deps,
  scope: Scope,
  device: Device,
): Promise<DeviceDetail> {
  const [way, contractMbps, shares, latest, parents] = await Promise.all([
    inventory.devices.path(device.id),
    inventory.links.contractMbps(device.id),
    reachability.lastMonth(new Map([[device.id, [device.id]]])),
    series.latest({ deviceIds: [device.id], since: clock() - DAY }),
    parentsOf(inventory, scope, device.id),
  ]);
  const path = way
    .filter((step) => scope.sees(step))
    .map(({ id, name, siteName, state }) => ({ id, name, siteName, state }));
  const metrics = latest
    .map(({ metric, instance }) => ({ metric, instance }))
    .sort((a, b) => compare(a.metric, b.metric) || compare(a.instance, b.instance));
  return {
    ...device,
    path,
    parents: parents.seen.map(({ id, name }) => ({ id, name })),
    contractMbps,
    availability: shares.get(device.id) ?? null,
    metrics,
  };
}

const compare = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

const IN = 'interface.ifHCInOctets';
const OUT = 'interface.ifHCOutOctets';
const ERRORS = ['interface.ifInErrors', 'interface.ifOutErrors'] as const;
const DISCARDS = ['interface.ifInDiscards', 'interface.ifOutDiscards'] as const;
/** Rates are looked for over so many polls: one lost answer leaves no hole in the table. */
const POLLS_LOOKED_AT = 5;

/** The interfaces of a device with the newest rates of their counters. */
export async function interfacesWithRates({ inventory, series, clock }: Deps, device: Device) {
  const asOf = clock();
  const interval = pollIntervalMs(device);
  const stepMs = Math.max(MINUTE, Math.ceil(interval / SECOND) * SECOND);
  const [rows, rates] = await Promise.all([
    inventory.interfaces.list(device.id),
    series.query({
      deviceIds: [device.id],
      metrics: [IN, OUT, ...ERRORS, ...DISCARDS],
      from: asOf - POLLS_LOOKED_AT * Math.max(interval, MINUTE),
      to: asOf + 1,
      stepMs,
      aggregate: 'rate',
    }),
  ]);
  const newest = new Map(rates.map((one) => [`${one.metric} ${one.instance}`, newestValue(one)]));
  const items = rows.map((row): Interface => {
    const rate = (metric: string): number | null => newest.get(`${metric} ${row.index}`) ?? null;
    return {
      ...row,
      inBps: bits(rate(IN)),
      outBps: bits(rate(OUT)),
      errorsPerS: sum(ERRORS.map(rate)),
      discardsPerS: sum(DISCARDS.map(rate)),
    };
  });
  return { items, asOf };
}

const newestValue = ({ points }: Series): number | null =>
  points.findLast(({ value }) => value !== null)?.value ?? null;
const bits = (bytes: number | null): number | null => (bytes === null ? null : bytes * 8);

/** What is known of the parts; null where nothing is. */
function sum(parts: readonly (number | null)[]): number | null {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.reduce((total, part) => total + part, 0);
}
