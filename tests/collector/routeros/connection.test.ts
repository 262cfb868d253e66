import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { openConnection } from '../../../collector/routeros/connection.ts';
import type { Exchange } from '../../../collector/routeros/exchange.ts';
import type { RouterOsTarget } from '../../../collector/routeros/target.ts';
import { encodeSentence } from '../../../collector/routeros/word.ts';
import { Secret } from '../../../core/config/secret.ts';
import { ProbeError } from '../../../core/domain/errors.ts';
import { type FakeRouter, type RouterEnd, startFakeRouter, tagOf } from '../../support/fake-router.ts';
import { leftovers, untilNothingIsLeft } from '../../support/leftovers.ts';
import { freePort } from '../../support/port.ts';
import { mutate, seededRandom } from '../../support/random.ts';

const PASSWORD = 'rahasia-desa';
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const targetAt = (port: number): RouterOsTarget => ({
  address: '127.0.0.1',
  host: '127.0.0.1',
  port,
  user: 'noc',
  password: new Secret(PASSWORD),
  tls: 'off',
  ca: null,
});

async function router(script: (end: RouterEnd) => Promise<void>): Promise<FakeRouter> {
  const started = await startFakeRouter(script);
  stops.push(started.stop);
  return started;
}

/** A router that signs the client in, and what is said to it then. */
async function signedIn(
  script: (end: RouterEnd) => Promise<void>,
): Promise<{ router: FakeRouter; connection: Exchange }> {
  const started = await router(async (end) => {
    await end.admit();
    await script(end);
  });
  const connection = await openConnection(targetAt(started.port), 5_000);
  stops.push(connection.close);
  return { router: started, connection };
}

/** How a promise failed; nothing of a failure may tell the password. */
async function failureOf(promise: Promise<unknown>): Promise<ProbeError> {
  const error = await promise.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProbeError)) throw error;
  expect(JSON.stringify([error.message, error.detail, error.stack, String(error.cause)])).not.toContain(PASSWORD);
  return error;
}

