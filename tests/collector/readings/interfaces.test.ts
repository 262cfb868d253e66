import { expect, test } from 'vitest';
import { identify } from '../../../collector/identify.ts';
import { createPollPlan, createPollScratch, readPoll } from '../../../collector/pipeline/poll-plan.ts';
import { definePorts, type OwnPorts, type Profile } from '../../../collector/profile.ts';
import { AnswerSlots } from '../../../collector/snmp/answer-slots.ts';
import { countBadReadings } from '../../../collector/snmp/bad-reading.ts';
import type { SnmpValue, VarBind } from '../../../collector/snmp/value.ts';
import { textOf } from '../../../collector/snmp/value.ts';
import { createWalkPace, DEFAULT_WALK_LIMITS } from '../../../collector/snmp/walk.ts';
import { Secret } from '../../../core/config/secret.ts';
import { agentHolding } from '../../support/recorded-agent.ts';
import { plainRound } from '../../support/rounds.ts';

const IF_ENTRY = '1.3.6.1.2.1.2.2.1';
const IF_X_ENTRY = '1.3.6.1.2.1.31.1.1.1';
const PRIVATE = '1.3.6.1.4.1.99999.7';

const text = (value: string): SnmpValue => ({ type: 'octets', value: Buffer.from(value) });
const integer = (value: number): SnmpValue => ({ type: 'integer', value });
const gauge = (value: number): SnmpValue => ({ type: 'gauge32', value });
const counter = (value: number): SnmpValue => ({ type: 'counter32', value });
const counter64 = (value: bigint): SnmpValue => ({ type: 'counter64', value });

/** One Ethernet port as IF-MIB gives it, with the given cells on top. */
const port = (index: number, cells: Readonly<Record<string, SnmpValue>> = {}): VarBind[] =>
  Object.entries({
    [`${IF_ENTRY}.2`]: text(`eth${index}`),
    [`${IF_ENTRY}.3`]: integer(6),
    [`${IF_ENTRY}.4`]: integer(1500),
    [`${IF_ENTRY}.5`]: gauge(100_000_000),
    [`${IF_ENTRY}.7`]: integer(1),
    [`${IF_ENTRY}.8`]: integer(1),
    [`${IF_ENTRY}.10`]: counter(1000),
    [`${IF_ENTRY}.16`]: counter(2000),
    ...cells,
  }).map(([column, value]) => ({ oid: `${column}.${index}`, value }));

async function identified(objects: readonly VarBind[], ports?: OwnPorts) {
  const bad = countBadReadings();
  const client = agentHolding([...objects, { oid: '1.3.6.1.6.3.1.0', value: integer(1) }]);
  const security = { version: '2c', community: new Secret('public') } as const;
  const target = { address: '127.0.0.1', port: 161, security, timeoutMs: 1_000, retries: 0 };
  const profile: Profile = {
    match: [],
    identity: { vendor: [], os: [], model: [], version: [], serial: [] },
    readings: [],
    ...(ports === undefined ? {} : { ports }),
  };
  const walker = { client, target, pace: createWalkPace(), limits: DEFAULT_WALK_LIMITS, count: bad.count };
  const identification = await identify(walker, new Map([['generic', profile]]));
  return { identification, ports: identification.interfaces, client, target, bad };
}

test('a cell that makes no sense costs itself, not the port', async () => {
  const { ports, bad } = await identified(port(1, { [`${IF_ENTRY}.4`]: text('jumbo'), [`${IF_ENTRY}.16`]: text('?') }));

  expect(ports).toMatchObject([{ name: 'eth1', mtu: null, outOctets: null, inOctets: 1000n, operStatus: 'up' }]);
  expect(bad.snapshot()).toEqual({ 'not-a-number': 2 });
});

test('64-bit counters that never count give way to 32-bit ones that do', async () => {
  const idle = { [`${IF_X_ENTRY}.6`]: counter64(0n), [`${IF_X_ENTRY}.10`]: counter64(0n) };
  const busy = { [`${IF_X_ENTRY}.6`]: counter64(2n ** 40n), [`${IF_X_ENTRY}.10`]: counter64(5n) };

  const { ports } = await identified([...port(1, idle), ...port(2, busy)]);

  expect(ports.map(({ octetBits, inOctets }) => [octetBits, inOctets])).toEqual([
    [32, 1000n],
    [64, 2n ** 40n],
  ]);
});

