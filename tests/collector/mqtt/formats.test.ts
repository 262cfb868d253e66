import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sourcesOf } from '../../../collector/mqtt/collectd-types.ts';
import { type FormatReader, loadFormats } from '../../../collector/mqtt/format.ts';
import { covers } from '../../../collector/mqtt/topic-tree.ts';
import { messageOf } from '../../support/mqtt-corpus.ts';
import { bytesField, fixed32Field, payloadOf, varintField } from '../../support/sparkplug.ts';

const formats = await loadFormats();
const open = (id: string, topic: string): FormatReader => {
  const format = formats.get(id);
  if (format === undefined) throw new Error(`there is no format ${id}`);
  return format.open(topic);
};
const values = (reader: FormatReader, topic: string, payload: string | Buffer) =>
  Object.fromEntries(
    (reader.read(messageOf(topic, payload)).values ?? []).map(({ metric, instance, value }) => [
      `${metric} ${instance}`,
      value,
    ]),
  );

test.each([...formats])('%s: its example is a topic of its own, and what it publishes is under it', (_id, format) => {
  const reader = format.open(format.topicExample);

  expect(format.topicPattern?.test(format.topicExample) ?? true).toBe(true);
  expect(reader.publishes.length).toBeGreaterThan(0);
  expect(format.maxAgeS).toBeGreaterThanOrEqual(60);
  for (const filter of reader.publishes) expect(covers(filter, 'other/topic')).toBe(false);
});

describe('simpul', () => {
  const reader = open('simpul', 'simpul/x');

  test('values with and without names, yes and no, seconds, and groups other than sensors', () => {
    const payload = JSON.stringify({
      voltage: { battery: 26.4, pv: 34.1 },
      current: { battery: -3.2 },
      charge: 87,
      mains: false,
      state: { door: true, charger: 3 },
      uptimeS: 600,
      temperature: null,
      wireless: { clients: { wlan0: 4 } },
      usage: { processor: 12 },
    });

    expect(values(reader, 'simpul/x/readings', payload)).toEqual({
      'sensor.voltage battery': 26.4,
      'sensor.voltage pv': 34.1,
      'sensor.current battery': -3.2,
      'sensor.charge ': 87,
      'sensor.state mains': 0,
      'sensor.state door': 1,
      'sensor.state charger': 3,
      'system.uptime_s ': 600,
      'wireless.clients wlan0': 4,
      'cpu.usage_percent ': 12,
    });
  });

  test.each([
    ['nonsense', 'bad-json'],
    ['[1,2]', 'bad-json'],
    ['{"volts":3}', 'bad-payload'],
    ['{"voltage":"26"}', 'bad-payload'],
    ['{"mains":1}', 'bad-payload'],
    ['{"uptimeS":-1}', 'bad-payload'],
    ['{"__proto__":{"a":1},"constructor":1}', 'bad-payload'],
  ])('%s is a fault, and what is right beside it still counts', (payload, fault) => {
    expect(reader.read(messageOf('simpul/x/readings', payload))).toMatchObject({ fault });
    const beside = `${payload.slice(0, -1)},"charge":50}`;
    if (fault === 'bad-payload') expect(values(reader, 'simpul/x/readings', beside)).toEqual({ 'sensor.charge ': 50 });
  });

  test('status and info', () => {
    expect(reader.read(messageOf('simpul/x/status', 'online')).life).toBe('online');
    expect(reader.read(messageOf('simpul/x/status', 'offline')).life).toBe('offline');
    expect(reader.read(messageOf('simpul/x/status', 'who knows')).life).toBe('nothing');
    expect(reader.read(messageOf('simpul/x/info', '{"vendor":"SMK 1","serial":"7","other":1}')).identity).toEqual({
      vendor: 'SMK 1',
      serial: '7',
    });
  });
});

