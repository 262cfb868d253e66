import { setImmediate as nextTurn } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import type { VoucherBatch } from '../../contract/portal/voucher.ts';
import { AppError } from '../../domain/errors.ts';
import { printedCode, readVoucherCode } from '../../domain/portal/voucher-code.ts';
import { wallTime, type Zone } from '../../domain/zone.ts';
import { guarded } from '../../inventory-files/guarded-text.ts';
import { escapeHtml } from '../../messages/html.ts';
import type { ExportedFile } from '../export-inventory.ts';
import type { PortalParts } from './portal-parts.ts';
import { qrSvg } from './qr-svg.ts';
import { dayText, lastingText, VOUCHER_WORDS, type VoucherWords } from './voucher-words.ts';

export type SheetFormat = 'csv' | 'a4' | 'thermal';
export type SheetAsked = {
  readonly format: SheetFormat;
  readonly language?: 'id' | 'en' | undefined;
  /** Digits, in the order of the batch or in any other; spaces within a code are none. */
  readonly codes: readonly string[];
};

/** Codes drawn in one go; then others get their turn. */
const AT_ONCE = 50;

/**
 * Codes that were just made as a file: CSV, 3 x 8 on A4, or one after the other on a thermal roll of 58 mm. Whoever asks
 * brings the codes, for nobody else has them.
 * @param portalUrl what the QR code leads to; null: it holds the code alone
 * @throws AppError `not-found`, or `bad-input` for codes that are not of this batch
 */
export async function voucherSheet(
  { inventory, keys, zone, portalUrl }: Omit<PortalParts, 'clock'> & { readonly portalUrl: string | null },
  batchId: string,
  { format, language = 'id', codes }: SheetAsked,
): Promise<ExportedFile> {
  const batch = await inventory.portal.vouchers.get(batchId);
  const vouchers = await numbered({ inventory, keys }, batchId, codes);
  const words = VOUCHER_WORDS[language];
  const place = batch.siteName ?? (await regionName(inventory, batch.regionCode));
  const sheet: Sheet = { batch, vouchers, words, place, zone, portalUrl, language };
  const name = `voucher-${batchId.slice(0, 8)}-${format}`;
  if (format === 'csv') return { fileName: `${name}.csv`, contentType: 'text/csv; charset=utf-8', bytes: csvOf(sheet) };
  const bytes = Buffer.from(await printedOf(sheet, format));
  return { fileName: `${name}.html`, contentType: 'text/html; charset=utf-8', bytes };
}

type Numbered = { readonly serial: number; readonly code: string };
type Sheet = {
  readonly batch: VoucherBatch;
  readonly vouchers: readonly Numbered[];
  readonly words: VoucherWords;
  readonly place: string;
  readonly zone: Zone;
  readonly portalUrl: string | null;
  readonly language: 'id' | 'en';
};

async function numbered(
  { inventory, keys }: Pick<PortalParts, 'inventory' | 'keys'>,
  batchId: string,
  codes: readonly string[],
): Promise<readonly Numbered[]> {
  const strangers = new AppError('bad-input', 'the codes are not of this batch', {
    faults: [{ field: '/codes', reason: 'codes of this batch are taken, each once' }],
  });
  const hashes = codes.map((text) => {
    const read = readVoucherCode(text);
    if (read.kind !== 'code') throw strangers;
    return { code: read.digits, hash: keys.hash('voucher', read.digits) };
  });
  const serials = await inventory.portal.vouchers.serialsOf(
    batchId,
    hashes.map(({ hash }) => hash),
  );
  if (codes.length === 0 || serials.size !== codes.length) throw strangers;
  return hashes
    .map(({ code, hash }) => ({ code, serial: serials.get(hash) ?? 0 }))
    .sort((one, other) => one.serial - other.serial);
}

async function regionName({ sql }: Pick<PortalParts['inventory'], 'sql'>, code: string | null): Promise<string> {
  const rows = await sql.query<{ name: string }>('SELECT name FROM region WHERE code = $1', [code]);
  return rows[0]?.name ?? code ?? '';
}

