import { Readable } from 'node:stream';

/** What the broker hands us to keep, of which we look at nothing else. */
type Packet = { readonly topic: string; readonly payload: Buffer | string; readonly messageId?: number };
type Owner = { readonly id: string };

/** Messages of QoS 2 that one client may have begun and not ended; MQTT lets it begin 65,535. */
const MAX_UNFINISHED = 100;

/**
 * The broker's memory while every session ends with its connection: what is kept for those who come later, wills, and
 * messages of QoS 2 between their two halves. No message waits for a client that is away.
 * The broker calls it by names of its own; who may keep how much, access decides.
 */
export function createBrokerMemory() {
  const kept = createKept();
  const wills = new Map<string, Packet>();
  const unfinished = new Map<string, Map<number | undefined, Packet>>();

  async function take(client: Owner, { messageId }: Packet): Promise<Packet> {
    const packet = unfinished.get(client.id)?.get(messageId);
    if (packet === undefined) throw new Error('no such packet');
    return packet;
  }

  return {
    async setup(): Promise<void> {},
    async storeRetained(packet: Packet): Promise<void> {
      if (packet.payload.length === 0) kept.remove(packet.topic);
      else kept.set(packet.topic, { ...packet });
    },
    createRetainedStreamCombi: (filters: readonly string[]) =>
      Readable.from(filters.flatMap((filter) => [...kept.match(filter)])),
    async addSubscriptions(): Promise<void> {},
    async removeSubscriptions(): Promise<void> {},
    subscriptionsByClient: async (): Promise<readonly never[]> => [],
    subscriptionsByTopic: async (): Promise<readonly never[]> => [],
    /** A session ended, or one begins. */
    async cleanSubscriptions({ id }: Owner): Promise<void> {
      unfinished.delete(id);
    },
    async outgoingEnqueue(): Promise<void> {},
    async outgoingEnqueueCombi(): Promise<void> {},
    async outgoingUpdate(): Promise<void> {},
    async outgoingClearMessageId(): Promise<undefined> {},
    outgoingStream: () => Readable.from([]),
    async incomingStorePacket({ id }: Owner, packet: Packet): Promise<void> {
      const own = unfinished.get(id) ?? new Map<number | undefined, Packet>();
      if (own.size >= MAX_UNFINISHED) throw new Error('too many unfinished messages');
      // That it came is enough to know: the message itself went on already.
      unfinished.set(id, own.set(packet.messageId, { topic: packet.topic, payload: '' }));
    },
    incomingGetPacket: take,
    async incomingDelPacket(client: Owner, packet: Packet): Promise<void> {
      await take(client, packet);
      unfinished.get(client.id)?.delete(packet.messageId);
    },
    async putWill({ id }: Owner, will: Packet): Promise<void> {
      wills.set(id, will);
    },
    getWill: async ({ id }: Owner): Promise<Packet | undefined> => wills.get(id),
    async delWill({ id }: Owner): Promise<Packet | undefined> {
      const will = wills.get(id);
      wills.delete(id);
      return will;
    },
    /** Wills of other brokers, of which there are none. */
    streamWill: () => Readable.from([]),
    async destroy(): Promise<void> {},
  };
}

type Level = { readonly below: Map<string, Level>; packet: Packet | null };

/** Kept messages by the levels of their topics, so that a filter walks only what can fit it. */
function createKept() {
  const root: Level = { below: new Map(), packet: null };

  function* find(levels: readonly string[], at: number, here: Level): Generator<Packet> {
    const level = levels[at];
    if (level === undefined) {
      if (here.packet !== null) yield here.packet;
    } else if (level === '#') yield* all(here);
    else if (level === '+') for (const next of here.below.values()) yield* find(levels, at + 1, next);
    else {
      const next = here.below.get(level);
      if (next !== undefined) yield* find(levels, at + 1, next);
    }
  }

  function* all(here: Level): Generator<Packet> {
    if (here.packet !== null) yield here.packet;
    for (const next of here.below.values()) yield* all(next);
  }

  return {
    set(topic: string, packet: Packet): void {
      let here = root;
      for (const level of topic.split('/')) {
        const next = here.below.get(level) ?? { below: new Map(), packet: null };
        here.below.set(level, next);
        here = next;
      }
      here.packet = packet;
    },
    remove(topic: string): void {
      const path: { readonly parent: Level; readonly level: string }[] = [];
      let here = root;
      for (const level of topic.split('/')) {
        const next = here.below.get(level);
        if (next === undefined) return;
        path.push({ parent: here, level });
        here = next;
      }
      here.packet = null;
      for (const { parent, level } of path.reverse()) {
        const child = parent.below.get(level);
        if (child === undefined || child.packet !== null || child.below.size > 0) return;
        parent.below.delete(level);
      }
    },
    match: (filter: string): Iterable<Packet> => find(filter.split('/'), 0, root),
  };
}
