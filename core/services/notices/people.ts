import type { NoticePolicy, NoticeStep, NoticeTarget } from '../../contract/notice-policies.ts';
import { onDuty, RECIPIENT_ROLES, type RecipientRole } from '../../domain/duty.ts';
import type { RootKind } from '../../domain/incident.ts';
import { mayGoAt } from '../../domain/quiet-hours.ts';
import { covers, type RegionCode } from '../../domain/region.ts';
import type { Severity } from '../../domain/severity.ts';
import { zoneOf } from '../../domain/zone.ts';
import type { Reachable } from '../../stores/inventory/recipients.ts';
import type { NoticeBook, Where } from './book.ts';

/** What decides who is told of an incident. */
export type Scene = Where & {
  readonly rootKind: RootKind;
  /** Where the cause lies. */
  readonly siteId: string | null;
  readonly siteRegion: RegionCode | null;
  readonly siteIds: readonly string[];
};

export type Meant = { readonly person: Reachable; readonly isOnDuty: boolean };
export type StepPeople = {
  readonly people: readonly Meant[];
  /** Nobody who is on duty could be reached, so that all of the role are meant. */
  readonly isDutyEmpty: boolean;
};

type Asked = {
  readonly book: NoticeBook;
  readonly policy: Pick<NoticePolicy, 'regionCode'>;
  readonly scene: Scene;
  readonly at: number;
};

/** Whom a step means at a moment, each once. */
export function peopleOf({ to }: Pick<NoticeStep, 'to'>, asked: Asked): StepPeople {
  const found = new Map<string, Meant>();
  let isDutyEmpty = false;
  for (const target of to) {
    const { people, isEmpty } = meantBy(target, asked);
    isDutyEmpty ||= isEmpty;
    for (const one of people) if (!found.has(one.person.id) || one.isOnDuty) found.set(one.person.id, one);
  }
  return { people: [...found.values()], isDutyEmpty };
}

function meantBy(target: NoticeTarget, asked: Asked): { readonly people: readonly Meant[]; readonly isEmpty: boolean } {
  const plain = (people: readonly Reachable[], isEmpty = false) => ({
    people: people.map((person) => ({ person, isOnDuty: false })),
    isEmpty,
  });
  switch (target.kind) {
    case 'duty': {
      const people = dutyOf(target.role, asked).filter(({ person }) => person.addresses.length > 0);
      return people.length > 0 ? { people, isEmpty: false } : plain(withRole(target.role, asked), true);
    }
    case 'role':
      return plain(withRole(target.role, asked));
    case 'officers':
      return plain(officersOf(target.of, asked));
    case 'recipient': {
      const person = asked.book.people.get(target.recipientId);
      return plain(person === undefined ? [] : [person]);
    }
  }
}

function dutyOf(role: RecipientRole, { book, policy, scene, at }: Asked): readonly Meant[] {
  const regionCode = covers(policy.regionCode, scene.regionCode) ? scene.regionCode : policy.regionCode;
  return onDuty(book, { regionCode, role, at }).flatMap(({ recipientId }) => {
    const person = book.people.get(recipientId);
    return person === undefined ? [] : [{ person, isOnDuty: true }];
  });
}

/** What of an incident lies in the region of a policy. */
function partOf({ policy, scene }: Pick<Asked, 'policy' | 'scene'>): readonly RegionCode[] {
  const codes = scene.regionCodes.length > 0 ? scene.regionCodes : [scene.regionCode];
  return codes.filter((code) => covers(policy.regionCode, code));
}

function withRole(role: RecipientRole, asked: Asked): readonly Reachable[] {
  const codes = partOf(asked);
  return (asked.book.byRole.get(role) ?? []).filter((person) => codes.some((code) => covers(person.regionCode, code)));
}

function officersOf(of: 'root' | 'affected', asked: Asked): readonly Reachable[] {
  const { scene, book } = asked;
  // What a stretch between places begins at is up: nobody in its village can help.
  if (of === 'root' && (scene.rootKind === 'segment' || scene.siteRegion === null)) return [];
  const siteIds = of === 'root' ? [scene.siteId ?? ''] : scene.siteIds;
  const codes = of === 'root' ? [scene.siteRegion ?? ''] : partOf(asked);
  return [
    ...siteIds.flatMap((id) => book.officersBySite.get(id) ?? []),
    ...codes.flatMap((code) => book.officersByVillage.get(code) ?? []),
  ];
}

/** Whether somebody is on duty for a place in any role. */
export const isOnDuty = (book: NoticeBook, recipientId: string, regionCode: RegionCode | '', at: number): boolean =>
  RECIPIENT_ROLES.some((role) =>
    onDuty(book, { regionCode, role, at }).some((person) => person.recipientId === recipientId),
  );

/** When something may be told to somebody: their own quiet hours take the place of the policy's. */
export function leavesAt(
  { person, isOnDuty }: Meant,
  {
    at,
    severity,
    policy,
    regionCode,
  }: {
    readonly at: number;
    readonly severity: Severity;
    readonly policy: Pick<NoticePolicy, 'quietHours'> | undefined;
    readonly regionCode: RegionCode | '';
  },
): { readonly at: number; readonly except: readonly Severity[] } {
  const quiet = person.quietHours ?? policy?.quietHours ?? null;
  const { offsetMs } = zoneOf(person.regionCode === '' ? regionCode : person.regionCode);
  return { at: mayGoAt(at, quiet, { severity, isOnDuty, offsetMs }), except: quiet?.except ?? [] };
}
