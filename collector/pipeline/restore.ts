import { type DeviceStatus, firstStatus, type StateReason, type StatusMemory } from '../../core/domain/next-state.ts';
import type { DeviceStatus as StoredStatus } from '../../core/stores/inventory/statuses.ts';

/**
 * A status as it was stored. Memory of another shape (an older version's, or none) is made up from the rest.
 * @param seenAt when a device that is well was seen after the store was last told
 */
export function restoreStatus(
  { state, since, reason, lastSeenAt: toldAt, memory, openOutageId }: StoredStatus,
  seenAt?: number,
): DeviceStatus {
  const isLater = (state === 'up' || state === 'degraded') && seenAt !== undefined && seenAt > (toldAt ?? since);
  const lastSeenAt = isLater ? seenAt : toldAt;
  const kept: Record<string, unknown> = typeof memory === 'object' && memory !== null ? { ...memory } : {};
  const fresh = firstStatus(Math.max(since, lastSeenAt ?? since)).memory;
  const number = (key: keyof StatusMemory): number | null => {
    const value = kept[key];
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
  return {
    state,
    since,
    reason: reason as StateReason | null,
    lastSeenAt,
    memory: {
      failures: isLater ? 0 : (number('failures') ?? 0),
      silentSince: isLater ? null : number('silentSince'),
      answers: number('answers') ?? 0,
      answeringSince: number('answeringSince'),
      observedAt: Math.max(number('observedAt') ?? fresh.observedAt, since - 1, isLater ? seenAt : 0),
      // The outage itself is the truth, whatever was remembered of it.
      inOutage: openOutageId !== null,
      isParentsOutage: openOutageId !== null && kept['isParentsOutage'] === true,
      lossPercent: number('lossPercent'),
      roundTripMs: number('roundTripMs'),
    },
  };
}
