import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probeCommand } from '../../../provisioning/cli/probe.ts';
import { AUTH_PASSPHRASE, PRIV_PASSPHRASE, type Snmpd, startSnmpd } from '../../support/snmpd.ts';

let snmpd: Snmpd;
beforeAll(async () => {
  snmpd = await startSnmpd();
});
afterAll(() => snmpd.stop());

type Ended = { readonly code: number; readonly output: string; readonly error: string };

/** Runs the command as the command line does. */
async function simpulProbe(...args: string[]): Promise<Ended> {
  const written: string[] = [];
  let error = '';
  const command = probeCommand({ print: (text) => written.push(text) })
    .exitOverride()
    .configureOutput({ writeErr: (text) => (error += text), writeOut: () => {} });
  const code = await command.parseAsync(args, { from: 'user' }).then(
    () => 0,
    (thrown: unknown) => {
      if (typeof thrown === 'object' && thrown !== null && 'exitCode' in thrown) return Number(thrown.exitCode);
      throw thrown;
    },
  );
  return { code, output: written.join(''), error };
}

const port = (): string => String(snmpd.port);

describe('an agent that answers', () => {
  test('is printed as JSON in the form that scripts rely on', async () => {
    const { code, output, error } = await simpulProbe(
      '127.0.0.1',
      '--port',
      port(),
      '--snmp-community',
      'public',
      '--json',
    );

    const report = JSON.parse(output);
    expect([code, error]).toEqual([0, '']);
    expect(Object.keys(report)).toEqual(['device', 'interfaces', 'readings']);
    expect(Object.keys(report.device).sort()).toEqual([
      'model',
      'name',
      'os',
      'profile',
      'serial',
      'uptimeS',
      'vendor',
      'version',
    ]);
    const lo = report.interfaces.find(({ name }: { name: string }) => name === 'lo');
    expect(lo).toEqual({
      index: 1,
      name: 'lo',
      alias: 'lo',
      type: 'softwareLoopback',
      speedBps: expect.any(Number),
      adminStatus: 'up',
      operStatus: 'up',
      mtu: 65536,
      mac: null,
      inOctets: expect.stringMatching(/^\d+$/),
      outOctets: expect.stringMatching(/^\d+$/),
      inErrors: '0',
      outErrors: '0',
      inDiscards: expect.stringMatching(/^\d+$/),
      outDiscards: expect.stringMatching(/^\d+$/),
    });
    expect(report.readings).toContainEqual({
      group: 'usage',
      class: 'memory',
      index: '1',
      value: expect.any(Number),
      unit: '%',
      label: 'Physical memory',
    });
  });

  test('is printed as a table for people', async () => {
    const { code, output } = await simpulProbe('127.0.0.1', '--port', port());

    expect(code).toBe(0);
    expect(output).toMatch(/name +test-agent/);
    expect(output).toMatch(/1 +lo +softwareLoopback +up/);
    expect(output).toMatch(/usage +memory +1 +[\d.]+ % +Physical memory/);
  });

  test('is asked over SNMPv3, whose level follows from the keys', async () => {
    const { code, output } = await simpulProbe(
      ...['127.0.0.1', '--port', port(), '--snmp-version', '3', '--snmp-user', 'noc', '--json'],
      ...['--auth-key', AUTH_PASSPHRASE, '--priv-key', PRIV_PASSPHRASE],
    );

    expect(code).toBe(0);
    expect(JSON.parse(output).device.name).toBe('test-agent');
  });
});

describe('one line says what is wrong, and the exit code is not 0', () => {
  test.each([
    ['a wrong community', ['--snmp-community', 'wrong', '--timeout', '100'], /did not answer within 100 ms.*community/],
    [
      'a wrong passphrase',
      ['--snmp-version', '3', '--snmp-user', 'noc', '--auth-key', 'wrong-wrong', '--priv-key', PRIV_PASSPHRASE],
      /refuses: user, keys/,
    ],
    ['version 3 without a user', ['--snmp-version', '3'], /needs --snmp-user/],
    [
      'a level without its key',
      ['--snmp-version', '3', '--snmp-user', 'noc', '--snmp-level', 'authPriv'],
      /authPriv needs --auth-key/,
    ],
    ['a port that is none', ['--port', '70000'], /whole number from 1 to 65535/],
    ['a version that does not exist', ['--snmp-version', '4'], /Allowed choices are 1, 2c, 3/],
  ])('%s', async (_what, args, message) => {
    const { code, output, error } = await simpulProbe('127.0.0.1', '--port', port(), ...args, '--json');

    expect(code).not.toBe(0);
    expect(output).toBe('');
    expect(error.trim()).toMatch(message);
    expect(error.trim()).not.toContain('\n');
    expect(error).not.toMatch(/wrong-wrong|privpass/);
  });

  test('a host that does not exist', async () => {
    const { code, error } = await simpulProbe('no-such-host.invalid', '--json');

    expect(code).not.toBe(0);
    expect(error).toMatch(/no address is known for no-such-host\.invalid/);
  });
});
