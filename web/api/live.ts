import type { QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '../../core/contract/live.ts';
import { SECOND } from '../../core/domain/clock.ts';
import { tellLiveEvents } from './live-events.ts';
import { mergeLiveEvents, resourcesOf } from './live-merge.ts';

/** `lost` carries since when, so that the screen can say how old it is. */
export type LineState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | { readonly kind: 'lost'; readonly sinceAt: number };

const TYPES = [
  'device-state',
  'village-state',
  'outage-opened',
  'outage-closed',
  'incident-opened',
  'incident-changed',
  'incident-closed',
  'inventory-changed',
  'resync',
] as const satisfies readonly LiveEvent['type'][];

/** `EventSource.CLOSED`: the browser has given up and will not try again by itself. */
const CLOSED = 2;
/** What comes within this time is merged at once: five hundred changes a second are ten pictures, not five hundred. */
const MERGE_MS = 100;
/** Events of one fault come in a burst: their questions are asked together, soon. */
const GATHER_MS = 150;
/** Every open screen hears of the same change: each asks somewhat later, so that no server is asked by all in one moment. */
const SPREAD_MS = 500;
const SPACING_MS = SECOND;
/** While changes do not end, questions are asked more rarely: what an event says itself is merged at once anyway. */
const MOST_SPACING_MS = 2 * SECOND;
/** A question that is not answered holds up the next ones so long. */
const MOST_ASKING_MS = 10 * SECOND;
/** What is not merged by then is not worth it: all is asked for again. */
const MOST_PENDING = 20_000;
const BACKOFF_MS = [1, 2, 4, 8, 15, 30].map((seconds) => seconds * SECOND);

export type LiveOptions = {
  readonly queryClient: QueryClient;
  readonly createSource: () => EventSource;
  readonly now: () => number;
  readonly random: () => number;
};

export type LiveLine = {
  readonly state: () => LineState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly close: () => void;
};

/** Listens to what happens, patches what is known and asks again for what a state is counted into. */
export function openLive({ queryClient, createSource, now, random }: LiveOptions): LiveLine {
  const listeners = new Set<() => void>();
  const awake = new Set<string>();
  let state: LineState = { kind: 'connecting' };
  let source: EventSource | undefined;
  let attempts = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let flushTimer: ReturnType<typeof setTimeout> | undefined;
  let mergeTimer: ReturnType<typeof setTimeout> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let isAsking = false;
  let spacingMs = SPACING_MS;
  let pending: LiveEvent[] = [];
  let sources = 0;

  /** A quarter sooner or later. */
  const unevenly = () => 0.75 + random() / 2;

  const become = (next: LineState) => {
    state = next;
    for (const listener of listeners) listener();
  };

  const flush = () => {
    flushTimer = undefined;
    const names = new Set(awake);
    awake.clear();
    const all = names.delete('*');
    const asking = queryClient.invalidateQueries({
      predicate: ({ queryKey }) => (all ? queryKey[0] !== 'shapes' : names.has(String(queryKey[0]))),
    });
    // Asking anew takes back what is under way: asked faster than a busy server answers, nothing ever would be.
    isAsking = true;
    void Promise.race([asking, new Promise((done) => setTimeout(done, MOST_ASKING_MS))]).then(() => {
      isAsking = false;
      askedAt = now();
      if (awake.size > 0) schedule();
    });
  };
  const schedule = () => {
    const sinceMs = now() - askedAt;
    // The second burst within a second waits for it, those after it for two, until it has been quiet for a while.
    if (sinceMs > 2 * spacingMs) spacingMs = SPACING_MS;
    const waitMs = spacingMs - sinceMs;
    if (waitMs > GATHER_MS) spacingMs = Math.min(MOST_SPACING_MS, 2 * spacingMs);
    flushTimer = setTimeout(flush, Math.max(GATHER_MS + random() * SPREAD_MS, waitMs * unevenly()));
  };
  const wake = (names: readonly string[]) => {
    for (const name of names) awake.add(name);
    if (flushTimer === undefined && !isAsking) schedule();
  };
  const merge = () => {
    mergeTimer = undefined;
    const events = pending;
    pending = [];
    mergeLiveEvents(queryClient, events);
    tellLiveEvents(events);
  };

  const receive = ({ data }: MessageEvent<string>) => {
    let event: LiveEvent;
    try {
      event = JSON.parse(data) as LiveEvent;
    } catch {
      // Half an event is as good as a missed one.
      wake(['*']);
      return;
    }
    if (pending.length < MOST_PENDING) pending.push(event);
    else wake(['*']);
    mergeTimer ??= setTimeout(merge, MERGE_MS);
    wake(resourcesOf(event));
  };

  const connect = () => {
    retryTimer = undefined;
    const opened = createSource();
    const isFirst = sources === 0;
    source = opened;
    sources += 1;
    for (const type of TYPES) opened.addEventListener(type, receive as (event: Event) => void);
    opened.addEventListener('open', () => {
      attempts = 0;
      // The browser resumes its own source by Last-Event-ID; a new one carries none, and what it missed is unknown.
      if (!isFirst && opened === source) wake(['*']);
      become({ kind: 'open' });
    });
    opened.addEventListener('error', () => {
      if (state.kind !== 'lost') become({ kind: 'lost', sinceAt: now() });
      if (opened.readyState !== CLOSED) return;
      const wait = BACKOFF_MS[Math.min(attempts, BACKOFF_MS.length - 1)] ?? 0;
      attempts += 1;
      retryTimer ??= setTimeout(connect, wait * unevenly());
    });
  };
  connect();

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      source?.close();
      awake.clear();
      clearTimeout(retryTimer);
      clearTimeout(flushTimer);
      clearTimeout(mergeTimer);
    },
  };
}
