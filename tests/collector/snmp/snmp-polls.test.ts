import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { WatchedDevice } from '../../../collector/pipeline/watched-device.ts';
import type { PollRound } from '../../../collector/probe.ts';
import { profile as smartax } from '../../../collector/profiles/huawei-smartax.ts';
import type { SnmpClient } from '../../../collector/snmp/client.ts';
import { createSnmpPolls } from '../../../collector/snmp/snmp-polls.ts';
import { Secret } from '../../../core/config/secret.ts';
import { ProbeError } from '../../../core/domain/errors.ts';
import { recordedAgent } from '../../support/recorded-agent.ts';
import { pollOnce, readBy } from '../../support/rounds.ts';

const dir = mkdtempSync(join(tmpdir(), 'simpul-polls-'));
afterAll(() => rmSync(dir, { recursive: true }));

const XPON = '1.3.6.1.4.1.2011.6.128.1.1.2';
const TERMINALS = `${XPON}.51.`;

const olt: WatchedDevice = {
  id: 'olt-1',
  kind: 'olt',
  countsForSite: true,
  siteId: 'pop-1',
  siteKind: 'pop',
  regionCode: '16.03',
  host: '127.0.0.1',
  reachability: 'icmp',
  settings: {},
  tcpPort: null,
  snmpPort: 161,
  credential: { id: 'c', name: 'c', kind: 'snmp-v2c', settings: { community: new Secret('none') } },
  parentIds: [],
  medium: null,
  reachIntervalMs: 6_000,
  pollIntervalMs: 60_000,
  timeoutMs: null,
  retries: null,
};

/** An OLT with 30 terminals, and how it answers for them. */
function startOlt() {
  const path = join(dir, 'olt.snmprec');
  const lines = ['1.3.6.1.2.1.1.3.0|67|100', `${XPON}.23.1.4.9|2|421`];
  for (let ont = 0; ont < 30; ont++) lines.push(`${TERMINALS}1.4.9.${ont}|2|-1985`);
  writeFileSync(path, lines.join('\n'));
  const agent = recordedAgent(path);
  const state = { isSilent: false, asked: 0 };
  const silent = (oids: readonly string[]): void => {
    if (!oids.some((oid) => oid.startsWith(TERMINALS))) return;
    state.asked++;
    if (state.isSilent) throw new ProbeError('timeout', 'nothing came back');
  };
  const get: SnmpClient['get'] = async (target, oids) => {
    silent(oids);
    return agent.get(target, oids);
  };
  const client: SnmpClient = {
    ...agent,
    get,
    read: readBy(get),
    next: async (target, oids, repetitions) => {
      silent(oids);
      return agent.next(target, oids, repetitions);
    },
  };
  const polls = createSnmpPolls({
    snmp: client,
    resolve: async (host) => host,
    profiles: new Map([['generic', smartax]]),
    count: () => {},
    clock: () => 1_000,
    pollTimeoutMs: 1_000,
    pollRetries: 0,
    identifyEvery: 10,
  });
  return { polls, state };
}

const light = ({ gauges }: PollRound): string[] =>
  gauges.filter(({ metric }) => metric === 'sensor.dbm').map(({ instance }) => instance);

test('terminals that fall silent cost their own figures alone, and are asked no more in that poll', async () => {
  const { polls, state } = startOlt();
  const before = light(await pollOnce(polls, olt));
  state.isSilent = true;
  state.asked = 0;

  const after = light(await pollOnce(polls, olt));

  expect(before).toHaveLength(31);
  expect(after).toEqual(['pon-tx.9']);
  expect(state.asked).toBe(1);
});

test('an OLT whose terminals are silent from the start is known all the same', async () => {
  const { polls, state } = startOlt();
  state.isSilent = true;

  const instances = light(await pollOnce(polls, olt));

  expect(instances).toEqual(['pon-tx.9']);
});
