import { MINUTE } from '../../../domain/clock.ts';
import { RESOLUTIONS } from '../series-store.ts';
import type { Session } from './session.ts';

/** Time that late samples are given before a span is moved. */
const SETTLE_MS = 10 * MINUTE;

/** Moves what is over and rolled up from fresh tables to settled ones, where it lies in order of series. */
export async function settleAll({ engine, partitions, ledger }: Session): Promise<void> {
  for (const resolution of RESOLUTIONS) {
    const rolledTo = ledger.rolledTo[resolution === 'raw' ? '1m' : resolution];
    const until = Math.min(rolledTo, ledger.rolledTo['1m'] - SETTLE_MS);
    for (const fresh of partitions.all(resolution)) {
      if (!fresh.isFresh) continue;
      if (fresh.to > until) break;
      await engine.replace((connection) => partitions.settle(connection, fresh));
    }
  }
}
