import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answerAsks } from '../../collector/answer-asks.ts';
import type { WatchedDevice } from '../../collector/pipeline/watched-device.ts';
import type { Probe } from '../../collector/probe.ts';
import { open as openSnmp } from '../../collector/probes/snmp.ts';
import { profile as generic } from '../../collector/profiles/generic.ts';
import { createRawLog } from '../../collector/raw-log.ts';
import { memoryBus } from '../../core/bus/memory.ts';
import { Secret } from '../../core/config/secret.ts';
import { ProbeError } from '../../core/domain/errors.ts';
import { silentLog } from '../../core/log/log.ts';
import { createPollAsks } from '../../core/services/poll-asks.ts';
import { type FakeAgent, routerObjects, startFakeAgent } from '../support/fake-agent.ts';
import { handClock } from '../support/hand-clock.ts';
import { probeTools, watchedDevice } from '../support/probe-tools.ts';

const COMMUNITY = 'public';
let agent: FakeAgent;
beforeEach(async () => {
  agent = await startFakeAgent(routerObjects('router-of-test'));
});
afterEach(() => agent.stop());

const device = (): WatchedDevice =>
  watchedDevice({
    id: '11111111-1111-4111-8111-111111111111',
    reachability: 'snmp',
    snmpPort: agent.port,
    credential: { id: 'c', name: 'read', kind: 'snmp-v2c', settings: { community: new Secret(COMMUNITY) } },
    timeoutMs: 2_000,
    retries: 0,
  });

function asked(watched: WatchedDevice, probe: Probe, hands = handClock()) {
  const bus = memoryBus((error) => {
    throw error;
  });
  const asks = createPollAsks({ bus, clock: () => 1_000 });
  const polled: string[] = [];
  const answering = answerAsks({
    bus,
    name: 'utara',
    clock: () => 1_000,
    timers: hands,
    log: silentLog,
    deviceOf: (id) => (id === watched.id ? watched : undefined),
    watcherOf: () => ({ probe, patienceMs: 2_000 }),
    pollerOf: (kind) => (kind.startsWith('snmp') ? { id: 'snmp', probe } : undefined),
    pollNow: async (id) => polled.push(id),
  });
  const { id } = asks.ask(watched.id);
  const answer = () => asks.get(watched.id, id)?.answer ?? null;
  return { asks, answering, polled, answer, hands, isTaken: () => asks.get(watched.id, id)?.status !== 'waiting' };
}

test('a router tells its readings and, word for word, its objects; never its community', async () => {
  const tools = probeTools({ profiles: new Map([['generic', generic]]) });
  const probe = openSnmp(tools);
  const { answer, answering, polled } = asked(device(), probe);

  await vi.waitFor(() => expect(answer()).not.toBeNull(), { timeout: 30_000 });
  await Promise.all([answering.stop(), tools.snmp.close()]);
  const told = answer();

  expect(polled).toHaveLength(1);
  expect(told).toMatchObject({ collector: 'utara', reach: { probe: 'snmp', failure: null }, poll: { failure: null } });
  expect(told?.device?.name).toBe('router-of-test');
  expect(told?.readings.map((reading) => `${reading.group}.${reading.class}`)).toContain('usage.processor');
  expect(told?.raw).toContainEqual(
    expect.objectContaining({ name: '1.3.6.1.2.1.1.5.0', value: 'octets "router-of-test"' }),
  );
  expect(JSON.stringify(told)).not.toContain(`"${COMMUNITY}"`);
});

test('a silent device is an answer too, and so is one that is never done', async () => {
  const silent: Probe = {
    reach: () => Promise.reject(new ProbeError('timeout', 'nothing came')),
    inspect: () => new Promise(() => {}),
    close: async () => {},
  };
  const { answer, answering, hands, isTaken } = asked(device(), silent);
  await vi.waitFor(() => expect(isTaken()).toBe(true), { timeout: 30_000 });

  await hands.advance(60_000);
  await vi.waitFor(() => expect(answer()).not.toBeNull(), { timeout: 30_000 });
  await answering.stop();

  expect(answer()).toMatchObject({
    reach: { failure: 'timeout', roundTripMs: null },
    poll: { probe: 'snmp', failure: 'timeout', detail: 'limit' },
    readings: [],
  });
});

test('what is kept of an answer is masked and bounded', () => {
  const log = createRawLog({
    id: 'c',
    name: 'n',
    kind: 'routeros',
    settings: { user: 'simpul', password: new Secret('rahasia-sekali') },
  });

  log.hear('/ip/hotspot/active/print 1', 'user', 'ibu-siti');
  log.hear('/ip/hotspot/active/print 1', 'mac-address', 'B8:69:F4:80:2F:C1');
  log.hear('/interface/print 1', 'note', 'sandi rahasia-sekali, telp 081234567890');
  log.hear('GET', '1.3.6.1.6.3.18.1.1.1.2.1', 'octets "private"');
  log.hear('GET https://x.example/', 'set-cookie', 'sid=1');
  const first = log.lines.map(({ value }) => value);
  for (let at = 0; at < 5_000; at++) log.hear('GET', `1.3.${at}`, 'x'.repeat(1_000));

  expect(first).toEqual(['[secret]', 'B8:69:F4:··:··:··', 'sandi [secret], telp [secret]', '[secret]', '[secret]']);
  expect(log.isCut).toBe(true);
  expect(log.lines.reduce((sum, { value }) => sum + value.length, 0)).toBeLessThan(310_000);
});
