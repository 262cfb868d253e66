import type { Channel } from '../channels.ts';
import type { Clock } from '../domain/clock.ts';
import type { Channels } from '../stores/inventory/channels.ts';

type Held = { readonly version: number; readonly channel: Promise<Channel> };

/** Channels that are open, each once, and anew when it was changed. */
export function openChannels(channels: Channels, clock: Clock) {
  const held = new Map<string, Held>();

  async function open(id: string): Promise<Channel> {
    const { kind, settings } = await channels.open(id);
    const known = channels.kinds.get(kind);
    if (known === undefined) throw new Error('a channel of a kind that is not known');
    return known.open(settings, { clock });
  }

  async function release(id: string, { channel }: Held): Promise<void> {
    if (held.get(id)?.channel === channel) held.delete(id);
    // One that never opened has nothing to close.
    await channel.then(
      (opened) => opened.close(),
      () => {},
    );
  }

  return {
    /** @throws AppError `config` where its settings do not open; the next call tries again */
    async get(id: string, version: number): Promise<Channel> {
      const known = held.get(id);
      if (known?.version === version) return await known.channel;
      const fresh: Held = { version, channel: open(id) };
      held.set(id, fresh);
      fresh.channel.catch(() => release(id, fresh));
      if (known !== undefined) await release(id, known);
      return await fresh.channel;
    },

    /** Closes what is not among these, or was changed since. */
    async keep(present: readonly { readonly id: string; readonly version: number; readonly enabled: boolean }[]) {
      for (const [id, one] of held) {
        const isPresent = present.some((other) => other.id === id && other.enabled && other.version === one.version);
        if (!isPresent) await release(id, one);
      }
    },
  };
}