describe('collectd', () => {
  test('types are those of the types.db that Debian ships', () => {
    const wrong = readFileSync('/usr/share/collectd/types.db', 'utf8')
      .split('\n')
      .filter((line) => /^\w/.test(line))
      .flatMap((line) => {
        const [type = '', ...sources] = line.trim().split(/[\s,]+/);
        const want = sources.map((source) => /^[^:]+:(?:DERIVE|COUNTER):/.test(source));
        const names = sources.map((source) => source.split(':')[0]);
        const got = sourcesOf(type);
        const isRight =
          JSON.stringify(got.map(({ isCounter }) => isCounter)) === JSON.stringify(want) &&
          (names.length === 1 || JSON.stringify(got.map(({ name }) => name)) === JSON.stringify(names));
        return isRight ? [] : [type];
      });

    expect(wrong).toEqual([]);
  });

  test('counters are told once it is sure that they are no rates', () => {
    const reader = open('collectd', 'c/h');

    expect(values(reader, 'c/h/interface-eth0/if_errors', '1.0:0:0\0')).toEqual({});
    expect(values(reader, 'c/h/interface-eth0/if_octets', '1.0:123:456\0')).toEqual({
      'interface.ifHCInOctets eth0': 123,
      'interface.ifHCOutOctets eth0': 456,
    });
    expect(values(reader, 'c/h/interface-eth0/if_errors', '2.0:0:0\0')).toEqual({
      'interface.ifInErrors eth0': 0,
      'interface.ifOutErrors eth0': 0,
    });
  });

  test('how busy a processor is comes from its idle counter', () => {
    const reader = open('collectd', 'c/h');
    values(reader, 'c/h/cpu-0/cpu-idle', '1000.000:5000\0');

    const { 'cpu.usage_percent 0': busy } = values(reader, 'c/h/cpu-0/cpu-idle', '1010.000:5750\0');

    expect(busy).toBeCloseTo(25, 9);
  });

  test.each(['', '\0', ':', '1.0:', '1.0:x\0', 'x:1\0', '1.0:1:2:3;4\0', `1.0${':1'.repeat(40)}\0`])(
    '%j is no payload',
    (payload) => {
      const reader = open('collectd', 'c/h');

      expect(reader.read(messageOf('c/h/load/load', payload))).toMatchObject({ fault: 'bad-payload' });
    },
  );

  test('Wi-Fi of OpenWrt, a UPS by nut, and percentages', () => {
    const reader = open('collectd', 'c/h');

    expect(values(reader, 'c/h/iwinfo-wlan0/signal_power', '1:-61\0')).toEqual({ 'wireless.rssi wlan0': -61 });
    expect(values(reader, 'c/h/iwinfo-wlan0/stations', '1:4\0')).toEqual({ 'wireless.clients wlan0': 4 });
    expect(values(reader, 'c/h/nut-ups/percent-charge', '1:97\0')).toEqual({
      'sensor.charge nut-ups/percent-charge': 97,
    });
    expect(values(reader, 'c/h/nut-ups/voltage-input', '1:228.5\0')).toEqual({
      'sensor.voltage nut-ups/voltage-input': 228.5,
    });
    expect(values(reader, 'c/h/memory/percent-used', '1:41.5\0')).toEqual({ 'mem.used_percent ': 41.5 });
  });
});

