import type { Plan } from '../../contract/portal/plan.ts';
import { DAY, MINUTE, SECOND } from '../clock.ts';
import type { Zone } from '../zone.ts';
import { dayOf, dayStart, minuteOfDay } from './day.ts';
import type { Decision, Grant, Refusal, Usage } from './grant.ts';

/** The limits of a plan, without its name. */
export type PlanLimits = Omit<Plan, 'id' | 'name'>;

/** No session lives longer without being asked again, plan or not. s */
export const LONGEST_SESSION = 86_400;
/** What is left below this lets nobody read a page: it counts as used up. A limit of 0 would mean none to a router. */
export const LEAST_SECONDS = 30;
export const LEAST_OCTETS = 100_000;

export const NO_USAGE: Usage = { daySeconds: 0, monthSeconds: 0, dayOctets: 0, monthOctets: 0, otherDevices: 0 };

export type Extra = {
  /** Not beyond this moment, whatever the plan says, UTC ms. */
  readonly notAfter?: number | undefined;
};

const refused = (refusal: Refusal): Decision => ({ kind: 'refused', refusal });
const left = (limit: number | null, used: number): number => (limit === null ? Number.POSITIVE_INFINITY : limit - used);

/**
 * Until when a plan's hours let people stay.
 * @returns UTC ms; null while it is closed, infinity where it never closes
 */
export function closesAtOf(plan: Pick<PlanLimits, 'opensAt' | 'closesAt'>, now: number, zone: Zone): number | null {
  const { opensAt, closesAt } = plan;
  if (opensAt === null || closesAt === null) return Number.POSITIVE_INFINITY;
  const minute = minuteOfDay(now, zone);
  const close = dayStart(dayOf(now, zone), zone) + closesAt * MINUTE;
  if (opensAt < closesAt) return minute >= opensAt && minute < closesAt ? close : null;
  // Over midnight: in the evening it closes tomorrow, in the small hours today.
  if (minute >= opensAt) return close + DAY;
  return minute < closesAt ? close : null;
}

/**
 * Whether somebody is let in now, and with what.
 * @param plan null = no limits but `LONGEST_SESSION`
 * @param usage of the day and month of the zone so far
 */
export function decide(plan: PlanLimits | null, usage: Usage, now: number, zone: Zone, extra: Extra = {}): Decision {
  const untilEnd = extra.notAfter === undefined ? Number.POSITIVE_INFINITY : (extra.notAfter - now) / SECOND;
  if (untilEnd < LEAST_SECONDS) return refused('voucher-expired');
  if (plan === null) {
    return { kind: 'grant', grant: { ...NO_LIMITS, seconds: Math.floor(Math.min(LONGEST_SESSION, untilEnd)) } };
  }
  const closesAt = closesAtOf(plan, now, zone);
  const untilClose = closesAt === null ? 0 : (closesAt - now) / SECOND;
  if (untilClose < LEAST_SECONDS) return { kind: 'refused', refusal: 'closed', opensAt: plan.opensAt ?? 0 };
  if (plan.devices !== null && usage.otherDevices >= plan.devices) return refused('too-many-devices');

  const daySeconds = left(plan.daySeconds, usage.daySeconds);
  const monthSeconds = left(plan.monthSeconds, usage.monthSeconds);
  const dayOctets = left(plan.dayOctets, usage.dayOctets);
  const monthOctets = left(plan.monthOctets, usage.monthOctets);
  // The longer wait is named first: who has used up the month need not come back tomorrow.
  if (monthSeconds < LEAST_SECONDS) return refused('month-time-used');
  if (monthOctets < LEAST_OCTETS) return refused('month-data-used');
  if (daySeconds < LEAST_SECONDS) return refused('day-time-used');
  if (dayOctets < LEAST_OCTETS) return refused('day-data-used');

  const seconds = Math.min(
    plan.sessionSeconds ?? LONGEST_SESSION,
    LONGEST_SESSION,
    daySeconds,
    monthSeconds,
    untilClose,
    untilEnd,
  );
  const octets = Math.min(dayOctets, monthOctets);
  const grant: Grant = {
    seconds: Math.floor(seconds),
    idleSeconds: plan.idleSeconds,
    downKbit: plan.downKbit,
    upKbit: plan.upKbit,
    totalOctets: Number.isFinite(octets) ? Math.floor(octets) : null,
  };
  return { kind: 'grant', grant };
}

const NO_LIMITS: Grant = { seconds: null, idleSeconds: null, downKbit: null, upKbit: null, totalOctets: null };
