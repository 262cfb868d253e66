import { SECOND } from '../../domain/clock.ts';
import { dayOf, monthStartDay } from '../../domain/portal/day.ts';
import { closesAtOf, decide, LONGEST_SESSION } from '../../domain/portal/decide.ts';
import type { SessionOfLogin } from '../../stores/inventory/portal/sessions.ts';
import type { PortalParts } from './portal-parts.ts';

/** How a login stands, as its citizen may see it. */
export type SessionView =
  /** Its gateway has not taken it up yet. */
  | { readonly kind: 'waiting'; readonly issuedAt: number }
  | {
      readonly kind: 'online';
      /** Null where the gateway tells no use. */
      readonly sessionId: string | null;
      readonly since: number;
      readonly secondsUsed: number;
      /** Null = no limit but the longest session. */
      readonly secondsLeft: number | null;
      readonly octetsUsed: number;
      readonly octetsLeft: number | null;
      /** When the place closes, UTC ms; null = it does not. */
      readonly closesAt: number | null;
    }
  /** `cause`: as the gateway named it, `lost`, `stale` …; null where it ended by its time. */
  | { readonly kind: 'over'; readonly endedAt: number; readonly cause: string | null };

/** @returns null for no login */
export async function sessionView(parts: PortalParts, loginId: string): Promise<SessionView | null> {
  const { inventory, clock, zone } = parts;
  const { logins, sessions } = inventory.portal;
  const [login, stays] = await Promise.all([logins.get(loginId), sessions.ofLogin(loginId)]);
  if (login === null) return null;
  const at = clock();
  const alive = stays.find(({ endedAt }) => endedAt === null) ?? null;
  const last = stays[0];
  if (alive === null && last !== undefined)
    return { kind: 'over', endedAt: last.endedAt ?? last.updatedAt, cause: last.endCause };
  if (alive === null && login.usedAt === null) {
    const { issuedAt, expiresAt } = login;
    return expiresAt > at ? { kind: 'waiting', issuedAt } : { kind: 'over', endedAt: expiresAt, cause: null };
  }

  const since = alive?.startedAt ?? login.usedAt ?? login.issuedAt;
  const elapsed = Math.max(0, (at - since) / SECOND);
  // A gateway that tells no use: it ends by its own clock.
  const granted = (login.grant.seconds ?? LONGEST_SESSION) - elapsed;
  if (alive === null && granted <= 0) return { kind: 'over', endedAt: since + elapsed * SECOND, cause: null };

  const { macHash, subjectHash, planId } = login;
  const asked = { subjectHash, macHash, planId, at, day: dayOf(at, zone), monthStart: monthStartDay(at, zone) };
  const { plan, usage } = await logins.standing(asked);
  const untold = Math.max(0, (at - (alive?.updatedAt ?? since)) / SECOND);
  const used = { ...usage, daySeconds: usage.daySeconds + untold, monthSeconds: usage.monthSeconds + untold };
  const decision = decide(plan, { ...used, otherDevices: 0 }, at, zone, { notAfter: login.grant.notAfter });
  const limits = decision.kind === 'grant' ? decision.grant : { seconds: 0, totalOctets: 0 };
  const ofSession = (plan?.sessionSeconds ?? LONGEST_SESSION) - elapsed;
  const isLimited = plan !== null || login.grant.notAfter !== undefined;
  const closesAt = plan === null ? null : closesAtOf(plan, at, zone);
  return {
    kind: 'online',
    sessionId: alive?.id ?? null,
    since,
    secondsUsed: Math.floor(elapsed),
    secondsLeft: isLimited ? Math.max(0, Math.floor(Math.min(ofSession, limits.seconds ?? ofSession))) : null,
    octetsUsed: octetsOf(alive),
    octetsLeft: limits.totalOctets,
    closesAt: closesAt !== null && Number.isFinite(closesAt) ? closesAt : null,
  };
}

const octetsOf = (session: SessionOfLogin | null): number =>
  session === null ? 0 : session.upOctets + session.downOctets;
