import { hostname } from 'node:os';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { readConfig } from '../../../core/config/config.ts';
import { Secret } from '../../../core/config/secret.ts';

const read = (env: Record<string, string>) => readConfig(env, { bind: '0.0.0.0' });

test('an empty environment gives the documented defaults', () => {
  const config = read({});

  expect(config).toMatchObject({
    dataDir: './data',
    bind: '0.0.0.0',
    httpPort: 8080,
    portalPort: 8081,
    radiusAuthPort: 1812,
    radiusAcctPort: 1813,
    mqttPort: 1883,
    databaseUrl: null,
  });
  expect(Object.isFrozen(config)).toBe(true);
});

test.each([
  ['SIMPUL_HTTP_PORT', '80a'],
  ['SIMPUL_HTTP_PORT', '70000'],
  ['SIMPUL_HTTP_PORT', '-1'],
  ['DATABASE_URL', 'mysql://u:hunter2@h/d'],
  ['INFLUX_URL', 'h:hunter2:8086:x'],
  ['MQTT_URL', 'http://hunter2@h'],
  ['SIMPUL_SECRET_KEY', 'hunter2'],
  ['SIMPUL_PUBLIC_URL', 'hunter2.example'],
  ['SIMPUL_PUBLIC_URL', 'https://u:hunter2@h'],
  ['SIMPUL_PUBLIC_URL', 'https://h/hunter2'],
  ['SIMPUL_PUBLIC_URL', 'ftp://hunter2'],
  ['SIMPUL_HELP_PHONE', 'hunter2'],
  ['SIMPUL_PORTAL_URL', 'https://h/hunter2'],
  ['SIMPUL_RADIUS_TOKEN', 'hunter2'],
  ['SIMPUL_COLLECTOR_NAME', '<hunter2>'],
])('%s=%s stops with one line that names the variable and not the value', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(expect.objectContaining({ code: 'config' }));
  expect(() => read({ [name]: value })).toThrow(new RegExp(`^${name} takes `));
  expect(() => read({ [name]: value })).not.toThrow(/hunter2|\n/);
});

test('the address of the web loses the slash at its end, and a telephone number stays as people write it', () => {
  const config = read({ SIMPUL_PUBLIC_URL: 'https://simpul.example.go.id/', SIMPUL_HELP_PHONE: ' +62 711-351000 ' });

  expect(config.publicUrl).toBe('https://simpul.example.go.id');
  expect(config.helpPhone).toBe('+62 711-351000');
});

test('a collector has the name of its host where it was given none', () => {
  expect(read({}).collectorName).toBe(hostname());
  expect(read({ SIMPUL_COLLECTOR_NAME: ' POP Muara Enim-1 ' }).collectorName).toBe('POP Muara Enim-1');
});

test('RADIUS over TLS takes three files or none, and the door for FreeRADIUS a token', () => {
  const files = { SIMPUL_RADSEC_CERT: 'c.pem', SIMPUL_RADSEC_KEY: 'k.pem' };
  const config = read({ ...files, SIMPUL_RADSEC_CA: 'a.pem', SIMPUL_RADIUS_TOKEN: 'sixteen or more characters' });

  expect(() => read(files)).toThrow(/^SIMPUL_RADSEC_CA takes /);
  expect(config.radsec).toEqual({ port: 2083, certFile: 'c.pem', keyFile: 'k.pem', caFile: 'a.pem' });
  expect(config.radiusRest?.port).toBe(8092);
  expect(JSON.stringify(config)).not.toContain('sixteen');
  expect(read({})).toMatchObject({ radsec: null, radiusRest: null, portalUrl: null });
});

test('screens are measured only where that is asked for, and the change history is kept two years', () => {
  const { rum } = read({ SIMPUL_RUM: 'on', SIMPUL_ALLOY_URL: 'http://alloy:12347/collect' });

  expect(read({})).toMatchObject({ rum: null, auditDays: 730 });
  expect(read({ SIMPUL_RUM: 'off', SIMPUL_ALLOY_URL: 'http://alloy:12347/collect' }).rum).toBeNull();
  expect(rum?.alloyUrl?.reveal()).toBe('http://alloy:12347/collect');
  expect(() => read({ SIMPUL_RUM: 'yes' })).toThrow('SIMPUL_RUM takes on or off');
  expect(() => read({ SIMPUL_AUDIT_DAYS: '1' })).toThrow(/^SIMPUL_AUDIT_DAYS takes /);
});

test('a secret shows itself nowhere but where it is asked for', () => {
  const secret = new Secret('hunter2');

  expect(
    `${secret} ${JSON.stringify({ secret })} ${inspect({ secret }, { showHidden: true, depth: 9 })}`,
  ).not.toContain('hunter2');
  expect(secret.reveal()).toBe('hunter2');
});

test('a second step is asked of roles that there are, and takes a key to seal its secrets with', () => {
  const key = { SIMPUL_SECRET_KEY: 'sixteen or more characters' };

  expect(read({ ...key, SIMPUL_REQUIRE_TOTP: 'engineer, admin' }).requireTotp).toEqual(['admin', 'engineer']);
  expect(() => read({ ...key, SIMPUL_REQUIRE_TOTP: 'boss' })).toThrow(/^SIMPUL_REQUIRE_TOTP takes roles/);
  expect(() => read({ SIMPUL_REQUIRE_TOTP: 'admin' })).toThrow(/^SIMPUL_REQUIRE_TOTP takes a SIMPUL_SECRET_KEY/);
});

test('an identity provider has an address, a client and a way back, and a claim that makes accounts says of what', () => {
  const whole = {
    SIMPUL_PUBLIC_URL: 'https://simpul.example.go.id',
    SIMPUL_OIDC_ISSUER: 'https://sso.example.go.id/realms/sumsel',
    SIMPUL_OIDC_CLIENT_ID: 'simpul',
    SIMPUL_OIDC_CLIENT_SECRET: 'hidden',
    SIMPUL_OIDC_CLAIM: 'groups',
    SIMPUL_OIDC_CLAIM_GRANTS: 'noc=engineer; dinas=planner:16.03',
  };

  const { oidc } = read(whole);

  expect(read({}).oidc).toBeNull();
  expect(oidc).toMatchObject({
    name: 'sso.example.go.id',
    redirectUri: 'https://simpul.example.go.id/api/v1/session/oidc/callback',
    claim: {
      name: 'groups',
      grants: [
        { value: 'noc', role: 'engineer', regionCode: '' },
        { value: 'dinas', role: 'planner', regionCode: '16.03' },
      ],
    },
  });
  expect(JSON.stringify(oidc)).not.toContain('hidden');
  for (const [name, value] of [
    ['SIMPUL_OIDC_ISSUER', 'http://sso.example.go.id'],
    ['SIMPUL_OIDC_CLIENT_ID', ''],
    ['SIMPUL_OIDC_CLAIM_GRANTS', 'noc=boss'],
    ['SIMPUL_OIDC_CLAIM_GRANTS', 'opd=agency'],
    ['SIMPUL_OIDC_CLAIM_GRANTS', 'noc=engineer:Palembang'],
  ] as const) {
    expect(() => read({ ...whole, [name]: value })).toThrow(new RegExp(`^${name} takes `));
  }
  expect(() => read({ ...whole, SIMPUL_PUBLIC_URL: '' })).toThrow(/SIMPUL_PUBLIC_URL/);
});
