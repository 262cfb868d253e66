import { describe, expect, onTestFinished, test } from 'vitest';
import { gateway as family } from '../../../captive-portal/gateways/mikrotik.ts';
import { chapOctets, chapResponse } from '../../../captive-portal/mikrotik/chap.ts';
import { encodeAttributes } from '../../../captive-portal/radius/dictionary.ts';
import { disconnectClient } from '../../../captive-portal/radius/disconnect.ts';
import { Secret } from '../../../core/config/secret.ts';
import { seededRandom } from '../../support/random.ts';
import { formOf } from '../flow/support/hotspot.ts';
import { arrivalRequest, givenGateway, givenTools, NO_LIMIT, scrambled } from '../support/family.ts';
import { openRadiusVillage } from '../support/radius-village.ts';
import { type HotspotOptions, startHotspot } from '../support/routeros.ts';

const ID = '\\371';
const CHALLENGE = '\\357\\015\\330\\013\\021\\234\\145\\245\\303\\253\\142\\246\\133\\175\\375\\316';

describe('CHAP of the hotspot', () => {
  test('the values of the manual give the known answer', () => {
    const id = chapOctets(encodeURIComponent(ID), 'id');
    const challenge = chapOctets(encodeURIComponent(CHALLENGE), 'challenge');

    expect(challenge?.toString('hex')).toBe('ef0dd80b119c65a5c3ab62a65b7dfdce');
    expect(id && challenge && chapResponse(id, 'rahasia', challenge)).toBe('55b0fc4a943a5807200b8273b0886c6a');
  });

  test('octets are read from escapes, from percent signs, and from both', () => {
    const octets = Buffer.from('5c0a22ff41007f80095c5c30313233f9', 'hex');
    const octal = [...octets].map((octet) => `\\${octet.toString(8).padStart(3, '0')}`).join('');
    const percent = [...octets].map((octet) => `%${octet.toString(16).padStart(2, '0')}`).join('');

    for (const raw of [octal, encodeURIComponent(octal), percent])
      expect(chapOctets(raw, 'challenge')?.equals(octets)).toBe(true);
    expect(chapOctets('\\371\\372', 'id')).toBeNull();
    expect(chapOctets('', 'challenge')).toBeNull();
  });
});

describe('the arrival', () => {
  test('a hotspot without an address, or with one that is no host, gets no browser', async () => {
    const login = { id: 'a'.repeat(26), password: 'x', grant: NO_LIMIT };
    const arrival = {
      clientMac: '02:00:00:00:00:01',
      clientIp: null,
      originUrl: null,
      signed: false,
      opaque: {},
      refusal: null,
      isOnline: false,
    };
    for (const lanAddress of [
      null,
      '',
      'evil.test/path',
      'a@evil.test',
      '10.5.50.1:99999999',
      'http://10.5.50.1',
      '10.5.50.1\r\nX: y',
    ])
      await expect(
        family.release(
          givenGateway('mikrotik', {}, { lanAddress }),
          arrival,
          login,
          { statusUrl: 'https://portal.example/s/x' },
          givenTools(),
        ),
      ).rejects.toMatchObject({ code: 'config' });
  });

  test('nothing of the query leads a browser anywhere', async () => {
    const query = 'mac=02:00:00:00:00:01&link-login-only=http://evil.test/login&lo=http://evil.test/&ip=10.5.50.7';
    const arrival = await family.arrive(givenGateway('mikrotik', {}), arrivalRequest(query), givenTools());

    const release =
      arrival &&
      (await family.release(
        givenGateway('mikrotik', {}),
        arrival,
        { id: 'login', password: 'a&b=c', grant: NO_LIMIT },
        { statusUrl: 'https://portal.example/s/x?l=en' },
        givenTools(),
      ));

    expect(release).toEqual({
      kind: 'redirect',
      url: 'http://10.5.50.1/login?username=login&password=a%26b%3Dc&dst=https%3A%2F%2Fportal.example%2Fs%2Fx%3Fl%3Den&popup=false',
    });
  });

  test('whatever is asked, an arrival is small and holds no sign that controls anything', async () => {
    const random = seededRandom(14988);
    const good = `mac=02:00:00:00:00:64&ip=10.5.50.7&lo=${encodeURIComponent('http://example.test/a?b=c')}&err=no%20more&ci=${encodeURIComponent(ID)}&cc=${encodeURIComponent(CHALLENGE)}&in=no`;
    for (let round = 0; round < 3_000; round++) {
      const arrival = await family.arrive(
        givenGateway('mikrotik', {}),
        arrivalRequest(scrambled(good, random)),
        givenTools(),
      );
      if (arrival === null) continue;
      expect(arrival.clientMac).toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
      expect(JSON.stringify(arrival).length).toBeLessThan(900);
      expect(arrival.refusal ?? '').not.toMatch(/\p{Cc}/u);
    }
  });
});

