import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { loadGateways } from '../../captive-portal/gateway.ts';
import { isGatewayHash, usualGatewayName } from '../../captive-portal/opennds/authmon.ts';
import { sha256Hex } from '../../captive-portal/opennds/fas.ts';
import { Secret } from '../../core/config/secret.ts';
import { loadGatewayTemplates } from '../../provisioning/gateway-files.ts';
import { filesFor, planFor, RADIUS_SECRET } from '../captive-portal/support/radius-village.ts';
import { renderPage } from '../captive-portal/support/routeros-page.ts';

const SETTINGS: Readonly<Record<string, object>> = {
  mikrotik: { login: 'pap', macReentry: true, trialMinutes: 20 },
  opennds: { level: 3, faskey: new Secret('kunci-desa-01'), pollSeconds: 20 },
  coovachilli: { uamSecret: new Secret('uamrahasia') },
  unifi: { controllerUrl: 'https://10.0.0.2', api: 'official', apiKey: new Secret('kunci-api-1') },
};
const plan = (family: string, more: object = {}) => planFor(family, { ...SETTINGS[family], ...more });
const textOf = async (given: ReturnType<typeof plan>, path: string): Promise<string> =>
  (await filesFor(given)).find((file) => file.path === path)?.text ?? '';

test('each family of gateways has its files, within their folder; files with secrets are marked', async () => {
  const families = [...(await loadGateways()).keys()];
  expect([...(await loadGatewayTemplates()).keys()]).toEqual(families);
  for (const family of families) {
    const files = await filesFor(plan(family));
    expect(files.length).toBeGreaterThan(0);
    for (const { path, text, isSecret } of files) {
      expect(path).toMatch(/^[a-z0-9][a-z0-9./-]*$/);
      expect(path).not.toContain('..');
      expect(text).not.toMatch(/undefined|\[secret\]|\[object/);
      const hasSecret = ['kunci-desa-01', 'uamrahasia', 'kunci-api-1', RADIUS_SECRET].some((secret) =>
        text.includes(secret),
      );
      if (hasSecret) expect([path, isSecret]).toEqual([path, true]);
    }
  }
});

describe('RouterOS', () => {
  const VARIABLES = {
    ...{
      mac: '02:00:00:00:00:64',
      ip: '10.5.50.7',
      'server-name': 'hotspot1',
      'interface-name': 'br',
      'logged-in': 'no',
    },
    ...{
      'link-login-only': 'http://10.5.50.1/login',
      'link-orig': 'http://a.test/?x=1&y=2',
      'error-orig': '',
      trial: 'yes',
    },
    ...{ 'chap-id': '\\371', 'chap-challenge': '\\357\\015' },
  };

  test('pages lead to the portal by a real redirect, also where a name holds signs of an address', async () => {
    const page = renderPage(await textOf(plan('mikrotik'), 'hotspot-simpul/rlogin.html'), VARIABLES);

    expect(page.status).toBe(302);
    const url = new URL(page.headers['location'] ?? '');
    expect(url.origin + url.pathname).toBe('https://portal.example/g/desa0001');
    expect(url.searchParams.get('lo')).toBe('http://a.test/?x=1&y=2');
    expect(page.text).not.toMatch(/<script|src=|url\(/);
  });

  test('with CHAP the first page goes over the log-in page, where the challenge is', async () => {
    const given = plan('mikrotik', { login: 'chap' });
    const first = renderPage(await textOf(given, 'hotspot-simpul/rlogin.html'), VARIABLES);
    const second = renderPage(await textOf(given, 'hotspot-simpul/login.html'), VARIABLES);

    expect(first.headers['location']).toMatch(/^http:\/\/10\.5\.50\.1\/login\?dst=/);
    expect(new URL(second.headers['location'] ?? '').searchParams.get('cc')).toBe('\\357\\015');
  });

  test('commands keep what people wrote within their quotes', async () => {
    const evil = new Secret('a"; /system reset; "$x\\');
    const text = await textOf(planFor('mikrotik', {}, { radiusSecret: evil, nasIdentifier: 'x"y' }), 'simpul.rsc');

    expect(text).toContain('secret="a\\"; /system reset; \\"\\$x\\\\"');
    expect(text).toContain('name="x\\"y"');
    expect(text).toContain('timeout=3s');
  });

  test('a site that stays closed without the portal offers no trial', async () => {
    const given = { ...plan('mikrotik'), site: { name: 'Desa <b>', fallback: 'closed' as const } };
    const login = await textOf(given, 'hotspot-mandiri/login.html');

    expect(login).not.toContain('username=T-');
    expect(login).toContain('Desa &lt;b&gt;');
    expect(await textOf(given, 'simpul.rsc')).not.toContain(',trial');
  });
});

describe('openNDS', () => {
  test('the configuration holds one option a line, in lower case, and no name of a place', async () => {
    const given = { ...plan('opennds'), site: { name: 'Desa\nfaskey x', fallback: 'trial' as const } };
    const text = await textOf(given, 'opennds.conf');

    expect(text.match(/^faskey .*$/gm)).toEqual(['faskey kunci-desa-01']);
    expect(text.match(/^fasremotefqdn .*$/gm)).toEqual(['fasremotefqdn portal.example']);
    expect(text).toContain('\n#nat_traversal_poll_interval 20\n');
    const name = /^gatewayname (.*)$/m.exec(text)?.[1] ?? '';
    expect(name).toBe(usualGatewayName('desa0001', 'kunci-desa-01'));
    expect(isGatewayHash(sha256Hex(name), name)).toBe(true);
  });

  test('its programs are right for a POSIX shell', async () => {
    for (const path of ['simpul-binauth.sh', 'opennds-uci.sh'])
      execFileSync('sh', ['-n'], { input: await textOf(plan('opennds'), path) });
  });
});

test('CoovaChilli is told the address that its redirects are signed over', async () => {
  expect(await textOf(plan('coovachilli'), 'chilli/simpul.conf')).toContain(
    'uamserver "https://portal.example/g/desa0001"',
  );
  const text = await textOf(
    planFor('coovachilli', SETTINGS['coovachilli'] as Record<string, unknown>, { name: `x'; reboot; '` }),
    'chilli/config',
  );
  execFileSync('sh', ['-n'], { input: text });
  const printed = execFileSync('sh', ['-c', `${text}\nprintf %s "$HS_UAMFORMAT $HS_NASID"`], { encoding: 'utf8' });
  expect(printed).toBe('https://portal.example/g/desa0001 desa0001');
});

test('UniFi steps name the fixed address', async () => {
  expect(await textOf(plan('unifi'), 'unifi.md')).toContain('https://portal.example/guest/s/default/');
});
