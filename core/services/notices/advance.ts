import type { NoticePolicy } from '../../contract/notice-policies.ts';
import { levelOf, type StepRound, stepsDue } from '../../domain/escalation.ts';
import { severityOf } from '../../domain/severity.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import { NO_STEP, type Notice, type OpenCourse, type StepTaken } from '../../stores/inventory/notices.ts';
import type { Sql } from '../../stores/inventory/sql.ts';
import type { ToldIncident } from '../../stores/inventory/told-incidents.ts';
import { type NoticeBook, policiesFor, readBook, readPolicies } from './book.ts';
import { noticeFor, onceEachAddress } from './notice.ts';
import { isOnDuty, leavesAt, peopleOf } from './people.ts';
import { releaseOf } from './release.ts';
import { messageOf, type NoticeLinks } from './words.ts';

export type NoticeParts = {
  readonly inventory: Pick<Inventory, 'notices' | 'outbox' | 'noticePolicies' | 'recipients' | 'duty'>;
  readonly links: NoticeLinks;
};

type Incidents = ReadonlyMap<string, ToldIncident>;
type Scene = { readonly book: NoticeBook; readonly policies: readonly NoticePolicy[]; readonly now: number };
type DueStep = StepTaken & { readonly policy: NoticePolicy; readonly incident: ToldIncident };

/**
 * Writes down all that is to be told by now of some incidents, or of all, within a transaction that no other correlation
 * runs beside. Each step and each message is written once, however often this is asked.
 * @returns how many messages were put into the outbox
 */
export async function advanceNotices(
  parts: NoticeParts,
  tx: Sql,
  { now, incidentIds = null }: { readonly now: number; readonly incidentIds?: readonly string[] | null },
): Promise<number> {
  const { notices } = parts.inventory;
  const courses = await notices.openCourses(tx, incidentIds);
  const held = await notices.held(tx, incidentIds);
  if (courses.length === 0 && held.length === 0) return 0;
  const policies = await readPolicies(parts.inventory, tx);
  const ids = [...new Set([...courses, ...held].map(({ incidentId }) => incidentId))];
  const incidents = await notices.incidents(tx, ids);
  const released = releaseOf(held, incidents, now);
  await notices.drop(tx, idsOf(released.dropped), now);
  await notices.markWritten(tx, idsOf(released.going), now);

  const stateOf = ({ incidentId }: OpenCourse) => incidents.get(incidentId);
  const isMerged = (course: OpenCourse): boolean => (stateOf(course)?.mergedInto ?? null) !== null;
  const isClosed = (course: OpenCourse): boolean => (stateOf(course)?.closedAt ?? null) !== null;
  const over = courses.filter((course) => isMerged(course) || isClosed(course));
  const recovered = over.filter((course) => !isMerged(course)).map(({ incidentId }) => incidentId);
  await notices.end(
    tx,
    over.map(({ incidentId }) => incidentId),
    now,
  );
  const told = await notices.told(tx, recovered);
  const lasting = courses.filter((course) => !over.includes(course));
  const due = dueSteps({ policies, now }, lasting, incidents, await notices.taken(tx, ids));
  const fresh = new Set((await notices.take(tx, due)).map(keyOf));
  const found: Notice[] = [...released.moved];
  // Most of the time there is nothing to tell, and nobody to look up for it.
  if (told.length > 0 || fresh.size > 0) {
    const scene: Scene = { now, policies, book: await readBook(parts.inventory, now, tx) };
    found.push(...recoveries(scene, incidents, told));
    const known = new Set((await notices.toldBeforeSplit(tx, [...new Set(due.map(incidentOf))])).map(addressOf));
    for (const step of due) {
      if (!fresh.has(keyOf(step))) continue;
      const all = noticesOf(scene, step);
      // What is split from an incident is no news to whoever knows of that one.
      found.push(...all.filter((notice) => notice.kind !== 'opened' || !known.has(addressOf(notice))));
    }
  }

  const distinct = onceEachAddress(found);
  const added = await notices.add(tx, distinct, now);
  const leaving = [...released.going, ...distinct.filter(({ id, heldUntil }) => added.has(id) && heldUntil === null)];
  const messages = leaving.flatMap((notice) => {
    const incident = incidents.get(notice.incidentId);
    return incident === undefined ? [] : [messageOf(notice, incident, { links: parts.links, now })];
  });
  return await parts.inventory.outbox.enqueue(messages, now, tx);
}

