import { afterEach, describe, expect, test } from 'vitest';
import { createConnections } from '../../../collector/routeros/connections.ts';
import { type KeptConnection, keepConnection } from '../../../collector/routeros/kept-connection.ts';
import type { RouterOsTarget } from '../../../collector/routeros/target.ts';
import { Secret } from '../../../core/config/secret.ts';
import { type FakeRouter, type RouterEnd, startFakeRouter, tagOf } from '../../support/fake-router.ts';
import { freePort } from '../../support/port.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const target = (port: number, password = 'secret'): RouterOsTarget => ({
  address: '127.0.0.1',
  host: '127.0.0.1',
  port,
  user: 'noc',
  password: new Secret(password),
  tls: 'off',
  ca: null,
});

let now = 0;
function keep(port: number): KeptConnection {
  const kept = keepConnection(target(port), { clock: () => now });
  stops.push(kept.close);
  return kept;
}

async function router(script: (end: RouterEnd) => Promise<void>, port = 0): Promise<FakeRouter> {
  const started = await startFakeRouter(script, { port });
  stops.push(started.stop);
  return started;
}

const COMMAND = ['/system/identity/print'];
const OPTIONS = { timeoutMs: 5_000 };

async function serve(end: RouterEnd, most = Number.POSITIVE_INFINITY): Promise<void> {
  await end.admit();
  for (let answers = 0; answers < most; answers++) {
    const tag = tagOf(await end.heard());
    await end.say(['!re', '=name=bukit-1', ...tag], ['!done', ...tag]);
  }
  end.socket.destroy();
}

test('one connection carries every command, however many ask for it at once', async () => {
  const started = await router(serve);
  const kept = keep(started.port);

  await Promise.all(Array.from({ length: 10 }, () => kept.run(COMMAND, OPTIONS)));
  await kept.run(COMMAND, OPTIONS);

  expect(started.made).toBe(1);
  expect(kept.isOpen).toBe(true);
});

test('a router that started again meanwhile is asked anew, and nobody notices', async () => {
  const started = await router((end) => serve(end, 1));
  const kept = keep(started.port);

  const names = [];
  for (let round = 0; round < 3; round++) {
    const { rows } = await kept.run(COMMAND, OPTIONS);
    names.push(rows[0]?.get('name'));
  }

  expect(names).toEqual(['bukit-1', 'bukit-1', 'bukit-1']);
  expect(started.made).toBe(3);
});

test('a router that closes at each command is not asked for ever', async () => {
  const started = await router(async (end) => {
    await end.admit();
    await end.heard();
    end.socket.destroy();
  });
  const kept = keep(started.port);

  await expect(kept.run(COMMAND, OPTIONS)).rejects.toMatchObject({ detail: 'closed' });
  await expect(kept.run(COMMAND, OPTIONS)).rejects.toMatchObject({ detail: 'closed' });

  expect(started.made).toBe(1);
});

describe('after a failure', () => {
  test('the line is tried again after a second, then more and more seldom, but each five seconds at least', async () => {
    const port = await freePort();
    const kept = keep(port);
    const rests: number[] = [];

    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(kept.run(COMMAND, OPTIONS)).rejects.toMatchObject({ failure: 'refused' });
      const since = now;
      while (kept.resting !== null) now += 100;
      rests.push(now - since);
    }

    expect(rests).toEqual([1_000, 2_000, 4_000, 5_000, 5_000]);
  });

  test('a wrong password is not sent again for a minute', async () => {
    let logins = 0;
    const started = await router(async (end) => {
      await end.heard();
      logins++;
      await end.say(['!trap', '=message=invalid user name or password (6)'], ['!done']);
    });
    const kept = keep(started.port);

    await expect(kept.run(COMMAND, OPTIONS)).rejects.toMatchObject({ failure: 'auth' });
    now += 59_000;
    await expect(kept.run(COMMAND, OPTIONS)).rejects.toMatchObject({ failure: 'auth' });
    expect(logins).toBe(1);

    now += 2_000;
    await expect(kept.run(COMMAND, OPTIONS)).rejects.toMatchObject({ failure: 'auth' });
    expect(logins).toBe(2);
  });

  test('a router that is back is found at the next attempt', async () => {
    const port = await freePort();
    const kept = keep(port);
    await expect(kept.run(COMMAND, OPTIONS)).rejects.toMatchObject({ failure: 'refused' });
    await router(serve, port);

    now += 1_000;
    const { rows } = await kept.run(COMMAND, OPTIONS);

    expect(rows).toHaveLength(1);
    expect(kept.resting).toBeNull();
  });
});

test('who has less patience than the one who began to connect does not wait for him', async () => {
  const started = await router(async () => {});
  const kept = keep(started.port);
  const patient = kept.run(COMMAND, { timeoutMs: 60_000 }).catch((error: unknown) => error);

  await expect(kept.run(COMMAND, { timeoutMs: 30 })).rejects.toMatchObject({ failure: 'timeout' });

  await kept.close();
  expect(await patient).toMatchObject({ failure: 'unreachable' });
});

test('nothing can be asked after closing', async () => {
  const started = await router(serve);
  const kept = keep(started.port);
  await kept.run(COMMAND, OPTIONS);

  await kept.close();

  await expect(kept.run(COMMAND, OPTIONS)).rejects.toMatchObject({ failure: 'unreachable' });
  await started.allGone();
});

describe('the connections of all devices', () => {
  test('a device keeps its own until its credential changes or it is forgotten', async () => {
    const started = await router(serve);
    const connections = createConnections(() => now);
    stops.push(connections.close);

    const first = connections.of('a', target(started.port));
    const again = connections.of('a', target(started.port));
    const changed = connections.of('a', target(started.port, 'another'));
    connections.of('b', target(started.port));
    connections.forget('b');

    expect(again).toBe(first);
    expect(changed).not.toBe(first);
    await expect(first.run(COMMAND, OPTIONS)).rejects.toMatchObject({ failure: 'unreachable' });
    expect(connections.size).toBe(1);
  });

  test('closing leaves none behind', async () => {
    const started = await router(serve);
    const connections = createConnections(() => now);
    const ids = Array.from({ length: 20 }, (_, n) => `device-${n}`);
    await Promise.all(ids.map((id) => connections.of(id, target(started.port)).run(COMMAND, OPTIONS)));
    expect(started.standing).toBe(20);

    await connections.close();

    await started.allGone();
    expect(started.standing).toBe(0);
  });
});
