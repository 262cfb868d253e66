import { afterEach, describe, expect, test } from 'vitest';
import { openConnection } from '../../../collector/routeros/connection.ts';
import type { Exchange } from '../../../collector/routeros/exchange.ts';
import type { Row } from '../../../collector/routeros/reply.ts';
import { Secret } from '../../../core/config/secret.ts';
import {
  byteByByte,
  type Cutting,
  cutAtRandom,
  type FakeRouter,
  type RouterEnd,
  startFakeRouter,
  whole,
} from '../../support/fake-router.ts';
import { seededRandom } from '../../support/random.ts';
import { corpusLines, hasCorpus } from '../../support/routeros-corpus.ts';

type Step = { readonly from: 'client' | 'router'; readonly words?: string[]; readonly close?: true };
type Dialogue = {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly expect: {
    readonly ok?: true;
    readonly error?: 'auth' | 'trap' | 'fatal' | 'closed';
    readonly message?: string;
    readonly category?: number;
    readonly rows?: readonly Record<string, string>[];
    readonly byTag?: Readonly<Record<string, unknown>>;
  };
};

const dialogues = corpusLines<Dialogue>('dialogues.jsonl');
const CUTTINGS: readonly (readonly [string, () => Cutting])[] = [
  ['whole', () => whole],
  ['byte by byte', () => byteByByte],
  ['cut anywhere', () => cutAtRandom(seededRandom(3))],
];
/** What a client is told where a dialogue ends badly. */
const FAILURES = {
  auth: { failure: 'auth', detail: 'login' },
  trap: { failure: 'bad-answer', detail: 'trap' },
  fatal: { failure: 'refused', detail: 'fatal' },
  closed: { failure: 'unreachable', detail: 'closed' },
} as const;
const CATEGORIES = ['missing-item', 'argument-value', 'interrupted'];

let router: FakeRouter | null = null;
let connection: Exchange | null = null;
afterEach(async () => {
  await connection?.close();
  await router?.stop();
  router = null;
  connection = null;
});

const tagIn = (words: readonly string[]): string | undefined =>
  words.find((word) => word.startsWith('.tag='))?.slice(5);
const withoutTag = (words: readonly string[]): string[] => words.filter((word) => !word.startsWith('.tag='));

/** Plays the router's part; its tags become those that the client chose. */
async function play(end: RouterEnd, steps: readonly Step[]): Promise<void> {
  const tags = new Map<string, string>();
  for (const { from, words = [], close } of steps) {
    if (close === true) end.socket.end();
    else if (from === 'client') {
      const heard = await end.heard();
      const expected = words.map((word) => (word.startsWith('=tag=') ? `=tag=${tags.get(word.slice(5))}` : word));
      if (words[0] !== '/login') expect(withoutTag(heard)).toEqual(withoutTag(expected));
      const [ours, theirs] = [tagIn(heard), tagIn(words)];
      if (ours !== undefined && theirs !== undefined) tags.set(theirs, ours);
    } else await end.say(words.map((word) => (word.startsWith('.tag=') ? `.tag=${tags.get(word.slice(5))}` : word)));
  }
}

async function open(user: string, password: string, port: number): Promise<Exchange> {
  const target = { address: '127.0.0.1', host: '127.0.0.1', port, user, password: new Secret(password) };
  return await openConnection({ ...target, tls: 'off', ca: null }, 5_000);
}

const plainRow = (row: Row): Record<string, string> => Object.fromEntries(row);

describe.skipIf(!hasCorpus).each(CUTTINGS)('answers that come %s', (_how, cutting) => {
  const logins = dialogues.filter(({ steps }) => steps[0]?.words?.[0] === '/login');
  test.each(logins)('$name', async ({ steps, expect: expected }) => {
    const sent = steps.findLast(({ from }) => from === 'client')?.words ?? [];
    const sentOf = (key: string): string => sent.find((word) => word.startsWith(key))?.slice(key.length) ?? '';
    router = await startFakeRouter((end) => play(end, steps), { cutting: cutting() });

    const opening = open(sentOf('=name='), sentOf('=password='), router.port);

    if (expected.error === undefined) {
      connection = await opening;
      expect(connection.failure).toBeNull();
    } else {
      const message = expect.stringContaining(expected.message ?? '');
      await expect(opening).rejects.toMatchObject({ ...FAILURES[expected.error], message });
    }
  });

  const commands = dialogues.filter((dialogue) => !logins.includes(dialogue));
  test.each(commands)('$name', async ({ steps, expect: expected }) => {
    router = await startFakeRouter(
      async (end) => {
        await end.admit();
        await play(end, steps);
      },
      { cutting: cutting() },
    );
    const opened = await open('noc', 'secret', router.port);
    connection = opened;
    const asked = steps.filter(({ from, words = [] }) => from === 'client' && words[0] !== '/cancel');
    const enough = new AbortController();

    const answers = asked.map(({ words = [] }, at) =>
      opened.run(withoutTag(words), { timeoutMs: 5_000, ...(at === 0 ? { until: enough.signal } : {}) }),
    );

    if (expected.byTag !== undefined) {
      const rows: Record<string, Record<string, string>[]> = {};
      for (const [at, { words = [] }] of [...asked.entries()].reverse()) {
        const answer = await answers[at];
        rows[tagIn(words) ?? ''] = (answer?.rows ?? []).map(plainRow);
        if (at === 1 && steps.some(({ words: said }) => said?.[0] === '/cancel')) enough.abort();
      }
      for (const [tag, wanted] of Object.entries(expected.byTag))
        if (rows[tag] !== undefined)
          expect(rows[tag]).toEqual(
            typeof wanted === 'string' ? [expect.objectContaining({ name: 'ether1' })] : wanted,
          );
    } else if (expected.error === undefined) {
      expect((await answers[0])?.rows.map(plainRow)).toEqual(expected.rows);
    } else {
      const message = expect.stringContaining(expected.message ?? '');
      const category = expected.category === undefined ? {} : { category: CATEGORIES[expected.category] };
      await expect(answers[0]).rejects.toMatchObject({
        ...FAILURES[expected.error],
        ...category,
        ...(expected.message === undefined ? {} : { message }),
      });
    }
  });
});