describe('the status-topic family', () => {
  test('Tasmota: energy, Wi-Fi, Fahrenheit, uptime, and a number that is none', () => {
    const reader = open('tasmota', 'plug');
    const sensor =
      '{"Time":"x","ENERGY":{"Power":143,"Voltage":235,"Current":nan,"Factor":0.77,"Total":152.6},"TempUnit":"F","AM2301":{"Temperature":50}}';

    expect(values(reader, 'tele/plug/SENSOR', sensor)).toEqual({
      'sensor.power ENERGY/Power': 143,
      'sensor.voltage ENERGY/Voltage': 235,
      'sensor.power_factor ENERGY/Factor': 0.77,
      'mqtt.value ENERGY/Total': 152.6,
      'sensor.temperature AM2301/Temperature': 10,
    });
    expect(
      values(reader, 'tele/plug/STATE', '{"Uptime":"1T00:00:10","Wifi":{"RSSI":86,"Signal":-57},"POWER":"ON"}'),
    ).toEqual({
      'system.uptime_s ': 86_410,
      'wireless.quality Wifi/RSSI': 86,
      'wireless.rssi Wifi/Signal': -57,
      'sensor.state POWER': 1,
    });
  });

  test('Shelly: the same reading, whether all or only what changed is said', () => {
    const reader = open('shelly', 's/1');

    expect(
      values(
        reader,
        's/1/status/switch:0',
        '{"id":0,"voltage":232.7,"output":true,"temperature":{"tC":39.2,"tF":102.5}}',
      ),
    ).toEqual({
      'sensor.voltage switch:0/voltage': 232.7,
      'sensor.state switch:0/output': 1,
      'sensor.temperature switch:0/temperature/tC': 39.2,
    });
    expect(
      values(
        reader,
        's/1/events/rpc',
        '{"src":"x","method":"NotifyStatus","params":{"ts":1.5,"switch:0":{"id":0,"voltage":231}}}',
      ),
    ).toEqual({ 'sensor.voltage switch:0/voltage': 231 });
    expect(values(reader, 's/1/relay/0/power', '12.5')).toEqual({ 'sensor.power relay/0/power': 12.5 });
  });

  test('Zigbee2MQTT: the bridge that is lost takes its devices with it, and its being there says nothing of them', () => {
    const reader = open('zigbee2mqtt', 'z/door');

    expect(reader.overhears).toEqual(['z/bridge/state']);
    expect(reader.read(messageOf('z/bridge/state', '{"state":"offline"}')).life).toBe('offline');
    expect(reader.read(messageOf('z/bridge/state', 'online')).life).toBe('nothing');
    expect(values(reader, 'z/door', '{"contact":true,"battery":91,"voltage":3045,"linkquality":120}')).toEqual({
      'sensor.state contact': 1,
      'sensor.charge battery': 91,
      'sensor.voltage voltage': 3.045,
      'mqtt.value linkquality': 120,
    });
  });

  test('Homie: units of the description, and a child that is lost with its root', () => {
    const reader = open('homie', 'homie/5/child');
    const description = {
      root: 'gate',
      nodes: {
        power: {
          name: 'Power',
          properties: { battery: { name: 'Battery', unit: 'V' }, left: { name: 'Charge', unit: '%' } },
        },
      },
    };

    const said = reader.read(messageOf('homie/5/child/$description', JSON.stringify(description)));

    expect(said.follows).toEqual(['homie/5/gate/$state']);
    expect(values(reader, 'homie/5/child/power/battery', '26.4')).toEqual({ 'sensor.voltage power/battery': 26.4 });
    expect(values(reader, 'homie/5/child/power/left', '80')).toEqual({ 'sensor.charge power/left': 80 });
    expect(reader.read(messageOf('homie/5/gate/$state', 'ready')).life).toBe('nothing');
    expect(reader.read(messageOf('homie/5/gate/$state', 'lost')).life).toBe('offline');
    expect(reader.read(messageOf('homie/5/child/$state', 'sleeping')).life).toBe('nothing');
  });
});

