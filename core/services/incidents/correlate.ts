import { changesIn, FLAP_STATES, FLAP_STEP_MS, flapShare, isFlapping } from '../../domain/flapping.ts';
import { closing, RECOVERY_HOLD_MS } from '../../domain/incident.ts';
import { type GroupedOutage, groupOutages, type OutageGroup } from '../../domain/incident-grouping.ts';
import { isTarget, timesOf } from '../../domain/maintenance.ts';
import type { OpenIncident } from '../../stores/inventory/incident-ledger.ts';
import type { NewEvent } from '../../stores/inventory/incidents.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import type { Sql } from '../../stores/inventory/sql.ts';
import { type IncidentMessage, incidentMessages } from './incident-messages.ts';
import { commonRegion, type KnownNetwork } from './network.ts';

export type CorrelationParts = {
  readonly inventory: Pick<Inventory, 'incidents' | 'incidentLedger' | 'maintenance' | 'statuses'>;
  readonly network: KnownNetwork;
  readonly now: number;
  /** Outages found before and ended by now are history, and get no incident. */
  readonly since: number;
  /** Writes down what people should be told, in the transaction of what happened. */
  readonly tell?: ((tx: Sql, messages: readonly IncidentMessage[]) => Promise<void>) | undefined;
};

export type IncidentChange = {
  readonly what: 'opened' | 'changed' | 'closed';
  readonly incidentId: string;
  readonly regionCode: string;
};

