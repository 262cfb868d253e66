import { once } from 'node:events';
import type { Socket } from 'node:net';
import { ProbeError } from '../../core/domain/errors.ts';
import { type Attributes, type Reply, type Row, readReply } from './reply.ts';
import { createSentenceDecoder, REPLY_LIMITS } from './sentence-decoder.ts';
import { plain, TrapError } from './trap.ts';
import { encodeSentence } from './word.ts';

/** The rows of a command, and what its end says besides: `=ret=` of a count or of a login. */
export type Answer = { readonly rows: readonly Row[]; readonly done: Attributes };

export type RunOptions = {
  readonly timeoutMs: number;
  /** A table with more is none that a poll has reason to read. */
  readonly maxRows?: number;
  /** Characters of all rows. */
  readonly maxSize?: number;
  /** Ends a command that would run for ever: what came until then is its answer. */
  readonly until?: AbortSignal;
  /** False for the login, which old routers answer before they know of tags. */
  readonly isTagged?: boolean;
};

/** Commands and their replies on one connection, any number at a time. */
export type Exchange = {
  /**
   * @param words the command, its attributes and queries, without tag
   * @throws ProbeError `timeout`; `bad-answer` for what cannot be read or is too large; `refused` where the router ends
   *   the session, `unreachable` where the connection ends without a word; TrapError where it refuses the command
   */
  run(words: readonly string[], options: RunOptions): Promise<Answer>;
  /** Why it has ended; null while it stands. */
  readonly failure: ProbeError | null;
  /** Settles whatever is under way. */
  close(): Promise<void>;
};

const MAX_ROWS = 20_000;
const MAX_SIZE = 8 * 1024 * 1024;
/** How long a router has to end a command that was cancelled, before the connection is given up. */
const LEAST_GRACE_MS = 500;
const MOST_GRACE_MS = 5_000;
/** What a peer may send while nothing was asked. */
const MAX_UNASKED_BYTES = 64 * 1024;

type Call = {
  readonly tag: string;
  readonly options: RunOptions;
  readonly rows: Row[];
  size: number;
  trap: TrapError | null;
  /** Cancelled because the caller has enough. */
  isEnding: boolean;
  timer: NodeJS.Timeout | null;
  /** Null once the caller has his answer; the router may still be talking. */
  settle: ((result: Answer | ProbeError) => void) | null;
};

