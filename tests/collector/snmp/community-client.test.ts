import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { countBadReadings } from '../../../collector/snmp/bad-reading.ts';
import { createSnmpClient, type SnmpClient, type SnmpTarget } from '../../../collector/snmp/client.ts';
import { createWalkPace, DEFAULT_WALK_LIMITS, type WalkLimits, walkTable } from '../../../collector/snmp/walk.ts';
import { Secret } from '../../../core/config/secret.ts';
import { ProbeError } from '../../../core/domain/errors.ts';
import { counter64, integer, routerObjects, startFakeAgent, text } from '../../support/fake-agent.ts';

const SYS_NAME = '1.3.6.1.2.1.1.5.0';
const SYS_DESCR = '1.3.6.1.2.1.1.1.0';
const IF_DESCR = '1.3.6.1.2.1.2.2.1.2';
const IF_TYPE = '1.3.6.1.2.1.2.2.1.3';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function setUp(options: { version?: '1' | '2c'; timeoutMs?: number; retries?: number; community?: string } = {}) {
  const { version = '2c', timeoutMs = 1_000, retries = 0, community = 'public' } = options;
  const agent = await startFakeAgent(routerObjects('r1', 3));
  const bad = countBadReadings();
  const client = createSnmpClient({ count: bad.count });
  opened.push(agent.stop, client.close);
  const security = { version, community: new Secret(community) } as const;
  const target: SnmpTarget = { address: '127.0.0.1', port: agent.port, security, timeoutMs, retries };
  return { agent, client, target, bad };
}

const walk = (client: SnmpClient, target: SnmpTarget, count = () => {}, limits: WalkLimits = DEFAULT_WALK_LIMITS) =>
  walkTable({ client, target, pace: createWalkPace(), limits, count }, { descr: IF_DESCR, type: IF_TYPE });

const failureOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => {
      if (!(error instanceof ProbeError)) throw error;
      return error.detail ?? error.failure;
    },
  );

describe.each(['1', '2c'] as const)('version %s', (version) => {
  test('objects that are missing come back as null beside those that are there', async () => {
    const { client, target } = await setUp({ version });

    const values = await client.get(target, ['1.3.6.1.9.9.0', SYS_NAME, '1.3.6.1.9.8.0', SYS_DESCR]);

    expect(values.map((value) => value && Buffer.from(value.value as Uint8Array).toString())).toEqual([
      null,
      'r1',
      null,
      'Test router',
    ]);
  });

  test('a table is walked to its end and no further', async () => {
    const { client, target } = await setUp({ version });

    const table = await walk(client, target);

    expect([...table.keys()]).toEqual(['1', '2', '3']);
    expect(table.get('2')?.type).toEqual({ type: 'integer', value: 6 });
  });

  test('a table with holes keeps the rows that have some of the columns', async () => {
    const { agent, client, target } = await setUp({ version });
    agent.objects.delete(`${IF_DESCR}.1`);
    agent.objects.delete(`${IF_TYPE}.3`);

    const table = await walk(client, target);

    expect([...table].map(([index, row]) => [index, Object.keys(row).sort()])).toEqual(
      expect.arrayContaining([
        ['1', ['type']],
        ['2', ['descr', 'type']],
        ['3', ['descr']],
      ]),
    );
  });

  test('the end of the whole MIB ends a walk', async () => {
    const { agent, client, target } = await setUp({ version });
    for (const oid of [...agent.objects.keys()])
      if (!oid.startsWith(IF_DESCR) && !oid.startsWith(IF_TYPE)) agent.objects.delete(oid);

    const table = await walk(client, target);

    expect(table.size).toBe(3);
  });
});

