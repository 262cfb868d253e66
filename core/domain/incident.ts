import { MINUTE, SECOND } from './clock.ts';

/** Why an incident happened. `unknown` until evidence says something. */
export const CAUSES = ['power', 'uplink', 'shared-segment', 'device', 'collector-blind', 'planned', 'unknown'] as const;
export type Cause = (typeof CAUSES)[number];

/**
 * What an incident hangs on: a device that is down itself, a stretch behind a device that is up (`segment`), or a place
 * whose devices fell together.
 */
export const ROOT_KINDS = ['device', 'segment', 'place'] as const;
export type RootKind = (typeof ROOT_KINDS)[number];
/** `deviceId` is the device that is down, the one that the segment begins at, or the first that fell at the place. */
export type Root = { readonly kind: RootKind; readonly deviceId: string };

/** What the timeline tells. It only grows. */
export const INCIDENT_EVENTS = [
  'opened',
  'outages-joined',
  'root-found',
  'cause-found',
  'flapping-started',
  'flapping-ended',
  'merged',
  'absorbed',
  'split',
  'acknowledged',
  'unacknowledged',
  'assigned',
  'commented',
  'officer-answered',
  'officer-reported',
  'photo-added',
  'cause-corrected',
  'resolved',
  'closed',
] as const;
export type IncidentEventKind = (typeof INCIDENT_EVENTS)[number];

/** So long after the last outage ended an incident closes: a device that falls again at once is the same incident. */
export const RECOVERY_HOLD_MS = 30 * SECOND;
/**
 * So long after its cause is gone whatever hung on it may take to come back: routers that lost their power start within
 * three minutes, and what is asked seldom is met again. Afterwards it is a trouble of its own.
 */
export const SETTLE_MS = 5 * MINUTE;

export type Closing =
  | { readonly isOver: true; readonly endedAt: number }
  | { readonly isOver: false; readonly waitsFor: 'outages' | 'recovery-hold' | 'recheck' | 'flapping' };

/**
 * Whether an incident is over. It ended with the last of its outages, and it is told once those who hung on it were
 * checked again and it has stopped flapping.
 * @param unchecked devices that were cut off by it and are not yet seen again
 */
export function closing(
  outages: readonly { readonly endedAt: number | null }[],
  { now, unchecked, isFlapping }: { readonly now: number; readonly unchecked: number; readonly isFlapping: boolean },
): Closing {
  let endedAt = Number.NEGATIVE_INFINITY;
  for (const outage of outages) {
    if (outage.endedAt === null) return { isOver: false, waitsFor: 'outages' };
    endedAt = Math.max(endedAt, outage.endedAt);
  }
  if (outages.length === 0) return { isOver: true, endedAt: now };
  if (now - endedAt < RECOVERY_HOLD_MS) return { isOver: false, waitsFor: 'recovery-hold' };
  if (isFlapping) return { isOver: false, waitsFor: 'flapping' };
  if (unchecked > 0 && now - endedAt < SETTLE_MS) return { isOver: false, waitsFor: 'recheck' };
  return { isOver: true, endedAt };
}