describe('signing in', () => {
  test('sends the password once, and not again to a router that sent a challenge', async () => {
    const heard: (readonly string[])[] = [];
    const { port } = await router(async (end) => {
      heard.push(await end.heard());
      await end.say(['!done', '=ret=259e0bc05acd6f46926dc2f809ed1bba']);
      heard.push(await end.heard());
      await end.say(['!done']);
    });

    const connection = await openConnection(targetAt(port), 5_000);
    stops.push(connection.close);

    expect(heard[0]).toEqual(['/login', '=name=noc', `=password=${PASSWORD}`]);
    expect(heard[1]).toEqual(['/login', '=name=noc', expect.stringMatching(/^=response=00[0-9a-f]{32}$/)]);
  });

  test.each([
    ['a wrong password', ['!trap', '=message=invalid user name or password (6)'], { failure: 'auth', detail: 'login' }],
    ['an older word for it', ['!trap', '=message=cannot log in'], { failure: 'auth', detail: 'login' }],
    ['a challenge that is none', ['!done', '=ret=xyz'], { failure: 'bad-answer', detail: 'challenge' }],
  ])('%s is a typed failure, and the line is closed', async (_what, words, expected) => {
    const started = await router(async (end) => {
      await end.heard();
      await end.say(words, ['!done']);
    });

    const failure = await failureOf(openConnection(targetAt(started.port), 5_000));

    expect(failure).toMatchObject(expected);
    await started.allGone();
  });

  test.each([
    ['says nothing', async () => {}, { failure: 'timeout' }],
    [
      'says half an answer',
      (end: RouterEnd) => end.raw(encodeSentence(['!done']).subarray(0, 4)),
      { failure: 'timeout' },
    ],
    ['closes at once', async (end: RouterEnd) => void end.socket.end(), { failure: 'unreachable', detail: 'closed' }],
    [
      'resets the line',
      async (end: RouterEnd) => void end.socket.resetAndDestroy(),
      { failure: 'unreachable', detail: 'closed' },
    ],
    [
      'speaks HTTP',
      (end: RouterEnd) => end.raw(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')),
      { failure: 'bad-answer', detail: 'wrong-protocol' },
    ],
    [
      'speaks nonsense',
      (end: RouterEnd) => end.raw(Buffer.from('ff00ff00', 'hex')),
      { failure: 'bad-answer', detail: 'reserved-length' },
    ],
    [
      'never ends its sentence',
      async (end: RouterEnd) => {
        while (!end.socket.destroyed)
          await end.raw(encodeSentence(['!re', `=x=${'y'.repeat(60_000)}`]).subarray(0, -1));
      },
      { failure: 'bad-answer', detail: 'oversized' },
    ],
  ])('a peer that %s', async (_what, script, expected) => {
    const started = await router(script);

    const failure = await failureOf(openConnection(targetAt(started.port), 250));

    expect(failure).toMatchObject(expected);
    await started.allGone();
    expect(started.standing).toBe(0);
  });

  test('a closed port is refused', async () => {
    const port = await freePort();

    expect(await failureOf(openConnection(targetAt(port), 5_000))).toMatchObject({ failure: 'refused' });
  });

  test('ends at once when it is called off', async () => {
    const started = await router(async () => {});
    const off = new AbortController();
    const opening = failureOf(openConnection(targetAt(started.port), 60_000, off.signal));

    off.abort();

    expect(await opening).toMatchObject({ failure: 'unreachable', detail: 'closed' });
  });
});

describe('commands', () => {
  test('a reply without a tag belongs to what was asked first', async () => {
    const { connection } = await signedIn(async (end) => {
      await end.heard();
      const second = await end.heard();
      await end.say(
        ['!re', '=name=second', ...tagOf(second)],
        ['!re', '=name=first'],
        ['!done'],
        ['!done', ...tagOf(second)],
      );
    });

    const [first, second] = await Promise.all(
      ['/a/print', '/b/print'].map((command) => connection.run([command], { timeoutMs: 5_000 })),
    );

    expect([first?.rows[0]?.get('name'), second?.rows[0]?.get('name')]).toEqual(['first', 'second']);
  });

  test('replies and tags that nobody waits for are passed over', async () => {
    const { connection } = await signedIn(async (end) => {
      const tag = tagOf(await end.heard());
      await end.say(
        ['!re', '=a=b', '.tag=999'],
        ['!news', '=from=9.0', ...tag],
        ['!empty', ...tag],
        ['!done', '.tag=999'],
        ['!done', ...tag],
      );
    });

    expect((await connection.run(['/a/print'], { timeoutMs: 5_000 })).rows).toEqual([]);
  });

  test('one that takes too long is cancelled; the others and the line live on', async () => {
    const heard: string[] = [];
    const { connection } = await signedIn(async (end) => {
      const slow = tagOf(await end.heard());
      const cancel = await end.heard();
      heard.push(cancel[0] ?? '', cancel[1] ?? '');
      await end.say(
        ['!trap', '=category=2', '=message=interrupted', ...slow],
        ['!done', ...tagOf(cancel)],
        ['!done', ...slow],
      );
      const next = tagOf(await end.heard());
      await end.say(['!re', '=name=here', ...next], ['!done', ...next]);
    });

    const failure = await failureOf(connection.run(['/slow/print'], { timeoutMs: 50 }));
    const answer = await connection.run(['/next/print'], { timeoutMs: 5_000 });

    expect(failure).toMatchObject({ failure: 'timeout' });
    expect(heard).toEqual(['/cancel', '=tag=2']);
    expect(answer.rows[0]?.get('name')).toBe('here');
  });

  test('a router that does not even end what was cancelled is given up, and everything under way settles', async () => {
    const { router: started, connection } = await signedIn(async () => {});

    const failures = await Promise.all([
      failureOf(connection.run(['/a/print'], { timeoutMs: 30 })),
      failureOf(connection.run(['/b/print'], { timeoutMs: 60_000 })),
    ]);

    expect(failures.map(({ failure }) => failure)).toEqual(['timeout', 'timeout']);
    await started.allGone();
    expect(await failureOf(connection.run(['/c/print'], { timeoutMs: 60_000 }))).toMatchObject({ failure: 'timeout' });
  });

  test('a trap comes back even where its end does not', async () => {
    const { connection } = await signedIn(async (end) => {
      const tag = tagOf(await end.heard());
      await end.say(['!trap', '=category=0', '=message=no such command prefix', ...tag]);
    });

    expect(await failureOf(connection.run(['/a/print'], { timeoutMs: 50 }))).toMatchObject({
      category: 'missing-item',
      isMissingMenu: true,
    });
  });

  test('rows without end stop at the limit', async () => {
    const { router: started, connection } = await signedIn(async (end) => {
      const tag = tagOf(await end.heard());
      while (!end.socket.destroyed) await end.say(['!re', '=a=b', ...tag]);
    });

    const failure = await failureOf(connection.run(['/a/print'], { timeoutMs: 60_000, maxRows: 100 }));

    expect(failure).toMatchObject({ failure: 'bad-answer', detail: 'oversized' });
    await connection.close();
    await started.allGone();
  });

  test('a peer that talks unasked for ever is given up', async () => {
    const { router: started } = await signedIn(async (end) => {
      while (!end.socket.destroyed) await end.say(['!re', `=a=${'b'.repeat(1_000)}`, '.tag=7']);
    });

    await started.allGone();

    expect(started.standing).toBe(0);
  });

  test.each([
    ['closes', async (end: RouterEnd) => void end.socket.end(), { failure: 'unreachable', detail: 'closed' }],
    [
      'resets',
      async (end: RouterEnd) => void end.socket.resetAndDestroy(),
      { failure: 'unreachable', detail: 'closed' },
    ],
    [
      'ends the session',
      (end: RouterEnd) => end.say(['!fatal', 'router is rebooting']),
      { failure: 'refused', detail: 'fatal' },
    ],
    [
      'goes mad',
      (end: RouterEnd) => end.raw(Buffer.from('fff8', 'hex')),
      { failure: 'bad-answer', detail: 'reserved-length' },
    ],
  ])('a router that %s in the middle settles every command', async (_what, act, expected) => {
    const { router: started, connection } = await signedIn(async (end) => {
      const tag = tagOf(await end.heard());
      await end.heard();
      await end.say(['!re', '=a=b', ...tag]);
      await act(end);
    });

    const failures = await Promise.all(
      ['/a/print', '/b/print'].map((command) => failureOf(connection.run([command], { timeoutMs: 60_000 }))),
    );

    expect(failures).toEqual([expect.objectContaining(expected), expect.objectContaining(expected)]);
    await started.allGone();
  });

  test('closing settles what is under way, and twice is once', async () => {
    const { router: started, connection } = await signedIn(async () => {});
    const asked = failureOf(connection.run(['/a/print'], { timeoutMs: 60_000 }));

    await Promise.all([connection.close(), connection.close()]);

    expect(await asked).toMatchObject({ failure: 'unreachable', detail: 'closed' });
    await started.allGone();
  });
});

describe('leaks', () => {
  test('nothing of 200 bad connections stays behind', async () => {
    const random = seededRandom(200);
    const answer = Buffer.concat([
      encodeSentence(['!done']),
      encodeSentence(['!re', '=a=b', '.tag=2']),
      encodeSentence(['!done', '.tag=2']),
    ]);
    const before = leftovers();
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', () => {});
      socket.end(mutate(answer, random));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;

    for (let round = 0; round < 200; round++) {
      const connection = await openConnection(targetAt(port), 60_000).catch((error: unknown) => {
        if (!(error instanceof ProbeError)) throw error;
        return null;
      });
      await connection?.run(['/a/print'], { timeoutMs: 60_000 }).catch((error: unknown) => {
        if (!(error instanceof ProbeError)) throw error;
      });
      await connection?.close();
    }
    server.close();
    await once(server, 'close');

    expect(await untilNothingIsLeft(before)).toEqual([]);
  });
});
