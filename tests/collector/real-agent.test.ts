import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ProbeReport, probeHost } from '../../collector/probe-host.ts';
import { loadProfiles } from '../../collector/profile.ts';
import { interfaceTypeName } from '../../collector/readings/interface-types.ts';
import type { AuthProtocol, PrivProtocol, SnmpSecurity } from '../../collector/snmp/client.ts';
import { Secret } from '../../core/config/secret.ts';
import { ProbeError } from '../../core/domain/errors.ts';
import { AUTH_PASSPHRASE, PRIV_PASSPHRASE, type Snmpd, startSnmpd } from '../support/snmpd.ts';

const IF_ENTRY = '1.3.6.1.2.1.2.2.1';
const IF_X_ENTRY = '1.3.6.1.2.1.31.1.1.1';
const STORAGE = '1.3.6.1.2.1.25.2.3.1';
const PROCESSOR_LOAD = '1.3.6.1.2.1.25.3.3.1.2';

let snmpd: Snmpd;
beforeAll(async () => {
  snmpd = await startSnmpd();
});
afterAll(() => snmpd.stop());

const usm = (
  user: string,
  authProtocol: AuthProtocol,
  privProtocol: PrivProtocol,
  keys = [AUTH_PASSPHRASE, PRIV_PASSPHRASE],
): SnmpSecurity => ({
  version: '3',
  user,
  context: '',
  level: 'authPriv',
  authProtocol,
  authKey: new Secret(keys[0] ?? ''),
  privProtocol,
  privKey: new Secret(keys[1] ?? ''),
});

const ask = async (security: SnmpSecurity, timeoutMs = 2_000): Promise<ProbeReport> =>
  probeHost({ address: '127.0.0.1', port: snmpd.port, security, timeoutMs, retries: 1 }, await loadProfiles());

const between = (value: string | null, before: string | undefined, after: string | undefined): boolean =>
  value !== null && BigInt(before ?? 0) <= BigInt(value) && BigInt(value) <= BigInt(after ?? 0);