/** What one step of the correlation did. */
class Step {
  readonly #changes = new Map<string, IncidentChange>();
  readonly events: NewEvent[] = [];
  readonly #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  note({ id, regionCode }: Pick<OpenIncident, 'id' | 'regionCode'>, what: IncidentChange['what']): void {
    const known = this.#changes.get(id)?.what;
    const kept = what === 'changed' || (what === 'opened' && known !== undefined) ? (known ?? what) : what;
    this.#changes.set(id, { what: kept, incidentId: id, regionCode });
  }

  tell(incidentId: string, kind: NewEvent['kind'], data: NewEvent['data'] = {}): void {
    this.events.push({ incidentId, at: this.#now, kind, accountId: null, data });
  }

  get changes(): readonly IncidentChange[] {
    return [...this.#changes.values()];
  }
}

/**
 * Brings incidents in line with the outages that the store holds: opens, joins, merges, splits and closes them. Each
 * call looks at all of it anew, so that nothing is lost or done twice whatever was interrupted before.
 */
export async function correlate(parts: CorrelationParts): Promise<readonly IncidentChange[]> {
  const { inventory, network, now, since, tell } = parts;
  const { incidentLedger: ledger } = inventory;
  return await ledger.alone(async (tx) => {
    const step = new Step(now);
    const outages = await ledger.outages(tx, since);
    const open = new Map((await ledger.openIncidents(tx)).map((incident) => [incident.id, incident]));
    const planned = await plannedOf(parts, tx, outages);
    const placed: { incident: OpenIncident; group: OutageGroup }[] = [];
    for (const group of groupOutages(outages, network, now)) {
      if (isOverUnseen(group, now)) continue;
      placed.push({ incident: await place(parts, tx, step, group, open, planned), group });
    }
    await closeWhatIsOver(parts, tx, step, placed);
    // An incident whose devices were all removed has nothing left to wait for.
    const standing = new Set(placed.map(({ incident }) => incident.id));
    for (const incident of open.values()) {
      if (standing.has(incident.id)) continue;
      await ledger.close(tx, incident.id, { endedAt: now, at: now });
      step.tell(incident.id, 'closed', { isEmpty: true });
      step.note(incident, 'closed');
    }
    await inventory.incidents.append(step.events, tx);
    const messages = incidentMessages(step.events);
    if (tell !== undefined && messages.length > 0) await tell(tx, messages);
    return step.changes;
  });
}

/**
 * Outages of the past that nobody was told of, such as a collector that was cut off brings: they get their incident when
 * it can be closed in the same step, so that it stays quiet, unless one of them comes again before.
 */
const isOverUnseen = ({ incidentIds, outages }: OutageGroup, now: number): boolean =>
  incidentIds.length === 0 &&
  outages.every(({ endedAt }) => endedAt !== null && endedAt <= now) &&
  outages.some(({ endedAt }) => endedAt !== null && now - endedAt < RECOVERY_HOLD_MS);

type IsPlanned = (group: readonly GroupedOutage[]) => boolean;

/** Whether all that a group took down was announced for the time when it fell. */
async function plannedOf(
  { inventory, now }: CorrelationParts,
  tx: Sql,
  outages: readonly GroupedOutage[],
): Promise<IsPlanned> {
  const from = Math.min(now, ...outages.map(({ startedAt }) => startedAt));
  const windows = outages.length === 0 ? [] : await inventory.maintenance.touching(from, now + 1, tx);
  const inWindow = (outage: GroupedOutage): boolean =>
    windows.some(
      (window) =>
        isTarget(window, outage) && timesOf(window, { from: outage.startedAt, to: outage.detectedAt + 1 }).length > 0,
    );
  return windows.length === 0 ? () => false : (group) => group.every(inWindow);
}

async function place(
  { inventory, network, now }: CorrelationParts,
  tx: Sql,
  step: Step,
  group: OutageGroup,
  open: Map<string, OpenIncident>,
  isPlanned: IsPlanned,
): Promise<OpenIncident> {
  const { incidentLedger: ledger } = inventory;
  const { root, outages } = group;
  const startedAt = Math.min(...outages.map((outage) => outage.startedAt));
  const deviceIds = [...new Set(outages.map(({ deviceId }) => deviceId))];
  const down = outages.filter(({ endedAt }) => endedAt === null).map(({ deviceId }) => deviceId);
  const effects = [...deviceIds, ...network.cutOffBy(down)];
  const regions = effects.flatMap((id) => network.regionOf(id) ?? []);
  const regionCode = commonRegion([...regions, ...outages.map((outage) => outage.regionCode)]);
  const [keptId, ...absorbedIds] = group.incidentIds;
  const known = keptId === undefined ? undefined : open.get(keptId);
  const incident = known ?? (await ledger.open(tx, { root, startedAt, openedAt: now, regionCode }));
  const arrived = outages.filter(({ incidentId }) => incidentId !== incident.id);
  const kept = { ...incident, root, startedAt, regionCode };

  if (known === undefined) {
    step.note(kept, 'opened');
    step.tell(incident.id, 'opened', { count: outages.length, ...(isPlanned(outages) ? { isQuiet: true } : {}) });
  }
  if (arrived.length > 0)
    await ledger.place(
      tx,
      incident.id,
      arrived.map(({ id }) => id),
    );
  if (absorbedIds.length > 0) {
    await ledger.absorb(tx, incident.id, absorbedIds, now);
    for (const id of absorbedIds) {
      step.tell(id, 'absorbed', { incidentId: incident.id, number: incident.number });
      step.tell(incident.id, 'merged', { incidentId: id, number: open.get(id)?.number ?? 0 });
      step.note({ id, regionCode: open.get(id)?.regionCode ?? regionCode }, 'closed');
      open.delete(id);
    }
  }
  leaveOthers(step, { incident: kept, arrived, absorbedIds, open });
  const joined = arrived.filter(({ incidentId }) => incidentId === null).length;
  if (known !== undefined && joined > 0) step.tell(incident.id, 'outages-joined', { count: joined });
  if (known !== undefined && isOther(known, kept)) {
    await ledger.describe(tx, incident.id, kept);
    if (known.root.deviceId !== root.deviceId || known.root.kind !== root.kind)
      step.tell(incident.id, 'root-found', { deviceId: root.deviceId, rootKind: root.kind });
  }
  if (known !== undefined && (arrived.length > 0 || isOther(known, kept))) step.note(kept, 'changed');
  if (arrived.length > 0 || down.length > 0) await ledger.addEffects(tx, incident.id, effects);
  return kept;
}

const isOther = (a: OpenIncident, b: OpenIncident): boolean =>
  a.root.deviceId !== b.root.deviceId ||
  a.root.kind !== b.root.kind ||
  a.startedAt !== b.startedAt ||
  a.regionCode !== b.regionCode;

/** Outages that were another incident's, which goes on without them. */
function leaveOthers(
  step: Step,
  move: {
    readonly incident: OpenIncident;
    readonly arrived: readonly GroupedOutage[];
    readonly absorbedIds: readonly string[];
    readonly open: ReadonlyMap<string, OpenIncident>;
  },
): void {
  const left = new Map<string, GroupedOutage[]>();
  for (const outage of move.arrived) {
    const from = outage.incidentId;
    if (from === null || move.absorbedIds.includes(from)) continue;
    left.set(from, [...(left.get(from) ?? []), outage]);
  }
  for (const [id, outages] of left) {
    const other = move.open.get(id);
    if (other === undefined) continue;
    step.tell(id, 'split', { incidentId: move.incident.id, number: move.incident.number, count: outages.length });
    step.note(other, 'changed');
  }
}

async function closeWhatIsOver(
  { inventory, now }: CorrelationParts,
  tx: Sql,
  step: Step,
  placed: readonly { readonly incident: OpenIncident; readonly group: OutageGroup }[],
): Promise<void> {
  const { incidentLedger: ledger, statuses } = inventory;
  const ids = placed.map(({ incident }) => incident.id);
  const unchecked = await ledger.unchecked(tx, ids);
  const quiet = await ledger.quietFromTheStart(tx, ids);
  /** Behind a stretch that flaps, its first device shows it. */
  const shownBy = ({ root, outages }: OutageGroup): string =>
    root.kind === 'segment' ? (outages[0]?.deviceId ?? root.deviceId) : root.deviceId;
  const spans = await statuses.spans(
    [...new Set(placed.map(({ group }) => shownBy(group)))],
    now - (FLAP_STATES + 1) * FLAP_STEP_MS,
    now,
    tx,
  );
  for (const { incident, group } of placed) {
    const share = flapShare(changesIn(spans.get(shownBy(group)) ?? [], now));
    const flaps = isFlapping(share, incident.isFlapping);
    if (flaps !== incident.isFlapping) {
      await ledger.setFlapping(tx, incident.id, flaps);
      step.tell(incident.id, flaps ? 'flapping-started' : 'flapping-ended');
      step.note(incident, 'changed');
    }
    const end = closing(group.outages, { now, unchecked: unchecked.get(incident.id) ?? 0, isFlapping: flaps });
    if (!end.isOver) continue;
    await ledger.close(tx, incident.id, { endedAt: end.endedAt, at: now });
    step.tell(incident.id, 'closed', {
      count: group.outages.length,
      ...(quiet.has(incident.id) ? { isQuiet: true } : {}),
    });
    step.note(incident, 'closed');
  }
}
