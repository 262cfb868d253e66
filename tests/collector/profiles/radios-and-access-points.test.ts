import { expect, test } from 'vitest';
import { loadProfiles } from '../../../collector/profile.ts';
import type { Oid, SnmpValue } from '../../../collector/snmp/value.ts';
import { agentHolding } from '../../support/recorded-agent.ts';
import { replay } from '../../support/recordings.ts';

const profiles = await loadProfiles();
const ENTERPRISES = '1.3.6.1.4.1';

/** What a device of this sysObjectID and sysDescr says that holds these objects too; numbers are INTEGER. */
function probe(objectId: Oid, descr: string, objects: Readonly<Record<Oid, number | bigint | string>>) {
  const system = [
    { oid: '1.3.6.1.2.1.1.1.0', value: octets(descr) },
    { oid: '1.3.6.1.2.1.1.2.0', value: { type: 'oid', value: objectId } as const },
  ];
  const own = Object.entries(objects).map(([oid, value]) => ({
    oid: `${ENTERPRISES}.${oid}`,
    value: snmpValue(value),
  }));
  return replay(agentHolding([...system, ...own]), profiles);
}

const octets = (text: string): SnmpValue => ({ type: 'octets', value: Buffer.from(text) });

function snmpValue(value: number | bigint | string): SnmpValue {
  if (typeof value === 'string') return octets(value);
  return typeof value === 'bigint' ? { type: 'counter64', value } : { type: 'integer', value };
}

test('the clients of an Aruba Instant cluster are those of all its networks, and its access points those that are up', async () => {
  const ai = '14823.2.3.3.1';

  const { device, readings } = await probe(`${ENTERPRISES}.14823.1.2.59`, 'ArubaOS (MODEL: 225), Version 8.4.0.0', {
    [`${ai}.1.7.1.2.0`]: 'desa',
    [`${ai}.1.7.1.2.1`]: 'kantor',
    [`${ai}.1.7.1.4.0`]: 7,
    [`${ai}.1.7.1.4.1`]: 5,
    [`${ai}.2.1.1.2.1.2.3.4.5.6`]: 'balai',
    [`${ai}.2.1.1.8.1.2.3.4.5.6`]: 250,
    [`${ai}.2.1.1.10.1.2.3.4.5.6`]: 1_000,
    [`${ai}.2.1.1.11.1.2.3.4.5.6`]: 1,
    [`${ai}.2.1.1.11.1.2.3.4.5.7`]: 2,
    [`${ai}.2.2.1.4.1.2.3.4.5.6.0`]: '116E',
    [`${ai}.2.2.1.6.1.2.3.4.5.6.0`]: 94,
  });

  expect(device).toMatchObject({ os: 'aruba-instant', model: '225', version: '8.4.0.0' });
  expect(readings).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ class: 'clients', index: 'all', value: 12 }),
      expect.objectContaining({ class: 'ap-count', value: 1 }),
      expect.objectContaining({ class: 'memory', label: 'balai', value: 75 }),
      expect.objectContaining({ class: 'frequency', label: 'balai radio 0', value: 5_580, unit: 'MHz' }),
      expect.objectContaining({ class: 'noise-floor', label: 'balai radio 0', value: -94 }),
    ]),
  );
});

test('a SIAE link carries what its transceivers carry together', async () => {
  const siae = '3373.1103';

  const { readings } = await probe(`${ENTERPRISES}.${siae}`, 'ALFOplus2 - SIAE Microelettronica', {
    [`${siae}.80.17.1.10.1.1`]: 300_000,
    [`${siae}.80.17.1.10.1.2`]: 200_000,
    [`${siae}.80.17.1.10.2.1`]: 100_000,
  });

  const sums = readings.filter(({ index }) => index.startsWith('sum.')).map(({ index, value }) => [index, value]);
  expect(sums).toEqual([
    ['sum.tx.1', 500_000_000],
    ['sum.tx.2', 100_000_000],
  ]);
});

test('the networks of one Meraki radio tell its channel once', async () => {
  const dot11 = '1.2.840.10036.4.5.1.1';
  const channels = [1, 1, 44, 44, 5].map((channel, at) => ({ oid: `${dot11}.${10 + at}`, value: snmpValue(channel) }));
  const descr = { oid: '1.3.6.1.2.1.1.1.0', value: octets('Meraki MR36 Cloud Managed AP') };
  const objectId = { oid: '1.3.6.1.2.1.1.2.0', value: { type: 'oid', value: `${ENTERPRISES}.29671.2.53` } as const };

  const { device, readings } = await replay(agentHolding([descr, objectId, ...channels]), profiles);

  expect(device.os).toBe('merakimr');
  expect(readings.map(({ index, value }) => [index, value])).toEqual([
    ['10', 2_412],
    ['12', 5_220],
    ['14', 2_432],
  ]);
});

