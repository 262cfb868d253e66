import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareOids } from '../../../../collector/snmp/value.ts';
import { DAY } from '../../../../core/domain/clock.ts';
import { type AgentHost, createAgentHost } from '../../../../provisioning/lab/agents/host.ts';
import { clientsOf, minuteLoad } from '../../../../provisioning/lab/model/load.ts';
import { trafficMeter } from '../../../../provisioning/lab/model/traffic.ts';
import { labNetwork } from '../../../../provisioning/lab/network.ts';
import { hardwareOf, type LabDevice } from '../../../../provisioning/lab/network-builder.ts';
import { outputOf, program } from '../../../support/program.ts';

// 20:00 in western Indonesia, when people are online.
let now = Date.UTC(2026, 10, 21, 13);
const life = { bootAt: now - 9 * DAY, cuts: [] };
const { devices } = labNetwork();
const withHardware = (id: string): LabDevice => {
  const device = devices.find(({ hardware }) => hardware === id);
  if (device === undefined) throw new Error(`no device of the lab is a ${id}`);
  return device;
};
const mikrotik = withHardware('wap-ac');
const unifi = withHardware('u6-lite');
const core = withHardware('ccr2004');
const ports = new Map<LabDevice, number>();
let host: AgentHost;

beforeAll(async () => {
  host = createAgentHost(() => now);
  for (const device of [mikrotik, unifi, core]) ports.set(device, await host.add(device, life, { port: 0 }));
});
afterAll(() => host.close());

type Tool = 'snmpwalk' | 'snmpbulkwalk' | 'snmpget' | 'snmpgetnext';
/** `OID value` by line, numbers and texts plain. */
async function ask(tool: Tool, version: '1' | '2c', device: LabDevice, ...oids: string[]): Promise<string[][]> {
  const target = `127.0.0.1:${ports.get(device)}`;
  const args = [`-v${version}`, '-c', 'public', '-t', '5', '-r', '2', '-m', '', '-Oqnet', '-Cc'];
  if (tool === 'snmpget' || tool === 'snmpgetnext') args.pop();
  const output = await outputOf(program(tool, 'snmp'), [...args, target, ...oids]);
  return output
    .trim()
    .split('\n')
    .map((line) => [line.slice(1, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1).trim()]);
}
/** All that a tool prints, whether or not it is content. */
const said = (tool: string, device: LabDevice, options: string[], rest: string[]): Promise<string> =>
  new Promise((done) => {
    const args = ['-c', 'public', '-m', '', ...options, `127.0.0.1:${ports.get(device)}`, ...rest];
    execFile(program(tool, 'snmp'), args, (_, stdout, stderr) => done(stdout + stderr));
  });
const table = (rows: string[][]): Map<string, string> => new Map(rows.map(([oid = '', value = '']) => [oid, value]));

describe.each([
  ['a MikroTik access point', mikrotik],
  ['a UniFi access point', unifi],
  ['the core router', core],
] as const)('%s', (_, device) => {
  test('is walked over v2c in ascending order, in small steps and large ones alike', async () => {
    const walked = await ask('snmpwalk', '2c', device, '.1');
    const inBulk = await ask('snmpbulkwalk', '2c', device, '.1');

    const oids = walked.slice(0, -1).map(([oid = '']) => oid);
    expect(oids.length).toBeGreaterThan(100);
    for (const [index, oid] of oids.entries()) {
      if (index > 0) expect(compareOids(oids[index - 1] ?? '', oid)).toBeLessThan(0);
    }
    expect(inBulk).toEqual(walked);
  });

  test('is walked over v1, which has no 64-bit counters', async () => {
    const v1 = table(await ask('snmpwalk', '1', device, '.1.3.6.1.2.1'));
    const v2c = table(await ask('snmpbulkwalk', '2c', device, '.1.3.6.1.2.1'));

    const isHighCapacity = (oid: string): boolean => /^1\.3\.6\.1\.2\.1\.31\.1\.1\.1\.([6-9]|1[0-3])\./.test(oid);
    expect([...v1.keys()]).toEqual([...v2c.keys()].filter((oid) => !isHighCapacity(oid)));
    for (const [oid, value] of v1) expect(value, oid).toBe(v2c.get(oid));
  });

  test('has the interfaces of its model', async () => {
    const { ports: models } = hardwareOf(device);

    const names = await ask('snmpbulkwalk', '2c', device, '.1.3.6.1.2.1.31.1.1.1.1');
    const speeds = table(await ask('snmpbulkwalk', '2c', device, '.1.3.6.1.2.1.31.1.1.1.15'));

    expect(names.map(([oid = '', name = '']) => [Number(oid.split('.').at(-1)), name.replaceAll('"', '')])).toEqual(
      models.map(({ index, name }) => [index, name]),
    );
    for (const { index, mbps } of models) expect(speeds.get(`1.3.6.1.2.1.31.1.1.1.15.${index}`)).toBe(String(mbps));
  });
});