function csvOf({ batch, vouchers, words, place, zone }: Sheet): Buffer {
  const head = [words.serial, words.code, words.place, words.batch, words.plan, words.validFor, words.validUntil];
  const rows = vouchers.map(({ serial, code }) => [
    String(serial),
    code,
    guarded(place),
    guarded(batch.name),
    guarded(batch.planName ?? ''),
    batch.validSeconds === null ? '' : lastingText(batch.validSeconds, words),
    wallTime(batch.validUntil, zone),
  ]);
  return Buffer.from(`\uFEFF${stringify([head, ...rows], { record_delimiter: 'windows' })}`);
}

/** Sizes of the vouchers that operators know: 24 on a page to be cut, or a strip of a cash printer (48 mm print width). */
const LAYOUT: Readonly<Record<'a4' | 'thermal', string>> = {
  a4: `@page{size:A4;margin:8mm}
.s{display:grid;grid-template-columns:repeat(3,1fr);grid-auto-rows:35mm;width:194mm;margin:0 auto;border:0.2mm dashed #777;border-width:0.2mm 0 0 0.2mm}
.v{display:grid;grid-template:auto 1fr/1fr 21mm;gap:0 2mm;padding:2.2mm 2.6mm;border:0.2mm dashed #777;border-width:0 0.2mm 0.2mm 0;break-inside:avoid;overflow:hidden}
.v:nth-child(24n){break-after:page}
h2{grid-column:1/3;font-size:8.5pt;white-space:nowrap;text-overflow:ellipsis}svg{width:21mm;height:21mm;align-self:end}
b{font-size:14.5pt}p{font-size:6.8pt}`,
  thermal: `@page{size:58mm 74mm;margin:0}
.s{width:58mm;margin:0 auto}
.v{width:58mm;height:74mm;padding:3mm 5mm 0;text-align:center;break-after:page;break-inside:avoid;overflow:hidden}
.v:last-child{break-after:auto}
h2{font-size:10pt;max-height:9mm}svg{width:28mm;height:28mm;margin:1.5mm auto}
b{font-size:17pt}p{font-size:8pt}`,
};

const STYLE = `*{box-sizing:border-box}body{margin:0;background:#fff;color:#000;font-family:Arial,Helvetica,sans-serif}
h2,p{margin:0}h2{line-height:1.25;min-height:1.25em;overflow:hidden}
b{display:block;font-variant-numeric:tabular-nums;white-space:nowrap;line-height:1.35}
p{line-height:1.25}svg{display:block;shape-rendering:crispEdges}
.h{padding:16px;font-size:15px}.h button{min-height:44px;padding:8px 20px;font:inherit}
@media print{.h{display:none}}@media screen{.s{margin:8px auto}}`;

async function printedOf(sheet: Sheet, format: 'a4' | 'thermal'): Promise<string> {
  const { batch, vouchers, words, place, zone, portalUrl, language } = sheet;
  const title = escapeHtml(words.wifi(place));
  const plan = batch.planName === null ? '' : ` · ${escapeHtml(batch.planName)}`;
  const day = dayText(batch.validUntil, words, zone);
  const valid =
    batch.validSeconds === null
      ? `<p>${words.untilOnly(day)}</p>`
      : `<p>${words.fromFirstUse(lastingText(batch.validSeconds, words))}</p><p>${words.until(day)}</p>`;
  const parts: string[] = [];
  for (const [index, { serial, code }] of vouchers.entries()) {
    if (index > 0 && index % AT_ONCE === 0) await nextTurn();
    const qr = qrSvg(portalUrl === null ? code : `${portalUrl}/v?c=${code}`, words.qr);
    const text = `<div><b>${printedCode(code)}</b><p>${words.serial} ${serial}${plan}</p>${valid}<p>${words.step}</p></div>`;
    parts.push(
      format === 'a4'
        ? `<div class="v"><h2>${title}</h2>${text}${qr}</div>`
        : `<div class="v"><h2>${title}</h2>${qr}${text}</div>`,
    );
  }
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(batch.name)}</title><style>${STYLE}${LAYOUT[format]}</style></head><body><p class="h">${words.sheet(vouchers.length)}</p><main class="s">${parts.join('')}</main></body></html>`;
}
