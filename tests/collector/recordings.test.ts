import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ProbeReport, probeHost } from '../../collector/probe-host.ts';
import { loadProfiles } from '../../collector/profile.ts';
import { Secret } from '../../core/config/secret.ts';
import { root } from '../support/process.ts';
import { type Snmpsim, startSnmpsim } from '../support/snmpsim.ts';

const corpus = join(root, '../shared/corpora/snmp');
const isThere = existsSync(join(corpus, 'recordings'));
if (!isThere) process.stderr.write(`no recordings of real devices in ${corpus}: their tests are skipped\n`);

/** Switches, routers, radios and access points: 64-bit and 32-bit counters, sparse tables, large and no indexes. */
const NAMES = [
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

type Port = { ifIndex: number; octets?: string } & Readonly<Record<string, unknown>>;

/** Field of the expected answer, and ours. */
const FIELDS = [
  ['ifInOctets', 'inOctets'],
  ['ifOutOctets', 'outOctets'],
  ['ifInErrors', 'inErrors'],
  ['ifOutErrors', 'outErrors'],
  ['ifOperStatus', 'operStatus'],
  ['ifMtu', 'mtu'],
] as const;

describe.skipIf(!isThere)('recordings of real devices', () => {
  let snmpsim: Snmpsim;
  beforeAll(async () => {
    const recordings = NAMES.map((name) => [name, readFileSync(join(corpus, 'recordings', `${name}.snmprec`))]);
    snmpsim = await startSnmpsim(Object.fromEntries(recordings));
  });
  afterAll(() => snmpsim.stop());

  const ask = async (name: string): Promise<ProbeReport> => {
    const security = { version: '2c', community: new Secret(name) } as const;
    const target = { address: '127.0.0.1', port: snmpsim.port, security, timeoutMs: 5_000, retries: 2 };
    return probeHost(target, await loadProfiles());
  };

  test.each(NAMES)('%s: its ports are read as they were recorded', async (name) => {
    const expected: { ports?: Port[] } = JSON.parse(readFileSync(join(corpus, 'expected', `${name}.json`), 'utf8'));

    const { interfaces } = await ask(name);

    const byIndex = new Map(interfaces.map((port) => [port.index, port]));
    const wrong = (expected.ports ?? [])
      .filter(({ octets }) => octets !== 'vendorMib')
      .flatMap((port) =>
        FIELDS.flatMap(([theirs, ours]) => {
          const want = port[theirs];
          const got = byIndex.get(port.ifIndex)?.[ours];
          return want === undefined || String(want) === String(got)
            ? []
            : [`${port.ifIndex} ${ours}: ${want} ≠ ${got}`];
        }),
      );
    expect(wrong).toEqual([]);
  });
});
