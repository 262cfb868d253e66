import { createHash, timingSafeEqual } from 'node:crypto';
import { Secret } from '../../core/config/secret.ts';
import type { Log } from '../../core/log/log.ts';
import type { WatchedDevice } from '../pipeline/watched-device.ts';
import type { FormatReader, Formats } from './format.ts';
import { createTopicTree, MAX_TOPIC_LENGTH } from './topic-tree.ts';

/** A device that speaks MQTT, and who reads what it says. */
export type Speaker = { readonly device: WatchedDevice; readonly reader: FormatReader };
export type Way = 'publishes' | 'subscribes' | 'overhears';
export type Route = { readonly speaker: Speaker; readonly way: Way; readonly filter: string };

/** Which devices speak MQTT, under which topics and with which credentials. */
export type Roster = {
  /** Takes in the devices of now. A device that is as before keeps its reader and what that remembers. */
  refresh(devices: Iterable<WatchedDevice>): {
    readonly added: readonly Speaker[];
    readonly removed: readonly Speaker[];
  };
  /** Hears another's topics from now on. @returns whether any is new */
  follow(speaker: Speaker, filters: readonly string[]): boolean;
  match(topic: string): ReadonlySet<Route>;
  speakers(): Iterable<Speaker>;
  speakersOf(credentialId: string): readonly Speaker[];
  /** Filters of all that is to be heard. */
  filters(): ReadonlySet<string>;
  /** Ids of the credentials that a client may sign in with by this name and password; empty = none. */
  signIn(username: string, password: Buffer): ReadonlySet<string>;
};

export const CREDENTIAL_KIND = 'mqtt';
export const PROBE = 'mqtt';
/** A device may follow so many topics of others. */
const MAX_FOLLOWED = 8;

/** The id of the device's own credential for MQTT; null where it has none. */
export const credentialOf = ({ credential }: WatchedDevice): string | null =>
  credential?.kind === CREDENTIAL_KIND ? credential.id : null;

export function createRoster(formats: Formats, log: Log): Roster {
  const speakers = new Map<string, { readonly speaker: Speaker; readonly routes: Route[] }>();
  const byCredential = new Map<string, Set<Speaker>>();
  const byUsername = new Map<string, Map<string, Secret>>();
  const tree = createTopicTree<Route>();
  const heard = new Map<string, number>();

  function open(device: WatchedDevice): Speaker | null {
    const { format: formatId, topic } = device.settings;
    const format = typeof formatId === 'string' ? formats.get(formatId) : undefined;
    if (
      format === undefined ||
      typeof topic !== 'string' ||
      !isTopic(topic) ||
      format.topicPattern?.test(topic) === false
    ) {
      log.warn({ deviceId: device.id, format: formatId }, 'a device has no topic of its format and is not heard');
      return null;
    }
    return { device, reader: format.open(topic) };
  }

  function addRoute(speaker: Speaker, routes: Route[], way: Way, filter: string): void {
    const route: Route = { speaker, way, filter };
    routes.push(route);
    tree.add(filter, route);
    if (way !== 'subscribes') heard.set(filter, (heard.get(filter) ?? 0) + 1);
  }

  function add(speaker: Speaker): void {
    const { device, reader } = speaker;
    const routes: Route[] = [];
    for (const filter of reader.publishes) addRoute(speaker, routes, 'publishes', filter);
    for (const filter of reader.subscribes) addRoute(speaker, routes, 'subscribes', filter);
    for (const filter of reader.overhears ?? []) addRoute(speaker, routes, 'overhears', filter);
    speakers.set(device.id, { speaker, routes });
    const credentialId = credentialOf(device);
    if (credentialId === null) return;
    const sharers = byCredential.get(credentialId) ?? new Set();
    byCredential.set(credentialId, sharers.add(speaker));
    const { username, password } = device.credential?.settings ?? {};
    if (typeof username !== 'string' || !(password instanceof Secret)) return;
    const known = byUsername.get(username) ?? new Map<string, Secret>();
    byUsername.set(username, known.set(credentialId, password));
  }

  function remove(id: string): void {
    const entry = speakers.get(id);
    if (entry === undefined) return;
    speakers.delete(id);
    for (const route of entry.routes) {
      const { filter, way } = route;
      tree.remove(filter, route);
      if (way === 'subscribes') continue;
      const count = (heard.get(filter) ?? 1) - 1;
      if (count === 0) heard.delete(filter);
      else heard.set(filter, count);
    }
    const { device } = entry.speaker;
    const credentialId = credentialOf(device);
    const sharers = credentialId === null ? undefined : byCredential.get(credentialId);
    if (credentialId === null || sharers === undefined) return;
    sharers.delete(entry.speaker);
    if (sharers.size > 0) return;
    byCredential.delete(credentialId);
    for (const [username, known] of byUsername) {
      known.delete(credentialId);
      if (known.size === 0) byUsername.delete(username);
    }
  }

  return {
    refresh(devices) {
      const added: Speaker[] = [];
      const removed: Speaker[] = [];
      const seen = new Set<string>();
      const fresh: WatchedDevice[] = [];
      for (const device of devices) {
        if (device.reachability !== PROBE) continue;
        seen.add(device.id);
        const known = speakers.get(device.id)?.speaker;
        if (known?.device === device) continue;
        if (known !== undefined) removed.push(known);
        fresh.push(device);
      }
      for (const [id, { speaker }] of speakers) if (!seen.has(id)) removed.push(speaker);
      for (const { device } of removed) remove(device.id);
      for (const device of fresh) {
        const speaker = open(device);
        if (speaker === null) continue;
        add(speaker);
        added.push(speaker);
      }
      return { added, removed };
    },
    follow(speaker, filters) {
      const entry = speakers.get(speaker.device.id);
      if (entry?.speaker !== speaker) return false;
      let isNew = false;
      for (const filter of filters) {
        const followed = entry.routes.filter(({ way }) => way === 'overhears');
        if (followed.length >= MAX_FOLLOWED || followed.some((route) => route.filter === filter) || !isTopic(filter))
          continue;
        addRoute(speaker, entry.routes, 'overhears', filter);
        isNew = true;
      }
      return isNew;
    },
    match: (topic) => tree.match(topic),
    *speakers() {
      for (const { speaker } of speakers.values()) yield speaker;
    },
    speakersOf: (credentialId) => [...(byCredential.get(credentialId) ?? [])],
    filters: () => new Set(heard.keys()),
    signIn(username, password) {
      const digest = digestOf(password);
      const found = new Set<string>();
      for (const [credentialId, secret] of byUsername.get(username) ?? [])
        if (timingSafeEqual(digest, digestOf(secret.reveal()))) found.add(credentialId);
      return found;
    },
  };
}

/** A plain topic: no wildcard, nothing of the broker's own, no empty level. */
export const TOPIC = '^[^+#\\u0000$/][^+#\\u0000/]*(/[^+#\\u0000/]+)*$';
const TOPIC_PATTERN = new RegExp(TOPIC);
const isTopic = (topic: string): boolean => topic.length <= MAX_TOPIC_LENGTH && TOPIC_PATTERN.test(topic);

const digestOf = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();
