import { Value } from 'typebox/value';
import type { NewShift } from '../../contract/duty.ts';
import type { NewNoticePolicy } from '../../contract/notice-policies.ts';
import type { Recipient } from '../../contract/recipients.ts';
import { AppError, type Fault } from '../../domain/errors.ts';
import type { Channels } from '../../stores/inventory/channels.ts';

function refuse(what: string, faults: readonly Fault[]): void {
  if (faults.length > 0) throw new AppError('bad-input', what, { faults });
}

/** @throws AppError `bad-input` for an address that its channel cannot reach, or two of one channel */
export async function checkAddresses(
  channels: Pick<Channels, 'kinds' | 'versions'>,
  addresses: Recipient['addresses'],
): Promise<void> {
  const known = new Map((await channels.versions()).map((channel) => [channel.id, channel.kind]));
  const faults = addresses.flatMap(({ channelId, to }, index): Fault[] => {
    const field = `/addresses/${index}`;
    const kind = channels.kinds.get(known.get(channelId) ?? '');
    if (kind === undefined) return [{ field: `${field}/channelId`, reason: 'there is no such channel' }];
    if (addresses.findIndex((other) => other.channelId === channelId) < index)
      return [{ field: `${field}/channelId`, reason: 'has an address already' }];
    return Value.Check(kind.recipient, to) ? [] : [{ field: `${field}/to`, reason: 'is of another form' }];
  });
  refuse('an address does not fit its channel', faults);
}

/** @throws AppError `bad-input` */
export function checkShift({ times }: Pick<NewShift, 'times'>): void {
  const isBackward = times.kind === 'once' && times.to <= times.from;
  refuse('the shift ends before it begins', isBackward ? [{ field: '/times/to', reason: 'must be after from' }] : []);
}

/** @throws AppError `bad-input` */
export function checkPolicy({ steps, quietHours }: Partial<NewNoticePolicy>): void {
  const faults: Fault[] = [];
  for (const [index, { afterMinutes }] of (steps ?? []).entries()) {
    if (afterMinutes < (steps?.[index - 1]?.afterMinutes ?? 0))
      faults.push({ field: `/steps/${index}/afterMinutes`, reason: 'must not be before the step above' });
  }
  if (quietHours !== undefined && quietHours !== null && quietHours.from === quietHours.to)
    faults.push({ field: '/quietHours/to', reason: 'must differ from from' });
  refuse('the policy does not hold together', faults);
}
