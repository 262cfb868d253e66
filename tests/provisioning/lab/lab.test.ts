import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { silentLog } from '../../../core/log/log.ts';
import { labCommand } from '../../../provisioning/cli/lab.ts';
import { askControl, controlPath, openControl } from '../../../provisioning/lab/control.ts';
import { createFaultDriver } from '../../../provisioning/lab/faults/driver.ts';
import { type Fault, faultAt, targetsOf } from '../../../provisioning/lab/faults/fault.ts';
import { type Lab, startLab } from '../../../provisioning/lab/lab.ts';
import { readLives, writeLives } from '../../../provisioning/lab/lives-file.ts';
import { labNetwork } from '../../../provisioning/lab/network.ts';
import { outputOf, program } from '../../support/program.ts';

const whole = labNetwork();
/** A village whose two hotspots answer SNMP. */
const VILLAGE = '16.02.05.2015';
const OFFICE = `${VILLAGE}-office-ap`;
const PUBLIC = `${VILLAGE}-public-ap`;
const network = {
  ...whole,
  devices: whole.devices.filter(
    ({ code, protocol }) =>
      code.includes(VILLAGE) ||
      code.startsWith('opd-biro') ||
      code.startsWith('fo-k') ||
      (protocol === 'routeros' && code.startsWith('16.03.')),
  ),
};