test('limits become the attributes of RouterOS, with gigawords', () => {
  const grant = { seconds: 3_600.9, idleSeconds: 600, downKbit: 2_048, upKbit: 512, totalOctets: 5 * 2 ** 30 };

  const reply = family.reply?.(grant) ?? [];

  expect(reply).toEqual([
    { name: 'Session-Timeout', value: 3_600 },
    { name: 'Idle-Timeout', value: 600 },
    { name: 'Mikrotik-Rate-Limit', value: '512k/2048k' },
    { name: 'Mikrotik-Total-Limit', value: 2 ** 30 },
    { name: 'Mikrotik-Total-Limit-Gigawords', value: 1 },
  ]);
  expect(encodeAttributes(reply)).toHaveLength(5);
  expect(family.reply?.(NO_LIMIT)).toEqual([]);
  expect(family.reply?.({ ...NO_LIMIT, downKbit: 1_024 })).toEqual([{ name: 'Mikrotik-Rate-Limit', value: '0/1024k' }]);
  expect(family.reply?.({ ...NO_LIMIT, seconds: 0.4 })).toEqual([{ name: 'Session-Timeout', value: 1 }]);
});

async function openMikrotik(settings: Record<string, unknown>, loginBy: HotspotOptions['loginBy']) {
  const village = await openRadiusVillage('mikrotik', settings);
  const hotspot = await startHotspot({
    ...{ ...village.radius, files: await village.files(), directory: 'hotspot-simpul', loginBy },
    ...{ portalHost: village.portalHost, identity: 'desa-sukamaju' },
  });
  await village.standsAt(hotspot.lanAddress);
  onTestFinished(async () => {
    await hotspot.close();
    await village.close();
  });
  const enter = async (device: ReturnType<typeof hotspot.device>) => {
    let seen = await device.get('http://connectivitycheck.gstatic.com/generate_204');
    while (seen.status === 302) seen = await device.get(seen.location);
    const { action, fields } = formOf(seen.body);
    return await device.post(new URL(action, village.portal.url).href, fields);
  };
  const isOnline = async (device: ReturnType<typeof hotspot.device>) =>
    (await device.get('http://example.test/x')).body === 'INTERNET example.test/x';
  return { village, hotspot, enter, isOnline };
}

