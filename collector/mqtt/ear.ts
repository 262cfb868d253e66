import type { Identification } from '../../core/stores/inventory/devices.ts';
import type { ListenerStats, ListenerTools } from '../listener.ts';
import type { ReadingName } from '../probe.ts';
import { MAX_PAYLOAD_BYTES, type Message, type Outgoing, type Said } from './format.ts';
import type { Roster, Route, Speaker } from './roster.ts';
import type { Value } from './values.ts';

/** What a device says in many messages one after the other is stored at once. */
const GATHER_MS = 500;
/** Readings of one device; those beyond are left out. */
const MAX_READINGS = 500;
const MAX_TEXTS = 100;
/** Names and texts are written when they are new, but not at every message. */
const FINDINGS_EVERY_MS = 60_000;
/** A format may answer a device no more often than this. */
const ANSWER_EVERY_MS = 15_000;

type Pending = { readonly values: Map<string, Value>; at: number; cancel: () => void };
/** What is known of a device that speaks. */
type Memory = {
  readonly names: Map<string, ReadingName>;
  readonly texts: Map<string, string>;
  identity: Identification;
  isIdentityNew: boolean;
  areFindingsNew: boolean;
  findingsAt: number;
  /** Of the last live message; 0 before the first. */
  heardAt: number;
  answeredAt: number;
  pending: Pending | null;
};

/** Takes what was heard to the collector. */
export type Ear = {
  hear(message: Message): void;
  forget(speaker: Speaker): void;
  /** Hands on what waits. */
  flush(): void;
  stats(): ListenerStats;
};

const NOBODY: Identification = { vendor: null, model: null, os: null, version: null, serial: null, profile: null };

