import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { identify } from '../../../collector/identify.ts';
import { createPollPlan } from '../../../collector/pipeline/poll-plan.ts';
import type { Profile } from '../../../collector/profile.ts';
import { profile as cdata } from '../../../collector/profiles/cdata.ts';
import { profile as smartax } from '../../../collector/profiles/huawei-smartax.ts';
import { profile as vsol } from '../../../collector/profiles/vsol.ts';
import { terminalPower, profile as zxa10 } from '../../../collector/profiles/zte-zxa10.ts';
import { boardVoltage, huaweiOptics, huaweiPower } from '../../../collector/readings/huawei-entity.ts';
import { DARKNESS_DBM, dbmOfMilliwatts, MAX_TERMINALS } from '../../../collector/readings/optics.ts';
import { raisecomOptics } from '../../../collector/readings/raisecom-optics.ts';
import type { SnmpValue } from '../../../collector/snmp/value.ts';
import { createWalkPace, DEFAULT_WALK_LIMITS } from '../../../collector/snmp/walk.ts';
import { Secret } from '../../../core/config/secret.ts';
import { recordedAgent } from '../../support/recorded-agent.ts';
import { NO_CONTEXT, tableOf, text } from '../../support/snmp-table.ts';

const dir = mkdtempSync(join(tmpdir(), 'simpul-fibre-'));
afterAll(() => rmSync(dir, { recursive: true }));

const integer = (value: number): SnmpValue => ({ type: 'integer', value });
const security = { version: '2c', community: new Secret('none') } as const;
const target = { address: '127.0.0.1', port: 161, security, timeoutMs: 1_000, retries: 0 };

/** What a device that holds these lines of a recording tells. */
async function ask(name: string, profile: Profile, lines: readonly string[]) {
  const path = join(dir, `${name}.snmprec`);
  writeFileSync(path, lines.join('\n'));
  const walker = {
    client: recordedAgent(path),
    target,
    pace: createWalkPace(),
    limits: DEFAULT_WALK_LIMITS,
    count: () => {},
  };
  return identify(walker, new Map([['generic', profile]]));
}

const told = ({ readings }: Awaited<ReturnType<typeof ask>>) =>
  readings.map(({ class: name, index, value, label }) => [name, index, value, label]);

test.each([
  [1, 0],
  [0.5, -3.0103],
  [0.0001, DARKNESS_DBM],
  [0, DARKNESS_DBM],
])('%d mW is %d dBm', (milliwatts, expected) => {
  const dbm = dbmOfMilliwatts(milliwatts);

  expect(dbm).toBeCloseTo(expected, 4);
});

test('a power below nothing is no power', () => {
  const dbm = dbmOfMilliwatts(-1);

  expect(dbm).toBeNull();
});

test("Huawei's switches tell µW and its routers hundredths of a dBm, and each is understood", () => {
  const powers = [huaweiPower(-849, null), huaweiPower(252, null), huaweiPower(252, -5.97), huaweiPower(250, 2.5)];

  expect(powers.map((dbm) => Math.round((dbm ?? 0) * 100) / 100)).toEqual([-8.49, -5.99, -5.99, 2.5]);
});

test("Huawei's empty cages tell nothing, and modules of several lanes tell each", () => {
  const rows = tableOf({
    1: { voltage: integer(-1), temperature: integer(-255), rx: integer(-1), tx: integer(-1), bias: integer(-1) },
    2: {
      voltage: integer(3_300),
      temperature: integer(41),
      rx: integer(-250),
      laneRx: text('-250.10,-310.00'),
      rxLow: integer(-1_300),
      rxHigh: integer(-1),
      name: text('40GE0/0/1'),
    },
  });

  const readings = huaweiOptics.read(rows, NO_CONTEXT);

  expect(readings.map(({ class: name, index, value, limits }) => [name, index, value, limits])).toEqual([
    ['dbm', 'rx-lane-1.2', -2.501, { low: -13 }],
    ['dbm', 'rx-lane-2.2', -3.1, { low: -13 }],
    ['temperature', 'transceiver.2', 41, undefined],
    ['voltage', 'transceiver.2', 3.3, undefined],
  ]);
});

test.each([
  [3, 3],
  [12_000, 12],
])("a board's voltage of %d is %d V", (raw, expected) => {
  const volts = boardVoltage(raw);

  expect(volts).toBe(expected);
});

test.each([
  [6_227, -17.546],
  [65_535, null],
  [-1, null],
  [40_000, -81.072],
])('a ZTE terminal that tells %d receives %s dBm', (raw, expected) => {
  const dbm = terminalPower(raw);

  expect(dbm === null ? null : Number(dbm.toFixed(3))).toBe(expected);
});

