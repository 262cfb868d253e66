import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { method as voucher } from '../../../captive-portal/methods/voucher.ts';
import type { NewVoucherBatch } from '../../../core/contract/portal/voucher.ts';
import { DAY, HOUR, MINUTE } from '../../../core/domain/clock.ts';
import { newVoucherCode, printedCode } from '../../../core/domain/portal/voucher-code.ts';
import { hashPassword } from '../../../core/services/password.ts';
import { createVoucherBatch } from '../../../core/services/portal/create-voucher-batch.ts';
import { voidVouchers } from '../../../core/services/portal/void-vouchers.ts';
import { NO_LIMITS, type Place } from '../../support/portal-places.ts';
import { enteringAt, enterWith, openWays, refusalOf, TEN, type Ways, wasOnline } from '../../support/portal-ways.ts';

let ways: Ways;
let place: Place;
beforeAll(async () => {
  ways = await openWays();
});
afterAll(async () => {
  await ways.close();
});
beforeEach(async () => {
  await ways.empty();
  place = await ways.layPlace();
});

async function batchOf(more: Partial<NewVoucherBatch> = {}) {
  const asked = {
    name: 'Posyandu',
    siteId: place.site.id,
    regionCode: null,
    planId: null,
    count: 2,
    validSeconds: 86_400,
    validUntil: TEN + 30 * DAY,
    ...more,
  };
  return await createVoucherBatch(ways.parts, asked, null);
}
const enter = (code: string, more: Partial<Parameters<typeof enterWith>[2]> = {}) =>
  enterWith(voucher, ways, { place, ...more }, { 'voucher-code': code });
/** Nobody has it, but its check digit is right. */
const unknown = (n: number): string => newVoucherCode(() => 500_000_000 + n);
const wrongTries = async (count: number, macOf: (n: number) => string, from = 0) => {
  for (let n = from; n < from + count; n++)
    expect(refusalOf(await enter(unknown(n), { mac: macOf(n) }))).toBe('wrong-code');
};
const attempts = async (): Promise<number> =>
  (await ways.inventory.sql.query<{ n: number }>('SELECT count(*)::int AS n FROM portal_attempts'))[0]?.n ?? -1;

test('a voucher lets in until its time from the first use is over, however it is typed', async () => {
  const { codes } = await batchOf();
  const [code = ''] = codes;

  const first = await enter(printedCode(code));
  ways.time.now += 5 * HOUR;
  const second = await enter(code, { mac: '02:00:00:00:00:65' });
  ways.time.now = TEN + DAY;
  const third = await enter(code);

  const subjectHash = ways.parts.keys.hash('voucher', code);
  const end = TEN + DAY;
  expect(first).toEqual({ kind: 'admitted', subjectHash, reentryUntil: end, notAfter: end });
  expect(second).toEqual(first);
  expect(refusalOf(third)).toBe('voucher-expired');
  expect(await attempts()).toBe(0);
});

test('without a time of its own it holds until the last day of the batch, and never beyond it', async () => {
  const { codes } = await batchOf({ validSeconds: null, validUntil: TEN + HOUR });
  const { codes: others } = await batchOf({ validSeconds: 86_400, validUntil: TEN + HOUR });

  expect(await enter(codes[0] ?? '')).toMatchObject({ notAfter: TEN + HOUR });
  expect(await enter(others[0] ?? '')).toMatchObject({ notAfter: TEN + HOUR });
  ways.time.now = TEN + HOUR;
  expect(refusalOf(await enter(codes[1] ?? ''))).toBe('voucher-expired');
});

test('it is valid at its site or in its district, and brings its own plan', async () => {
  const elsewhere = await ways.layPlace({ code: 'B', region: '16.71.01.1001' });
  const plan = await ways.inventory.portal.plans.create({ ...NO_LIMITS, name: 'Cepat' });
  const { codes: ofSite } = await batchOf();
  const { codes: ofDistrict } = await batchOf({ siteId: null, regionCode: '16.03.11', planId: plan.id });
  const { codes: ofOther } = await batchOf({ siteId: null, regionCode: '16.71' });

  expect(await enter(ofDistrict[0] ?? '')).toMatchObject({ kind: 'admitted', planId: plan.id });
  expect(refusalOf(await enter(ofSite[0] ?? '', { place: elsewhere }))).toBe('voucher-elsewhere');
  expect(refusalOf(await enter(ofDistrict[1] ?? '', { place: elsewhere }))).toBe('voucher-elsewhere');
  expect(refusalOf(await enter(ofOther[0] ?? ''))).toBe('voucher-elsewhere');
  expect(await enter(ofOther[0] ?? '', { place: elsewhere })).toMatchObject({ kind: 'admitted' });
});

