import { createHash } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { chapResponse, isSigned, papPassword } from '../../../captive-portal/coovachilli/signing.ts';
import { gateway as family } from '../../../captive-portal/gateways/coovachilli.ts';
import { encodeAttributes } from '../../../captive-portal/radius/dictionary.ts';
import { Secret } from '../../../core/config/secret.ts';
import { seededRandom } from '../../support/random.ts';
import { formOf } from '../flow/support/hotspot.ts';
import { startChilli } from '../support/chilli.ts';
import { arrivalRequest, givenGateway, givenTools, NO_LIMIT, scrambled } from '../support/family.ts';
import { openRadiusVillage } from '../support/radius-village.ts';

const SECRET = 'uamrahasia';
const CHALLENGE = '00112233445566778899aabbccddeeff';
const SERVER = 'https://portal.example/g/desa0001';

const signed = (query: string, server = SERVER): string =>
  `${query}&md=${createHash('md5').update(`${server}?${query}${SECRET}`).digest('hex').toUpperCase()}`;
const QUERY = `res=notyet&uamip=10.1.0.1&uamport=3990&challenge=${CHALLENGE}&called=02-00-00-00-0A-01&mac=02-00-00-00-00-64&ip=10.1.0.7&nasid=desa&sessionid=1&userurl=http%3a%2f%2fexample.test%2f`;
const given = (settings: object = {}) =>
  givenGateway('coovachilli', { uamSecret: new Secret(SECRET), ...settings }, { lanAddress: '10.1.0.1' });

describe('answers to a challenge', () => {
  test('are those that chilli_response gives', () => {
    expect(chapResponse(CHALLENGE, SECRET, 'rahasia')).toBe('974ad9a6247ddbabf804caa8f6d24d74');
    expect(papPassword(CHALLENGE, SECRET, 'rahasia')).toBe(
      'b2155107e567ba227338e19b00e8301ac0743966960edb227338e19b00e8301a',
    );
  });
});

describe('the signature of a redirect', () => {
  test('is over the very characters that were sent, and of either case', async () => {
    const tools = givenTools();
    for (const raw of [signed(QUERY), signed(QUERY).replace(/[0-9A-F]{32}$/, (md) => md.toLowerCase())])
      expect(await family.arrive(given(), arrivalRequest(raw), tools)).toMatchObject({
        ...{ clientMac: '02:00:00:00:00:64', clientIp: '10.1.0.7', signed: true, originUrl: 'http://example.test/' },
        ...{ opaque: { challenge: CHALLENGE }, refusal: null, isOnline: false },
      });
    expect(await family.arrive(given(), arrivalRequest(signed(QUERY).replace('%3a', '%3A')), tools)).toBeNull();
  });

  test('changed, missing, of another portal or another secret: no arrival', async () => {
    const tools = givenTools();
    const refused = [
      QUERY,
      `${QUERY}&md=`,
      `${QUERY}&md=${'0'.repeat(32)}`,
      signed(QUERY).replace('00-64', '00-65'),
      signed(QUERY, 'https://evil.test/g/desa0001'),
      `${signed(QUERY)}&mac=02-00-00-00-00-65`,
      signed(QUERY).slice(0, -1),
    ];
    for (const raw of refused) expect(await family.arrive(given(), arrivalRequest(raw), tools)).toBeNull();
    expect(isSigned(SERVER, signed(QUERY), 'another secret')).toBe(false);
  });

  test('may be made for another address of the portal than the one that is shown', async () => {
    const raw = signed(QUERY, 'http://portal.lan:8080/g/desa0001');

    expect(await family.arrive(given(), arrivalRequest(raw), givenTools())).toBeNull();
    const configured = given({ uamServer: 'http://portal.lan:8080/g/desa0001' });
    expect(await family.arrive(configured, arrivalRequest(raw), givenTools())).not.toBeNull();
  });

  test('nothing that was damaged on its way is an arrival', async () => {
    const random = seededRandom(14559);
    const whole = signed(QUERY);
    for (let round = 0; round < 2_000; round++) {
      const raw = scrambled(whole, random);
      const arrival = await family.arrive(given(), arrivalRequest(raw), givenTools());
      if (raw !== whole && raw.toLowerCase() !== whole.toLowerCase()) expect(arrival).toBeNull();
    }
  });
});

test('limits become the attributes of vendor 14559, in kbit/s and with gigawords', () => {
  const reply =
    family.reply?.({ seconds: 60, idleSeconds: 600, downKbit: 2_048, upKbit: 512, totalOctets: 2 ** 33 + 7 }) ?? [];

  expect(reply).toEqual([
    { name: 'Session-Timeout', value: 60 },
    { name: 'Idle-Timeout', value: 600 },
    { name: 'ChilliSpot-Bandwidth-Max-Up', value: 512 },
    { name: 'ChilliSpot-Bandwidth-Max-Down', value: 2_048 },
    { name: 'ChilliSpot-Max-Total-Octets', value: 7 },
    { name: 'ChilliSpot-Max-Total-Gigawords', value: 2 },
  ]);
  expect(encodeAttributes(reply)).toHaveLength(6);
  expect(family.reply?.(NO_LIMIT)).toEqual([]);
});

