import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ProbeReport, probeHost } from '../../collector/probe-host.ts';
import { loadProfiles, type Profiles } from '../../collector/profile.ts';
import { Secret } from '../../core/config/secret.ts';
import {
  corpus,
  isCorpusThere,
  PARTS,
  type Part,
  printedScore,
  readRecording,
  readScore,
  recordingsIn,
  replayRecording,
  type ScoreTable,
} from '../support/recordings.ts';
import { type Snmpsim, startSnmpsim } from '../support/snmpsim.ts';

if (!isCorpusThere) process.stderr.write(`no recordings of real devices in ${corpus}: their tests are skipped\n`);
const recordings = join(corpus, 'recordings');

/** Percent found of what is expected, by family: what holds, rounded down. To be raised, not lowered. */
const FLOORS: Readonly<Record<string, Readonly<Partial<Record<Part, number>>>>> = {
  aruba: { identity: 100, ports: 100, wireless: 95, sensors: 100, usage: 100 },
  cambium: { identity: 100, ports: 98, wireless: 100, sensors: 100, usage: 100 },
  cctv: { identity: 95, ports: 100, sensors: 100, usage: 100 },
  cisco: { identity: 100, ports: 100, wireless: 100, sensors: 95, usage: 100 },
  'dlink-zyxel-netgear': { identity: 96, ports: 100, wireless: 100, sensors: 97, usage: 97 },
  draytek: { identity: 100, ports: 98, usage: 100 },
  fiberhome: { identity: 100, sensors: 100, usage: 100 },
  fortinet: { identity: 100, ports: 100, wireless: 93, sensors: 100, usage: 100 },
  huawei: { identity: 95, ports: 99, wireless: 100, sensors: 94, usage: 100 },
  juniper: { identity: 100, ports: 100, sensors: 100, usage: 99 },
  linux: { identity: 95, ports: 100, sensors: 97, usage: 100 },
  'mikrotik-routeros': { identity: 100, ports: 100, wireless: 100, sensors: 100, usage: 100 },
  'mikrotik-swos': { identity: 100, ports: 100, sensors: 100 },
  mimosa: { identity: 100, ports: 100, wireless: 100, sensors: 100 },
  'openwrt-linux-cpe': { identity: 100, ports: 100, wireless: 100, usage: 100 },
  'other-olt': { identity: 77, ports: 100, usage: 100 },
  'radio-other': { identity: 100, ports: 100, wireless: 100, sensors: 100, usage: 100 },
  raisecom: { identity: 100, ports: 100, sensors: 100, usage: 100 },
  ruckus: { identity: 100, ports: 100, wireless: 100, usage: 100 },
  ruijie: { identity: 100, sensors: 80, usage: 100 },
  'site-sensors': { identity: 100, ports: 100, sensors: 90, usage: 100 },
  teltonika: { identity: 76, ports: 100, wireless: 100, sensors: 100, usage: 100 },
  tplink: { identity: 100, ports: 100, sensors: 100, usage: 100 },
  'ubiquiti-airfiber': { identity: 100, ports: 99, wireless: 92, sensors: 100, usage: 100 },
  'ubiquiti-airos': { identity: 100, ports: 100, wireless: 100, sensors: 100, usage: 100 },
  'ubiquiti-edge': { identity: 100, ports: 100, sensors: 100, usage: 100 },
  'ubiquiti-olt': { identity: 100, ports: 100, sensors: 50 },
  'ubiquiti-unifi': { identity: 100, ports: 100, wireless: 100, usage: 100 },
  'ups-apc': { identity: 97, ports: 100, sensors: 93 },
  'ups-eaton': { identity: 100, ports: 100, sensors: 99 },
  'ups-other': { identity: 100, ports: 94, sensors: 98, usage: 100 },
  vsat: { identity: 100, ports: 100, wireless: 100, sensors: 100 },
  'vsol-cdata-bdcom': { identity: 100, ports: 100, sensors: 100, usage: 100 },
  'wifi-other': { identity: 100, ports: 100, wireless: 100, sensors: 100, usage: 100 },
  zte: { identity: 100, ports: 100, sensors: 100, usage: 100 },
  TOTAL: { identity: 97, ports: 99, wireless: 98, sensors: 97, usage: 99 },
};