export function createEar(
  tools: Pick<ListenerTools, 'timers' | 'log' | 'tell' | 'online' | 'gone'>,
  roster: Roster,
  events: { readonly send: (message: Outgoing) => void; readonly followed: () => void },
): Ear {
  const { timers, log } = tools;
  const memories = new Map<Speaker, Memory>();
  const counts: Record<string, number> = {};
  const count = (what: string, by = 1): void => {
    counts[what] = (counts[what] ?? 0) + by;
  };

  function memoryOf(speaker: Speaker): Memory {
    const known = memories.get(speaker);
    if (known !== undefined) return known;
    const memory: Memory = {
      names: new Map(),
      texts: new Map(),
      identity: NOBODY,
      isIdentityNew: false,
      areFindingsNew: false,
      findingsAt: Number.NEGATIVE_INFINITY,
      heardAt: 0,
      answeredAt: Number.NEGATIVE_INFINITY,
      pending: null,
    };
    memories.set(speaker, memory);
    return memory;
  }

  function read(speaker: Speaker, message: Message): Said | null {
    try {
      return speaker.reader.read(message);
    } catch (error) {
      // A fault of ours in one format must not deafen us for all others.
      count('failed');
      log.error({ err: error, deviceId: speaker.device.id }, 'a message could not be read');
      return null;
    }
  }

  function take({ speaker, way }: Route, message: Message): void {
    const said = read(speaker, message);
    if (said === null) return;
    if (said.fault !== undefined) count(`refused_${said.fault}`);
    const memory = memoryOf(speaker);
    learn(memory, said);
    if (said.follows !== undefined && roster.follow(speaker, said.follows)) events.followed();
    if (message.isKept) {
      // Of a kept message nobody knows the age. A goodbye counts where nothing was heard since.
      if (said.life === 'offline' && memory.heardAt === 0) leave(speaker, memory, message.at);
      return;
    }
    answer(memory, said.send ?? [], message.at);
    if (said.life === 'offline') leave(speaker, memory, message.at);
    else if (said.life !== 'nothing' && way === 'publishes') {
      memory.heardAt = message.at;
      if (said.life === 'online') {
        count('online');
        tools.online(speaker.device.id, message.at);
      }
      gather(speaker, memory, said.values ?? [], message.at);
    }
  }

  function leave(speaker: Speaker, memory: Memory, at: number): void {
    count('gone');
    tellNow(speaker, memory);
    // Something said and a goodbye in the same millisecond: the goodbye came last.
    tools.gone(speaker.device.id, Math.max(at, memory.heardAt + 1));
  }

  function answer(memory: Memory, messages: readonly Outgoing[], at: number): void {
    if (messages.length === 0 || at - memory.answeredAt < ANSWER_EVERY_MS) return;
    memory.answeredAt = at;
    for (const message of messages) events.send(message);
  }

  function learn(memory: Memory, { identity, texts, withdrawn }: Said): void {
    for (const [field, text] of Object.entries(identity ?? {}) as [keyof Identification, string | null][]) {
      if (memory.identity[field] === text) continue;
      memory.identity = { ...memory.identity, [field]: text };
      memory.isIdentityNew = true;
    }
    for (const [name, text] of Object.entries(texts ?? {})) {
      if (memory.texts.get(name) === text || (memory.texts.size >= MAX_TEXTS && !memory.texts.has(name))) continue;
      memory.texts.set(name, text);
      memory.areFindingsNew = true;
    }
    if (withdrawn === undefined) return;
    const gone = new Set(withdrawn);
    for (const [key, { instance }] of memory.names)
      if (gone.has(instance)) {
        memory.names.delete(key);
        memory.areFindingsNew = true;
      }
  }

  function gather(speaker: Speaker, memory: Memory, values: readonly Value[], at: number): void {
    const accepted: (readonly [string, Value])[] = [];
    for (const value of values) {
      const { metric, instance, label, unit } = value;
      const key = `${metric}\u0000${instance}`;
      if (!memory.names.has(key)) {
        if (memory.names.size >= MAX_READINGS) {
          count('too_many_readings');
          continue;
        }
        memory.names.set(key, { metric, instance, label, unit });
        memory.areFindingsNew = true;
      }
      accepted.push([key, value]);
    }
    // A second value of the same reading is told after the first, not instead of it.
    if (accepted.some(([key]) => memory.pending?.values.has(key) === true)) tellNow(speaker, memory);
    memory.pending ??= {
      values: new Map(),
      at,
      cancel: timers.after(GATHER_MS, () => tellNow(speaker, memory)),
    };
    memory.pending.at = at;
    for (const [key, value] of accepted) memory.pending.values.set(key, value);
  }

  function tellNow(speaker: Speaker, memory: Memory): void {
    const { pending } = memory;
    if (pending === null) return;
    memory.pending = null;
    pending.cancel();
    const { at } = pending;
    const readings = [...pending.values.values()].map(({ metric, instance, value, kind }) => ({
      metric,
      instance,
      value,
      kind,
    }));
    count('readings', readings.length);
    const hasFindings = memory.areFindingsNew && at - memory.findingsAt >= FINDINGS_EVERY_MS;
    const hasIdentity = memory.isIdentityNew;
    if (hasFindings) {
      memory.areFindingsNew = false;
      memory.findingsAt = at;
    }
    memory.isIdentityNew = false;
    tools.tell(speaker.device.id, {
      at,
      readings,
      ...(hasIdentity ? { identity: memory.identity } : {}),
      ...(hasFindings ? { findings: findingsOf(memory) } : {}),
    });
  }

  return {
    hear(message) {
      count(message.isKept ? 'kept_messages' : 'messages');
      if (message.payload.length > MAX_PAYLOAD_BYTES) return count('refused_too-large');
      let isHeard = false;
      for (const route of roster.match(message.topic)) {
        if (route.way === 'subscribes') continue;
        isHeard = true;
        take(route, message);
      }
      if (!isHeard) count('unheeded');
    },
    forget(speaker) {
      memories.get(speaker)?.pending?.cancel();
      memories.delete(speaker);
    },
    flush() {
      for (const [speaker, memory] of memories) tellNow(speaker, memory);
    },
    stats: () => ({ ...counts }),
  };
}

const findingsOf = ({ names, texts }: Memory): Readonly<Record<string, unknown>> => ({
  readings: [...names.values()],
  ...(texts.size === 0 ? {} : { mqtt: Object.fromEntries(texts) }),
});
