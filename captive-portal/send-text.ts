import type { Clock } from '../core/domain/clock.ts';
import { SECOND } from '../core/domain/clock.ts';
import { openChannels } from '../core/services/open-channels.ts';
import type { Channels } from '../core/stores/inventory/channels.ts';
import type { MethodTools } from './method.ts';

/** Somebody waits before the page; later the text would come after they have gone. */
const SEND_MS = 15 * SECOND;

/**
 * Sends texts to citizens at once over the channels of the inventory. They pass no outbox: a number is kept nowhere.
 */
export function textSender(
  channels: Channels,
  clock: Clock,
): { readonly sendText: MethodTools['sendText']; close(): Promise<void> } {
  const open = openChannels(channels, clock);
  return {
    async sendText(channelId, to, text, id) {
      const { version } = await channels.open(channelId);
      const channel = await open.get(channelId, version);
      const message = { id, to, subject: 'Wi-Fi gratis', text, short: text, language: 'id' as const };
      await channel.send(message, AbortSignal.timeout(SEND_MS));
    },
    close: () => open.keep([]),
  };
}
