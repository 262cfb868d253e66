import { expect, test } from 'vitest';
import { profile as fortiAp } from '../../../collector/profiles/fortiap.ts';
import { profile as grandstream } from '../../../collector/profiles/grandstream-ap.ts';
import { profile as zyxel } from '../../../collector/profiles/zyxel.ts';
import { fortinetSensorClass, fortinetSensors } from '../../../collector/readings/fortinet-sensors.ts';
import { huaweiWlan } from '../../../collector/readings/huawei-wlan.ts';
import type { InterfaceReading } from '../../../collector/readings/interfaces.ts';
import { chassisPortOf, virtualChassisPorts } from '../../../collector/readings/juniper-ports.ts';
import { gauge, NO_CONTEXT, tableOf, text } from '../../support/snmp-table.ts';

test.each([
  ['+VCC3', 'voltage'],
  ['NP6_1V15_1', 'voltage'],
  ['PS1 VIN', 'voltage'],
  ['MAIN 12V', 'voltage'],
  ['LM75 U72', 'temperature'],
  ['FAN_TMP_3', 'temperature'],
  ['CPU ON-DIE Temperature', 'temperature'],
  ['FAN 1 CPU Fan1 Speed', 'fanspeed'],
  ['PS2 Status', null],
])("Fortinet's sensor %s measures %s", (name, expected) => {
  const kind = fortinetSensorClass(name);

  expect(kind).toBe(expected);
});

test("Fortinet's sensors that are not fitted, or hold a word, tell no figure", () => {
  const rows = tableOf({
    1: { name: text('RPS 12V'), value: text('0') },
    2: { name: text('FAN 1'), value: text('LOST') },
    3: { name: text('TD1'), value: text('40.5') },
    4: { value: text('3') },
  });

  const readings = fortinetSensors.read(rows, NO_CONTEXT);

  expect(readings.map(({ index, value }) => [index, value])).toEqual([['3', 40.5]]);
});

test.each([
  ['1.6.118.99.112.45.48.49', { member: 1, name: 'vcp-01' }],
  ['0.12.118.99.112', null],
  ['', null],
  ['3', null],
])("Juniper's index %s is the port %o", (index, expected) => {
  const port = chassisPortOf(index);

  expect(port).toEqual(expected);
});

test("a virtual chassis' cables are ports far above those of IF-MIB", () => {
  const port = virtualChassisPorts.port({ admin: { type: 'integer', value: 1 } }, '2.6.118.99.112.47.49.51', []);

  expect(port).toMatchObject({ index: 10_002_013, name: 'fpc2.vcp/13', adminStatus: 'up' });
});

test("Huawei's controllers tell clients of each network, of each of its bands and of all", () => {
  const rows = tableOf({ '2.65.66': { on2g: gauge(1), on5g: gauge(5) }, '1.67': { on5g: gauge(2) } });

  const readings = huaweiWlan.flatMap((table) => table.read(rows, NO_CONTEXT));

  expect(readings.map(({ value, label }) => [value, label])).toEqual([
    [6, 'SSID: AB'],
    [1, 'SSID: AB (2.4 GHz)'],
    [5, 'SSID: AB (5 GHz)'],
    [2, 'SSID: C'],
    [0, 'SSID: C (2.4 GHz)'],
    [2, 'SSID: C (5 GHz)'],
    [8, 'All SSIDs'],
  ]);
});

test('clients of one network on several radios are told together', () => {
  const rows = tableOf({
    '0.1': { ssid: text('Guest'), clients: gauge(3) },
    '1.1': { ssid: text('Guest'), clients: gauge(29) },
    '1.2': { clients: gauge(9) },
  });

  const readings = fortiAp.readings.flatMap((table) => table.read(rows, NO_CONTEXT));

  expect(readings.map(({ label, value }) => [label, value])).toEqual([['SSID: Guest', 32]]);
});

test("Grandstream's networks without clients are told, and what joins its mesh is not", () => {
  const rows = tableOf({
    1: { network: text('office') },
    2: { network: text('guest') },
    3: { network: text('GWN-MESH-c074ad000000') },
    '1.2.3.4.5.6': { client: text('guest') },
  });

  const readings = grandstream.readings.flatMap((table) => table.read(rows, NO_CONTEXT));

  expect(readings.map(({ label, value }) => [label, value])).toEqual([
    ['SSID: office', 0],
    ['SSID: guest', 1],
    ['Clients', 1],
  ]);
});

test.each([
  [7, 'swp06', '1/07'],
  [229, 'swp92', '2/29'],
  [10_000, 'enet0', undefined],
])("Zyxel's port %d is called as on the case", (index, name, expected) => {
  const port: InterfaceReading = {
    index,
    name,
    descr: name,
    alias: '',
    type: 'ethernetCsmacd',
    speedBps: null,
    adminStatus: null,
    operStatus: null,
    mtu: null,
    mac: null,
    octetBits: null,
    inOctets: null,
    outOctets: null,
    inErrors: null,
    outErrors: null,
    inDiscards: null,
    outDiscards: null,
    hasDiscontinuity: false,
    hasNoSpeed: false,
  };

  const facts = zyxel.ports?.facts?.(port);

  expect(facts?.name).toBe(expected);
});
