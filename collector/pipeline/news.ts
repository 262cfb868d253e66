import { createHash } from 'node:crypto';
import type { Log } from '../../core/log/log.ts';
import type { Findings, PollRound } from '../probe.ts';
import type { CollectorInventory } from './inventory.ts';

/** What a round says of the device itself. */
type News = Pick<PollRound, 'identity' | 'interfaces' | 'portStates' | 'findings'>;
type About = News & Pick<PollRound, 'at'>;
/** What the inventory is known to hold of a device. */
export type NewsMemory = {
  /** Digests of what the inventory holds, so that only changes are written. */
  identity: string;
  interfaces: string;
  /** What it holds, by section. */
  sections: Findings;
  /** News that it could not take yet. */
  unwritten: News | null;
};

export type NewsKeeper = {
  isNews(memory: NewsMemory, about: About): boolean;
  /** Writes what is new of who the device is. Samples do not wait for what the inventory cannot take now. */
  keep(deviceId: string, memory: NewsMemory, about: About): Promise<void>;
};

const NO_SECTIONS: Findings = {};
export const NOTHING_KNOWN: NewsMemory = { identity: '', interfaces: '', sections: NO_SECTIONS, unwritten: null };

export function createNewsKeeper({
  inventory,
  log,
}: {
  readonly inventory: Pick<CollectorInventory, 'devices' | 'interfaces' | 'findings'>;
  readonly log: Log;
}): NewsKeeper {
  const digestOf = createDigests();

  const isNews = (memory: NewsMemory, { identity, interfaces, portStates, findings }: About): boolean =>
    memory.unwritten !== null ||
    portStates !== undefined ||
    (identity !== undefined && digestOf(identity) !== memory.identity) ||
    (interfaces !== undefined && digestOf(interfaces) !== memory.interfaces) ||
    (findings !== undefined && newOf(findings, memory.sections).length > 0);

  async function keep(deviceId: string, memory: NewsMemory, { at, ...round }: About): Promise<void> {
    const { identity, interfaces, portStates, findings = {} } = joined(memory.unwritten, round);
    const unwritten: Writable<News> = {};
    if (identity !== undefined && digestOf(identity) !== memory.identity) {
      if (await write(deviceId, () => inventory.devices.identify(deviceId, identity, at)))
        memory.identity = digestOf(identity);
      else unwritten.identity = identity;
    }
    if (interfaces !== undefined && digestOf(interfaces) !== memory.interfaces) {
      if (await write(deviceId, () => inventory.interfaces.replace(deviceId, interfaces, at)))
        memory.interfaces = digestOf(interfaces);
      else unwritten.interfaces = interfaces;
    }
    if (portStates !== undefined) {
      // The rows are no longer what the last list made them.
      if (await write(deviceId, () => inventory.interfaces.setStates(deviceId, portStates, at))) memory.interfaces = '';
      else unwritten.portStates = portStates;
    }
    const fresh = newOf(findings, memory.sections);
    if (fresh.length > 0) {
      if (await write(deviceId, () => inventory.findings.save(deviceId, Object.fromEntries(fresh), at)))
        memory.sections = memory.sections === NO_SECTIONS ? findings : { ...memory.sections, ...findings };
      else unwritten.findings = Object.fromEntries(fresh);
    }
    memory.unwritten = Object.keys(unwritten).length === 0 ? null : unwritten;
  }

  /** It is offered again at the next poll. */
  async function write(deviceId: string, task: () => Promise<void>): Promise<boolean> {
    try {
      await task();
      return true;
    } catch (error) {
      log.warn({ err: error, deviceId }, 'what a device says of itself could not be stored');
      return false;
    }
  }

  return { isNews, keep };
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** What is said now in the place of what was said before. */
function joined(before: News | null, now: News): News {
  if (before === null) return now;
  // A new list says of all ports what they are.
  const portStates =
    now.interfaces === undefined ? [...(before.portStates ?? []), ...(now.portStates ?? [])] : (now.portStates ?? []);
  return {
    ...before,
    ...now,
    ...(before.findings === undefined ? {} : { findings: { ...before.findings, ...now.findings } }),
    ...(portStates.length === 0
      ? {}
      : { portStates: [...new Map(portStates.map((one) => [one.index, one])).values()] }),
  };
}

/** A few letters that tell contents apart; made once for each object for as long as that lives. */
function createDigests(): (content: object) => string {
  const made = new WeakMap<object, string>();
  return (content) => {
    const known = made.get(content);
    if (known !== undefined) return known;
    const digest = createHash('sha1').update(JSON.stringify(content)).digest().toString('base64', 0, 12);
    made.set(content, digest);
    return digest;
  };
}

const newOf = (findings: Findings, known: Readonly<Record<string, unknown>>): [string, unknown][] =>
  Object.entries(findings).filter(([section, data]) => known[section] !== data);
