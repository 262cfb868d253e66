import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { capportOption } from '../../../captive-portal/flow/capport.ts';
import { HOUR, MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { siteReports } from '../../../core/services/site-reports.ts';
import { formOf, type Hotspot, MAC, openHotspot, post } from './support/hotspot.ts';

let hotspot: Hotspot;
beforeAll(async () => {
  hotspot = await openHotspot();
});
afterAll(() => hotspot.close());
beforeEach(() => {
  // What is kept for seconds is asked anew, and no test sees the tries of the one before.
  hotspot.time.now += 10 * MINUTE;
  hotspot.router.state.isStubborn = false;
});

const text = async (url: string): Promise<string> => await (await fetch(url)).text();
const locationOf = (response: Response): string => response.headers.get('location') ?? '';

/** Presses the first button of a page. */
async function press(page: string, more: Record<string, string> = {}, way?: string): Promise<Response> {
  const { action, fields } = formOf(page, way);
  for (const [name, value] of Object.entries(more)) fields.set(name, value);
  return await post(hotspot.url(action), fields);
}

/** From the arrival to the address of the status page, as the browser goes. */
async function goOnline(): Promise<string> {
  const pressed = await press(await text(hotspot.arrival()));
  const atRouter = await fetch(locationOf(pressed), { redirect: 'manual' });
  return locationOf(atRouter);
}

test('from the gateway over one page and one button to the status page', async () => {
  const arrived = await fetch(`http://127.0.0.1:${hotspot.router.port}/`);
  const page = await arrived.text();

  const pressed = await press(page);
  const atRouter = await fetch(locationOf(pressed), { redirect: 'manual' });
  const status = await fetch(locationOf(atRouter));
  const shown = await status.text();

  expect(arrived.status).toBe(200);
  expect(page).toContain('<h1>Wi-Fi Gratis Desa Sukamaju</h1>');
  expect(page).toContain('Diselenggarakan oleh Pemerintah Provinsi Sumatera Selatan');
  expect(pressed.status).toBe(303);
  expect(locationOf(pressed)).toMatch(
    new RegExp(`^http://127\\.0\\.0\\.1:${hotspot.router.port}/login\\?username=[a-z2-7]{26}&`),
  );
  expect(hotspot.router.online.has(MAC)).toBe(true);
  expect(status.status).toBe(200);
  expect(shown).toContain('Anda sudah tersambung');
});

test('an impatient second press leads to the same login, and only one consent is kept', async () => {
  const page = await text(hotspot.arrival());
  const before = await consents();

  const [one, other] = await Promise.all([press(page), press(page)]);

  expect(one.status).toBe(303);
  expect(locationOf(other)).toBe(locationOf(one));
  expect(await consents()).toBe(before + 1);
});

const consents = async (): Promise<number> =>
  Number((await hotspot.inventory.sql.query<{ n: string }>('SELECT count(*) AS n FROM portal_consents'))[0]?.n);

test('what was agreed to is kept: version, exact text and language, and the login it led to', async () => {
  const page = await text(hotspot.arrival({ l: 'en' }));

  const login = new URL(locationOf(await press(page))).searchParams.get('username');

  const terms = await hotspot.inventory.portal.terms.current(hotspot.time.now);
  const [kept] = await hotspot.inventory.sql.query<Record<string, unknown>>(
    'SELECT terms_version, language, sha256, service, news, mac_hash FROM portal_consents WHERE login_id = $1',
    [login],
  );
  expect(kept).toEqual({
    terms_version: terms.version,
    language: 'en',
    sha256: terms.sha256En,
    service: true,
    news: false,
    mac_hash: hotspot.keys.hash('mac', MAC),
  });
});

test('news are sent only to who ticks the box, where a site offers them; an answer is tied to nobody', async () => {
  const { inventory, siteId, time } = hotspot;
  await inventory.portal.sites.update(siteId, { news: true, surveyQuestion: 'Dari dusun mana?' }, time.now);
  time.now += 10 * SECOND;
  const page = await text(hotspot.arrival());

  const login = new URL(locationOf(await press(page, { news: '1', survey: ' Dusun  II ' }))).searchParams;

  const [kept] = await inventory.sql.query<{ news: boolean }>('SELECT news FROM portal_consents WHERE login_id = $1', [
    login.get('username'),
  ]);
  const answers = await inventory.portal.survey.list(siteId);
  await inventory.portal.sites.update(siteId, { news: false, surveyQuestion: '' }, time.now);
  expect(page).not.toMatch(/<input type="checkbox"[^>]*checked/);
  expect(kept?.news).toBe(true);
  expect(answers).toEqual([expect.objectContaining({ question: 'Dari dusun mana?', answer: 'Dusun II' })]);
});

test('a page is in the other language by a link that needs no second arrival', async () => {
  const page = await text(hotspot.arrival());
  const link = /<a href="([^"]*)" hreflang="en" lang="en">English<\/a>/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';

  const english = await text(hotspot.url(link));
  const pressed = await press(english);
  const atRouter = await fetch(locationOf(pressed), { redirect: 'manual' });
  const status = await text(locationOf(atRouter));

  expect(english).toContain('<html lang="en">');
  expect(english).toContain('Free Wi-Fi Sukamaju Village');
  expect(english).toContain('This Wi-Fi is free and provided to everybody');
  expect(status).toContain('You are connected');
});

