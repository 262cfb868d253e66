import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { SECOND } from '../../domain/clock.ts';
import { dayOf, dayStart } from '../../domain/portal/day.ts';
import type { Log } from '../../log/log.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import { openBudget, type PhoneCodeLimits, type SpentBudget } from '../../stores/inventory/portal/phone-codes.ts';
import type { PortalParts } from './portal-parts.ts';

/** Key of `inventory.settings`; what is missing or makes no sense there is as in `DEFAULT_PHONE_LIMITS`. */
export const PHONE_LIMITS_SETTING = 'portal.phone-limits';

const PhoneLimits = Type.Object({
  cooldownSeconds: Type.Integer({ minimum: 30, maximum: 3_600 }),
  perNumberDay: Type.Integer({ minimum: 1, maximum: 20 }),
  numbersPerMacDay: Type.Integer({ minimum: 1, maximum: 20 }),
  perSiteDay: Type.Integer({ minimum: 1, maximum: 100_000 }),
  /** All sites together: what the province is ready to pay for in a day. */
  perDay: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
});
export type PhoneLimits = Static<typeof PhoneLimits>;

export const DEFAULT_PHONE_LIMITS: PhoneLimits = {
  cooldownSeconds: 60,
  perNumberDay: 5,
  numbersPerMacDay: 3,
  perSiteDay: 300,
  perDay: 5_000,
};

export async function readPhoneLimits({ settings }: Pick<Inventory, 'settings'>): Promise<PhoneLimits> {
  const stored = await settings.get(PHONE_LIMITS_SETTING);
  const merged = { ...DEFAULT_PHONE_LIMITS, ...(typeof stored === 'object' ? stored : {}) };
  return Value.Check(PhoneLimits, merged) ? (Value.Clean(PhoneLimits, merged) as PhoneLimits) : DEFAULT_PHONE_LIMITS;
}

export const storeLimits = (limits: PhoneLimits): PhoneCodeLimits => ({
  ...limits,
  cooldownMs: limits.cooldownSeconds * SECOND,
});

/** `near` from six tenths on; `reserved`: only devices that were here before still get codes; `spent`: nobody does. */
export type BudgetState = 'normal' | 'near' | 'reserved' | 'spent';

export type CodeBudget = {
  /** Codes of today, by the zone of the province, and how many there may be. */
  readonly sent: number;
  readonly budget: number;
  readonly state: BudgetState;
  readonly perSite: number;
  /** Those that asked for most, most first. `siteId` null: the page of one's own data. */
  readonly sites: readonly { readonly siteId: string | null; readonly codes: number; readonly state: BudgetState }[];
};

const nearBudget = (budget: number): number => Math.ceil(budget * 0.6);

function stateOf(sent: number, budget: number): BudgetState {
  if (sent >= budget) return 'spent';
  if (sent >= openBudget(budget)) return 'reserved';
  return sent >= nearBudget(budget) ? 'near' : 'normal';
}

/** What the day's codes cost so far, for the screen of the operators. */
export async function codeBudget({ inventory, clock, zone }: Omit<PortalParts, 'keys'>): Promise<CodeBudget> {
  const limits = await readPhoneLimits(inventory);
  const since = dayStart(dayOf(clock(), zone), zone);
  const sites = await inventory.portal.phoneCodes.spentSince(since, 10_000);
  const sent = sites.reduce((sum, { codes }) => sum + codes, 0);
  return {
    sent,
    budget: limits.perDay,
    state: stateOf(sent, limits.perDay),
    perSite: limits.perSiteDay,
    sites: sites.slice(0, 50).map(({ siteId, codes }) => ({ siteId, codes, state: stateOf(codes, limits.perSiteDay) })),
  };
}

/**
 * Raises the alarm where this very code crosses a line of a budget. Counts only grow within a day, so each line is
 * crossed once, in whatever process.
 */
export function alarmAt(spent: SpentBudget, limits: PhoneLimits, siteId: string | null, log: Log): void {
  const budgets = [
    ['province', spent.province, limits.perDay, {}],
    ['site', spent.site, limits.perSiteDay, { siteId }],
  ] as const;
  for (const [of, sent, budget, about] of budgets) {
    const fields = { of, sent, budget, ...about };
    if (sent === budget) log.error(fields, 'the budget of telephone codes is spent');
    else if (sent === openBudget(budget)) log.error(fields, 'the rest of the telephone codes is for known devices');
    else if (sent === nearBudget(budget)) log.warn(fields, 'the budget of telephone codes is nearly spent');
  }
}