describe('a simulated hotspot, our pages, the real portal and its RADIUS', () => {
  test('PAP: one page, one button, in; use is counted, log-out ends it', async () => {
    const { village, hotspot, enter, isOnline } = await openMikrotik({ login: 'pap' }, ['http-pap']);
    const device = hotspot.device(9);

    const probe = await device.get('http://connectivitycheck.gstatic.com/generate_204');
    expect(probe.status).toBe(302);
    expect(probe.headers['cache-control']).toBe('no-store');
    expect(probe.location).toContain(`/g/${village.gateway.ref}?mac=02%3A00%3A00%3A00%3A07%3A09&`);

    const released = await enter(device);
    expect(released.status).toBe(303);
    expect(released.location.startsWith(`http://${hotspot.lanAddress}/login?username=`)).toBe(true);
    const loggedIn = await device.get(released.location);
    expect([loggedIn.status, loggedIn.location.startsWith(`${village.portal.url}/s/`)]).toEqual([302, true]);
    expect(await isOnline(device)).toBe(true);
    expect((await device.get(loggedIn.location)).status).toBe(200);

    village.time.now += 300_000;
    expect(await hotspot.used(device, { seconds: 300, up: 1_000n, down: 6n * 2n ** 30n })).toBe(true);
    village.time.now += 60_000;
    await device.get(`http://${hotspot.lanAddress}/logout`);
    expect(await isOnline(device)).toBe(false);

    const { items } = await village.inventory.portal.sessions.list({ pageSize: 10 });
    expect(items).toMatchObject([{ upOctets: 1_000, downOctets: 6 * 2 ** 30, seconds: 300, endCause: 'User-Request' }]);
  });

  test('CHAP: the octal-escaped challenge comes through, and the answer is taken', async () => {
    const { hotspot, enter, isOnline } = await openMikrotik({ login: 'chap' }, ['http-chap']);
    const device = hotspot.device(10);

    const released = await enter(device);
    expect(new URL(released.location).searchParams.get('password')).toMatch(/^[0-9a-f]{32}$/);
    await device.get(released.location);

    expect(await isOnline(device)).toBe(true);
  });

  test('a password works once, for one device, and not for another', async () => {
    const { hotspot, enter, isOnline } = await openMikrotik({ login: 'pap' }, ['http-pap']);
    const [mine, other] = [hotspot.device(11), hotspot.device(12)];

    const released = await enter(mine);
    const stolen = await other.get(released.location);
    expect(stolen.location).toContain('err=');
    expect(await isOnline(other)).toBe(false);
    await mine.get(released.location);
    expect(await isOnline(mine)).toBe(true);
    await hotspot.end(mine, 1);

    expect((await mine.get(released.location)).location).toContain('err=');
    expect(await isOnline(mine)).toBe(false);
  });

  test('Disconnect ends a session that it names by user, address and id', async () => {
    const { village, hotspot, enter, isOnline } = await openMikrotik({ login: 'pap' }, ['http-pap']);
    const device = hotspot.device(13);
    await device.get((await enter(device)).location);
    const client = disconnectClient({ clock: village.parts.clock });
    onTestFinished(() => client.close());
    const target = { address: '127.0.0.1', port: hotspot.nas.coaPort, secret: new Secret(village.radius.secret) };
    const session = hotspot.sessionOf(device);
    const identity = { userName: session?.user ?? '', acctSessionId: session?.id ?? '', framedIp: device.ip };

    expect(await client.end(target, { ...identity, framedIp: '127.0.7.99' })).toEqual({ kind: 'gone' });
    expect(await client.end(target, identity)).toEqual({ kind: 'ended' });
    expect(await isOnline(device)).toBe(false);
  });

  test('a device that agreed today enters without a page', async () => {
    const { hotspot, enter, isOnline, village } = await openMikrotik({ login: 'pap', macReentry: true }, [
      'http-pap',
      'mac',
    ]);
    const device = hotspot.device(14);
    await device.get((await enter(device)).location);
    await hotspot.end(device, 4);
    village.time.now += 600_000;

    expect(await isOnline(device)).toBe(true);
    expect(hotspot.asked.at(-1)).toBe(device.mac);
  });

  test('while the portal is away the router lets each device in for a while, from a page of its own', async () => {
    const { hotspot, isOnline } = await openMikrotik({ login: 'pap' }, ['http-pap']);
    hotspot.turnTo('hotspot-mandiri', ['http-pap', 'trial']);
    const device = hotspot.device(15);

    const page = await device.get('http://example.test/');
    expect(page.status).toBe(200);
    expect(page.body).not.toContain('<script');
    const trial = /href="([^"]*username=T-[^"]*)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    await device.get(trial);
    expect(await isOnline(device)).toBe(true);
    await hotspot.end(device, 5);

    expect((await device.get('http://example.test/')).body).toContain('sudah terpakai');
  });
});

test('the captive portal API that the router answers is JSON before and after the log-in', async () => {
  const { hotspot, enter } = await openMikrotik({ login: 'pap' }, ['http-pap']);
  const device = hotspot.device(16);
  const api = async () => JSON.parse((await device.get(`http://${hotspot.lanAddress}/api.json`)).body);

  expect(await api()).toMatchObject({ captive: true });
  await device.get((await enter(device)).location);
  expect(await api()).toMatchObject({ captive: false, 'can-extend-session': true });
});
