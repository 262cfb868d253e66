import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Device, DeviceReading } from '../../core/contract/devices.ts';
import { type Clock, DAY } from '../../core/domain/clock.ts';
import { metricInfo } from '../../core/domain/metrics.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { SeriesStore } from '../../core/stores/series/series-store.ts';

/** The finding that names a device's readings: the collector's `ReadingName`. */
const NAMES = 'readings';
const Names = Type.Array(
  Type.Object({ metric: Type.String(), instance: Type.String(), label: Type.String(), unit: Type.String() }),
);
/** These have a place of their own on a device's page. */
const ELSEWHERE = /^(?:interface|reachability)\./;

/** What a device told last, under the names that it gives things, and what its checks found. */
export async function readingsOf(
  { inventory, series, clock }: { readonly inventory: Inventory; readonly series: SeriesStore; readonly clock: Clock },
  { id }: Device,
) {
  const [latest, findings] = await Promise.all([
    series.latest({ deviceIds: [id], since: clock() - DAY }),
    inventory.findings.list(id),
  ]);
  const said: unknown = findings.find(({ section }) => section === NAMES)?.data;
  const names: Static<typeof Names> = Value.Check(Names, said) ? said : [];
  const nameOf = new Map(names.map((name) => [`${name.metric} ${name.instance}`, name]));
  const items = latest
    .filter(({ metric, kind }) => kind === 'gauge' && !ELSEWHERE.test(metric))
    .map(({ metric, instance, value, at }): DeviceReading => {
      const name = nameOf.get(`${metric} ${instance}`);
      return {
        metric,
        instance,
        label: name?.label ?? '',
        unit: name?.unit ?? metricInfo(metric)?.unit ?? '',
        value,
        at,
      };
    })
    .sort((a, b) => compare(a.metric, b.metric) || compare(a.instance, b.instance));
  return { items, findings: findings.filter(({ section }) => section !== NAMES) };
}

const compare = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