describe('answers that are not what was asked for', () => {
  test('silence is a timeout after all repeats', async () => {
    const { agent, client, target } = await setUp({ timeoutMs: 30, retries: 2 });
    agent.interfere(() => []);

    const failure = await failureOf(client.get(target, [SYS_NAME]));

    expect(failure).toBe('timeout');
    expect(agent.requests()).toBe(3);
  });

  test('an answer to a repeat is taken', async () => {
    const { agent, client, target } = await setUp({ timeoutMs: 50, retries: 2 });
    agent.interfere((answer) => (agent.requests() < 3 ? [] : [answer]));

    const values = await client.get(target, [SYS_NAME]);

    expect(values).toHaveLength(1);
  });

  test('a wrong community gets no answer, and its secret is in no error', async () => {
    const { client, target } = await setUp({ timeoutMs: 30, community: 'hush-hush' });

    const error = await client.get(target, [SYS_NAME]).catch((caught: unknown) => caught);

    expect(error).toMatchObject({ failure: 'timeout' });
    expect(String((error as Error).stack)).not.toContain('hush-hush');
  });

  test('half an answer is counted, and the true one still comes through', async () => {
    const { agent, client, target, bad } = await setUp();
    agent.interfere((answer) => [
      answer.subarray(0, answer.length / 2),
      Buffer.alloc(0),
      Buffer.from('nonsense'),
      answer,
    ]);

    const values = await client.get(target, [SYS_NAME]);

    expect(values).toHaveLength(1);
    expect(bad.snapshot()).toMatchObject({ truncated: 2, 'wrong-type': 1 });
  });

  test('an answer with another request id, version or community is not taken', async () => {
    const { agent, client, target, bad } = await setUp({ timeoutMs: 50 });
    agent.interfere((answer) => {
      const wrongId = Buffer.from(answer);
      const at = wrongId.indexOf(Buffer.from([0x02, 0x04])) + 5;
      wrongId[at] = (wrongId[at] ?? 0) ^ 1;
      const wrongVersion = Buffer.from(answer);
      wrongVersion[wrongVersion.indexOf(Buffer.from([0x02, 0x01, 0x01])) + 2] = 0;
      const wrongCommunity = Buffer.from(answer);
      wrongCommunity.write('p', wrongCommunity.indexOf('public') + 1);
      return [wrongId, wrongVersion, wrongCommunity];
    });

    const failure = await failureOf(client.get(target, [SYS_NAME]));

    expect(failure).toBe('timeout');
    expect(bad.snapshot()).toEqual({ 'wrong-request-id': 1, 'wrong-version': 1, 'wrong-community': 1 });
  });

  test('an answer from another port is not taken', async () => {
    const { agent, client, target, bad } = await setUp({ timeoutMs: 100 });
    const stranger = createSocket('udp4').bind(0, '127.0.0.1');
    await once(stranger, 'listening');
    opened.push(async () => void stranger.close());
    const relay = createSocket('udp4').bind(0, '127.0.0.1');
    await once(relay, 'listening');
    opened.push(async () => void relay.close());
    // What is sent to the relay is answered by the agent's words from the stranger's port.
    let asker = { port: 0, address: '' };
    relay.on('message', (message, from) => {
      asker = from;
      stranger.send(message, agent.port, '127.0.0.1');
    });
    stranger.on('message', (message) => stranger.send(message, asker.port, asker.address));

    const failure = await failureOf(client.get({ ...target, port: relay.address().port }, [SYS_NAME]));

    expect(failure).toBe('timeout');
    expect(bad.snapshot()).toEqual({ 'wrong-peer': 1 });
  });

  test('other objects, more or fewer than were asked for cost the reading', async () => {
    const { agent, client, target, bad } = await setUp();
    const failures: string[] = [];

    agent.interfere((_answer, _request, again) => [again([{ oid: SYS_DESCR, value: text('x') }])]);
    failures.push(await failureOf(client.get(target, [SYS_NAME])));
    agent.interfere((_answer, { oids }, again) => [
      again([...oids, SYS_DESCR].map((oid) => ({ oid, value: integer(1) }))),
    ]);
    failures.push(await failureOf(client.get(target, [SYS_NAME])));
    agent.interfere((_answer, _request, again) => [again([])]);
    failures.push(await failureOf(client.get(target, [SYS_NAME])));

    expect(failures).toEqual(['wrong-oid', 'oversized', 'truncated']);
    expect(bad.snapshot()).toEqual({ 'wrong-oid': 1, oversized: 1, truncated: 1 });
  });

  test('an answer that would be too big is asked for in parts', async () => {
    const { agent, client, target } = await setUp();
    const oids = [...agent.objects.keys()].slice(0, 20);
    agent.interfere((answer, { oids: asked }, again) =>
      asked.length > 3 ? [again([], { status: 1, index: 0 })] : [answer],
    );

    const values = await client.get(target, oids);

    expect(values.filter((value) => value !== null)).toHaveLength(20);
  });

  test('numbers at the edges of their types arrive whole', async () => {
    const { agent, client, target } = await setUp();
    agent.objects.set('1.3.1.0', counter64(2n ** 64n - 1n));
    agent.objects.set('1.3.2.0', integer(-(2 ** 31)));
    agent.objects.set('1.3.3.0', { type: 'counter32', value: 2 ** 32 - 1 });
    agent.objects.set('1.3.4.0', { type: 'oid', value: '1.3.6.1.4.1.4294967295.128.16384.0' });

    const values = await client.get(target, ['1.3.1.0', '1.3.2.0', '1.3.3.0', '1.3.4.0']);

    expect(values.map((value) => value?.value)).toEqual([
      2n ** 64n - 1n,
      -(2 ** 31),
      2 ** 32 - 1,
      '1.3.6.1.4.1.4294967295.128.16384.0',
    ]);
  });

  test('a slow agent holds up nobody else', async () => {
    const { agent, client, target } = await setUp({ timeoutMs: 2_000 });
    const slow = await startFakeAgent(routerObjects('slow'));
    opened.push(slow.stop);
    slow.interfere(() => []);
    let isSlowDone = false;
    const waiting = failureOf(client.get({ ...target, port: slow.port }, [SYS_NAME])).finally(() => {
      isSlowDone = true;
    });

    await Promise.all(Array.from({ length: 200 }, () => client.get(target, [SYS_NAME])));

    expect(isSlowDone).toBe(false);
    await client.close();
    expect(await waiting).toBe('timeout');
    expect(agent.requests()).toBe(200);
  });
});