describe.skipIf(!isCorpusThere)('all recordings of real devices, replayed', () => {
  const reports = new Map<string, ProbeReport>();
  let scores: ScoreTable;
  beforeAll(async () => {
    const profiles = await loadProfiles();
    const dir = await mkdtemp(join(tmpdir(), 'simpul-recordings-'));
    const [expected, actual] = [join(dir, 'expected'), join(dir, 'actual')];
    await mkdir(actual);
    await symlink(join(corpus, 'expected'), expected);
    for (const name of recordingsIn(recordings)) {
      const report = await replayRecording(recordings, name, profiles);
      reports.set(name, report);
      await writeFile(join(actual, `${name}.json`), JSON.stringify(report));
    }
    scores = readScore(printedScore(expected, actual));
    await rm(dir, { recursive: true });
  }, 120_000);

  test('no two readings of a device have the same group, class and index', () => {
    const repeated = [...reports].flatMap(([name, { readings }]) => {
      const seen = new Set<string>();
      return readings.flatMap(({ group, class: kind, index }) => {
        const key = `${name}: ${group} ${kind} ${index}`;
        if (seen.has(key)) return [key];
        seen.add(key);
        return [];
      });
    });

    expect(repeated).toEqual([]);
  });

  test('no two ports of a device have the same index', () => {
    const repeated = [...reports].filter(
      ([, { interfaces }]) => new Set(interfaces.map(({ index }) => index)).size !== interfaces.length,
    );

    expect(repeated.map(([name]) => name)).toEqual([]);
  });

  test('every value is a number, and what is a share lies between nought and all', () => {
    const isBad = ({ group, value }: ProbeReport['readings'][number]): boolean =>
      !Number.isFinite(value) || (group === 'usage' && (value < 0 || value > 100));

    const bad = [...reports].flatMap(([name, { readings }]) =>
      readings
        .filter(isBad)
        .map(({ group, class: kind, index, value }) => `${name}: ${group} ${kind} ${index} ${value}`),
    );

    expect(bad).toEqual([]);
  });

  test('no table of a profile is lost', () => {
    const lost = [...reports].filter(([, { badReadings }]) => badReadings?.['endless-walk'] !== undefined);

    expect(lost.map(([name]) => name)).toEqual([]);
  });

  test.each(Object.entries(FLOORS))('%s: at least as much is found as before', (family, floors) => {
    const row = scores.get(family);

    const below = PARTS.filter((part) => (row?.[part] ?? 100) < (floors[part] ?? 0)).map(
      (part) => `${part}: ${row?.[part]} < ${floors[part]}`,
    );

    expect(row).toBeDefined();
    expect(below).toEqual([]);
  });

  test('every family has its floors', () => {
    expect(Object.keys(FLOORS).sort()).toEqual([...scores.keys()].sort());
  });
});

/** Switches, routers, radios and access points: 64-bit and 32-bit counters, sparse tables, large and no indexes. */
const OVER_THE_WIRE = [
  'aruba-instant',
  'ios_2960x',
  'routeros_rb433gl',
  'openwrt',
  'swos_css326-24g-2s+',
  'tplink_sg2008',
  'zxr10_5950',
  'unifi_unifi',
  // Holds values so long that an answer of many rows never comes: it must be asked for fewer.
  'vrp_ac6605-26',
];

describe.skipIf(!isCorpusThere)('recordings of real devices, asked over the wire', () => {
  let snmpsim: Snmpsim;
  let profiles: Profiles;
  beforeAll(async () => {
    profiles = await loadProfiles();
    snmpsim = await startSnmpsim(
      Object.fromEntries(OVER_THE_WIRE.map((name) => [name, readRecording(recordings, name)])),
    );
  });
  afterAll(() => snmpsim.stop());

  const ask = (name: string, version: '1' | '2c'): Promise<ProbeReport> => {
    const security = { version, community: new Secret(name) } as const;
    return probeHost({ address: '127.0.0.1', port: snmpsim.port, security, timeoutMs: 5_000, retries: 2 }, profiles);
  };

  test.each(OVER_THE_WIRE)('%s: answers as it was recorded', async (name) => {
    const replayed = await replayRecording(recordings, name, profiles);

    const asked = await ask(name, '2c');

    expect(asked).toEqual(replayed);
  });
});