test.each([
  ['ifSpeed alone', {}, 100_000_000],
  ['ifHighSpeed in Mbit/s', { [`${IF_X_ENTRY}.15`]: gauge(10_000) }, 10_000_000_000],
  ['ifHighSpeed that holds bit/s', { [`${IF_X_ENTRY}.15`]: gauge(1_000_000_000) }, 1_000_000_000],
  ['ifHighSpeed of nought', { [`${IF_X_ENTRY}.15`]: gauge(0) }, 100_000_000],
  ['no speed', { [`${IF_ENTRY}.5`]: gauge(0) }, null],
])('the speed of a port: %s', async (_, cells, speedBps) => {
  const { ports } = await identified(port(1, cells));

  expect(ports[0]?.speedBps).toBe(speedBps);
});

/** A radio that counts in a MIB of its own, and lists its second radio nowhere else. */
const radios = definePorts({
  columns: { name: `${PRIVATE}.1`, link: `${PRIVATE}.2`, rx: `${PRIVATE}.3`, tx: `${PRIVATE}.4` },
  polled: { operStatus: 'link', inOctets: 'rx', outOctets: 'tx' },
  states: { yes: 'up', no: 'down' },
  port(row, _index, interfaces) {
    const name = textOf(row.name);
    const known = interfaces.find((each) => each.name === name);
    return known === undefined ? { index: 1000, name, type: 'ieee80211' } : { index: known.index };
  },
});
const radioRow = (index: number, name: string, link: string, rx: bigint, tx: bigint): VarBind[] => [
  { oid: `${PRIVATE}.1.${index}`, value: text(name) },
  { oid: `${PRIVATE}.2.${index}`, value: text(link) },
  { oid: `${PRIVATE}.3.${index}`, value: counter64(rx) },
  { oid: `${PRIVATE}.4.${index}`, value: counter64(tx) },
];

test('ports and counters of a private table come over those of IF-MIB, and are polled where they were found', async () => {
  const objects = [...port(1), ...radioRow(7, 'eth1', 'no', 2n ** 41n, 77n), ...radioRow(8, 'air1', 'yes', 5n, 6n)];
  const { identification, ports, client, target, bad } = await identified(objects, { tables: [radios] });
  const plan = createPollPlan(identification, (value) => value);

  const slots = new AnswerSlots(plan.shape.size);
  const values = await Promise.all(plan.shape.questions.map(({ oids }) => client.get(target, oids)));
  for (const [slot, value] of values.flat().entries()) slots.setValue(slot, value);
  const { columns, operStatuses, isStale } = readPoll(plan, slots, createPollScratch(), bad.count);
  const { counters } = plainRound({ at: 0, uptimeS: null, hostUptimeS: null, gauges: [], columns });

  expect(ports).toMatchObject([
    { index: 1, name: 'eth1', type: 'ethernetCsmacd', operStatus: 'down', inOctets: 2n ** 41n, octetBits: 64 },
    { index: 1000, name: 'air1', descr: 'air1', type: 'ieee80211', operStatus: 'up', outOctets: 6n },
  ]);
  expect(operStatuses).toEqual(['down', 'up']);
  expect(counters.map(({ key, raw, bits }) => [key, raw, bits])).toEqual([
    ['interface.ifHCInOctets/1', 2 ** 41, 64],
    ['interface.ifHCOutOctets/1', 77, 64],
    ['interface.ifHCInOctets/1000', 5, 64],
    ['interface.ifHCOutOctets/1000', 6, 64],
  ]);
  expect(isStale).toBe(false);
});

test('a make names its ports as they are named on the case', async () => {
  const { ports } = await identified(port(101), { facts: ({ index }) => ({ name: `1/${index - 100}` }) });

  expect(ports).toMatchObject([{ index: 101, name: '1/1', descr: 'eth101' }]);
});
