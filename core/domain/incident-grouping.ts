import { MINUTE, SECOND } from './clock.ts';
import { RECOVERY_HOLD_MS, type Root, SETTLE_MS } from './incident.ts';
import { type RegionCode, regionLevel } from './region.ts';

export type GroupedOutage = {
  readonly id: string;
  readonly deviceId: string;
  readonly siteId: string;
  readonly regionCode: RegionCode;
  readonly startedAt: number;
  readonly detectedAt: number;
  readonly endedAt: number | null;
  /** Null: no incident has it yet. */
  readonly incidentId: string | null;
  /** A person put it where it is: it stays there. */
  readonly isPinned: boolean;
};

/** What hangs on what: parents of a device, and the sites that hang on it directly. */
export type Network = {
  readonly parentsOf: (deviceId: string) => readonly string[];
  readonly sitesBehind: (deviceId: string) => number;
};

export type OutageGroup = {
  readonly outages: readonly GroupedOutage[];
  readonly root: Root;
  /** Incidents that have some of its outages, the one to keep first. */
  readonly incidentIds: readonly string[];
};

/** A parent may be found to have fallen so long after its child: its own battery, or its last answer on the way. */
const SLACK_MS = MINUTE;
const SEGMENT_MS = 60 * SECOND;
/** Batteries of neighbours on one feeder end within minutes of each other. */
const PLACE_MS = 3 * MINUTE;
/** Deeper than any network. */
const MAX_HOPS = 32;

/**
 * Whether so many sites that fell together behind one device speak for what they share: among thousands on one core a
 * few fall in the same minute by chance.
 */
export const isSegment = (fallen: number, behind: number): boolean =>
  (fallen >= 2 && fallen * 3 >= behind) || (fallen >= 5 && fallen * 10 >= behind);

type ByDevice = ReadonlyMap<string, readonly GroupedOutage[]>;

/** The outage of `deviceId` that could explain one of something behind it. */
function overlapping(byDevice: ByDevice, deviceId: string, child: GroupedOutage): GroupedOutage | null {
  const fits = (byDevice.get(deviceId) ?? []).filter(
    ({ startedAt, endedAt }) =>
      child.detectedAt >= startedAt - SLACK_MS && (endedAt === null || endedAt >= child.startedAt),
  );
  return fits.reduce<GroupedOutage | null>(
    (last, one) => (last === null || one.startedAt > last.startedAt ? one : last),
    null,
  );
}

/** Of each way up from a device, in the order of its parents, the nearest outage that cut it; null where it is open. */
function cutsOf(
  child: GroupedOutage,
  network: Network,
  byDevice: ByDevice,
): readonly { readonly parentId: string; readonly cut: GroupedOutage | null }[] {
  const seen = new Set<string>([child.deviceId]);
  const above = (deviceId: string, hops: number): { parentId: string; cut: GroupedOutage | null }[] => {
    const parents = network.parentsOf(deviceId).filter((id) => !seen.has(id));
    if (hops > MAX_HOPS) return [];
    return parents.map((parentId) => {
      seen.add(parentId);
      const cut = overlapping(byDevice, parentId, child) ?? lastOf(above(parentId, hops + 1));
      seen.delete(parentId);
      return { parentId, cut };
    });
  };
  return above(child.deviceId, 0);
}

/** Of several cuts the last one did it; null where one way is open, or there is none. */
function lastOf(ways: readonly { readonly cut: GroupedOutage | null }[]): GroupedOutage | null {
  let last: GroupedOutage | null = null;
  for (const { cut } of ways) {
    if (cut === null) return null;
    if (last === null || cut.startedAt > last.startedAt) last = cut;
  }
  return last;
}

/** Sets that grow together, each with at most one incident that people have tied it to. */
class Sets {
  readonly #above = new Map<string, string>();
  readonly #pin = new Map<string, string>();

