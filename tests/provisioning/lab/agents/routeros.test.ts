import { once } from 'node:events';
import { connect } from 'node:net';
import { RouterOSAPI } from 'node-routeros';
import { afterEach, describe, expect, test } from 'vitest';
import { keepConnection } from '../../../../collector/routeros/kept-connection.ts';
import { encodeSentence } from '../../../../collector/routeros/word.ts';
import { Secret } from '../../../../core/config/secret.ts';
import { deviceState } from '../../../../provisioning/lab/agents/device-state.ts';
import { type RouterAgent, startRouterAgent } from '../../../../provisioning/lab/agents/routeros/agent.ts';
import {
  LAB_ROUTEROS_PASSWORD,
  LAB_ROUTEROS_USER,
  labRouter,
} from '../../../../provisioning/lab/agents/routeros/lab-router.ts';
import { durationText } from '../../../../provisioning/lab/agents/routeros/menus/menu.ts';
import type { RouterModel } from '../../../../provisioning/lab/agents/routeros/model.ts';
import { routerSession } from '../../../../provisioning/lab/agents/routeros/session.ts';
import { labNetwork } from '../../../../provisioning/lab/network.ts';
import { mutate, seededRandom } from '../../../support/random.ts';
import { identifyOnce, routerOf } from '../../../support/router-agent.ts';

const NOW = Date.parse('2026-11-22T12:30:00Z');
const life = { bootAt: NOW - 100_000_000, cuts: [] };
const { devices } = labNetwork();
const deviceOf = (hardware: string) => {
  const device = devices.find((one) => one.hardware === hardware);
  if (device === undefined) throw new Error(`the lab has no ${hardware}`);
  return device;
};
const modelOf = (hardware: string): RouterModel => labRouter(deviceState(deviceOf(hardware), life, () => NOW));

let agent: RouterAgent | null = null;
afterEach(() => agent?.close());

const TABLES = {
  '/interface': [
    { '.id': '*1', name: 'ether1', type: 'ether', running: 'true', 'name.oid': '.1.3.6.1.2.1.2.2.1.2.1' },
    { '.id': '*2', name: 'wlan1', type: 'wlan', running: 'false' },
  ],
  '/interface/ethernet/monitor': [{ '.id': '*1', name: 'ether1', rate: '1Gbps' }],
};

describe('an independent client', () => {
  test.each(['plain', 'challenge'] as const)('signs in (%s), prints, queries and is told of errors', async (login) => {
    agent = await startRouterAgent(routerOf(TABLES, { login }), { port: 0, clock: () => NOW });
    const client = new RouterOSAPI({
      host: '127.0.0.1',
      port: agent.port,
      user: 'noc',
      password: 'rahasia-desa',
      timeout: 10,
    });

    await client.connect();
    const all = await client.write('/interface/print');
    const [wireless] = await client.write('/interface/print', ['=.proplist=name', '?type=wlan']);
    const monitored = await client.write('/interface/ethernet/monitor', ['=numbers=ether1', '=once=']);
    const trap = await client.write('/no/such/menu/print').catch((error: Error) => error);
    await client.close();

    expect(all.map(({ name }) => name)).toEqual(['ether1', 'wlan1']);
    expect(all[0]).not.toHaveProperty('name.oid');
    expect(wireless).toEqual({ name: 'wlan1' });
    expect(monitored[0]).toMatchObject({ rate: '1Gbps' });
    expect(trap).toMatchObject({ message: 'no such command prefix' });
  });

  test('with a wrong password is refused', async () => {
    agent = await startRouterAgent(routerOf(TABLES), { port: 0, clock: () => NOW });
    const client = new RouterOSAPI({
      host: '127.0.0.1',
      port: agent.port,
      user: 'noc',
      password: 'wrong',
      timeout: 10,
    });
    client.on('error', () => {});

    await expect(client.connect()).rejects.toThrow();
  });

  test('reads every menu of a router of the lab', async () => {
    agent = await startRouterAgent(modelOf('hap-ac-lite'), { port: 0, clock: () => NOW });
    const client = new RouterOSAPI({
      ...{ host: '127.0.0.1', port: agent.port, timeout: 10 },
      ...{ user: LAB_ROUTEROS_USER, password: LAB_ROUTEROS_PASSWORD },
    });

    await client.connect();
    const [resource] = await client.write('/system/resource/print');
    const ports = await client.write('/interface/print');
    const hosts = await client.write('/ip/hotspot/host/print', ['=.proplist=server,authorized']);
    await client.close();

    expect(resource).toMatchObject({ 'board-name': 'RB952Ui-5ac2nD', version: '7.16.2 (stable)' });
    expect(ports).toHaveLength(8);
    expect(hosts.length).toBeGreaterThan(0);
  });
});