test('the status page tells time and data left, the closing time and the state of the line', async () => {
  const { inventory, siteId, deviceId, time } = hotspot;
  const plan = await inventory.portal.plans.create(
    {
      ...{ name: 'Desa', sessionSeconds: 3_600, idleSeconds: 600, daySeconds: 7_200, monthSeconds: null },
      ...{ dayOctets: 500_000_000, monthOctets: null, downKbit: 2_048, upKbit: 1_024, devices: null },
      ...{ opensAt: 6 * 60, closesAt: 22 * 60 },
    },
    time.now,
  );
  await inventory.portal.sites.update(siteId, { planId: plan.id }, time.now);
  await inventory.statuses.recordTransition({
    ...{ deviceId, siteId, regionCode: '16.03.11.2009', at: time.now, state: 'down', previous: 'unknown' },
    ...{ reason: 'timeout', lastSeenAt: null, memory: {} },
  });
  time.now += 10 * SECOND;
  const url = await goOnline();
  time.now += 25 * MINUTE;

  const shown = (await text(url)).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

  await inventory.portal.sites.update(siteId, { planId: null }, time.now);
  expect(shown).toMatch(/Tersambung sejak \d\d\.\d\d \(25 menit\)/);
  expect(shown).toContain('Sisa waktu 35 menit');
  expect(shown).toContain('Sisa data 500 MB');
  expect(shown).toContain('Tutup pukul 22.00');
  expect(shown).toMatch(/■ Saluran internet di sini sedang putus\. Petugas sudah diberi tahu\. Sejak \d\d\.\d\d\./);
});

test('outside the opening hours the page says when it opens, and takes no consent', async () => {
  const { inventory, siteId, time } = hotspot;
  const hours = { opensAt: 23 * 60, closesAt: 23 * 60 + 30 };
  const none = { sessionSeconds: null, idleSeconds: null, daySeconds: null, monthSeconds: null, devices: null };
  const plan = await inventory.portal.plans.create(
    { name: 'Siang', ...none, dayOctets: null, monthOctets: null, downKbit: null, upKbit: null, ...hours },
    time.now,
  );
  const page = await text(hotspot.arrival());
  await inventory.portal.sites.update(siteId, { planId: plan.id }, time.now);
  time.now += 10 * SECOND;

  const closed = await text(hotspot.arrival());
  const pressed = await press(page);

  await inventory.portal.sites.update(siteId, { planId: null }, time.now);
  expect(closed).toContain('Wi-Fi di sini sedang tutup. Buka lagi pukul 23.00.');
  expect(closed).not.toContain('<form');
  expect(pressed.status).toBe(200);
  expect(await pressed.text()).toContain('Buka lagi pukul 23.00.');
});