test("Raisecom's measurements are told apart by the row, with the limits that are set", () => {
  const table = '1.2.3';
  const row = (value: number, high: number) => ({ [`${table}.2`]: integer(value), [`${table}.3`]: integer(high) });
  const rows = tableOf({ '12.1': row(36_125, 75_000), '12.4': row(-2_716, -1_000_000), '12.9': row(1, 1) });

  const readings = raisecomOptics(table).read(rows, {
    ...NO_CONTEXT,
    interfaces: [],
  });

  expect(readings.map(({ class: name, index, value, limits }) => [name, index, value, limits])).toEqual([
    ['temperature', 'temperature.12', 36.125, { high: 75 }],
    ['dbm', 'rx.12', -2.716, undefined],
  ]);
});

test('terminals and ports of a Huawei PON tell their light, those that do not answer nothing', async () => {
  const xpon = '1.3.6.1.4.1.2011.6.128.1.1.2';
  const port = 4_194_304_000;

  const identification = await ask('smartax', smartax, [
    `1.3.6.1.2.1.2.2.1.2.${port}|4|GPON 0/1/0`,
    `${xpon}.21.1.16.${port}|2|2`,
    `${xpon}.23.1.1.${port}|2|45`,
    `${xpon}.23.1.4.${port}|2|421`,
    `${xpon}.51.1.4.${port}.0|2|-1985`,
    `${xpon}.51.1.4.${port}.1|2|2147483647`,
    `${xpon}.51.1.6.${port}.0|2|7653`,
    `${xpon}.51.1.6.${port}.1|2|2147483647`,
  ]);

  expect(told(identification)).toEqual([
    ['dbm', `pon-tx.${port}`, 4.21, 'GPON 0/1/0 tx power'],
    ['temperature', `pon-temperature.${port}`, 45, 'GPON 0/1/0 transceiver'],
    ['count', `onts.${port}`, 2, 'GPON 0/1/0 ONTs'],
    ['dbm', `ont-rx.${port}.0`, -19.85, 'GPON 0/1/0:0 rx power'],
    ['dbm', `ont-rxAtOlt.${port}.0`, -23.47, 'GPON 0/1/0:0 rx power at the OLT'],
  ]);
});

test("V-SOL's texts are read whether they hold dBm alone or mW before it", async () => {
  const identification = await ask('vsol', vsol, [
    '1.3.6.1.4.1.37950.1.1.5.10.13.1.1.5.1|4|6.733',
    '1.3.6.1.4.1.37950.1.1.5.12.2.1.8.1.7.1.20|4|0.03 mW (-15.93 dBm)',
    '1.3.6.1.4.1.37950.1.1.6.1.1.3.1.7.1.3|4|-28.530(dBm)',
    '1.3.6.1.4.1.37950.1.1.6.1.1.3.1.7.1.4|4|N/A',
    '1.3.6.1.4.1.37950.1.1.6.1.1.3.1.8.1.3|4|-30.1(dBm)',
  ]);

  expect(told(identification)).toEqual([
    ['dbm', 'pon-tx.1', 6.733, 'PON 1 tx power'],
    ['dbm', 'onu-rx.1.3', -28.53, 'ONU 1.3 rx power'],
    ['dbm', 'onu-rxAtOlt.1.3', -30.1, 'ONU 1.3 rx power at the OLT'],
    ['dbm', 'epon-onu-rx.1.20', -15.93, 'ONU 1.20 rx power'],
  ]);
});

test("C-Data's terminals are read in each of its three forms", async () => {
  const identification = await ask('cdata', cdata, [
    '1.3.6.1.4.1.17409.2.8.4.4.1.4.4718592.0.0|2|-2495',
    '1.3.6.1.4.1.17409.2.8.4.4.1.4.4718593.0.0|2|-1',
    '1.3.6.1.4.1.34592.1.3.4.1.1.36.1.1.1|2|100',
    '1.3.6.1.4.1.34592.1.5.1.1.2.18.6.1.4.1.0.1.5|4|-19.55',
  ]);

  expect(told(identification)).toEqual([
    ['dbm', 'onu-rx.4718592.0.0', -24.95, 'ONU 4718592.0.0 rx power'],
    ['dbm', 'fd-onu-rx.1.1.1', -20, 'ONU 1.1.1 rx power'],
    ['dbm', 'gpon-onu-rx.1.0.1.5', -19.55, 'ONU 1.0.1.5 rx power'],
  ]);
});

test('of thousands of terminals no more are read, and asked for at every poll, than the limit', async () => {
  const rx = '1.3.6.1.4.1.3902.1082.500.1.2.4.2.1.2';
  const lines = Array.from({ length: 20_000 }, (_, at) => `${rx}.285278977.${at + 1}|2|-21500`);

  const identification = await ask('many', zxa10, lines);

  const { shape } = createPollPlan(identification, (value) => value);
  const asked = shape.questions.flatMap(({ oids }) => oids).filter((oid) => oid.startsWith(rx)).length;
  expect(identification.readings.length).toBeGreaterThanOrEqual(MAX_TERMINALS);
  expect(identification.readings.length).toBeLessThan(MAX_TERMINALS + 100);
  expect(asked).toBe(identification.readings.length);
});
