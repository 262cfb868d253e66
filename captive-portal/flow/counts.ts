import { MINUTE, SECOND } from '../../core/domain/clock.ts';
import { type Day, dayOf } from '../../core/domain/portal/day.ts';
import type { Sample } from '../../core/domain/sample.ts';
import type { PortalParts } from '../parts.ts';

/** Counts are kept in memory for so long at most. */
const FLUSH_MS = 5 * SECOND;
const MOST_WAITING = 20_000;

type Minute = {
  logins: number;
  refusals: number;
  failures: number;
  reports: number;
  online: number;
  onlineMs: number;
};

type Counted = {
  readonly day: Day;
  readonly siteId: string;
  readonly method: string;
  arrivals: number;
  refusals: number;
};

/** Which gateway something happened at: its site and, where it is one of the inventory, its device. */
type Where = { readonly siteId: string; readonly deviceId: string | null };

/**
 * Counts arrivals by day and site, and lays what citizens met into the series of the gateway's device, minute by minute:
 * `portal.logins` (let in), `portal.refusals` (not let in: a wrong code, a limit, closed), `portal.failures` (the gateway
 * refused or did not answer whom we let in, or went round in a circle), `portal.reports` (people who reported a problem)
 * and `portal.time_to_online_s` (from the first page until the gateway opened, mean of the minute).
 *
 * For outages: failures and no `portal.time_to_online_s` over some minutes with logins, while `ping.percent_packet_loss`
 * of the same device is normal, are a login that fails on a line that works.
 */
export function counts({
  inventory,
  series,
  clock,
  zone,
  log,
}: Pick<PortalParts, 'inventory' | 'series' | 'clock' | 'zone' | 'log'>) {
  const days = new Map<string, Counted>();
  const minutes = new Map<string, Minute & { readonly deviceId: string; readonly at: number }>();
  let timer: NodeJS.Timeout | null = null;
  let lastFlush: Promise<void> = Promise.resolve();

  function wake(): void {
    timer ??= setTimeout(() => void flush(), FLUSH_MS).unref();
  }

  function minuteOf({ deviceId }: Where): Minute | null {
    if (deviceId === null || series === null) return null;
    const at = Math.floor(clock() / MINUTE) * MINUTE;
    const key = `${deviceId} ${at}`;
    const known = minutes.get(key);
    if (known !== undefined) return known;
    if (minutes.size >= MOST_WAITING) return null;
    const fresh = { deviceId, at, logins: 0, refusals: 0, failures: 0, reports: 0, online: 0, onlineMs: 0 };
    minutes.set(key, fresh);
    wake();
    return fresh;
  }

  async function store(isLast: boolean): Promise<void> {
    const counted = [...days.values()];
    days.clear();
    await inventory.portal.days.add(counted).catch((error: unknown) => {
      // Kept for the next time: the store is away for a while.
      for (const row of counted) add(row);
      if (isLast) log.warn({ reason: String(error) }, 'arrivals of the last seconds could not be counted');
    });
    const now = clock();
    const over = [...minutes.entries()].filter(([, { at }]) => isLast || at + MINUTE <= now);
    const samples = over.flatMap(([, minute]) => samplesOf(minute));
    if (samples.length > 0 && series !== null)
      await series
        .append(samples)
        .catch((error: unknown) => log.warn({ reason: String(error) }, 'figures of logins could not be stored'));
    for (const [key] of over) minutes.delete(key);
  }

  function flush(isLast = false): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    lastFlush = lastFlush
      .then(() => store(isLast))
      .finally(() => {
        if (!isLast && (days.size > 0 || minutes.size > 0)) wake();
      });
    return lastFlush;
  }

  function add({ day, siteId, method, arrivals, refusals }: Counted): void {
    const key = `${day} ${siteId} ${method}`;
    const known = days.get(key);
    if (known !== undefined) {
      known.arrivals += arrivals;
      known.refusals += refusals;
    } else if (days.size < MOST_WAITING) days.set(key, { day, siteId, method, arrivals, refusals });
    wake();
  }

  return {
    arrived({ siteId }: Where): void {
      add({ day: dayOf(clock(), zone), siteId, method: '', arrivals: 1, refusals: 0 });
    },
    loggedIn(where: Where): void {
      const minute = minuteOf(where);
      if (minute !== null) minute.logins += 1;
    },
    /** By a way in: what was filled in did not do. */
    refused(where: Where, method: string): void {
      add({ day: dayOf(clock(), zone), siteId: where.siteId, method, arrivals: 0, refusals: 1 });
      this.refusedByPlan(where);
    },
    /** By limits or hours; whoever decided that has counted it to the day. */
    refusedByPlan(where: Where): void {
      const minute = minuteOf(where);
      if (minute !== null) minute.refusals += 1;
    },
    failed(where: Where): void {
      const minute = minuteOf(where);
      if (minute !== null) minute.failures += 1;
    },
    reported(where: Where): void {
      const minute = minuteOf(where);
      if (minute !== null) minute.reports += 1;
    },
    online(where: Where, tookMs: number): void {
      const minute = minuteOf(where);
      if (minute === null || tookMs < 0) return;
      minute.online += 1;
      minute.onlineMs += tookMs;
    },
    /** Stores what has been counted, the minute that is under way included; to be called once, at the end. */
    close: (): Promise<void> => flush(true),
    flush: (): Promise<void> => flush(),
  };
}
export type Counts = ReturnType<typeof counts>;

function samplesOf({
  deviceId,
  at,
  logins,
  refusals,
  failures,
  reports,
  online,
  onlineMs,
}: Minute & { readonly deviceId: string; readonly at: number }): Sample[] {
  const sample = (metric: string, value: number): Sample => ({
    deviceId,
    at,
    metric,
    instance: '',
    kind: 'gauge',
    value,
  });
  return [
    sample('portal.logins', logins),
    sample('portal.refusals', refusals),
    sample('portal.failures', failures),
    ...(reports > 0 ? [sample('portal.reports', reports)] : []),
    ...(online > 0 ? [sample('portal.time_to_online_s', Math.round(onlineMs / online) / SECOND)] : []),
  ];
}