test('a code that does not match says so beside its field, and keeps what was typed', async () => {
  const { inventory, siteId, time } = hotspot;
  const methods = ['terms', 'voucher'].map((kind) => ({ kind, planId: null, settings: {} }));
  await inventory.portal.sites.update(siteId, { methods }, time.now);
  time.now += 10 * SECOND;

  const page = await text(hotspot.arrival());
  const refused = await press(page, { 'voucher-code': '1234567890' }, 'voucher');
  const shown = await refused.text();

  await inventory.portal.sites.update(siteId, { methods: methods.slice(0, 1) }, time.now);
  expect(refused.status).toBe(200);
  expect(shown).toMatch(/<input id="voucher-code"[^>]* value="1234567890"[^>]*aria-invalid="true"/);
  expect(shown.indexOf('name="m" value="voucher"')).toBeLessThan(shown.indexOf('name="m" value="terms"'));
});

test('a way in that the site does not offer is refused in a clear sentence', async () => {
  const page = await text(hotspot.arrival());

  const refused = await press(page, { m: 'voucher', 'voucher-code': '1234567890' });

  expect(await refused.text()).toContain('Cara masuk ini tidak tersedia di sini.');
});

test('a gateway that keeps sending people back is told of, with what to do, and another try stays possible', async () => {
  hotspot.router.state.isStubborn = true;
  let returned = '';
  for (let n = 0; n < 3; n++) {
    const pressed = await press(await text(hotspot.arrival()));
    returned = await (await fetch(locationOf(pressed))).text();
  }

  const again = await text(hotspot.arrival());

  expect(returned).toContain('Gerbang Wi-Fi belum membuka sambungan');
  expect(returned).toContain('Ini bukan kesalahan Anda.');
  expect(returned).toContain(`href="http://127.0.0.1:${hotspot.router.port}/login"`);
  expect(again).toContain('Setuju dan masuk');
});

test('why the gateway refused is said in our own words alone', async () => {
  const closed = await text(hotspot.arrival({ err: 'Wi-Fi buka lagi pukul 06.30.', l: 'en' }));
  const away = await text(hotspot.arrival({ err: 'RADIUS server is not responding' }));
  const forged = await text(hotspot.arrival({ err: 'Kirim pulsa ke 0812' }));

  expect(closed).toContain('It opens again at 06:30.');
  expect(away).toContain('tidak mendapat jawaban dari server');
  expect(forged).not.toContain('0812');
  expect(forged).toContain('Percobaan terakhir belum berhasil.');
});

test('logging out leads over the gateway, and the device does not come back without a page', async () => {
  const url = await goOnline();
  const status = await text(url);
  const loginId = /\/s\/([a-z2-7]{26})/.exec(url)?.[1] ?? '';

  const left = await press(status);

  const login = await hotspot.inventory.portal.logins.get(loginId);
  expect(left.status).toBe(303);
  expect(locationOf(left)).toBe(`http://127.0.0.1:${hotspot.router.port}/logout`);
  expect(login?.reentryUntil ?? 0).toBeLessThanOrEqual(hotspot.time.now);
});

test('a report is counted once for a login, and thanked for each time', async () => {
  const { samples, deviceId, time } = hotspot;
  const url = await goOnline();
  const action = hotspot.url(`${new URL(url).pathname}/lapor`);
  samples.length = 0;

  const one = await post(action, 'apa=slow');
  await post(action, 'apa=slow');
  const nonsense = await post(action, 'apa=%3Cscript%3E');
  const thanks = await text(locationOf(one));
  time.now += 2 * MINUTE;
  await hotspot.portal.flushCounts();

  expect(one.status).toBe(303);
  expect(thanks).toContain('laporan Anda sudah diterima');
  expect(nonsense.status).toBe(400);
  expect(samples.filter(({ metric }) => metric === 'portal.reports')).toEqual([
    expect.objectContaining({ deviceId, value: 1 }),
  ]);
});

test('five people who report a slow line on their page call for an engineer, and none of them is named', async () => {
  const { inventory, siteId, time } = hotspot;
  await inventory.sql.run('DELETE FROM citizen_report');
  await inventory.sql.run("UPDATE device_status SET state = 'up'");
  const clock = () => time.now;
  const before = await siteReports({ inventory, clock }, { siteIds: [siteId] });

  for (let n = 1; n <= 5; n++) {
    const mac = `02:00:00:00:01:0${n}`;
    const pressed = await press(await text(hotspot.arrival({ mac })));
    const status = new URL(new URL(locationOf(pressed)).searchParams.get('dst') ?? '');
    const action = hotspot.url(`${status.pathname}/lapor`);
    for (const what of ['slow', 'slow', 'dead']) await post(action, `apa=${what}`);
    time.now += 4 * MINUTE;
  }
  const after = await siteReports({ inventory, clock }, { siteIds: [siteId] });
  const stored = await inventory.sql.query<Record<string, unknown>>('SELECT * FROM citizen_report');

  expect(before).toEqual([]);
  expect(after).toMatchObject([{ people: 5, kinds: [{ kind: 'slow', people: 5 }], attention: { people: 5 } }]);
  expect(stored.map((row) => Object.keys(row).sort())).toEqual(Array(5).fill(['kind', 'minute', 'people', 'site_id']));
});

