import type { Interval } from '../domain/intervals.ts';
import { timesOf } from '../domain/maintenance.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';
import type { ExclusionFact } from './condition-lines.ts';

/**
 * Time that does not count in a period, with what was known at `asOf`: what was excluded, and announced work, whether it
 * was told of before or afterwards.
 */
export async function exclusionsInForce(
  { exclusions, maintenance }: Pick<Inventory, 'exclusions' | 'maintenance'>,
  period: Interval,
  asOf: number,
): Promise<readonly ExclusionFact[]> {
  const [excluded, windows] = await Promise.all([
    exclusions.inForce(period, asOf),
    maintenance.touching(period.from, period.to),
  ]);
  const planned = windows
    .filter(({ createdAt }) => createdAt <= asOf)
    .flatMap((window): ExclusionFact[] => {
      const said = {
        reason: 'planned',
        note: window.title,
        setBy: window.createdBy ?? '',
        setAt: window.createdAt,
      } as const;
      const scopes = [
        ...window.deviceIds.map((scopeId) => ({ scopeKind: 'device' as const, scopeId })),
        ...window.siteIds.map((scopeId) => ({ scopeKind: 'site' as const, scopeId })),
        ...window.regionCodes.map((scopeId) => ({ scopeKind: 'region' as const, scopeId })),
      ];
      return timesOf(window, period).flatMap((time) => scopes.map((scope) => ({ ...scope, ...time, ...said })));
    });
  return [...excluded, ...planned].sort((a, b) => a.from - b.from || a.to - b.to);
}
