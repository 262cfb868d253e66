import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  type ChannelOutcome,
  checkChannel,
  createChannel,
  deleteChannel,
  listChannels,
  testChannel,
  updateChannel,
} from '../../core/contract/channels.ts';
import { ChannelError } from '../../core/delivery/channel-error.ts';
import { withPatience } from '../../core/delivery/patience.ts';
import { DAY, SECOND } from '../../core/domain/clock.ts';
import { zoneOf } from '../../core/domain/zone.ts';
import { checkChannel as check, sendTestMessage } from '../../core/services/test-channel.ts';
import type { StoredChannel } from '../../core/stores/inventory/channels.ts';
import type { ApiParts } from '../parts.ts';

/** Somebody waits for the answer. */
const PATIENCE_MS = 20 * SECOND;

/** Channels belong to no region: only who holds for every region changes them. */
export const channelRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock'>> = async (
  app,
  { inventory, clock },
) => {
  const { channels, outbox } = inventory;

  async function shown(stored: readonly StoredChannel[]) {
    const counts = new Map((await outbox.counts(clock() - DAY)).map((count) => [count.channelId, count]));
    return stored.map(({ secretsSet, settings, ...channel }) => {
      const { waiting = 0, failed = 0 } = counts.get(channel.id) ?? {};
      return { ...channel, settings: { ...settings }, secretsSet: [...secretsSet], waiting, failed };
    });
  }
  const one = async (stored: StoredChannel) => {
    const [channel] = await shown([stored]);
    if (channel === undefined) throw new Error('one channel is one channel');
    return channel;
  };

  app.route({ ...listChannels, handler: async () => ({ items: await shown(await channels.list()) }) });

  app.route({
    ...createChannel,
    handler: async ({ body, scope }) => {
      scope.requireEverywhere();
      return await one(await channels.create(body));
    },
  });

  app.route({
    ...updateChannel,
    handler: async ({ params, body, scope }) => {
      scope.requireEverywhere();
      return await one(await channels.update(params.channelId, body));
    },
  });

  app.route({
    ...deleteChannel,
    handler: async ({ params, scope }) => {
      scope.requireEverywhere();
      await channels.remove(params.channelId);
      return null;
    },
  });

  const parts = { channels, clock, zone: zoneOf('') };

  app.route({
    ...checkChannel,
    handler: async ({ params, scope }) => {
      scope.requireEverywhere();
      return await outcomeOf(async (patience) => ({
        checked: (await check(parts, params.channelId, patience)).checked,
      }));
    },
  });

  app.route({
    ...testChannel,
    handler: async ({ params: { channelId }, body: { to, language = 'id' }, scope }) => {
      scope.requireEverywhere();
      return await outcomeOf(async (patience) => ({
        providerId: (await sendTestMessage(parts, { channelId, to, language }, patience)).providerId,
      }));
    },
  });
};

const NOTHING = { checked: null, providerId: null, failure: null, detail: null, mayPass: false };

async function outcomeOf(
  attempt: (patience: AbortSignal) => Promise<Partial<Pick<ChannelOutcome, 'checked' | 'providerId'>>>,
): Promise<ChannelOutcome> {
  try {
    return { ...NOTHING, ok: true, ...(await withPatience(PATIENCE_MS, new AbortController().signal, attempt)) };
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    const { failure, detail, retryable } = error;
    return { ...NOTHING, ok: false, failure, detail, mayPass: retryable };
  }
}
