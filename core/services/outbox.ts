import { ChannelError } from '../delivery/channel-error.ts';
import { withPatience } from '../delivery/patience.ts';
import { type Clock, HOUR, MINUTE, SECOND } from '../domain/clock.ts';
import type { Log } from '../log/log.ts';
import { composeMessage, type MessageZone } from '../messages/compose.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';
import type { OutboxMessage } from '../stores/inventory/outbox.ts';
import { openChannels } from './open-channels.ts';

export const OUTBOX_POLICY = {
  /** After so many tries a message is given up, and shown as failed. */
  maxTries: 12,
  sendTimeoutMs: 30 * SECOND,
  /** How long a message is nobody else's; longer than it takes to send one and to write that down. */
  leaseMs: 45 * SECOND,
  /** Messages of one channel that are under way at once. */
  atOnce: 4,
  firstWaitMs: 5 * SECOND,
  longestWaitMs: 15 * MINUTE,
  /** A provider that asks for more patience than this is asked again all the same. */
  longestAskedMs: HOUR,
  tickMs: SECOND,
  /** What is under way at a stop is given this long to end. */
  stopMs: 5 * SECOND,
};
export type OutboxPolicy = typeof OUTBOX_POLICY;

export type OutboxSender = {
  /** Sends all that is due and that the limits leave room for; resolves when that has been tried. */
  round(): Promise<void>;
  /** Rounds by itself from now on: at every `wake`, and at every tick for what others wrote down. */
  start(): void;
  /** Something was written down: call it when the transaction is kept. */
  wake(): void;
  /** Nothing is taken any more; what is under way ends, or is broken off and tried again after the next start. */
  stop(): Promise<void>;
};

type Parts = {
  readonly inventory: Pick<Inventory, 'channels' | 'outbox'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: MessageZone;
  readonly policy?: Partial<OutboxPolicy>;
  /** 0 ≤ n < 1. */
  readonly random?: () => number;
};

/**
 * Sends what the outbox holds, each message at least once: one that was taken by a process which died is sent again,
 * under the same id. Any number of senders may work on one store.
 */
export function createOutboxSender(parts: Parts): OutboxSender {
  const { inventory, clock, log, zone, random = Math.random } = parts;
  const policy = { ...OUTBOX_POLICY, ...parts.policy };
  const { outbox } = inventory;
  const channels = openChannels(inventory.channels, clock);
  const pumps = new Map<string, Promise<void>>();
  /** Sent, but the store could not take it: not to be sent again by this process. */
  const unmarked = new Map<string, { readonly at: number; readonly providerId: string | null }>();
  const breakOff = new AbortController();
  let isStopped = false;
  let loop: Promise<void> | null = null;
  let wakeUp: () => void = () => {};
  let isAwake = false;

  async function deliver(message: OutboxMessage, version: number): Promise<void> {
    const { id, channelId, to, tries } = message;
    const already = unmarked.get(id);
    if (already !== undefined) return await mark(id, already);
    try {
      const channel = await channels.get(channelId, version);
      const text = composeMessage(message.event, message.language, zone);
      const { providerId } = await withPatience(policy.sendTimeoutMs, breakOff.signal, (patience) =>
        channel.send({ id, to, ...text, event: message.event }, patience),
      );
      const sent = { at: clock(), providerId };
      unmarked.set(id, sent);
      await mark(id, sent);
    } catch (error) {
      if (unmarked.has(id)) throw error;
      await failed(message, error, tries);
    }
  }

  async function mark(id: string, { at, providerId }: { at: number; providerId: string | null }): Promise<void> {
    await outbox.markSent({ id }, at, providerId);
    unmarked.delete(id);
  }

  async function failed(message: OutboxMessage, thrown: unknown, tries: number): Promise<void> {
    const { id, channelId, to } = message;
    const error = thrown instanceof ChannelError ? thrown : new ChannelError('settings', 'it does not open');
    const reason = thrown instanceof ChannelError ? {} : { reason: thrown instanceof Error ? thrown.name : 'unknown' };
    const fields = { message: id, channel: channelId, failure: error.failure, detail: error.detail, tries, ...reason };
    // What is no error of a channel is of this program or of its store: it may pass.
    const mayPass = error.retryable || !(thrown instanceof ChannelError);
    const at = clock();
    if (!mayPass || tries >= policy.maxTries) {
      log.warn(fields, 'message given up');
      await outbox.giveUp(message, at, error.message);
      return;
    }
    log.info(fields, 'message put off');
    const nextTryAt = at + waitOf(tries, error.retryAfterMs);
    await outbox.putOff(message, nextTryAt, error.message);
    if (error.failure === 'rate-limited') await outbox.hold(channelId, to, nextTryAt);
  }

  /** Doubled at every try, with a share of chance so that what failed together does not come back together. */
  function waitOf(tries: number, askedMs = 0): number {
    const longest = Math.min(policy.longestWaitMs, policy.firstWaitMs * 2 ** (tries - 1));
    const wait = longest * (0.5 + random() / 2);
    return Math.ceil(Math.max(wait, Math.min(askedMs, policy.longestAskedMs)));
  }

  async function pump(channel: { readonly id: string; readonly kind: string; readonly version: number }) {
    const limits = inventory.channels.kinds.get(channel.kind)?.limits;
    if (limits === undefined) return;
    const { perMinute, perRecipientPerMinute = perMinute } = limits;
    while (!isStopped) {
      const taken = await outbox.claim(channel.id, {
        at: clock(),
        leaseMs: policy.leaseMs,
        most: policy.atOnce,
        perMinute,
        perRecipientPerMinute,
      });
      if (taken.length === 0) return;
      const ended = await Promise.allSettled(taken.map((message) => deliver(message, channel.version)));
      for (const outcome of ended) if (outcome.status === 'rejected') throw outcome.reason;
    }
  }

  /** Starts what does not run yet. One channel that hangs holds up no other. */
  async function kick(): Promise<void> {
    try {
      for (const [id, sent] of unmarked) await mark(id, sent);
      const expired = await outbox.expire(clock());
      if (expired > 0) log.warn({ count: expired }, 'messages given up: too old to be sent');
      const present = await inventory.channels.versions();
      await channels.keep(present);
      for (const channel of present) {
        if (!channel.enabled || pumps.has(channel.id) || isStopped) continue;
        const running = pump(channel)
          .catch((error: unknown) => warn(error))
          .finally(() => pumps.delete(channel.id));
        pumps.set(channel.id, running);
      }
    } catch (error) {
      warn(error);
    }
  }

  const warn = (error: unknown): void =>
    log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'the outbox could not be worked on');

  async function run(): Promise<void> {
    while (!isStopped) {
      isAwake = false;
      await kick();
      if (isAwake || isStopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, policy.tickMs);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  function wake(): void {
    isAwake = true;
    wakeUp();
  }

  return {
    async round() {
      await kick();
      await Promise.all(pumps.values());
    },
    start() {
      loop ??= run();
    },
    wake,
    async stop() {
      isStopped = true;
      wake();
      const timer = setTimeout(() => breakOff.abort(), policy.stopMs);
      await loop;
      await Promise.all(pumps.values());
      clearTimeout(timer);
      await channels.keep([]);
    },
  };
}