test('voided serials and batches let nobody in any more', async () => {
  const account = await ways.inventory.accounts.create({
    name: 'a',
    displayName: 'A',
    role: 'admin',
    regionCode: '',
    passwordHash: await hashPassword('a long enough password'),
  });
  const { batch, codes } = await batchOf({ count: 3 });
  await enter(codes[0] ?? '');

  await voidVouchers(ways.parts, batch.id, [1], account.id);
  expect(refusalOf(await enter(codes[0] ?? ''))).toBe('voucher-void');
  expect(await enter(codes[1] ?? '')).toMatchObject({ kind: 'admitted' });
  await voidVouchers(ways.parts, batch.id, null, account.id);

  expect(refusalOf(await enter(codes[2] ?? ''))).toBe('voucher-void');
  const audit = await ways.inventory.portal.audit.list({ about: batch.id });
  expect(audit.items.map(({ what, detail }) => ({ what, detail }))).toEqual([
    { what: 'vouchers-voided', detail: { voided: 2, whole: true } },
    { what: 'vouchers-voided', detail: { voided: 1, whole: false } },
  ]);
});

test('its time does not begin at a closed door', async () => {
  const plan = await ways.inventory.portal.plans.create({
    ...NO_LIMITS,
    name: 'Sore',
    opensAt: 17 * 60,
    closesAt: 22 * 60,
  });
  const { batch, codes } = await batchOf({ planId: plan.id });

  expect(refusalOf(await enter(codes[0] ?? ''))).toBe('closed');

  const use = await ways.inventory.portal.vouchers.use(batch.id, {});
  expect(use.items[0]).toMatchObject({ serial: 1, firstUsedAt: null });
  ways.time.now = TEN + 8 * HOUR;
  expect(await enter(codes[0] ?? '')).toMatchObject({ kind: 'admitted', notAfter: TEN + 8 * HOUR + DAY });
});

test('a wrong digit is told at once and is no guess', async () => {
  const { codes } = await batchOf();
  const [code = ''] = codes;
  const mistyped = `${code.slice(0, 9)}${(Number(code[9]) + 1) % 10}`;

  for (let n = 0; n < 20; n++) expect(refusalOf(await enter(mistyped))).toBe('wrong-code');

  expect(await attempts()).toBe(0);
  expect(await enter(code)).toMatchObject({ kind: 'admitted' });
  const shown = { refused: { refusal: 'wrong-code', field: 'voucher-code' } as const, notice: null };
  const ofMistyped = voucher.form(enteringAt(ways, { place }), {
    ...shown,
    form: new URLSearchParams({ 'voucher-code': mistyped }),
  });
  const ofWrong = voucher.form(enteringAt(ways, { place }), {
    ...shown,
    form: new URLSearchParams({ 'voucher-code': unknown(1) }),
  });
  expect(ofMistyped.markup).toContain('Angka kodenya ada yang keliru');
  expect(ofWrong.markup).toContain('Kode tidak cocok');
});

test('after five wrong codes a device waits, also with a right one, and a restart forgives none', async () => {
  const { codes } = await batchOf();
  await wrongTries(5, () => '02:00:00:00:00:01');

  const paused = await enter(codes[0] ?? '', { mac: '02:00:00:00:00:01' });
  const other = await enter(codes[0] ?? '', { mac: '02:00:00:00:00:02' });
  ways.time.now += 10 * MINUTE;
  const later = await enter(codes[0] ?? '', { mac: '02:00:00:00:00:01' });

  // What counts lies in the store alone: another process sees the same.
  expect(paused).toEqual({ kind: 'refused', refusal: 'pause', retryAfterMs: 10 * MINUTE });
  expect(other).toMatchObject({ kind: 'admitted' });
  expect(later).toMatchObject({ kind: 'admitted' });
});

test('guessing with made-up devices stops at fifty a gateway; who was online here before gets in all the same', async () => {
  const { codes } = await batchOf();
  const second = await ways.layPlace({ code: 'B', region: '16.71.01.1001' });
  const made = (n: number): string => `02:00:00:00:01:${n.toString(16).padStart(2, '0')}`;
  await wrongTries(50, made);

  const guesser = await enter(unknown(99), { mac: made(99) });
  expect(guesser).toMatchObject({ kind: 'refused', refusal: 'pause' });
  await wasOnline(ways, place, '02:00:00:00:00:09');
  expect(await enter(codes[0] ?? '', { mac: '02:00:00:00:00:09' })).toMatchObject({ kind: 'admitted' });
  expect(refusalOf(await enter(unknown(1), { mac: made(1), place: second }))).toBe('wrong-code');
  expect(await attempts()).toBeLessThanOrEqual(102);
});

test('forty guesses at the same moment are no more than the limit', async () => {
  const guesses = await Promise.all(Array.from({ length: 40 }, (_, n) => enter(unknown(n))));

  const words = guesses.map(refusalOf);
  expect(words.filter((word) => word === 'wrong-code')).toHaveLength(5);
  expect(words.filter((word) => word === 'pause')).toHaveLength(35);
});

test('two devices that use a voucher first at the same moment share one beginning', async () => {
  const { codes } = await batchOf();

  const entered = await Promise.all(
    Array.from({ length: 8 }, (_, n) => enter(codes[0] ?? '', { mac: `02:00:00:00:00:0${n}` })),
  );

  expect(new Set(entered.map((one) => JSON.stringify(one))).size).toBe(1);
});