test('logins, failures and the time to online go into the series of the gateway, arrivals into the counts of the day', async () => {
  const { samples, time, inventory, siteId } = hotspot;
  await hotspot.portal.flushCounts();
  const before = await arrivals();
  samples.length = 0;
  time.now = Math.ceil(time.now / HOUR) * HOUR;
  const page = await text(hotspot.arrival());
  time.now += 12 * SECOND;
  const atRouter = await fetch(locationOf(await press(page)), { redirect: 'manual' });
  await text(locationOf(atRouter));
  await text(locationOf(atRouter));
  time.now += MINUTE;

  await hotspot.portal.flushCounts();

  async function arrivals(): Promise<number> {
    const { items } = await inventory.portal.days.list({ siteId });
    return items.filter(({ method }) => method === '').reduce((sum, day) => sum + day.arrivals, 0);
  }
  expect(await arrivals()).toBe(before + 1);
  expect(Object.fromEntries(samples.map(({ metric, value }) => [metric, value]))).toEqual({
    'portal.logins': 1,
    'portal.refusals': 0,
    'portal.failures': 0,
    'portal.time_to_online_s': 12,
  });
});

test('the captive portal API says to a client whether it is in, and where to get in', async () => {
  await goOnline();
  const { gateway, portal } = hotspot;
  const ask = (client: string): Promise<Response> => fetch(hotspot.url(`/capport/${gateway.ref}/${client}`));

  const known = await ask('02-00-00-00-00-64');
  const stranger = await ask('02:00:00:00:00:99');
  const nobody = await ask('x');

  expect(known.headers.get('content-type')).toBe('application/captive+json');
  expect(known.headers.get('cache-control')).toBe('no-store');
  expect(await known.json()).toMatchObject({ captive: false, 'can-extend-session': true });
  expect(await stranger.json()).toEqual({ captive: true, 'user-portal-url': `${portal.url}/g/${gateway.ref}` });
  expect(nobody.status).toBe(404);
});

test('DHCP tells of the captive portal API only where telephones would believe it', () => {
  const url = 'https://wifi.example.go.id/capport/abcdef/%{m}';

  expect(capportOption('https://wifi.example.go.id', 'abcdef', '%{m}')).toBe(url);
  expect(capportOption('http://wifi.example.go.id', 'abcdef', '%{m}')).toBeNull();
  expect(capportOption('https://10.0.0.1', 'abcdef', '%{m}')).toBeNull();
  expect(capportOption(`https://${'a'.repeat(60)}.${'b'.repeat(60)}.id`, 'abcdef', 'x'.repeat(150))).toBeNull();
});

test('whoever opens a gateway by hand is led over it', async () => {
  const byHand = await text(hotspot.url(`/g/${hotspot.gateway.ref}`));
  const landing = await text(hotspot.url('/'));
  const nowhere = await fetch(hotspot.url('/g/abcdef2345'));

  expect(byHand).toContain(`href="http://127.0.0.1:${hotspot.router.port}/login"`);
  expect(landing).toContain('Halaman masuk terbuka sendiri.');
  expect(nowhere.status).toBe(404);
});

test('a site whose portal is switched off says so', async () => {
  const { inventory, siteId, time } = hotspot;
  await inventory.portal.sites.update(siteId, { enabled: false }, time.now);
  time.now += 10 * SECOND;

  const page = await text(hotspot.arrival());

  await inventory.portal.sites.update(siteId, { enabled: true }, time.now);
  expect(page).toContain('Halaman masuk di tempat ini sedang dimatikan.');
  expect(page).not.toContain('<form');
});
