import { stableId } from '../../delivery/stable-id.ts';
import type { StepRound } from '../../domain/escalation.ts';
import type { Notice, NoticeKind } from '../../stores/inventory/notices.ts';
import type { Reachable } from '../../stores/inventory/recipients.ts';
import { villageOf } from './book.ts';
import type { leavesAt } from './people.ts';

export type Telling = StepRound & {
  readonly incidentId: string;
  readonly kind: NoticeKind;
  readonly untilAcknowledged: boolean;
  readonly now: number;
};

/** The message for one person at one of their addresses. */
export function noticeFor(
  person: Reachable,
  { channelId, to }: Reachable['addresses'][number],
  { incidentId, kind, step, round, untilAcknowledged, now }: Telling,
  leaves: ReturnType<typeof leavesAt>,
): Notice {
  return withOwnId({
    id: '',
    incidentId,
    kind,
    step,
    round,
    untilAcknowledged,
    recipientId: person.id,
    recipientName: person.name,
    channelId,
    to,
    language: person.language,
    isOfficer: person.role === 'officer',
    villageCode: villageOf(person),
    heldUntil: leaves.at > now ? leaves.at : null,
    heldExcept: leaves.except,
  });
}

/** The id follows from what is told to whom by which channel: written down again it is the same message. */
export function withOwnId(notice: Notice): Notice {
  const { incidentId, kind, step, round, recipientId, channelId } = notice;
  return { ...notice, id: stableId('notice', incidentId, kind, step, round, recipientId, channelId) };
}

/** People who share an address, such as a group's, are told there once, as soon as one of them may be. */
export function onceEachAddress(notices: readonly Notice[]): readonly Notice[] {
  const first = new Map<string, Notice>();
  for (const notice of notices) {
    const { incidentId, kind, step, round, channelId, to } = notice;
    const key = [incidentId, kind, step, round, channelId, to].join(' ');
    const known = first.get(key);
    if (known === undefined || (notice.heldUntil ?? 0) < (known.heldUntil ?? 0)) first.set(key, notice);
  }
  return [...first.values()];
}
