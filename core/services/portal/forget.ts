import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { DAY, HOUR } from '../../domain/clock.ts';
import { AppError } from '../../domain/errors.ts';
import type { Log } from '../../log/log.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import { DATA_CLASSES, type DataClass } from '../../stores/inventory/portal/forgetting.ts';
import { erasePerson } from './data-request.ts';
import type { PortalParts } from './portal-parts.ts';

/** Key of `inventory.settings`: days by class of data; what is missing or makes no sense is as in `DEFAULT_RETENTION`. */
export const PORTAL_RETENTION_SETTING = 'portal.retention-days';

const days = Type.Integer({ minimum: 1, maximum: 36_500 });
const Retention = Type.Object({
  /** Who was online where and how long; sums by day and site stay. */
  sessions: days,
  /** What daily and monthly limits are counted by: at least the month that is running. */
  usage: Type.Integer({ minimum: 32, maximum: 36_500 }),
  'phone-codes': days,
  logins: days,
  attempts: days,
  /** After the consent ended: it was withdrawn, or all that it allowed is removed. */
  consents: days,
  survey: days,
  /** After they were answered. */
  requests: days,
  /** After the last day on which they were valid. */
  vouchers: days,
});
export type PortalRetention = Static<typeof Retention>;

export const DEFAULT_PORTAL_RETENTION: PortalRetention = {
  sessions: 90,
  usage: 62,
  'phone-codes': 30,
  logins: 90,
  attempts: 1,
  consents: 730,
  survey: 365,
  requests: 365,
  vouchers: 730,
};

export async function readPortalRetention({ settings }: Pick<Inventory, 'settings'>): Promise<PortalRetention> {
  const stored = await settings.get(PORTAL_RETENTION_SETTING);
  const own = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  const entries = DATA_CLASSES.map((name) => {
    const isRight = Value.Check(Retention.properties[name], own[name]);
    return [name, isRight ? own[name] : DEFAULT_PORTAL_RETENTION[name]];
  });
  return Object.fromEntries(entries) as PortalRetention;
}

/** The record of what was removed is kept for so long. */
const RUNS_KEPT_MS = 5 * 365 * DAY;
const MOST_ERASED = 1_000;

/**
 * Removes what is older than it may be, class by class, and what people asked to be erased and nobody got to within the
 * time that the law gives. One class that fails keeps no other.
 * @throws the first error, when all was tried
 */
export async function forgetOld(
  parts: Pick<PortalParts, 'inventory' | 'clock'> & { readonly log: Log },
): Promise<void> {
  const { inventory, clock, log } = parts;
  const { forgetting } = inventory.portal;
  const at = clock();
  const retention = await readPortalRetention(inventory);
  const failures: unknown[] = [];
  const attempt = async (about: string, work: () => Promise<unknown>): Promise<void> => {
    await work().catch((error: unknown) => {
      failures.push(error);
      log.error({ about, reason: error instanceof Error ? error.message : 'unknown' }, 'old data was not removed');
    });
  };
  await attempt('requests that are due', () => eraseDue(parts));
  for (const name of DATA_CLASSES) {
    await attempt(name, async () => {
      const rows = await forgetting.forget(name, at - keptDays(name, retention) * DAY, at);
      log.info({ dataClass: name, rows }, 'old data was removed');
    });
  }
  await attempt('runs', () => forgetting.forgetRuns(at - RUNS_KEPT_MS));
  if (failures.length > 0) throw failures[0];
}

/**
 * Erases whom nobody of the staff got to before the time that the law gives is over. Called every hour: what is due
 * within the next one is done.
 */
export async function eraseDue(parts: Pick<PortalParts, 'inventory' | 'clock'> & { readonly log: Log }): Promise<void> {
  const { inventory, clock, log } = parts;
  for (const id of await inventory.portal.dataRequests.overdue('erase', clock() + HOUR, MOST_ERASED)) {
    try {
      await erasePerson(parts, id, null, 'due');
      log.warn({ request: id }, 'nobody answered a request to erase in time: it was done');
    } catch (error) {
      // Somebody did it at the same moment.
      if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
    }
  }
}

/** A consent lives while something rests on it: the record of the session that it allowed. */
const keptDays = (name: DataClass, retention: PortalRetention): number =>
  name === 'consents' ? retention.consents + retention.sessions : retention[name];