  find(id: string): string {
    let top = id;
    for (let next = this.#above.get(top); next !== undefined; next = this.#above.get(top)) top = next;
    if (top !== id) this.#above.set(id, top);
    return top;
  }

  pin(id: string, incidentId: string): void {
    this.#pin.set(this.find(id), incidentId);
  }

  /** Sets that people have tied to different incidents stay apart. */
  join(a: string, b: string): void {
    const [top, other] = [this.find(a), this.find(b)];
    if (top === other) return;
    const [pin, otherPin] = [this.#pin.get(top), this.#pin.get(other)];
    if (pin !== undefined && otherPin !== undefined && pin !== otherPin) return;
    this.#above.set(other, top);
    const kept = pin ?? otherPin;
    if (kept !== undefined) this.#pin.set(top, kept);
  }
}

/** Runs of what began within `spanMs` of the first of each run. */
function runsOf(outages: readonly GroupedOutage[], spanMs: number): GroupedOutage[][] {
  const runs: GroupedOutage[][] = [];
  for (const outage of outages.toSorted((a, b) => a.startedAt - b.startedAt)) {
    const run = runs.at(-1);
    const first = run?.[0];
    if (run === undefined || first === undefined || outage.startedAt - first.startedAt > spanMs) runs.push([outage]);
    else run.push(outage);
  }
  return runs;
}

function byKey(
  outages: readonly GroupedOutage[],
  keyOf: (outage: GroupedOutage) => string | null,
): ReadonlyMap<string, GroupedOutage[]> {
  const groups = new Map<string, GroupedOutage[]>();
  for (const outage of outages) {
    const key = keyOf(outage);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [outage]);
    else group.push(outage);
  }
  return groups;
}

/** A village where the place is one, else the site. */
const placeOf = ({ regionCode, siteId }: GroupedOutage): string =>
  regionLevel(regionCode) === 'village' ? regionCode : siteId;
const countSites = (outages: readonly GroupedOutage[]): number => new Set(outages.map(({ siteId }) => siteId)).size;

/** What an outage's device still hung on when it fell: of a ring that was cut before, the end that is left. */
type WaysLeft = (outage: GroupedOutage) => readonly string[];

/** The device behind which all of them lie: the only one left to them, or the first where all have the same several. */
function sharedParent(outages: readonly GroupedOutage[], waysLeft: WaysLeft): string | null {
  const ways = new Set(outages.map((outage) => waysLeft(outage).join(' ')));
  const [only = ''] = ways;
  return ways.size === 1 ? (only.split(' ')[0] ?? '') || null : null;
}

/** Outages that nothing above explains, and that share a place or the stretch behind one device. */
function* fallenTogether(
  outages: readonly GroupedOutage[],
  network: Network,
  waysLeft: WaysLeft,
): Generator<readonly GroupedOutage[]> {
  for (const group of byKey(outages, placeOf).values()) yield* runsOf(group, PLACE_MS);
  for (const group of byKey(outages, (outage) => waysLeft(outage).join(' ') || null).values()) {
    const parent = sharedParent(group, waysLeft);
    if (parent === null) continue;
    for (const run of runsOf(group, SEGMENT_MS)) if (isSegment(countSites(run), network.sitesBehind(parent))) yield run;
  }
}

/**
 * Which outages are one incident. Given all that are open, those of open incidents and those that no incident has, it
 * gives the same groups in whatever order they were found, so that it may be asked again after any interruption.
 */
export function groupOutages(outages: readonly GroupedOutage[], network: Network, now: number): readonly OutageGroup[] {
  const byDevice: ByDevice = byKey(outages, ({ deviceId }) => deviceId);
  const explainers = new Map<string, GroupedOutage | null>();
  const left = new Map<string, readonly string[]>();
  for (const outage of outages) {
    const ways = cutsOf(outage, network, byDevice);
    explainers.set(outage.id, lastOf(ways));
    left.set(outage.id, ways.flatMap(({ parentId, cut }) => (cut === null ? [parentId] : [])).sort());
  }
  const waysLeft: WaysLeft = ({ id }) => left.get(id) ?? [];
  const explainerOf = ({ id }: GroupedOutage): GroupedOutage | null => explainers.get(id) ?? null;
  /** Still down long after what it hung on was back. */
  const isLeftOver = (outage: GroupedOutage): boolean => {
    const endedAt = explainerOf(outage)?.endedAt ?? null;
    return !outage.isPinned && outage.endedAt === null && endedAt !== null && now - endedAt > SETTLE_MS;
  };

  const sets = new Sets();
  const joinAll = (group: readonly GroupedOutage[]): void => {
    const [first, ...rest] = group;
    if (first !== undefined) for (const one of rest) sets.join(first.id, one.id);
  };
  for (const outage of outages) {
    if (outage.isPinned && outage.incidentId !== null) sets.pin(outage.id, outage.incidentId);
  }
  const leftOver = new Set(outages.filter(isLeftOver).map(({ id }) => id));
  // What hangs on something that is left over goes with it.
  const isApart = (outage: GroupedOutage): boolean => {
    for (let one: GroupedOutage | null = outage, hops = 0; one !== null && hops < MAX_HOPS; hops++) {
      if (leftOver.has(one.id)) return true;
      one = explainerOf(one);
    }
    return false;
  };
  const apart = new Set(outages.filter(isApart).map(({ id }) => id));
  // A device that falls again while its incident still stands is the same trouble.
  for (const own of byDevice.values()) {
    const inOrder = own.toSorted((a, b) => a.startedAt - b.startedAt);
    for (const [index, outage] of inOrder.entries()) {
      const before = inOrder[index - 1];
      if (before === undefined || outage.isPinned || leftOver.has(outage.id)) continue;
      // Fallen by itself and then with what it hangs on, or the other way round, it had two troubles.
      if (explainerOf(before)?.deviceId !== explainerOf(outage)?.deviceId) continue;
      const isSoon = before.endedAt !== null && outage.startedAt - before.endedAt <= RECOVERY_HOLD_MS;
      if (before.incidentId !== null || isSoon) sets.join(before.id, outage.id);
    }
  }
  for (const group of byKey(outages, ({ id, incidentId }) => (apart.has(id) ? null : incidentId)).values()) {
    joinAll(group);
  }
  const free: GroupedOutage[] = [];
  for (const outage of outages) {
    const parent = leftOver.has(outage.id) ? null : explainerOf(outage);
    if (parent === null) free.push(outage);
    else if (!outage.isPinned) sets.join(parent.id, outage.id);
  }
  const movable = free.filter(({ isPinned }) => !isPinned);
  for (const fallen of [movable.filter(({ id }) => !leftOver.has(id)), movable.filter(({ id }) => leftOver.has(id))]) {
    for (const run of fallenTogether(fallen, network, waysLeft)) joinAll(run);
  }
  const groups = [...byKey(outages, ({ id }) => sets.find(id)).values()];
  return claim(
    groups.map((group) => ({ outages: group, root: rootOf(group, waysLeft, explainerOf) })),
    apart,
  );
}

/** What a group hangs on, told by all of its outages, ended ones too. */
function rootOf(
  group: readonly GroupedOutage[],
  waysLeft: WaysLeft,
  explainerOf: (outage: GroupedOutage) => GroupedOutage | null,
): Root {
  const ids = new Set(group.map(({ id }) => id));
  const tops = group
    .filter((outage) => !ids.has(explainerOf(outage)?.id ?? ''))
    .sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
  const first = tops[0] ?? group[0];
  if (first === undefined) throw new Error('a group of outages without outages');
  const devices = new Set(tops.map(({ deviceId }) => deviceId));
  if (devices.size <= 1) return { kind: 'device', deviceId: first.deviceId };
  if (new Set(tops.map(placeOf)).size === 1) return { kind: 'place', deviceId: first.deviceId };
  const parent = sharedParent(tops, waysLeft);
  return parent === null ? { kind: 'device', deviceId: first.deviceId } : { kind: 'segment', deviceId: parent };
}

/**
 * An incident goes to one group only: to the one that people tied to it, else to the one that its cause is in, of whose
 * outages it had the first. The others begin a new one.
 * @param apart ids of outages that outlast the cause of the incident they were in
 */
function claim(groups: readonly Omit<OutageGroup, 'incidentIds'>[], apart: ReadonlySet<string>): OutageGroup[] {
  type Claim = { readonly order: number; readonly startedAt: number; readonly id: string };
  const comesBefore = (a: Claim, b: Claim): number =>
    a.order - b.order || a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1);
  const owners = new Map<string, { readonly group: (typeof groups)[number]; readonly claim: Claim }>();
  for (const group of groups) {
    for (const { id, incidentId, isPinned, startedAt } of group.outages) {
      if (incidentId === null) continue;
      const claim = { order: isPinned ? 0 : apart.has(id) ? 2 : 1, startedAt, id };
      const other = owners.get(incidentId);
      if (other === undefined || comesBefore(claim, other.claim) < 0) owners.set(incidentId, { group, claim });
    }
  }
  return groups.map((group) => {
    const claimed = [...owners].filter(([, owner]) => owner.group === group);
    claimed.sort(([, one], [, other]) => comesBefore(one.claim, other.claim));
    return { ...group, incidentIds: claimed.map(([id]) => id) };
  });
}
