import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Entered } from '../../../captive-portal/method.ts';
import { method as phone } from '../../../captive-portal/methods/phone.ts';
import { DAY, MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { askPhoneCode } from '../../../core/services/portal/phone-code.ts';
import { codeBudget, PHONE_LIMITS_SETTING } from '../../../core/services/portal/phone-limits.ts';
import type { Place } from '../../support/portal-places.ts';
import { enteringAt, enterWith, openWays, refusalOf, TEN, type Ways, wasOnline } from '../../support/portal-ways.ts';

let ways: Ways;
let place: Place;
let answer: { status?: number } = {};
beforeAll(async () => {
  ways = await openWays(() => answer);
});
afterAll(async () => {
  await ways.close();
});
let before = 0;
beforeEach(async () => {
  answer = {};
  await ways.empty();
  place = await ways.layPlace();
  before = ways.sms.asked.length;
});

const settings = () => ({ channelId: ways.channelId });
const ask = (number: string, more: Partial<Parameters<typeof enterWith>[2]> = {}) =>
  enterWith(phone, ways, { place, settings: settings(), ...more }, { 'phone-number': number });
const tryCode = (step: string, code: string, more: Partial<Parameters<typeof enterWith>[2]> = {}) =>
  enterWith(phone, ways, { place, settings: settings(), step, ...more }, { 'phone-code': code });
function stepOf(entered: Entered): string {
  if (entered.kind !== 'next') throw new Error(`not asked on: ${JSON.stringify(entered)}`);
  return entered.step;
}
const sent = () => ways.sms.texts().slice(before);
const codeIn = (text = ''): string => /\b\d{6}\b/.exec(text)?.[0] ?? '';
async function asked(number: string, more: Partial<Parameters<typeof enterWith>[2]> = {}) {
  const count = ways.sms.asked.length;
  const step = stepOf(await ask(number, more));
  const texts = await ways.sms.until(count + 1);
  return { step, code: codeIn(texts.at(-1)?.text), text: texts.at(-1) };
}
const rows = async (): Promise<number> =>
  (await ways.inventory.sql.query<{ n: number }>('SELECT count(*)::int AS n FROM portal_phone_codes'))[0]?.n ?? -1;
const limits = (more: object) => ways.inventory.settings.set(PHONE_LIMITS_SETTING, more);
const macOf = (n: number): string => `02:00:00:00:01:${n.toString(16).padStart(2, '0')}`;

test('a code goes to the number, and lets its device in', async () => {
  const { step, code, text } = await asked('0812 3456 7890');

  const entered = await tryCode(step, ` ${code.slice(0, 3)} ${code.slice(3)} `);

  expect(text?.to).toBe('+6281234567890');
  expect(text?.text).toBe(`Kode masuk Wi-Fi gratis: ${code}. Berlaku 10 menit. Jangan berikan kepada siapa pun.`);
  const phoneHash = ways.parts.keys.hash('phone', '+6281234567890');
  const midnight = Date.UTC(2026, 10, 22, 17);
  expect(entered).toEqual({ kind: 'admitted', subjectHash: phoneHash, phoneHash, reentryUntil: midnight });
});

test('however a number is written, it is one person', async () => {
  const first = await asked('+62 812-3456-7890');
  ways.time.now += 2 * MINUTE;
  const second = await asked('6281234567890');

  const subjects = [await tryCode(first.step, first.code), await tryCode(second.step, second.code)];

  expect(subjects[0]).toMatchObject({ kind: 'admitted' });
  expect(subjects[1]).toEqual(subjects[0]);
});

test('nobody abroad is called, nor a premium or satellite number', async () => {
  for (const number of ['+12125550100', '08091234567', '086812345678', '', '0711351000'])
    expect(await ask(number)).toEqual({ kind: 'refused', refusal: 'wrong-code', field: 'phone-number' });

  expect(await rows()).toBe(0);
});

test('a code is of its device, its page and ten minutes, and is tried five times', async () => {
  const { step, code } = await asked('081234567890');
  const wrong = code === '000000' ? '000001' : '000000';

  expect(refusalOf(await tryCode(step, code, { mac: '02:00:00:00:00:99' }))).toBe('wrong-code');
  expect(refusalOf(await tryCode('11111111-2222-4333-8444-555555555555', code))).toBe('wrong-code');
  expect(refusalOf(await tryCode("' OR 1=1", code))).toBe('wrong-code');
  for (let n = 0; n < 5; n++) expect(refusalOf(await tryCode(step, wrong))).toBe('wrong-code');
  expect(refusalOf(await tryCode(step, code))).toBe('wrong-code');

  ways.time.now += 2 * MINUTE;
  const fresh = await asked('081234567890');
  ways.time.now += 10 * MINUTE;
  expect(refusalOf(await tryCode(fresh.step, fresh.code))).toBe('wrong-code');
});

test('pressed twice it is right twice, later no more', async () => {
  const { step, code } = await asked('081234567890');

  const twice = await Promise.all([tryCode(step, code), tryCode(step, code)]);
  ways.time.now += 3 * MINUTE;

  expect(twice.map(({ kind }) => kind)).toEqual(['admitted', 'admitted']);
  expect(refusalOf(await tryCode(step, code))).toBe('wrong-code');
});

test('within a minute the number gets no second text, and the code that it has stays good', async () => {
  const { step, code } = await asked('081234567890');
  ways.time.now += 59 * SECOND;

  const again = await enterWith(
    phone,
    ways,
    { place, settings: settings(), step },
    { 'phone-number': '081234567890', 'phone-again': '1' },
  );

  expect(stepOf(again)).toBe(step);
  expect(sent()).toHaveLength(1);
  expect(await tryCode(step, code)).toMatchObject({ kind: 'admitted' });
});

test('a known, an unknown and a number that is over its limit are answered with the same bytes', async () => {
  const known = await asked('081234567890', { mac: macOf(1) });
  await tryCode(known.step, known.code, { mac: macOf(1) });
  for (let n = 0; n < 4; n++) {
    ways.time.now += 2 * MINUTE;
    await asked('081234567890', { mac: macOf(10 + n) });
  }
  ways.time.now += 2 * MINUTE;
  const count = sent().length;

  const overLimit = await ask('081234567890', { mac: macOf(2) });
  const unknown = await ask('081399999999', { mac: macOf(3) });
  await ways.sms.until(before + count + 1);

  const pages = [overLimit, unknown].map((entered, n) => {
    const entering = enteringAt(ways, { place, settings: settings(), mac: macOf(2 + n), step: stepOf(entered) });
    const notice = entered.kind === 'next' ? entered.notice : null;
    return phone.form(entering, { refused: null, notice, form: new URLSearchParams() }).markup;
  });
  expect(pages[0]).toBe(pages[1]);
  expect(stepOf(overLimit)).toHaveLength(stepOf(unknown).length);
  expect(sent()).toHaveLength(count + 1);
  // Six tries look the same too: there is no code behind one of them.
  const tries = async (entered: Entered, mac: string) => {
    const words = [];
    for (let n = 0; n < 6; n++) words.push(refusalOf(await tryCode(stepOf(entered), '123456', { mac })));
    return words;
  };
  expect(await tries(overLimit, macOf(2))).toEqual(await tries(unknown, macOf(3)));
});

test('a number that is over its limit counts for a device like any other', async () => {
  for (let n = 0; n < 5; n++) {
    await asked('081234567890', { mac: macOf(n) });
    ways.time.now += 2 * MINUTE;
  }

  const answers = [];
  for (const number of ['081234567890', '081300000001', '081300000002', '081300000003'])
    answers.push((await ask(number, { mac: macOf(50) })).kind);

  expect(answers).toEqual(['next', 'next', 'next', 'refused']);
});

test('five texts a day for a number, from however many devices, and a restart forgets none', async () => {
  for (let n = 0; n < 12; n++) {
    await ask('081234567890', { mac: macOf(n) });
    ways.time.now += 2 * MINUTE;
  }
  await ways.sms.until(before + 5);

  expect(sent()).toHaveLength(5);
  ways.time.now = TEN + DAY + MINUTE;
  await asked('081234567890', { mac: macOf(99) });
});

test('three numbers a day for a device, and it is told so', async () => {
  for (const number of ['081300000001', '081300000002', '081300000003']) await asked(number);

  expect(await ask('081300000004')).toEqual({ kind: 'refused', refusal: 'pause' });
  ways.time.now += 2 * MINUTE;
  expect((await ask('081300000002')).kind).toBe('next');
  ways.time.now += DAY;
  expect((await ask('081300000004')).kind).toBe('next');
});

test('a site has its budget, the last quarter of it for devices that were here before; the alarm is raised once', async () => {
  await limits({ perSiteDay: 8 });
  const other = await ways.layPlace({ code: 'B', region: '16.71.01.1001' });
  await wasOnline(ways, place, macOf(200));

  const kinds = [];
  for (let n = 0; n < 8; n++) kinds.push((await ask(`0813000000${n + 10}`, { mac: macOf(n) })).kind);
  const known = await ask('081355555555', { mac: macOf(200) });
  const elsewhere = await ask('081366666666', { mac: macOf(201), place: other });

  expect(kinds).toEqual([...Array(6).fill('next'), ...Array(2).fill('refused')]);
  expect(known.kind).toBe('next');
  expect(elsewhere.kind).toBe('next');
  const alarms = ways.lines.filter((line) => line.includes('telephone codes')).map((line) => JSON.parse(line));
  expect(alarms.map(({ level, of, sent: count }) => [level, of, count])).toEqual([
    ['warn', 'site', 5],
    ['error', 'site', 6],
  ]);
});

test('the province has a budget of each of its days, with its state for the operators', async () => {
  await limits({ perDay: 4, perSiteDay: 100 });
  for (let n = 0; n < 6; n++) await ask(`0813000000${n + 10}`, { mac: macOf(n) });

  const budget = await codeBudget(ways.parts);
  ways.time.now = Date.UTC(2026, 10, 22, 17);
  const tomorrow = await codeBudget(ways.parts);

  expect(budget).toMatchObject({ sent: 3, budget: 4, state: 'reserved', sites: [{ siteId: place.site.id, codes: 3 }] });
  expect(tomorrow).toMatchObject({ sent: 0, state: 'normal' });
  expect((await ask('081377777777', { mac: macOf(77) })).kind).toBe('next');
});

test('a flood of asking leaves no more rows than the budget, and sends no more texts', async () => {
  await limits({ perSiteDay: 20 });

  await Promise.all(Array.from({ length: 120 }, (_, n) => ask(`08131000${1000 + n}`, { mac: macOf(n % 60) })));
  await ways.sms.until(before + 15);

  expect(await rows()).toBe(15);
  expect(sent()).toHaveLength(15);
});

test('the page does not wait for the provider, whose failure gives the number its code back', async () => {
  answer = { status: 500 };
  const step = stepOf(await ask('081234567890'));
  await ways.sms.until(before + 1);
  answer = { status: 400 };
  ways.time.now += 2 * MINUTE;
  for (let n = 0; n < 6; n++) {
    await ask('081234567890', { mac: macOf(n) });
    await ways.sms.until(before + 2 + n);
    await waitFor(() => ways.lines.filter((line) => line.includes('was not sent')).length >= 2 + n);
    ways.time.now += 2 * MINUTE;
  }

  expect(step).toMatch(/^[0-9a-f-]{36}$/);
  expect(sent()).toHaveLength(7);
  expect(ways.lines.join('\n')).not.toMatch(/8123456/);
});

test('texts of "data saya" do not use up what the number needs at a hotspot', async () => {
  const request = { purpose: 'my-data', phone: '+6281234567890', gatewayId: null, siteId: null } as const;
  let texts = 0;
  for (let n = 0; n < 10; n++) {
    const send = async () => void texts++;
    await askPhoneCode({ ...ways.parts, log: ways.log }, { ...request, macHash: `visitor ${n}`, send });
    ways.time.now += 5 * MINUTE;
  }

  expect(texts).toBe(3);
  await asked('081234567890');
});

test('its fields are labelled, ask for digits and can be filled from the message; a reload asks for the code again', () => {
  const form = new URLSearchParams();
  const first = phone.form(enteringAt(ways, { place }), { refused: null, notice: null, form }).markup;
  const step = '11111111-2222-4333-8444-555555555555';
  const second = phone.form(enteringAt(ways, { place, step }), { refused: null, notice: null, form }).markup;

  expect(first).toMatch(/<label for="phone-number">/);
  expect(first).toMatch(/type="tel" inputmode="tel" autocomplete="tel"/);
  expect(first).not.toContain('phone-code');
  expect(second).toMatch(/<label for="phone-code">/);
  expect(second).toMatch(/inputmode="numeric" autocomplete="one-time-code"/);
  expect(first + second).not.toMatch(/<script|style=|https?:/);
});

async function waitFor(isThere: () => boolean): Promise<void> {
  while (!isThere()) await new Promise((resolve) => setImmediate(resolve));
}
