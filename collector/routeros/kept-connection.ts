import type { Clock } from '../../core/domain/clock.ts';
import { ProbeError } from '../../core/domain/errors.ts';
import { openConnection } from './connection.ts';
import type { Answer, Exchange, RunOptions } from './exchange.ts';
import type { RouterOsTarget } from './target.ts';
import { TrapError } from './trap.ts';

/** Runs commands; what `KeptConnection` and the readings have in common. */
export type Run = (words: readonly string[], options: RunOptions) => Promise<Answer>;

/** One connection to a router, opened when first needed and again when it is lost. */
export type KeptConnection = {
  /**
   * The time limit holds for connecting, signing in and the command together. While a failed attempt is too fresh to be
   * repeated, its failure comes back at once.
   * @throws ProbeError as `openConnection` and `Exchange.run`
   */
  readonly run: Run;
  readonly isOpen: boolean;
  /** What the last attempt to connect ended with, while that is too fresh for another. */
  readonly resting: ProbeError | null;
  /** Settles whatever is under way; nothing can be asked after it. */
  close(): Promise<void>;
};

/** A line that is down is tried often, so that its return is seen soon. */
const LINE_REST_MS = { first: 1_000, most: 5_000 };
/** Each wrong password stands in the router's log. */
const LOGIN_REST_MS = { first: 60_000, most: 600_000 };

export type KeptConnectionOptions = {
  readonly clock: Clock;
  readonly open?: (target: RouterOsTarget, timeoutMs: number, signal: AbortSignal) => Promise<Exchange>;
};

export function keepConnection(target: RouterOsTarget, options: KeptConnectionOptions): KeptConnection {
  const { clock, open = openConnection } = options;
  const closing = new AbortController();
  let exchange: Exchange | null = null;
  let opening: Promise<Exchange> | null = null;
  let failures = 0;
  let rest: { readonly failure: ProbeError; readonly until: number } | null = null;

  const resting = (): ProbeError | null => (rest !== null && clock() < rest.until ? rest.failure : null);

  async function connect(timeoutMs: number): Promise<Exchange> {
    try {
      const opened = await open(target, timeoutMs, closing.signal);
      if (closing.signal.aborted) {
        await opened.close();
        throw closedError();
      }
      rest = null;
      exchange = opened;
      return opened;
    } catch (error) {
      if (error instanceof ProbeError) noteFailure(error);
      throw error;
    } finally {
      opening = null;
    }
  }

  function noteFailure(failure: ProbeError): void {
    const { first, most } = failure.failure === 'auth' ? LOGIN_REST_MS : LINE_REST_MS;
    rest = { failure, until: clock() + Math.min(most, first * 2 ** Math.min(failures, 20)) };
    failures++;
  }

  /** The connection, and whether it was there before. */
  async function connected(timeoutMs: number): Promise<{ readonly exchange: Exchange; readonly isFresh: boolean }> {
    if (exchange !== null && exchange.failure === null) return { exchange, isFresh: false };
    exchange = null;
    const failure = resting();
    if (failure !== null) throw failure;
    opening ??= connect(timeoutMs);
    return { exchange: await within(opening, timeoutMs), isFresh: true };
  }

  async function run(words: readonly string[], runOptions: RunOptions): Promise<Answer> {
    if (closing.signal.aborted) throw closedError();
    const until = performance.now() + runOptions.timeoutMs;
    const left = (): RunOptions => ({ ...runOptions, timeoutMs: Math.max(1, Math.ceil(until - performance.now())) });
    const { exchange: used, isFresh } = await connected(runOptions.timeoutMs);
    try {
      const answer = await used.run(words, left());
      failures = 0;
      return answer;
    } catch (error) {
      if (error instanceof TrapError) failures = 0;
      else if (isFresh && used.failure !== null && exchange === used) {
        exchange = null;
        noteFailure(used.failure);
      }
      // A router that started again, or dropped an idle line, says so only when it is asked again.
      const isStale = !isFresh && error instanceof ProbeError && error.detail === 'closed';
      if (!isStale || closing.signal.aborted) throw error;
      const { exchange: anew } = await connected(left().timeoutMs);
      return await anew.run(words, left());
    }
  }

  return {
    run,
    get isOpen() {
      return exchange !== null && exchange.failure === null;
    },
    get resting() {
      return resting();
    },
    async close() {
      closing.abort();
      await opening?.catch(() => {});
      await exchange?.close();
    },
  };
}

const closedError = (): ProbeError =>
  new ProbeError('unreachable', 'the connection was closed here', { detail: 'closed' });

/** Another caller may have begun to connect with more patience than this one has. */
async function within<Result>(promise: Promise<Result>, timeoutMs: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ProbeError('timeout', `no connection within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
