import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probeCommand } from '../../../provisioning/cli/probe.ts';
import { type RouterAgent, startRouterAgent } from '../../../provisioning/lab/agents/routeros/agent.ts';
import { type Authority, createAuthority } from '../../support/certificates.ts';
import { type FakeRouter, startFakeRouter } from '../../support/fake-router.ts';
import { freePort } from '../../support/port.ts';
import { BARE, routerOf } from '../../support/router-agent.ts';

const PASSWORD = 'rahasia-desa';
let agent: RouterAgent;
let secured: FakeRouter;
let authority: Authority;
const folder = mkdtempSync(join(tmpdir(), 'simpul-probe-'));
beforeAll(async () => {
  const board = [{ routerboard: 'true', model: 'RBcAPGi-5acD2nD', 'serial-number': 'HG209XXXX' }];
  agent = await startRouterAgent(routerOf({ ...BARE, '/system/routerboard': board }), { port: 0, clock: Date.now });
  authority = await createAuthority();
  secured = await startFakeRouter(
    async (end) => {
      await end.heard();
      await end.say(['!trap', '=message=invalid user name or password (6)'], ['!done']);
    },
    { tls: await authority.issue('IP:127.0.0.1') },
  );
});
afterAll(async () => {
  await agent.close();
  await secured.stop();
  await authority.remove();
  rmSync(folder, { recursive: true });
});

type Ended = { readonly code: number; readonly output: string; readonly error: string };

/** Runs the command as the command line does. */
async function simpulProbe(
  args: readonly string[],
  deps: { env?: Record<string, string>; askSecret?: (question: string) => Promise<string> } = {},
): Promise<Ended> {
  const written: string[] = [];
  let error = '';
  const { env = { SIMPUL_ROUTEROS_PASSWORD: PASSWORD }, askSecret = null } = deps;
  const command = probeCommand({ print: (text) => written.push(text), env, askSecret })
    .exitOverride()
    .configureOutput({ writeErr: (text) => (error += text), writeOut: () => {} });
  const code = await command.parseAsync(['127.0.0.1', '--routeros-user', 'noc', ...args], { from: 'user' }).then(
    () => 0,
    (thrown: unknown) => {
      if (typeof thrown === 'object' && thrown !== null && 'exitCode' in thrown) return Number(thrown.exitCode);
      throw thrown;
    },
  );
  return { code, output: written.join(''), error };
}

const port = (): string => String(agent.port);

test('a router is printed in the form that scripts rely on', async () => {
  const { code, output, error } = await simpulProbe(['--port', port(), '--json']);

  expect([code, error]).toEqual([0, '']);
  const report = JSON.parse(output);
  expect(report.device).toEqual({
    vendor: 'MikroTik',
    os: 'routeros',
    model: 'RBcAPGi-5acD2nD',
    version: '7.10.2',
    name: 'bukit-1',
    serial: 'HG209XXXX',
    uptimeS: 149_678,
    profile: 'mikrotik-routeros',
  });
  expect(report.interfaces[0]).toMatchObject({ index: 1, name: 'ether1', inOctets: '10', outOctets: '20' });
  expect(report.readings).toContainEqual({
    group: 'usage',
    class: 'processor',
    index: '1',
    value: 1,
    unit: '%',
    label: 'cpu',
  });
});

test('a router is printed as a table for people', async () => {
  const { output } = await simpulProbe(['--port', port()]);

  expect(output).toMatch(/name +bukit-1/);
  expect(output).toMatch(/1 +ether1 +ethernetCsmacd +up/);
});

test('the password is asked for where none is set', async () => {
  const asked: string[] = [];

  const { code } = await simpulProbe(['--port', port(), '--json'], {
    env: {},
    askSecret: async (question) => {
      asked.push(question);
      return PASSWORD;
    },
  });

  expect(code).toBe(0);
  expect(asked).toEqual(['Password of noc on 127.0.0.1: ']);
});

describe('one line says what is wrong, and the exit code is not 0', () => {
  const securedPort = (): string => String(secured.port);
  test.each<[string, () => Promise<string[]>, RegExp, Record<string, string>?]>([
    ['no password', async () => ['--port', port()], /needs SIMPUL_ROUTEROS_PASSWORD/, {}],
    [
      'a wrong password',
      async () => ['--port', port()],
      /refuses the login.*policies/,
      { SIMPUL_ROUTEROS_PASSWORD: 'wrong-wrong' },
    ],
    ['a closed port', async () => ['--port', String(await freePort())], /is the service api on\?/],
    ['TLS where there is none', async () => ['--port', port(), '--routeros-tls', 'no-verify'], /cannot be reached|TLS/],
    [
      'no TLS where there is',
      async () => ['--port', securedPort(), '--timeout', '500'],
      /something else|did not answer|closes/,
    ],
    [
      'a certificate that nobody signed',
      async () => ['--port', securedPort(), '--routeros-tls', 'verify'],
      /certificate.*--routeros-ca/,
    ],
    [
      'a certificate where none is wanted',
      async () => ['--port', securedPort(), '--routeros-tls', 'anonymous'],
      /speaks no such TLS/,
    ],
    ['authorities that are not there', async () => ['--routeros-ca', join(folder, 'none.pem')], /cannot be read/],
    ['a way of TLS that does not exist', async () => ['--routeros-tls', 'yes'], /Allowed choices are off, verify/],
  ])('%s', async (_what, args, message, env) => {
    const { code, output, error } = await simpulProbe(await args(), env === undefined ? {} : { env });

    expect(code).not.toBe(0);
    expect(output).toBe('');
    expect(error.trim()).toMatch(message);
    expect(error.trim()).not.toContain('\n');
    expect(error).not.toMatch(/wrong-wrong|rahasia/);
  });

  test('a refused login behind a certificate that our authority signed', async () => {
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, authority.cert);

    const { error } = await simpulProbe(['--port', securedPort(), '--routeros-tls', 'verify', '--routeros-ca', ca]);

    expect(error).toMatch(/refuses the login/);
  });
});
