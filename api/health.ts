import { SECOND } from '../core/domain/clock.ts';
import type { ApiParts } from './parts.ts';

export type StoreHealth = {
  readonly name: string;
  readonly engine: string;
  readonly ok: boolean;
  readonly reason: string | null;
};

const PATIENCE_MS = 3 * SECOND;

/** Whether each store answers, within seconds. Reasons name no address and no secret. */
export async function storesHealth({ inventory, series }: Pick<ApiParts, 'inventory' | 'series'>) {
  const [relational, timeSeries] = await Promise.all([
    inPatience(inventory.ping().then(() => null)).catch(() => 'the inventory does not answer'),
    inPatience(series.status()).catch(() => null),
  ]);
  const stores: readonly StoreHealth[] = [
    { name: 'inventory', engine: inventory.engine, ok: relational === null, reason: relational },
    timeSeries === null
      ? { name: 'series', engine: 'unknown', ok: false, reason: 'the series store does not answer' }
      : { name: 'series', engine: timeSeries.engine, ok: timeSeries.ok, reason: timeSeries.reason },
  ];
  return stores;
}

/** Why the system is not ready; empty when it is. */
export async function notReady(parts: Pick<ApiParts, 'inventory' | 'series' | 'collector'>): Promise<string[]> {
  const stores = await storesHealth(parts);
  const reasons = stores.filter(({ ok }) => !ok).map(({ name, reason }) => `${name}: ${reason ?? 'not ok'}`);
  if (parts.collector !== null && !parts.collector.isFirstRoundDone()) {
    reasons.push('collector: the first round of polls is not done');
  }
  return reasons;
}

async function inPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS);
  });
  return await Promise.race([work, silence]).finally(() => clearTimeout(timer));
}