test('the clients of a Grandstream access point are counted by network, those without any as none', async () => {
  const gwn = '42397.1.1';

  const { readings } = await probe(`${ENTERPRISES}.8072.3.2.10`, 'Linux Grandstream 4.4.60 aarch64', {
    [`${gwn}.2.1.0`]: 'GWN7660',
    [`${gwn}.3.2.1.2.1`]: 'desa',
    [`${gwn}.3.2.1.2.2`]: 'kantor',
    [`${gwn}.3.3.1.4.1.2.3.4.5.6`]: 'desa',
    [`${gwn}.3.3.1.4.1.2.3.4.5.7`]: 'desa',
  });

  const clients = readings.filter((reading) => reading.class === 'clients').map(({ label, value }) => [label, value]);
  expect(clients).toEqual([
    ['SSID: desa', 2],
    ['SSID: kantor', 0],
    ['Clients', 2],
  ]);
});

test("a CMM's switch ports stand beside its own interfaces and never in their place", async () => {
  const cmm = '161.19.3.4';
  const own = [
    { oid: '1.3.6.1.2.1.1.1.0', value: octets('CMM 3.1') },
    { oid: '1.3.6.1.2.1.2.2.1.2.1', value: octets('Motorola 10/100 FEC') },
    { oid: '1.3.6.1.2.1.2.2.1.3.1', value: snmpValue(6) },
    { oid: `${ENTERPRISES}.${cmm}.2.1.1.3.1`, value: snmpValue(10n) },
    { oid: `${ENTERPRISES}.${cmm}.2.1.1.3.2`, value: snmpValue(20n) },
    { oid: `${ENTERPRISES}.${cmm}.4.1.1.2.1`, value: snmpValue(0) },
    { oid: `${ENTERPRISES}.${cmm}.4.1.1.3.2`, value: snmpValue(1) },
  ];

  const { interfaces } = await replay(agentHolding(own), profiles);

  expect(interfaces.map(({ index, name, inOctets }) => [index, name, inOctets])).toEqual([
    [0, 'CMM Port 1', '10'],
    [1, 'Motorola 10/100 FEC', null],
    [101, 'CMM Port 2', '20'],
  ]);
  expect(interfaces[0]?.operStatus).toBe('down');
  expect(interfaces[2]?.speedBps).toBe(100_000_000);
});

test('a Canopy radio is called by its platform, or by its waveform where it names none, and by what it does', async () => {
  const box = '161.19.3.3.1';
  const objectId = `${ENTERPRISES}.161.19.250.256`;

  const named = await probe(objectId, 'CANOPY 21.1.0.1 AP', {
    [`${box}.266.0`]: 'PMP 450i',
    [`${box}.6.0`]: '5.4GHz MIMO OFDM - Multipoint - Access Point',
  });
  const old = await probe(objectId, 'CANOPY 13.1.3 SM-DES', {
    [`${box}.6.0`]: '5.7GHz OFDM - Multipoint - Subscriber Module',
  });

  expect(named.device).toMatchObject({ model: 'PMP 450i AP', version: '21.1.0.1' });
  expect(old.device).toMatchObject({ model: 'PMP 430 SM', version: '13.1.3' });
});

test('the noise floor of an Aerohive radio gets its sign back', async () => {
  const radio = '26928.1.1.1.2.1.5.1';

  const { readings } = await probe(`${ENTERPRISES}.26928.1`, 'AP250, HiveOS 8.1r2a build-178408', {
    [`${radio}.1.7`]: 165,
    [`${radio}.3.7`]: 161,
  });

  expect(readings.map((reading) => [reading.class, reading.value])).toEqual([
    ['frequency', 5_825],
    ['noise-floor', -95],
  ]);
});

test('access points of Ruckus are told from controllers that answer with the same sysObjectID', async () => {
  const objectId = `${ENTERPRISES}.25053.3.1.5.15`;

  const controller = await probe(objectId, 'Ruckus Wireless ZD1200', {
    '25053.1.2.1.1.1.1.18.0': '9.13.3.0 build 145',
  });
  const unleashed = await probe(objectId, 'Ruckus Wireless R850', {
    '25053.1.15.1.1.1.1.18.0': '200.14.6.1 build 203',
    '25053.1.15.1.1.1.1.20.0': 'ID',
  });

  expect(controller.device).toMatchObject({ os: 'ruckuswireless', version: '9.13.3.0 build 145' });
  expect(unleashed.device).toMatchObject({ os: 'ruckuswireless-unleashed', version: '200.14.6.1 build 203 (ID)' });
});

test('dark transceivers of a JetStream switch say the least there is, empty cages nothing', async () => {
  const ddm = '11863.6.96.1';

  const { readings } = await probe(`${ENTERPRISES}.11863.5.33`, 'JetStream 24-Port Gigabit L2 Managed Switch', {
    [`${ddm}.7.1.1.1.49177`]: '1/0/25',
    [`${ddm}.7.1.1.6.49177`]: '0.000000',
    [`${ddm}.6.1.1.2.49177`]: '1.000000',
    [`${ddm}.7.1.1.1.49178`]: '1/0/26',
    [`${ddm}.7.1.1.6.49178`]: 'N/A',
  });

  expect(readings).toEqual([
    expect.objectContaining({ class: 'dbm', label: '1/0/25 rx power', value: -40, limits: { high: 0 } }),
  ]);
});