describe('Sparkplug B', () => {
  const FLOAT = 9;
  const birth = (bdSeq: number, seq: number): Buffer =>
    payloadOf(seq, [
      { name: 'bdSeq', datatype: 8, value: varintField(11, BigInt(bdSeq)) },
      { name: 'Battery Voltage', alias: 5, datatype: FLOAT, value: fixed32Field(12, 26.4), unit: 'V' },
      { name: 'Outside', alias: 6, datatype: 3, value: varintField(10, 0xffff_fffbn), unit: '°C' },
      { name: 'Properties/Hardware Make', datatype: 12, value: bytesField(15, Buffer.from('Raspberry Pi')) },
    ]);
  const node = (): FormatReader => {
    const reader = open('sparkplug-b', 'G/N');
    reader.read(messageOf('spBv1.0/G/NBIRTH/N', birth(3, 0)));
    return reader;
  };

  test('a birth tells names and units, and data with aliases alone is understood from then on', () => {
    const reader = open('sparkplug-b', 'G/N');

    const said = reader.read(messageOf('spBv1.0/G/NBIRTH/N', birth(3, 0)));

    expect(said).toMatchObject({ life: 'online', identity: { vendor: 'Raspberry Pi' } });
    expect(said.values).toMatchObject([
      { metric: 'sensor.voltage', instance: 'Battery Voltage', value: 26.4 },
      { metric: 'sensor.temperature', instance: 'Outside', value: -5 },
    ]);
    const data = payloadOf(1, [
      { alias: 5, value: fixed32Field(12, 25.5) },
      { alias: 6, value: varintField(10, 0xffff_ffffn) },
    ]);
    expect(values(reader, 'spBv1.0/G/NDATA/N', data)).toEqual({
      'sensor.voltage Battery Voltage': 25.5,
      'sensor.temperature Outside': -1,
    });
  });

  test('an alias that no birth told, a number that is missing, and data before the birth ask for another birth', () => {
    const unborn = open('sparkplug-b', 'G/N');
    const asks = (reader: FormatReader, payload: Buffer): string | undefined =>
      reader.read(messageOf('spBv1.0/G/NDATA/N', payload)).send?.[0]?.topic;

    expect(asks(unborn, payloadOf(7, []))).toBe('spBv1.0/G/NCMD/N');
    expect(asks(node(), payloadOf(1, [{ alias: 99, value: varintField(10, 1n) }]))).toBe('spBv1.0/G/NCMD/N');
    expect(asks(node(), payloadOf(3, []))).toBe('spBv1.0/G/NCMD/N');
    expect(asks(node(), payloadOf(1, []))).toBeUndefined();
  });

  test('the death of an earlier connection that the broker noticed late is none', () => {
    const death = (bdSeq: number): Buffer =>
      payloadOf(null, [{ name: 'bdSeq', datatype: 8, value: varintField(11, BigInt(bdSeq)) }]);

    expect(node().read(messageOf('spBv1.0/G/NDEATH/N', death(2)))).toEqual({ life: 'nothing', fault: 'stale' });
    expect(node().read(messageOf('spBv1.0/G/NDEATH/N', death(3))).life).toBe('offline');
  });

  test('a device dies by its own death and by that of its node', () => {
    const device = open('sparkplug-b', 'G/N/D');

    expect(device.overhears).toContain('spBv1.0/G/NDEATH/N');
    expect(device.read(messageOf('spBv1.0/G/DBIRTH/N/D', birth(0, 1))).life).toBe('online');
    expect(device.read(messageOf('spBv1.0/G/DDEATH/N/D', payloadOf(2, []))).life).toBe('offline');
    expect(device.read(messageOf('spBv1.0/G/NDEATH/N', payloadOf(null, []))).life).toBe('offline');
  });

  test('what was measured in the past, and a metric without a value, give no reading of now', () => {
    const data = payloadOf(1, [
      { alias: 5, value: fixed32Field(12, 1), isHistorical: true },
      { alias: 6, value: varintField(7, 1n) },
    ]);

    expect(values(node(), 'spBv1.0/G/NDATA/N', data)).toEqual({});
  });
});

describe('devices that have to be asked', () => {
  test('Victron: an empty keepalive first, then ones that do not ask for all', () => {
    const { asks } = open('victron', 'abc');

    expect(asks?.messages(0)).toEqual([{ topic: 'R/abc/keepalive', payload: '' }]);
    expect(asks?.messages(1)[0]?.payload).toContain('suppress-republish');
    expect(asks?.everyS).toBeLessThan(60);
  });

  test('Teltonika: each value by its own question, and answers in the unit we use', () => {
    const reader = open('teltonika', '110');

    expect(reader.asks?.messages(0)).toContainEqual({ topic: 'get/110/command', payload: 'temperature' });
    expect(values(reader, 'router/110/temperature', '423')).toEqual({ 'sensor.temperature temperature': 42.3 });
    expect(values(reader, 'router/110/signal', '-71')).toEqual({ 'sensor.signal signal': -71 });
    expect(reader.read(messageOf('router/110/operator', 'Telkomsel')).texts).toEqual({ operator: 'Telkomsel' });
  });
});