async function openChilli(settings: Record<string, unknown> = {}) {
  const village = await openRadiusVillage('coovachilli', { uamSecret: SECRET, ...settings });
  const chilli = await startChilli({
    ...{ ...village.radius, uamSecret: SECRET, nasId: 'desa-sukamaju', clock: village.parts.clock },
    uamServer: `${village.portal.url}/g/${village.gateway.ref}`,
  });
  await village.standsAt(chilli.lanAddress);
  onTestFinished(async () => {
    await chilli.close();
    await village.close();
  });
  const page = async () => await chilli.browse((await chilli.browse('http://example.test/')).location);
  const press = async ({ body }: { body: string }) => {
    const { action, fields } = formOf(body);
    return await chilli.browse(new URL(action, village.portal.url).href, fields);
  };
  return { village, chilli, page, press };
}

describe('a simulated CoovaChilli, the real portal and its RADIUS', () => {
  test.each(['chap', 'pap'])('%s: one page, one button, in, and out again', async (login) => {
    const { village, chilli, page, press } = await openChilli({ login });

    const released = await press(await page());
    expect(released.status).toBe(303);
    expect(released.location.startsWith(`http://${chilli.lanAddress}/logon?username=`)).toBe(true);
    const loggedOn = await chilli.browse(released.location);

    expect(loggedOn.location.startsWith(`${village.portal.url}/s/`)).toBe(true);
    expect((await chilli.browse('http://example.test/')).body).toBe('INTERNET');
    expect(await chilli.used({ seconds: 60, up: 10, down: 20 })).toBe(true);
    await chilli.browse(`http://${chilli.lanAddress}/logoff`);
    const { items } = await village.inventory.portal.sessions.list({ pageSize: 10 });
    expect(items).toMatchObject([{ upOctets: 10, downOctets: 20 }]);
  });

  test('a page that was open for nine minutes goes round by the gateway, without a second press', async () => {
    const { village, chilli, page, press } = await openChilli();
    const opened = await page();
    village.time.now += 9 * 60_000;

    const released = await press(opened);
    expect(released.location.startsWith(`http://${chilli.lanAddress}/prelogin?userurl=`)).toBe(true);
    const back = await chilli.browse(released.location);
    const onwards = await chilli.browse(back.location);
    expect([onwards.status, onwards.location.includes('/logon?')]).toEqual([303, true]);
    await chilli.browse(onwards.location);

    expect((await chilli.browse('http://example.test/')).body).toBe('INTERNET');
  });

  test('what goes round is good for this device and gateway, for two minutes, and shows no password', async () => {
    const now = { at: 1_800_000_000_000 };
    const tools = givenTools(() => now.at);
    const arrival = {
      ...{ clientMac: '02:00:00:00:00:64', clientIp: null, originUrl: null, signed: true },
      ...{ opaque: {}, refusal: null, isOnline: false },
    };
    const login = { id: 'abc', password: 'sekali-pakai', grant: NO_LIMIT };
    const release = await family.release(given(), arrival, login, { statusUrl: 'https://portal.example/s/x' }, tools);
    const userurl = release.kind === 'redirect' ? (new URL(release.url).searchParams.get('userurl') ?? '') : '';
    expect(userurl).not.toContain('sekali');
    const back = (url: string, mac = '02-00-00-00-00-64') =>
      arrivalRequest(
        signed(QUERY.replace('02-00-00-00-00-64', mac).replace(/userurl=.*/, `userurl=${encodeURIComponent(url)}`)),
      );

    expect(await family.serve?.(given(), back(userurl), tools)).toMatchObject({ status: 303 });
    expect(await family.serve?.(given(), back(userurl, '02-00-00-00-00-65'), tools)).toBeNull();
    expect(await family.serve?.({ ...given(), id: 'another' }, back(userurl), tools)).toBeNull();
    expect(await family.serve?.(given(), back(`${userurl.slice(0, -2)}AA`), tools)).toBeNull();
    now.at += 121_000;
    expect(await family.serve?.(given(), back(userurl), tools)).toBeNull();
  });

  test('a log-on that RADIUS refuses comes back with its words', async () => {
    const { chilli, page, press } = await openChilli();
    const released = new URL((await press(await page())).location);
    released.searchParams.set('username', 'a'.repeat(26));

    const refused = await chilli.browse(released.href);
    expect(new URL(refused.location).searchParams.get('res')).toBe('failed');
    const again = await chilli.browse(refused.location);
    expect(again.status).toBe(200);
    expect(again.body).toContain('<form');
  });
});
