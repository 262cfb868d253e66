import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { NewVoucherBatch } from '../../../../core/contract/portal/voucher.ts';
import { DAY } from '../../../../core/domain/clock.ts';
import { printedCode, readVoucherCode } from '../../../../core/domain/portal/voucher-code.ts';
import { account } from '../../../../core/services/portal/account.ts';
import { createVoucherBatch } from '../../../../core/services/portal/create-voucher-batch.ts';
import { issueLogin } from '../../../../core/services/portal/issue-login.ts';
import { voucherSheet } from '../../../../core/services/portal/voucher-sheet.ts';
import type { Place } from '../../../support/portal-places.ts';
import { openWays, TEN, type Ways } from '../../../support/portal-ways.ts';

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

const wanted = (more: Partial<NewVoucherBatch> = {}): NewVoucherBatch => ({
  name: '=1+1 Posyandu <Melati>',
  siteId: place.site.id,
  regionCode: null,
  planId: null,
  count: 5,
  validSeconds: 7_200,
  validUntil: TEN + 30 * DAY,
  ...more,
});
const sheetOf = (batchId: string, codes: readonly string[], format: 'csv' | 'a4' | 'thermal') =>
  voucherSheet({ ...ways.parts, portalUrl: 'https://portal.example' }, batchId, { format, codes });

test('codes leave once; the store knows them by their keyed hash alone', async () => {
  const { batch, codes } = await createVoucherBatch(ways.parts, wanted(), null);

  expect(batch).toMatchObject({ count: 5, used: 0, voided: 0, siteName: 'Situs A', voidedAt: null });
  expect(new Set(codes).size).toBe(5);
  for (const code of codes) expect(readVoucherCode(code).kind).toBe('code');
  const dump = JSON.stringify(await ways.inventory.sql.query('SELECT * FROM portal_vouchers, portal_voucher_batches'));
  for (const code of codes) expect(dump).not.toContain(code);
  expect((await ways.inventory.portal.vouchers.list({ region: '16.03' })).total).toBe(1);
  expect((await ways.inventory.portal.vouchers.list({ region: '16.71' })).total).toBe(0);
});

test('ten thousand are made in one go, all different', async () => {
  const startedAt = performance.now();
  const { codes } = await createVoucherBatch(ways.parts, wanted({ count: 10_000 }), null);

  expect(new Set(codes).size).toBe(10_000);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test.each([[{ siteId: null, regionCode: null }], [{ regionCode: '16.03' }], [{ validUntil: TEN }]] satisfies readonly [
  Partial<NewVoucherBatch>,
][])('a batch that makes no sense is refused: %j', async (more) => {
  const making = createVoucherBatch(ways.parts, wanted(more), null);

  await expect(making).rejects.toMatchObject({ code: 'bad-input' });
});

test('a batch for a site that does not exist keeps nothing', async () => {
  const siteId = '11111111-2222-4333-8444-555555555555';

  await expect(createVoucherBatch(ways.parts, wanted({ siteId }), null)).rejects.toMatchObject({ code: 'conflict' });
  expect((await ways.inventory.portal.vouchers.list({})).total).toBe(0);
});

test('the report of use counts sessions of each voucher', async () => {
  const { batch, codes } = await createVoucherBatch(ways.parts, wanted(), null);
  const subjectHash = ways.parts.keys.hash('voucher', codes[2] ?? '');
  await ways.inventory.portal.vouchers.firstUse(subjectHash, TEN);
  for (const [n, mac] of ['02:00:00:00:00:64', '02:00:00:00:00:65'].entries()) {
    const gateway = { id: place.gateway.id, siteId: place.site.id };
    const login = await issueLogin(ways.parts, {
      gateway,
      macHash: ways.parts.keys.hash('mac', mac),
      method: 'voucher',
      subjectHash,
      planId: null,
      consentId: null,
      arrivedAt: TEN,
      reentryUntil: null,
    });
    if (login.kind !== 'login') throw new Error('refused');
    const record = { gatewayId: gateway.id, siteId: gateway.siteId, userName: login.id, classText: login.id, mac };
    await account(ways.parts, {
      ...record,
      status: 'stop',
      acctSessionId: `8000000${n}`,
      framedIp: null,
      at: TEN + 60_000,
      seconds: 60,
      upOctets: 1_000n,
      downOctets: 5_000_000_000n,
      cause: 'User-Request',
    });
  }

  const use = await ways.inventory.portal.vouchers.use(batch.id, { used: true });

  expect(use.total).toBe(1);
  expect(use.items[0]).toEqual({
    serial: 3,
    firstUsedAt: TEN,
    expiresAt: TEN + 7_200_000,
    voidedAt: null,
    sessions: 2,
    seconds: 120,
    octets: 10_000_002_000,
  });
  expect((await ways.inventory.portal.vouchers.use(batch.id, { used: false })).total).toBe(4);
  expect((await ways.inventory.portal.vouchers.get(batch.id)).used).toBe(1);
});

test('a sheet is made of the codes of its batch alone, in the order of their serials', async () => {
  const { batch, codes } = await createVoucherBatch(ways.parts, wanted(), null);
  const { codes: others } = await createVoucherBatch(ways.parts, wanted(), null);

  const reversed = await sheetOf(batch.id, [...codes].reverse(), 'csv');

  const lines = reversed.bytes.toString('utf8').split('\r\n');
  expect(lines[0]).toBe('\uFEFFNo.,Kode,Tempat,Kelompok,Paket,Lama berlaku,Berlaku sampai');
  expect(lines[1]).toBe(`1,${codes[0]},Situs A,'=1+1 Posyandu <Melati>,,2 jam,2026-12-22T10:00:00+07:00`);
  expect(lines).toHaveLength(7);
  for (const bad of [[...codes, others[0] ?? ''], [codes[0] ?? '', codes[0] ?? ''], ['1234567890'], []])
    await expect(sheetOf(batch.id, bad, 'a4')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(sheetOf('11111111-2222-4333-8444-555555555555', codes, 'a4')).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('printed sheets carry every code, its number, and a QR code, and nothing from outside', async () => {
  const { batch, codes } = await createVoucherBatch(ways.parts, wanted(), null);

  for (const format of ['a4', 'thermal'] as const) {
    const { bytes, contentType } = await sheetOf(batch.id, codes, format);
    const page = bytes.toString('utf8');
    expect(contentType).toBe('text/html; charset=utf-8');
    for (const code of codes) expect(page).toContain(printedCode(code));
    expect(page.match(/<svg /g)).toHaveLength(5);
    expect(page).toContain('Berlaku 2 jam sejak pertama dipakai');
    expect(page).toContain('22 Desember 2026');
    expect(page).not.toMatch(/<script|<img|https?:|<Melati>/);
  }
});