let dir: string;
let lab: Lab;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'simpul-lab-'));
  lab = await startLab({ devices: network.devices, clock: Date.now, log: silentLog });
});
afterEach(async () => {
  await lab.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** Milliseconds since the device started; null where nothing answers. */
async function uptimeMs(code: string): Promise<number | null> {
  const args = ['-v2c', '-c', 'public', '-t', '1', '-r', '0', '-m', '', '-Oqvt'];
  const target = [`127.0.0.1:${lab.ports.get(code)}`, '.1.3.6.1.2.1.1.3.0'];
  return await outputOf(program('snmpget', 'snmp'), [...args, ...target]).then(
    (output) => 10 * Number(output),
    () => null,
  );
}

async function connects(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

test('every device answers on a port of its own, in its protocol', async () => {
  const answers = await Promise.all(
    network.devices.map(async ({ code, protocol }) =>
      protocol === 'snmp' ? ((await uptimeMs(code)) ?? 0) > 0 : await connects(lab.ports.get(code) ?? 0),
    ),
  );

  expect(lab.ports.size).toBe(network.devices.length);
  expect(new Set(network.devices.map(({ protocol }) => protocol))).toEqual(new Set(['snmp', 'routeros']));
  expect(answers.every(Boolean)).toBe(true);
});

test('a stopped agent is silent, and answers again as one that has just started', async () => {
  await lab.stopAgent(OFFICE);
  const silent = await uptimeMs(OFFICE);
  const neighbour = await uptimeMs(PUBLIC);
  await lab.startAgent(OFFICE);
  const uptime = await uptimeMs(OFFICE);

  expect(silent).toBeNull();
  expect(neighbour).not.toBeNull();
  expect(uptime).toBeLessThan(30_000);
  expect(lab.lives.get(OFFICE)?.cuts).toEqual([]);
});

test('behind a broken line a device is silent and runs on', async () => {
  const before = lab.lives.get(OFFICE);

  await lab.hold(OFFICE, 'fault', 'line');
  const silent = await uptimeMs(OFFICE);
  await lab.release(OFFICE, 'fault');
  const uptime = await uptimeMs(OFFICE);

  expect(silent).toBeNull();
  expect(uptime).toBeGreaterThan(3_600_000);
  expect(lab.lives.get(OFFICE)?.bootAt).toBe(before?.bootAt);
  expect(lab.lives.get(OFFICE)?.cuts).toHaveLength(1);
});

test('a person who starts a device again is stronger than a fault that holds it', async () => {
  await lab.hold(OFFICE, 'fault', 'power');
  await lab.startAgent(OFFICE);
  const uptime = await uptimeMs(OFFICE);
  await lab.release(OFFICE, 'fault');

  expect(uptime).not.toBeNull();
  expect(lab.isSilent(OFFICE)).toBe(false);
});

test('faults strike and pass by the clock, and leave alone what a person has touched', async () => {
  let now = 1_000_000;
  const [, village] = [0, targetsOf(network, 'power-cut').find(({ deviceCodes }) => deviceCodes.length === 2)];
  const [branch] = [{ place: 'branch', deviceCodes: ['fo-kapten-a-rivai-sw1', 'opd-biro-hukum-r1'] }];
  if (village === undefined) throw new Error('the village of this test has gone');
  const script: Fault[] = [
    faultAt('power-cut', village, now + 10_000, 60_000, Math.random),
    faultAt('fibre-cut', branch, now + 100_000, 60_000, Math.random),
  ];
  const driver = createFaultDriver(lab, { script: script.values(), clock: () => now, log: silentLog });
  const silent = (): string[] =>
    network.devices
      .map(({ code }) => code)
      .filter(lab.isSilent)
      .sort();
  const at = async (moment: number): Promise<string[]> => {
    now = moment;
    await driver.tick();
    return silent();
  };

  expect(await at(1_005_000)).toEqual([]);
  expect(await at(1_011_000)).toEqual([OFFICE, PUBLIC]);
  expect(await at(1_071_000)).toEqual([]);
  await lab.slow('opd-biro-hukum-r1', 0);
  await at(1_090_000);
  expect(await at(1_101_000)).toEqual(['fo-kapten-a-rivai-sw1']);
  expect(await at(1_161_000)).toEqual([]);
  expect(driver.current()).toEqual([]);
});

test('the agents come back on their ports when their process is killed', async () => {
  const ports = new Map(lab.ports);
  await lab.stopAgent(PUBLIC);

  lab.killAgents();
  await vi.waitFor(async () => expect(await uptimeMs(OFFICE)).not.toBeNull(), { timeout: 30_000, interval: 200 });

  expect(lab.ports).toEqual(ports);
  expect(await uptimeMs(PUBLIC)).toBeNull();
});

test('since when devices run is kept from one run to the next, and a damaged file is as good as none', () => {
  const file = join(dir, 'lives.json');

  writeLives(file, lab.lives);
  const kept = readLives(file);
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 100));

  expect(kept).toEqual(lab.lives);
  expect(readLives(file)).toEqual(new Map());
  expect(readLives(join(dir, 'absent.json'))).toEqual(new Map());
});

async function withControl<T>(work: (path: string) => Promise<T>): Promise<T> {
  const driver = createFaultDriver(lab, { script: null, clock: Date.now, log: silentLog });
  const control = await openControl(controlPath(dir), { lab, driver, network, clock: Date.now });
  try {
    return await work(controlPath(dir));
  } finally {
    await control.close();
  }
}

test('the command line stops and starts the devices of a village', async () => {
  const printed: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  const simpul = (...args: string[]) => labCommand({ dataDir: dir }).parseAsync(args, { from: 'user' });

  await withControl(async () => {
    await simpul('stop', VILLAGE, '--json');
    expect([lab.isSilent(OFFICE), lab.isSilent(PUBLIC)]).toEqual([true, true]);
    await simpul('start', OFFICE);
    expect([lab.isSilent(OFFICE), lab.isSilent(PUBLIC)]).toEqual([false, true]);
    await simpul('list');
  });

  expect(JSON.parse(printed[0] ?? '')).toMatchObject({ ok: true, devices: [{ code: OFFICE }, { code: PUBLIC }] });
  expect(printed.at(-1)).toMatch(new RegExp(`${PUBLIC} +${lab.ports.get(PUBLIC)} +silent`));
});

test('the control socket belongs to its user alone and answers nonsense in words', async () => {
  await withControl(async (path) => {
    const mode = statSync(path).mode & 0o777;
    const unknown = await askControl(path, { command: 'stop', device: 'no-such-device' });
    const fault = await askControl(path, { command: 'fault', name: 'earthquake' });
    const nonsense = await askControl(path, { command: 'explode' } as never);

    expect(mode).toBe(0o600);
    expect(unknown).toMatchObject({ ok: false, message: expect.stringContaining('no-such-device') });
    expect(fault).toMatchObject({ ok: false, message: expect.stringContaining('power-cut') });
    expect(nonsense).toMatchObject({ ok: false });
  });
});

test('without a running lab the command says how to start one', async () => {
  await expect(askControl(controlPath(dir), { command: 'list' })).rejects.toThrow(/npm run demo/);
});
