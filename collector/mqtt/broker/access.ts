import { MINUTE } from '../../../core/domain/clock.ts';
import { attemptLimiter } from '../../../core/services/attempt-limiter.ts';
import type { ListenerStats } from '../../listener.ts';
import { MAX_PAYLOAD_BYTES } from '../format.ts';
import { credentialOf, type Roster, type Route } from '../roster.ts';
import { covers, MAX_TOPIC_LENGTH, MAX_TOPIC_LEVELS } from '../topic-tree.ts';

/** Who signed in. It lives as long as its connection. */
export type Session = {
  readonly username: string;
  /** Of its devices: one, or several behind a gateway. */
  readonly credentialIds: ReadonlySet<string>;
  /** Messages it may still send before the next refill. */
  allowance: number;
  refilledAt: number;
  subscriptions: number;
};

/** Why a client was refused something; counted. */
export type Refusal =
  | 'no-credential'
  | 'wrong-credential'
  | 'too-many-attempts'
  | 'too-many-connections'
  | 'not-its-topic'
  | 'too-many-messages'
  | 'too-many-subscriptions';

/**
 * Wrong passwords before one must wait. A whole province may come from one address, and one of its devices try again
 * without end: it is the pair of name and address that is held up, and hardly ever more.
 */
const ATTEMPTS = {
  pair: { attempts: 30, windowMs: 5 * MINUTE },
  name: { attempts: 5_000, windowMs: 5 * MINUTE },
  address: { attempts: 50_000, windowMs: 5 * MINUTE },
} as const;
/** What one client may do in a second, and at once after a silence. */
const MESSAGES_PER_S = 200;
const MESSAGES_AT_ONCE = 2_000;
const MAX_SUBSCRIPTIONS = 100;
/** Connections with one name and password: a gateway, and its ghosts that the keepalive has not ended yet. */
const MAX_CONNECTIONS = 8;
/** Messages that are kept of the topics of one credential, and their size together. */
const MAX_KEPT = 200;
const MAX_KEPT_BYTES = 4 * MAX_PAYLOAD_BYTES;

/**
 * Who may publish and read what at our own broker: a client its own devices' topics, and nobody another's. Where the topic
 * of one device stands above that of another, what is below is the other's alone; the same topic twice is nobody's.
 */
export type Access = {
  /** @returns why not, or the session */
  signIn(username: string | undefined, password: Buffer | undefined, address: string): Session | Refusal;
  signOut(session: Session): void;
  /** Whether the credentials it signed in with are still right. */
  isValid(session: Session): boolean;
  mayPublish(session: Session, topic: string, at: number): boolean;
  /** Whether the broker may keep the message for those who come later. */
  mayKeep(session: Session, topic: string, bytes: number): boolean;
  maySubscribe(session: Session, filter: string): boolean;
  mayRead(session: Session, topic: string): boolean;
  stats(): ListenerStats;
};

export function createAccess(roster: Roster, now: () => number): Access {
  const limiter = attemptLimiter(now, ATTEMPTS);
  const refused: Record<string, number> = {};
  const connections = new Map<string, number>();
  /** By credential: topic and size. */
  const kept = new Map<string, Map<string, number>>();
  const refuse = (why: Refusal): Refusal => {
    refused[`refused_${why}`] = (refused[`refused_${why}`] ?? 0) + 1;
    return why;
  };
  const refuseTo = (why: Refusal): false => {
    refuse(why);
    return false;
  };

  const isOwn = (session: Session, { speaker }: Route): boolean => {
    const credentialId = credentialOf(speaker.device);
    return credentialId !== null && session.credentialIds.has(credentialId);
  };
  /** A device without a credential of its own is spoken for by whoever has the topic. */
  const isOthers = (session: Session, route: Route): boolean =>
    credentialOf(route.speaker.device) !== null && !isOwn(session, route);

  function isPublisher(session: Session, topic: string): boolean {
    const routes = [...roster.match(topic)].filter(({ way }) => way === 'publishes');
    const others = routes.filter((route) => isOthers(session, route));
    return routes.some((own) => isOwn(session, own) && others.every((other) => isWithin(own.filter, other.filter)));
  }

  function takeAllowance(session: Session, at: number): boolean {
    const earned = (Math.max(0, at - session.refilledAt) / 1_000) * MESSAGES_PER_S;
    session.allowance = Math.min(MESSAGES_AT_ONCE, session.allowance + earned);
    session.refilledAt = at;
    if (session.allowance < 1) return false;
    session.allowance--;
    return true;
  }

  const isBounded = (topic: string): boolean =>
    topic.length <= MAX_TOPIC_LENGTH && topic.split('/').length <= MAX_TOPIC_LEVELS;

  return {
    signIn(username, password, address) {
      if (username === undefined || password === undefined) return refuse('no-credential');
      if (limiter.take(username, address) > 0) return refuse('too-many-attempts');
      const credentialIds = roster.signIn(username, password);
      if (credentialIds.size === 0) return refuse('wrong-credential');
      limiter.forgive(username, address);
      const open = connections.get(username) ?? 0;
      if (open >= MAX_CONNECTIONS) return refuse('too-many-connections');
      connections.set(username, open + 1);
      return { username, credentialIds, allowance: MESSAGES_AT_ONCE, refilledAt: now(), subscriptions: 0 };
    },
    signOut({ username }) {
      const open = (connections.get(username) ?? 1) - 1;
      if (open === 0) connections.delete(username);
      else connections.set(username, open);
    },
    isValid: ({ credentialIds }) => [...credentialIds].every((id) => roster.speakersOf(id).length > 0),
    mayPublish(session, topic, at) {
      if (!takeAllowance(session, at)) return refuseTo('too-many-messages');
      return (isBounded(topic) && isPublisher(session, topic)) || refuseTo('not-its-topic');
    },
    mayKeep({ credentialIds }, topic, bytes) {
      const id = [...credentialIds].join();
      const own = kept.get(id) ?? new Map<string, number>();
      if (bytes === 0) {
        own.delete(topic);
        return true;
      }
      const others = [...own].reduce((sum, [known, size]) => (known === topic ? sum : sum + size), 0);
      if ((!own.has(topic) && own.size >= MAX_KEPT) || others + bytes > MAX_KEPT_BYTES) return false;
      kept.set(id, own.set(topic, bytes));
      return true;
    },
    maySubscribe(session, filter) {
      if (session.subscriptions >= MAX_SUBSCRIPTIONS) return refuseTo('too-many-subscriptions');
      const own = [...session.credentialIds].flatMap((id) => roster.speakersOf(id));
      const isAllowed =
        isBounded(filter) &&
        own.some(({ reader }) => [...reader.publishes, ...reader.subscribes].some((outer) => covers(outer, filter)));
      if (isAllowed) session.subscriptions++;
      return isAllowed || refuseTo('not-its-topic');
    },
    mayRead(session, topic) {
      const routes = [...roster.match(topic)].filter(({ way }) => way !== 'overhears');
      const others = routes.filter((route) => isOthers(session, route));
      // What many wait for, such as a question to all routers, is each one's.
      const isShared = (own: Route, other: Route): boolean =>
        own.way === 'subscribes' && other.way === 'subscribes' && own.filter === other.filter;
      return routes.some(
        (own) =>
          isOwn(session, own) && others.every((other) => isWithin(own.filter, other.filter) || isShared(own, other)),
      );
    },
    stats: () => ({ ...refused }),
  };
}

/** Whether a filter fits a part, and not all, of what another fits. */
const isWithin = (inner: string, outer: string): boolean => covers(outer, inner) && !covers(inner, outer);