describe('a session', () => {
  const signedIn = (saysEmpty = true) => {
    const session = routerSession(routerOf({ ...TABLES, '/empty': [] }, { saysEmpty }));
    session.hear(['/login', '=name=noc', '=password=rahasia-desa'], NOW);
    return session;
  };

  test('says nothing to strangers, and ends', () => {
    const session = routerSession(routerOf(TABLES));

    expect(session.hear(['/interface/print'], NOW)).toEqual({ sentences: [['!fatal', 'not logged in']], ends: true });
  });

  test('says of an empty table that it is one, as routers do since 7.18', () => {
    const ask = ['/empty/print', '.tag=5'];

    expect(signedIn().hear(ask, NOW).sentences).toEqual([
      ['!empty', '.tag=5'],
      ['!done', '.tag=5'],
    ]);
    expect(signedIn(false).hear(ask, NOW).sentences).toEqual([['!done', '.tag=5']]);
  });

  test('counts', () => {
    const { sentences } = signedIn().hear(['/interface/print', '=count-only=', '?running=true', '.tag=1'], NOW);

    expect(sentences).toEqual([['!done', '=ret=1', '.tag=1']]);
  });

  test.each([
    [['?type=wlan'], ['wlan1']],
    [['?type=wlan', '?#!'], ['ether1']],
    [
      ['?type=wlan', '?type=ether', '?#|'],
      ['ether1', 'wlan1'],
    ],
    [['?-name.oid'], ['wlan1']],
    [['?name.oid'], ['ether1']],
    [['?type=wlan', '?running=true'], []],
  ])('knows the query %s', (queries, names) => {
    const { sentences } = signedIn().hear(['/interface/print', '=.proplist=name', ...queries], NOW);

    expect(sentences.filter(([word]) => word === '!re').map(([, name]) => name?.slice('=name='.length))).toEqual(names);
  });

  test('goes on with a monitor until it is cancelled', () => {
    const session = signedIn();

    const begun = session.hear(['/interface/ethernet/monitor', '=numbers=ether1', '.tag=2'], NOW);
    const cancelled = session.hear(['/cancel', '=tag=2', '.tag=3'], NOW);

    expect(begun.sentences.map(([word]) => word)).toEqual(['!re']);
    expect(cancelled.sentences).toEqual([
      ['!trap', '=category=2', '=message=interrupted', '.tag=2'],
      ['!done', '.tag=3'],
      ['!done', '.tag=2'],
    ]);
  });
});

describe('a router of the lab', () => {
  test.each(['hap-ac-lite', 'ltap-mini', 'rb3011', 'crs326', 'lhg-60'])(
    '%s is read by our own probe',
    async (hardware) => {
      const device = deviceOf(hardware);

      const report = await identifyOnce(modelOf(hardware), { now: NOW });

      expect(report.badReadings).toBeUndefined();
      expect(report.device).toMatchObject({
        vendor: 'MikroTik',
        name: device.code,
        serial: device.serial,
        uptimeS: 100_000,
      });
      expect(report.readings.map(({ group }) => group)).toEqual(expect.arrayContaining(['usage', 'sensor']));
      expect(report.interfaces.find(({ alias }) => alias.startsWith('uplink'))?.inOctets).toMatch(/^\d{6,}$/);
    },
  );

  test.each([
    [0, '0s'],
    [61_000, '1m1s'],
    [100_000_000, '1d3h46m40s'],
    [691_200_000, '1w1d'],
  ])('writes %i ms as %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});

test('an agent outlives nonsense, and answers the next who comes', async () => {
  agent = await startRouterAgent(routerOf(TABLES), { port: 0, clock: () => NOW });
  const random = seededRandom(11);
  const good = Buffer.concat([
    encodeSentence(['/login', '=name=noc', '=password=rahasia-desa']),
    encodeSentence(['/interface/print', '.tag=1']),
  ]);

  for (let round = 0; round < 200; round++) {
    const socket = connect(agent.port, '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    socket.resume().end(mutate(good, random));
    await once(socket, 'close');
  }

  const client = keepConnection(
    {
      ...{ address: '127.0.0.1', host: '127.0.0.1', port: agent.port, tls: 'off', ca: null },
      ...{ user: 'noc', password: new Secret('rahasia-desa') },
    },
    { clock: () => NOW },
  );
  const { rows } = await client.run(['/interface/print'], { timeoutMs: 5_000 });
  await client.close();
  expect(rows).toHaveLength(2);
});
