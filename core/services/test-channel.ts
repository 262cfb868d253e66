import { Value } from 'typebox/value';
import type { Channel, ChannelTest, Sent } from '../channels.ts';
import { stableId } from '../delivery/stable-id.ts';
import type { Clock } from '../domain/clock.ts';
import { AppError } from '../domain/errors.ts';
import { composeMessage, type MessageZone } from '../messages/compose.ts';
import type { Language } from '../messages/event.ts';
import type { Channels } from '../stores/inventory/channels.ts';

type Parts = { readonly channels: Channels; readonly clock: Clock; readonly zone: MessageZone };

/** Looks whether a channel's provider answers. @throws ChannelError, AppError `not-found` or `config` */
export const checkChannel = (parts: Parts, channelId: string, signal: AbortSignal): Promise<ChannelTest> =>
  withChannel(parts, channelId, ({ channel }) => channel.test(signal));

/**
 * Sends a test message at once, past the outbox: whoever asked for it is told how it went.
 * @throws ChannelError, AppError `not-found`, `config`, or `bad-input` for a recipient of another form
 */
export function sendTestMessage(
  parts: Parts,
  { channelId, to, language }: { readonly channelId: string; readonly to: string; readonly language: Language },
  signal: AbortSignal,
): Promise<Sent> {
  return withChannel(
    parts,
    channelId,
    async ({ channel, name }) => {
      const at = parts.clock();
      const event = { type: 'test', channelName: name, at } as const;
      const id = stableId('test', channelId, to, at);
      return await channel.send({ id, to, ...composeMessage(event, language, parts.zone), event }, signal);
    },
    to,
  );
}

async function withChannel<T>(
  { channels, clock }: Parts,
  channelId: string,
  work: (open: { readonly channel: Channel; readonly name: string }) => Promise<T>,
  to?: string,
): Promise<T> {
  const { kind: kindId, name, settings } = await channels.open(channelId);
  const kind = channels.kinds.get(kindId);
  if (kind === undefined) throw new AppError('config', `there is no kind of channel ${kindId}`);
  if (to !== undefined && !Value.Check(kind.recipient, to)) {
    throw new AppError('bad-input', `the recipient does not fit ${kindId}`, {
      faults: [{ field: '/to', reason: 'it is of another form' }],
    });
  }
  const channel = kind.open(settings, { clock });
  try {
    return await work({ channel, name });
  } finally {
    await channel.close();
  }
}