const incidentOf = ({ incidentId }: Pick<StepTaken, 'incidentId'>): string => incidentId;
const addressOf = ({ incidentId, channelId, to }: Notice): string => [incidentId, channelId, to].join(' ');
const idsOf = (notices: readonly Notice[]): string[] => notices.map(({ id }) => id);
const keyOf = ({ incidentId, policyId, step, round }: Omit<StepTaken, 'at'>): string =>
  [incidentId, policyId, step, round].join(' ');

function dueSteps(
  { policies, now }: Pick<Scene, 'policies' | 'now'>,
  courses: readonly OpenCourse[],
  incidents: Incidents,
  taken: readonly StepTaken[],
): readonly DueStep[] {
  const takenOf = new Map<string, StepTaken[]>();
  for (const step of taken) {
    const key = `${step.incidentId} ${step.policyId}`;
    takenOf.set(key, [...(takenOf.get(key) ?? []), step]);
  }
  return courses.flatMap(({ incidentId, beganAt }): DueStep[] => {
    const incident = incidents.get(incidentId);
    // Announced only afterwards: whoever was told hears the end of it, and nobody else hears of it.
    if (incident === undefined || incident.cause === 'planned') return [];
    const course = {
      beganAt,
      severity: severityOf(incident),
      isAcknowledged: incident.acknowledgedAt !== null,
      heldUntil: incident.heldUntil,
      isOver: false,
    };
    return policiesFor(policies, incident).flatMap((policy) => {
      const own = takenOf.get(`${incidentId} ${policy.id}`) ?? [];
      const due = stepsDue(policy.steps, course, own, { now, since: policy.changedAt });
      return due.map((one: StepRound) => ({ ...one, incidentId, policyId: policy.id, at: now, policy, incident }));
    });
  });
}

function noticesOf({ book, now }: Scene, { incident, policy, step: index, round }: DueStep): readonly Notice[] {
  const step = policy.steps[index];
  if (step === undefined) return [];
  const level = levelOf(policy.steps, index);
  const isFirst = level === 0 && round === 0;
  const telling = {
    incidentId: incident.id,
    kind: isFirst ? 'opened' : 'escalated',
    step: level,
    round,
    untilAcknowledged: !isFirst && !step.evenIfAcknowledged,
    now,
  } as const;
  const how = { at: now, severity: severityOf(incident), policy, regionCode: incident.regionCode };
  const { people } = peopleOf(step, { book, policy, scene: incident, at: now });
  return people.flatMap((meant) =>
    meant.person.addresses
      .filter(({ channelId }) => step.channelIds?.includes(channelId) ?? true)
      .map((address) => noticeFor(meant.person, address, telling, leavesAt(meant, how))),
  );
}

/** Only whoever was told that it is down is told that it is up. */
function recoveries({ book, policies, now }: Scene, incidents: Incidents, told: readonly Notice[]): readonly Notice[] {
  const kind = { kind: 'recovered', step: NO_STEP, round: 0, untilAcknowledged: false } as const;
  return told.flatMap(({ incidentId, recipientId, channelId }) => {
    const incident = incidents.get(incidentId);
    const person = book.people.get(recipientId);
    const address = person?.addresses.find((one) => one.channelId === channelId);
    if (incident === undefined || person === undefined || address === undefined) return [];
    const { regionCode } = incident;
    const [policy] = policiesFor(policies, incident);
    const meant = { person, isOnDuty: isOnDuty(book, person.id, regionCode, now) };
    const leaves = leavesAt(meant, { at: now, severity: severityOf(incident), policy, regionCode });
    return [noticeFor(person, address, { ...kind, incidentId, now }, leaves)];
  });
}
