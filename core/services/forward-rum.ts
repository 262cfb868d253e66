import type { Secret } from '../config/secret.ts';
import type { Clock } from '../domain/clock.ts';
import type { RumReport } from '../domain/rum.ts';
import type { Log } from '../log/log.ts';

const TIMEOUT_MS = 5_000;
/** More than these are let go: what is measured is worth no queue. */
const AT_ONCE = 4;
const TELL_EVERY_MS = 60_000;

/**
 * Sends on to a Faro receiver of Grafana Alloy what was kept of a report, and no more. Never waits and never throws:
 * who is measured has no part in it.
 */
export function alloyForwarder({
  url,
  clock,
  log,
}: {
  readonly url: Secret;
  readonly clock: Clock;
  readonly log: Log;
}) {
  let underWay = 0;
  let lost = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  return (report: RumReport, regency: string): void => {
    if (underWay >= AT_ONCE) {
      lost += 1;
      return;
    }
    underWay += 1;
    const failed = (reason: string): void => {
      lost += 1;
      if (clock() - toldAt < TELL_EVERY_MS) return;
      toldAt = clock();
      log.warn({ reason, lost }, 'measurements of the web were not forwarded');
    };
    void fetch(url.reveal(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(faroBody(report, regency, new Date(clock()).toISOString())),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
      .then(async (answer) => {
        await answer.body?.cancel();
        if (!answer.ok) failed(`status ${answer.status}`);
      })
      .catch((error: unknown) => failed(error instanceof Error ? error.name : 'unknown'))
      .finally(() => {
        underWay -= 1;
      });
  };
}

/** As Faro's collect endpoint takes it. */
function faroBody({ route, connection, browser, vitals, errors }: RumReport, regency: string, timestamp: string) {
  const context = { connection, regency };
  return {
    meta: { app: { name: 'simpul' }, view: { name: route }, browser: { name: browser } },
    measurements: vitals.map(({ vital, value }) => ({
      type: 'web-vitals',
      values: { [vital]: value },
      timestamp,
      context,
    })),
    exceptions: errors.map((value) => ({ type: 'Error', value, timestamp, context })),
  };
}