test('the counters of 64 bits are those of the model and grow with time', async () => {
  const { load } = mikrotik;
  const meter = trafficMeter(load, life);
  const uplink = '1.3.6.1.2.1.31.1.1.1.6.1';
  const seen: number[] = [];

  for (let poll = 0; poll < 5; poll++) {
    const [[, value = ''] = []] = await ask('snmpget', '2c', mikrotik, `.${uplink}`);
    seen.push(Number(value));
    expect(Number(value)).toBe(meter.downOctets(now));
    now += 20_000;
  }

  for (const [index, value] of seen.entries()) if (index > 0) expect(value).toBeGreaterThan(seen[index - 1] ?? 0);
  expect(seen[0]).toBeGreaterThan(2 ** 32);
  const [[, low = ''] = []] = await ask('snmpget', '2c', mikrotik, '.1.3.6.1.2.1.2.2.1.10.1');
  expect(Number(low)).toBe(meter.downOctets(now) % 2 ** 32);
});

test('the Wi-Fi clients of both radios are those of the model', async () => {
  for (const [device, column] of [
    [mikrotik, '1.3.6.1.4.1.14988.1.1.1.3.1.6'],
    [unifi, '1.3.6.1.4.1.41112.1.6.1.2.1.8'],
  ] as const) {
    const rows = await ask('snmpbulkwalk', '2c', device, `.${column}`);

    const sum = rows.reduce((total, [, value]) => total + Number(value), 0);
    expect(rows).toHaveLength(2);
    expect(sum).toBe(clientsOf(device.load, minuteLoad(device.load, now)));
    expect(sum).toBeGreaterThan(0);
  }
});

test('it says how long it runs, and starts to count anew when it restarts', async () => {
  const ticks = async (): Promise<number> => Number((await ask('snmpget', '2c', core, '.1.3.6.1.2.1.1.3.0'))[0]?.[1]);
  expect(await ticks()).toBe((now - life.bootAt) / 10);

  host.setLife(core.code, { bootAt: now - 30_000, cuts: [] });

  expect(await ticks()).toBe(3_000);
  const [[, octets] = []] = await ask('snmpget', '2c', core, '.1.3.6.1.2.1.31.1.1.1.6.2');
  expect(Number(octets)).toBe(trafficMeter(core.load, { bootAt: now - 30_000, cuts: [] }).downOctets(now));
  host.setLife(core.code, life);
});

test('what is missing is told apart in v2c, and fails the whole request in v1', async () => {
  const run = (version: string, ...oids: string[]) => said('snmpget', core, [`-v${version}`], oids);

  const v2c = await run('2c', '.1.3.6.1.2.1.1.5.0', '.1.3.6.1.2.1.2.2.1.2.99', '.1.3.6.1.2.1.1.99.0');
  const v1 = await run('1', '.1.3.6.1.2.1.1.5.0', '.1.3.6.1.2.1.2.2.1.2.99');
  const counter64OverV1 = await run('1', '.1.3.6.1.2.1.31.1.1.1.6.2');

  expect(v2c).toContain('dc-sumsel-core');
  expect(v2c).toContain('No Such Instance');
  expect(v2c).toContain('No Such Object');
  expect(v1).toContain('noSuchName');
  expect(v1).toContain('99');
  expect(counter64OverV1).toContain('noSuchName');
});

test('nothing can be set, and a wrong community gets no answer', async () => {
  const name = ['.1.3.6.1.2.1.1.5.0'];
  const set = (version: string) => said('snmpset', core, [`-v${version}`], [...name, 's', 'x']);

  const stranger = await said('snmpget', core, ['-v2c', '-c', 'secret', '-t', '0.3', '-r', '0'], name);

  expect(await set('2c')).toContain('notWritable');
  expect(await set('1')).toContain('noSuchName');
  expect(stranger).toContain('Timeout');
});

test('an agent that was silenced refuses, and answers on the same port once it is opened', async () => {
  await host.silence(unifi.code);

  const silence = await said('snmpget', unifi, ['-v2c', '-t', '0.3', '-r', '0'], ['.1.3.6.1.2.1.1.5.0']);
  await Promise.all([host.open(unifi.code), host.silence(unifi.code), host.open(unifi.code)]);
  const answer = await ask('snmpget', '2c', unifi, '.1.3.6.1.2.1.1.5.0');

  expect(silence).toContain('Timeout');
  expect(answer[0]?.[1]).toBe(`"${unifi.code}"`);
});