/** Takes over a connected socket, and destroys it when it ends. */
export function createExchange(socket: Socket): Exchange {
  const decoder = createSentenceDecoder(REPLY_LIMITS, (words) => {
    if (failure === null) receive(readReply(words));
  });
  /** In the order of the commands. */
  const calls = new Map<string, Call>();
  let nextTag = 1;
  let unaskedBytes = 0;
  let failure: ProbeError | null = null;
  let grace: NodeJS.Timeout | null = null;
  let isGathering = false;

  function end(reason: ProbeError): void {
    if (failure !== null) return;
    failure = reason;
    if (grace !== null) clearTimeout(grace);
    for (const call of calls.values()) finish(call, call.trap ?? reason);
    calls.clear();
    socket.destroy();
  }

  function finish(call: Call, result: Answer | ProbeError): void {
    const { settle, timer } = call;
    if (timer !== null) clearTimeout(timer);
    call.timer = null;
    call.settle = null;
    settle?.(result);
  }

  /** Commands of one moment travel together. */
  function send(words: readonly string[]): void {
    if (!isGathering) {
      isGathering = true;
      socket.cork();
      process.nextTick(() => {
        isGathering = false;
        socket.uncork();
      });
    }
    socket.write(encodeSentence(words));
  }

  function cancel(call: Call): void {
    send(['/cancel', `=tag=${call.tag}`, `.tag=cancel-${call.tag}`]);
  }

  /** The caller gets his failure now; the router is told to stop, and has a while to say that it did. */
  function giveUp(call: Call, reason: ProbeError): void {
    finish(call, call.trap ?? reason);
    if (call.options.isTagged === false) {
      end(reason);
      return;
    }
    cancel(call);
    const patience = Math.min(MOST_GRACE_MS, Math.max(LEAST_GRACE_MS, call.options.timeoutMs));
    grace ??= setTimeout(() => {
      grace = null;
      if ([...calls.values()].some(({ settle }) => settle === null)) end(reason);
    }, patience);
  }

  function receive(reply: Reply): void {
    if (reply.kind === 'fatal') {
      const said = plain(reply.bare.join(' ') || (reply.attributes.get('message') ?? ''));
      end(new ProbeError('refused', `the router ends the session: ${said}`, { detail: 'fatal' }));
      return;
    }
    // A reply without a tag can only belong to what was asked first.
    const call = reply.tag === null ? calls.values().next().value : calls.get(reply.tag);
    if (call === undefined) return;
    // An empty table, or what a newer RouterOS has to add, says nothing: the end of the command follows.
    if (reply.kind === 're') keep(call, reply);
    else if (reply.kind === 'trap') call.trap ??= new TrapError(reply.attributes);
    else if (reply.kind === 'done') {
      const { trap, rows, isEnding } = call;
      const isError = trap !== null && !(isEnding && trap.category === 'interrupted');
      calls.delete(call.tag);
      finish(call, isError ? trap : { rows, done: reply.attributes });
    }
  }

  function keep(call: Call, { attributes, size }: Reply): void {
    if (call.settle === null) return;
    const { maxRows = MAX_ROWS, maxSize = MAX_SIZE } = call.options;
    call.size += size;
    if (call.rows.length >= maxRows || call.size > maxSize)
      giveUp(call, new ProbeError('bad-answer', 'a table without end', { detail: 'oversized' }));
    else call.rows.push(attributes);
  }

  socket.on('data', (chunk: Buffer) => {
    try {
      if (calls.size === 0) unaskedBytes += chunk.length;
      if (unaskedBytes > MAX_UNASKED_BYTES)
        throw new ProbeError('bad-answer', 'the peer talks unasked', { detail: 'unasked' });
      decoder.push(chunk);
    } catch (error) {
      end(
        error instanceof ProbeError
          ? error
          : new ProbeError('bad-answer', 'the answer cannot be read', { cause: error, detail: 'unreadable' }),
      );
    }
  });
  socket.on('error', (cause) => end(closedBy(cause)));
  socket.on('close', () => end(closedBy(undefined)));
  if (socket.destroyed) end(closedBy(undefined));

  return {
    get failure() {
      return failure;
    },
    run(words, options) {
      if (failure !== null) return Promise.reject(failure);
      const { timeoutMs, until, isTagged = true } = options;
      const tag = String(nextTag++);
      unaskedBytes = 0;
      return new Promise<Answer>((resolve, reject) => {
        const stop = (): void => {
          call.isEnding = true;
          cancel(call);
        };
        const call: Call = {
          tag,
          options,
          rows: [],
          size: 0,
          trap: null,
          isEnding: false,
          timer: null,
          settle(result) {
            until?.removeEventListener('abort', stop);
            if (result instanceof ProbeError) reject(result);
            else resolve(result);
          },
        };
        call.timer = setTimeout(
          () => giveUp(call, new ProbeError('timeout', `no answer within ${timeoutMs} ms`)),
          timeoutMs,
        );
        calls.set(tag, call);
        send(isTagged ? [...words, `.tag=${tag}`] : words);
        if (until?.aborted === true) stop();
        else until?.addEventListener('abort', stop, { once: true });
      });
    },
    async close() {
      const closed = socket.closed ? null : once(socket, 'close');
      end(new ProbeError('unreachable', 'the connection was closed here', { detail: 'closed' }));
      await closed;
    },
  };
}

const closedBy = (cause: unknown): ProbeError =>
  new ProbeError('unreachable', 'the router closed the connection', { cause, detail: 'closed' });
