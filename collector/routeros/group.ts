import type { Clock } from '../../core/domain/clock.ts';
import { loadFolder } from '../../core/load-folder.ts';
import type { ProbeReading } from '../profile.ts';
import { unitOf } from '../readings/units.ts';
import type { Cells } from './cells.ts';
import type { Ask } from './menu.ts';
import type { SystemProp } from './system.ts';

/** What else is known of the router when a group is read. */
export type GroupContext = {
  /** `/system/resource`, asked for at every poll. */
  readonly resource: Cells<SystemProp>;
  /** Ports by name, with what numbers and kinds them. */
  readonly ports: ReadonlyMap<string, { readonly index: number; readonly type: string }>;
  readonly clock: Clock;
};

/** Menus that belong together, and what their rows mean: one file of `collector/routeros/readings`, which exports `group`. */
export type ReadingGroup = {
  /** `rarely`: only when the device is identified. */
  readonly pace: 'poll' | 'rarely';
  /**
   * No two readings of a device have the same group, class and index. None at all means that the device does not have
   * this: it is not asked again until it is identified anew.
   * @throws ProbeError
   */
  readonly read: (ask: Ask, context: GroupContext) => Promise<readonly ProbeReading[]>;
};

export type ReadingGroups = ReadonlyMap<string, ReadingGroup>;

export const loadReadingGroups = (): Promise<ReadingGroups> =>
  loadFolder(new URL('./readings/', import.meta.url), ({ group }, id) => {
    if (!isGroup(group)) throw new TypeError(`collector/routeros/readings/${id} exports no group`);
    return group;
  });

const isGroup = (value: unknown): value is ReadingGroup =>
  typeof value === 'object' && value !== null && 'pace' in value && 'read' in value;

/** A reading in a list: empty where there is no value. */
export function reading(
  group: ProbeReading['group'],
  name: string,
  index: string,
  value: number | null,
  label: string,
): ProbeReading[] {
  return value === null ? [] : [{ group, class: name, index, value, unit: unitOf(group, name), label }];
}

/** Number of the port of that name, as SNMP has it; the name itself where no port has it. */
export const indexOf = ({ ports }: Pick<GroupContext, 'ports'>, name: string): string =>
  String(ports.get(name)?.index ?? name);

/** How many rows have each text. */
export function tally<Item>(items: readonly Item[], textOf: (item: Item) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(textOf(item), (counts.get(textOf(item)) ?? 0) + 1);
  return counts;
}

/** The middle of what they have: one bad place in the house does not move it. Null for nothing. */
export function median(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
