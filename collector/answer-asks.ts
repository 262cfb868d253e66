import type { Bus } from '../core/bus/bus.ts';
import { toParts } from '../core/bus/parts.ts';
import type { PollAnswer } from '../core/contract/poll.ts';
import { type Clock, SECOND } from '../core/domain/clock.ts';
import { ProbeError } from '../core/domain/errors.ts';
import { metricInfo } from '../core/domain/metrics.ts';
import type { Log } from '../core/log/log.ts';
import type { Timers } from '../core/timers.ts';
import type { WatchedDevice } from './pipeline/watched-device.ts';
import type { Probe, ReachAnswer } from './probe.ts';
import type { ProbeReport } from './probe-host.ts';
import { createRawLog } from './raw-log.ts';

/** Less than whoever asked waits. */
const LIMIT_MS = 60 * SECOND;
/** Questions under way at once: people ask them, one at a time. */
const MOST_AT_ONCE = 8;
const MOST_READINGS = 4_000;
const MOST_INTERFACES = 1_000;

type Deps = {
  readonly bus: Bus;
  /** Name of this collector. */
  readonly name: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly deviceOf: (id: string) => WatchedDevice | undefined;
  /** The probe that watches a device, and its patience, ms. */
  readonly watcherOf: (device: WatchedDevice) => { readonly probe: Probe | undefined; readonly patienceMs: number };
  /** The probe that polls devices with a kind of credential. */
  readonly pollerOf: (credentialKind: string) => { readonly id: string; readonly probe: Probe } | undefined;
  /** Has it checked and polled as at its turn. */
  readonly pollNow: (id: string) => Promise<unknown>;
};

/** Asks devices when somebody wants to see what they say, and tells it over the bus. Another collector's are left to it. */
export function answerAsks(deps: Deps): { stop(): Promise<void> } {
  const { bus, name, log } = deps;
  const stopping = new AbortController();
  const underWay = new Map<string, Promise<PollAnswer>>();
  const telling = new Set<Promise<void>>();

  function answerOf(device: WatchedDevice): Promise<PollAnswer> {
    const running = underWay.get(device.id);
    if (running !== undefined) return running;
    const asked = inspect(device, deps, stopping.signal).finally(() => underWay.delete(device.id));
    underWay.set(device.id, asked);
    return asked;
  }

  async function tell(device: WatchedDevice, askId: string): Promise<void> {
    try {
      const answer = await answerOf(device);
      const parts = toParts(answer) ?? toParts({ ...answer, raw: [], isCut: true }) ?? [];
      for (const [part, text] of parts.entries())
        bus.send({ type: 'poll-answered', askId, collector: name, part, parts: parts.length, text });
    } catch (error) {
      log.error({ err: error, deviceId: device.id }, 'a device could not be asked for somebody');
    }
  }

  const leave = bus.hear((message) => {
    if (message.type !== 'poll-asked') return;
    const device = deps.deviceOf(message.deviceId);
    if (device === undefined || (underWay.size >= MOST_AT_ONCE && !underWay.has(device.id))) return;
    bus.send({ type: 'poll-taken', askId: message.askId, collector: name });
    const told = tell(device, message.askId).finally(() => telling.delete(told));
    telling.add(told);
  });

  return {
    async stop() {
      leave();
      stopping.abort();
      await Promise.all(telling);
    },
  };
}

async function inspect(device: WatchedDevice, deps: Deps, stopping: AbortSignal): Promise<PollAnswer> {
  const { clock, timers, name } = deps;
  const startedAt = timers.now();
  const limit = new AbortController();
  const late = new Promise<null>((resolve) => {
    limit.signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  const end = (): void => limit.abort();
  const cancel = timers.after(LIMIT_MS, end);
  stopping.addEventListener('abort', end, { once: true });
  if (stopping.aborted) end();
  const raw = createRawLog(device.credential);
  try {
    // Its samples and its state first: they stand on the same page.
    await Promise.race([deps.pollNow(device.id), late]);
    const { probe, patienceMs } = deps.watcherOf(device);
    const reached = await failing(() => probe?.reach?.(device, patienceMs, raw.hear), late);
    const poller = device.credential === null ? undefined : deps.pollerOf(device.credential.kind);
    const report =
      poller === undefined ? null : await failing(() => poller.probe.inspect?.(device, raw.hear, limit.signal), late);
    return {
      collector: name,
      at: clock(),
      tookMs: Math.round(timers.now() - startedAt),
      reach: {
        probe: device.reachability,
        roundTripMs: reached.value?.roundTripMs ?? null,
        failure: reached.failure,
        impairment: reached.value?.impairment ?? null,
      },
      poll:
        poller === undefined
          ? null
          : { probe: poller.id, failure: report?.failure ?? null, detail: report?.detail ?? null },
      device: report?.value?.device ?? null,
      readings: [...readingsOf(report?.value), ...checksOf(reached.value)].slice(0, MOST_READINGS),
      interfaces: portsOf(report?.value),
      raw: [...raw.lines],
      isCut: raw.isCut,
    };
  } finally {
    cancel();
    stopping.removeEventListener('abort', end);
  }
}

type Tried<T> = { readonly value: T | null; readonly failure: string | null; readonly detail: string | null };

/** Silence is an answer like any other; so is what takes too long. */
async function failing<T>(work: () => Promise<T> | undefined, late: Promise<null>): Promise<Tried<T>> {
  const done = (value: T | null, failure: string | null, detail: string | null = null): Tried<T> => ({
    value,
    failure,
    detail,
  });
  const asked = work();
  if (asked === undefined) return done(null, 'not-supported');
  // Nobody waits for it any more once it is late.
  asked.catch(() => {});
  try {
    const value = await Promise.race([asked, late]);
    return value === null ? done(null, 'timeout', 'limit') : done(value, null);
  } catch (error) {
    if (!(error instanceof ProbeError)) throw error;
    return done(null, error.failure, error.detail ?? null);
  }
}

const readingsOf = (report: ProbeReport | null | undefined): PollAnswer['readings'] =>
  (report?.readings ?? []).map(({ group, class: kind, index, value, unit, label }) => ({
    group,
    class: kind,
    index,
    value,
    unit,
    label,
  }));

const checksOf = (answer: ReachAnswer | null): PollAnswer['readings'] =>
  (answer?.readings ?? []).map(({ metric, instance, value }) => {
    const [group = '', ...rest] = metric.split('.');
    return { group, class: rest.join('.'), index: instance, value, unit: metricInfo(metric)?.unit ?? '', label: '' };
  });

const portsOf = (report: ProbeReport | null | undefined): PollAnswer['interfaces'] =>
  (report?.interfaces ?? []).slice(0, MOST_INTERFACES).map((port) => ({
    index: port.index,
    name: port.name,
    operStatus: port.operStatus,
    inOctets: port.inOctets,
    outOctets: port.outOctets,
    inErrors: port.inErrors,
    outErrors: port.outErrors,
  }));