describe.each([
  ['v1', { version: '1', community: new Secret('public') }],
  ['v2c', { version: '2c', community: new Secret('public') }],
  ['v3 with SHA and AES', usm('noc', 'sha', 'aes')],
  ['v3 with MD5 and DES', usm('old', 'md5', 'des')],
  ['v3 with SHA-256 and AES', usm('new', 'sha256', 'aes')],
] satisfies [string, SnmpSecurity][])('a real agent over %s', (name, security) => {
  test('every interface is as snmpbulkwalk prints it', async () => {
    const [before, beforeX] = [await snmpd.walk(IF_ENTRY), await snmpd.walk(IF_X_ENTRY)];
    const { interfaces } = await ask(security);
    const [after, afterX] = [await snmpd.walk(IF_ENTRY), await snmpd.walk(IF_X_ENTRY)];

    const column = (entry: string, number: number, index: number): string => `${entry}.${number}.${index}`;
    const indexes = [...before].filter(([oid]) => oid.startsWith(`${IF_ENTRY}.1.`)).map(([, index]) => Number(index));
    expect(interfaces.map(({ index }) => index)).toEqual(indexes);
    const statuses = ['up', 'down', 'testing', 'unknown', 'dormant', 'notPresent', 'lowerLayerDown'];
    for (const port of interfaces) {
      const at = (number: number): string | undefined => before.get(column(IF_ENTRY, number, port.index));
      const atX = (number: number): string | undefined => beforeX.get(column(IF_X_ENTRY, number, port.index));
      const high = Number(atX(15));
      expect(port).toMatchObject({
        name: atX(1),
        alias: atX(18) || at(2),
        type: interfaceTypeName(Number(at(3))),
        mtu: Number(at(4)),
        speedBps: high > 0 ? high * 1e6 : Number(at(5)),
        adminStatus: statuses[Number(at(7)) - 1],
        operStatus: statuses[Number(at(8)) - 1],
      });
      // v1 knows no 64-bit counters: there the 32-bit ones are read.
      const isV1 = name === 'v1';
      const counters: [string | null, number, number | null][] = [
        [port.inOctets, 10, 6],
        [port.outOctets, 16, 10],
        [port.inErrors, 14, null],
        [port.outErrors, 20, null],
        [port.inDiscards, 13, null],
        [port.outDiscards, 19, null],
      ];
      for (const [value, number, numberX] of counters) {
        const isX = numberX !== null && !isV1;
        const oid = isX ? column(IF_X_ENTRY, numberX, port.index) : column(IF_ENTRY, number, port.index);
        const isSame = between(value, (isX ? beforeX : before).get(oid), (isX ? afterX : after).get(oid));
        expect(isSame, `${port.name} ${oid} ${value}`).toBe(true);
      }
    }
  });

  test('every processor, memory and storage is as snmpbulkwalk prints it', async () => {
    const before = await snmpd.walk(STORAGE);
    const { readings } = await ask(security);
    const loads = await snmpd.walk(PROCESSOR_LOAD);

    const indexes = [...before].filter(([oid]) => oid.startsWith(`${STORAGE}.1.`)).map(([, index]) => index);
    const cell = (number: number, index: string): string => before.get(`${STORAGE}.${number}.${index}`) ?? '';
    const used = (index: string): number => Number(cell(6, index)) * Number(cell(4, index));
    const reclaimable = indexes
      .filter((index) => /^(Memory buffers|Cached memory)$/.test(cell(3, index)))
      .reduce((sum, index) => sum + used(index), 0);
    const physical = indexes.find((index) => cell(3, index) === 'Physical memory');
    const disks = indexes.filter((index) => /\.(4|8|9|10)$/.test(cell(2, index)) && Number(cell(5, index)) > 0);
    expect(readings.filter(({ class: kind }) => kind === 'storage').map(({ index }) => index)).toEqual(disks);
    for (const { class: kind, index, value, label } of readings) {
      if (kind === 'processor') {
        expect(loads.has(`${PROCESSOR_LOAD}.${index}`)).toBe(true);
        continue;
      }
      expect(label).toBe(cell(3, index));
      const isPart = cell(2, index).endsWith('25.2.1.1');
      const sizeOf = isPart && physical !== undefined ? physical : index;
      const size = Number(cell(5, sizeOf)) * Number(cell(4, sizeOf));
      const share = (100 * Math.max(0, used(index) - (index === physical ? reclaimable : 0))) / size;
      // The machine goes on working between the two answers.
      expect(Math.abs(value - share), `${label}: ${value} % against ${share} %`).toBeLessThan(2);
    }
  });

  test('it is identified', async () => {
    const { device } = await ask(security);

    expect(device).toMatchObject({ os: 'linux', profile: 'linux', name: 'test-agent' });
    expect(device.version).toMatch(/^\d+\./);
    expect(device.uptimeS).toBeGreaterThanOrEqual(0);
  });
});

describe('what is refused', () => {
  const failureOf = (asking: Promise<unknown>): Promise<string> =>
    asking.then(
      () => 'none',
      (error: unknown) => (error instanceof ProbeError ? error.failure : String(error)),
    );

  test('a wrong community is silence', async () => {
    expect(await failureOf(ask({ version: '2c', community: new Secret('wrong') }, 100))).toBe('timeout');
  });

  test('a wrong user, a wrong passphrase and too low a level are said to be wrong', async () => {
    const failures = await Promise.all([
      failureOf(ask(usm('nobody', 'sha', 'aes'))),
      failureOf(ask(usm('noc', 'sha', 'aes', ['wrong-passphrase', PRIV_PASSPHRASE]))),
      failureOf(ask(usm('noc', 'sha256', 'aes'))),
      failureOf(ask({ version: '3', user: 'noc', context: '', level: 'noAuthNoPriv' })),
    ]);

    expect(failures).toEqual(['auth', 'auth', 'auth', 'auth']);
  });

  test('no error of SNMPv3 holds a key or a digest', async () => {
    const error = await ask(usm('noc', 'sha', 'aes', ['hush-hush-hush', PRIV_PASSPHRASE])).catch(
      (caught: unknown) => caught,
    );

    expect(`${String((error as Error).stack)} ${JSON.stringify(error)}`).not.toMatch(/hush|digest|[0-9a-f]{24}/);
  });
});
