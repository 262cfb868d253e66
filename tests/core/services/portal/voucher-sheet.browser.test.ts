import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY } from '../../../../core/domain/clock.ts';
import { printedCode } from '../../../../core/domain/portal/voucher-code.ts';
import { createVoucherBatch, type IssuedBatch } from '../../../../core/services/portal/create-voucher-batch.ts';
import { voucherSheet } from '../../../../core/services/portal/voucher-sheet.ts';
import { type OpenBrowser, openBrowser } from '../../../support/browser.ts';
import { pdfText } from '../../../support/pdf.ts';
import { NO_LIMITS } from '../../../support/portal-places.ts';
import { openWays, TEN, type Ways } from '../../../support/portal-ways.ts';

/** Of a sheet as it is printed. */
const MM = 72 / 25.4;
let ways: Ways;
let browser: OpenBrowser;
let made: IssuedBatch;
let dir: string;
beforeAll(async () => {
  ways = await openWays();
  browser = await openBrowser();
  dir = process.env['SIMPUL_SHEETS'] ?? (await mkdtemp(join(tmpdir(), 'simpul-sheets-')));
  await mkdir(dir, { recursive: true });
  const { site } = await ways.layPlace();
  await ways.inventory.sites.update(site.id, { name: 'Balai Desa Sukamaju Kecamatan Gelumbang Kabupaten Muara Enim' });
  const plan = await ways.inventory.portal.plans.create({ ...NO_LIMITS, name: 'Harian 2 GB' });
  made = await createVoucherBatch(
    ways.parts,
    {
      name: 'Posyandu Melati',
      siteId: site.id,
      regionCode: null,
      planId: plan.id,
      count: 30,
      validSeconds: 86_400,
      validUntil: TEN + 30 * DAY,
    },
    null,
  );
});
afterAll(async () => {
  await browser.close();
  await ways.close();
  if (process.env['SIMPUL_SHEETS'] === undefined) await rm(dir, { recursive: true, force: true });
});

async function printed(format: 'a4' | 'thermal') {
  const parts = { ...ways.parts, portalUrl: 'https://portal.sumselprov.example' };
  const { bytes } = await voucherSheet(parts, made.batch.id, { format, codes: made.codes });
  const page = await browser.context.newPage();
  await page.setContent(bytes.toString('utf8'));
  await page.emulateMedia({ media: 'print' });
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, path: join(dir, `${format}.pdf`) });
  const sizes = [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
    ([, width, height]) => [Math.round(Number(width) / MM), Math.round(Number(height) / MM)],
  );
  const boxes = await page.$$eval('.v', (all) =>
    all.map((voucher) => {
      const isInside = [...voucher.querySelectorAll('*')].every((one) => {
        const [inner, outer] = [one.getBoundingClientRect(), voucher.getBoundingClientRect()];
        return inner.bottom <= outer.bottom + 0.5 && inner.right <= outer.right + 0.5;
      });
      const title = voucher.querySelector('h2');
      const isCut = (title?.clientHeight ?? 0) < 14;
      const qr = voucher.querySelector('svg')?.getBoundingClientRect();
      return { isInside: isInside && !isCut, qrMm: Math.round(((qr?.width ?? 0) / 96) * 25.4) };
    }),
  );
  await page.close();
  await writeFile(join(dir, `${format}.html`), bytes);
  return { text: await pdfText(pdf), sizes, boxes };
}

test('on A4 stand 3 x 8 vouchers a page, each with its code, number and QR code inside its lines', async () => {
  const { text, sizes, boxes } = await printed('a4');

  expect(sizes).toEqual([
    [210, 297],
    [210, 297],
  ]);
  for (const code of made.codes) expect(text).toContain(printedCode(code));
  const [first = ''] = text.split('\f');
  expect(made.codes.filter((code) => first.includes(printedCode(code)))).toHaveLength(24);
  expect(boxes.every(({ isInside }) => isInside)).toBe(true);
  expect(new Set(boxes.map(({ qrMm }) => qrMm))).toEqual(new Set([21]));
});

test('on a roll of 58 mm each voucher is a strip of its own', async () => {
  const { text, sizes, boxes } = await printed('thermal');

  expect(sizes).toHaveLength(30);
  expect(sizes[0]).toEqual([58, 74]);
  const pages = text.split('\f');
  for (const [n, code] of made.codes.entries()) expect(pages[n]).toContain(printedCode(code));
  expect(boxes.every(({ isInside }) => isInside)).toBe(true);
  expect(new Set(boxes.map(({ qrMm }) => qrMm))).toEqual(new Set([28]));
});
