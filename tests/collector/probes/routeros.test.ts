import { afterEach, describe, expect, test } from 'vitest';
import type { WatchedDevice } from '../../../collector/pipeline/watched-device.ts';
import { open } from '../../../collector/probes/routeros.ts';
import { Secret } from '../../../core/config/secret.ts';
import { startRouterAgent } from '../../../provisioning/lab/agents/routeros/agent.ts';
import { startFakeRouter } from '../../support/fake-router.ts';
import { freePort } from '../../support/port.ts';
import { probeTools, watchedDevice } from '../../support/probe-tools.ts';
import { BARE, routerOf } from '../../support/router-agent.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

let now = 1_800_000_000_000;
function openProbe(): ReturnType<typeof open> {
  const probe = open(probeTools({ clock: () => now }));
  stops.push(probe.close);
  return probe;
}

const device = (port: number, password = 'rahasia-desa'): WatchedDevice =>
  watchedDevice({
    host: '127.0.0.1',
    reachability: 'routeros',
    credential: {
      id: 'c1',
      name: 'routers',
      kind: 'routeros',
      settings: { user: 'noc', password: new Secret(password), tls: 'off', port },
    },
  });

async function startRouter(port = 0) {
  const agent = await startRouterAgent(routerOf(BARE), { port, clock: () => now });
  stops.push(agent.close);
  return agent;
}

describe('whether a router lives', () => {
  test('shows on one connection; the first answer holds no time, because it holds the login', async () => {
    const agent = await startRouter();
    const probe = openProbe();

    const first = await probe.reach(device(agent.port), 5_000);
    const second = await probe.reach(device(agent.port), 5_000);

    expect(first.roundTripMs).toBeNull();
    expect(second.roundTripMs).toBeGreaterThan(0);
    expect(agent.connections).toBe(1);
  });

  test('shows by its refusing a login, which is not tried each time', async () => {
    let logins = 0;
    let refuses = true;
    const router = await startFakeRouter(async (end) => {
      await end.heard();
      logins++;
      if (refuses) await end.say(['!trap', '=message=invalid user name or password (6)'], ['!done']);
    });
    stops.push(router.stop);
    const probe = openProbe();

    const first = await probe.reach(device(router.port, 'wrong'), 5_000);
    refuses = false;
    const second = await probe.reach(device(router.port, 'wrong'), 5_000);

    expect([first, second]).toEqual([{ roundTripMs: null }, { roundTripMs: null }]);
    expect(logins).toBe(1);
  });

  test('a router with a wrong login that dies is seen to be dead', async () => {
    const agent = await startRouter();
    const probe = openProbe();
    await probe.reach(device(agent.port, 'wrong'), 5_000);
    await agent.close();

    await expect(probe.reach(device(agent.port, 'wrong'), 5_000)).rejects.toMatchObject({ failure: 'refused' });
  });

  test('one that loses its power is missed at once, and found when it is back', async () => {
    const agent = await startRouter();
    const probe = openProbe();
    await probe.reach(device(agent.port), 5_000);

    await agent.close();
    await expect(probe.reach(device(agent.port), 5_000)).rejects.toMatchObject({ failure: 'refused' });
    await startRouter(agent.port);
    now += 1_000;

    await expect(probe.reach(device(agent.port), 5_000)).resolves.toBeDefined();
  });

  test('a closed port, and a device without a credential', async () => {
    const probe = openProbe();

    await expect(probe.reach(device(await freePort()), 5_000)).rejects.toMatchObject({ failure: 'refused' });
    await expect(probe.reach(watchedDevice({ credential: null }), 50)).rejects.toMatchObject({
      failure: 'not-supported',
    });
  });
});

test('a poll shares the connection with the question whether it lives', async () => {
  const agent = await startRouter();
  const probe = openProbe();

  const [, round] = await Promise.all([probe.reach(device(agent.port), 5_000), probe.poll(device(agent.port))]);

  expect(round.identity).toMatchObject({ model: 'cAP ac' });
  expect(round.interfaces).toHaveLength(2);
  expect(agent.connections).toBe(1);
});

test('a device that is forgotten leaves no connection', async () => {
  const agent = await startRouter();
  const probe = openProbe();
  await probe.reach(device(agent.port), 5_000);

  probe.forget(watchedDevice({}).id);

  await expect.poll(() => agent.connections).toBe(0);
});
