import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDeviceKinds } from '../../../core/device-kinds.ts';
import { AppError, type Fault } from '../../../core/domain/errors.ts';
import { FaultList } from '../../../core/inventory-files/fault-list.ts';
import { type Known, readKnown } from '../../../core/inventory-files/known.ts';
import { planTables } from '../../../core/inventory-files/plan.ts';
import { readInventoryFile } from '../../../core/inventory-files/read-inventory-file.ts';
import { readZip } from '../../../core/inventory-files/xlsx/zip.ts';
import { exportInventory } from '../../../core/services/export-inventory.ts';
import { applyInventoryImport } from '../../../core/services/import-inventory.ts';
import { openTestInventory, type TestInventory } from '../../support/inventory.ts';
import { mutate, seededRandom } from '../../support/random.ts';
import { laySmallProvince } from '../../support/small-province.ts';
import { zipFile } from '../../support/xlsx-file.ts';

const CSV_MUTATIONS = 10_000;
const XLSX_MUTATIONS = 800;
const STORED_MUTATIONS = 90;

const SITES = `code,name,kind,status,region_code,lat,lng,address,contact
KTR-1,Kantor Desa,village-office,active,16.03.11.2009,-3.21,104.3,"Jl. ""Merdeka"", RT 1\nBlok C",0812
PBL-1,Publik,village-public,planned,16.03.11.2010,,,,
POP-1,POP Palembang,pop,active,16.71.01.1001,-2.97,104.75,,'+62711
`;
const DEVICES = `code;name;kind;site_code;host;mac;enabled;tcp_port;credential;reach_interval_s;parents
RTR-1;Router;router;POP-1;10.0.0.1;;true;;read;6,5;
AP-1;AP;access-point;KTR-1;10.0.0.2;00:1a:2b:3c:4d:5e;ya;80;read;6;RTR-1
AP-2;AP dua;access-point;PBL-1;10.0.0.3;;tidak;;;;RTR-1|AP-1
`;
const LINKS = `code\tname\tmedium\tfrom_site\tto_site\tdevice\tcontract_mbps\tcontract_from\tcontract_to
LNK-1\tSerat\tfibre\tKTR-1\tPOP-1\tRTR-1\t50,5\t2026-01-01\t2026-12-31
`;

let stores: TestInventory;
let known: Known;
let deviceKinds: ReadonlySet<string>;
let xlsx: Buffer;
beforeAll(async () => {
  stores = await openTestInventory();
  const { inventory } = stores;
  await laySmallProvince(inventory);
  for (const text of [SITES, DEVICES, LINKS]) {
    await applyInventoryImport(inventory, { name: 'inventory.csv', bytes: Buffer.from(text) });
  }
  const whole = await exportInventory(inventory, { format: 'xlsx' });
  xlsx = whole.bytes;
  known = await readKnown(inventory.sql, await readInventoryFile({ name: 'all.xlsx', bytes: xlsx }, new FaultList()));
  deviceKinds = new Set((await loadDeviceKinds()).keys());
});
afterAll(() => stores.close());

const SNIPPETS = [
  '"',
  '""',
  ',',
  ';',
  '\t',
  '\r',
  '\n',
  '\r\n',
  '\0',
  '=1+1',
  "'",
  '|',
  '\\',
  '\uFEFF',
  '😀',
  '\u202e',
  '\ud800',
];

/** Damage as files meet it: bits, cuts, doubled parts, quotes, huge cells, signs from anywhere, other encodings. */
function damaged(text: string, random: () => number): Buffer {
  const below = (limit: number): number => Math.floor(random() * limit);
  const put = (more: string): string => {
    const at = below(text.length + 1);
    return text.slice(0, at) + more + text.slice(at);
  };
  switch (below(8)) {
    case 0:
      return Buffer.from(put(SNIPPETS[below(SNIPPETS.length)] ?? ''));
    case 1:
      return Buffer.from(put(String.fromCodePoint(...Array.from({ length: 1 + below(20) }, () => below(0x11_0000)))));
    case 2:
      return Buffer.from(put((SNIPPETS[below(SNIPPETS.length)] ?? '').repeat(below(below(40) === 0 ? 300_000 : 200))));
    case 3: {
      const rows = text.split('\n');
      rows.splice(below(rows.length), below(3), ...rows.slice(below(rows.length)));
      return Buffer.from(rows.join('\n'));
    }
    case 4:
      return Buffer.from(
        text.replace(/\d+/g, (digits) => (below(6) === 0 ? String(random() * 10 ** below(40)) : digits)),
      );
    case 5:
      return below(2) === 0 ? Buffer.from(text, 'utf16le') : mutate(Buffer.from(`\uFEFF${text}`, 'utf16le'), random);
    default:
      return mutate(Buffer.from(text), random);
  }
}

/** What an import says of a file: a plan without faults, or its faults; anything else is thrown on. */
async function verdict(name: string, bytes: Buffer): Promise<'good' | readonly Fault[] | string> {
  const faults = new FaultList();
  try {
    const tables = await readInventoryFile({ name, bytes }, faults);
    planTables(tables, known, faults, { scope: '', deviceKinds, probes: null });
  } catch (error) {
    if (error instanceof AppError && (error.code === 'bad-input' || error.code === 'too-large')) return error.message;
    throw error;
  }
  return faults.count === 0 ? 'good' : faults.all();
}

type Part = { readonly name: string; readonly text: Buffer };

async function partsOf(bytes: Buffer): Promise<readonly Part[]> {
  const parts: Part[] = [];
  for (const { name, unpack } of readZip(bytes).values()) {
    const pieces: Uint8Array[] = [];
    for await (const piece of unpack()) pieces.push(piece);
    parts.push({ name, text: Buffer.concat(pieces) });
  }
  return parts;
}

function damagedPart(parts: readonly Part[], random: () => number): readonly Part[] {
  const telling = parts.filter(({ name }) => /workbook|sheet|sharedStrings|styles/.test(name));
  const chosen = telling[Math.floor(random() * telling.length)];
  return parts.map((part) => (part === chosen ? { ...part, text: mutate(part.text, random) } : part));
}

const rowsOfAll = async (): Promise<unknown> => {
  const { sites, devices, links, dependencies } = stores.inventory;
  return [await sites.list({}), await devices.list({}), await links.list({}), await dependencies.all()];
};

describe('whatever a file holds, it is read or refused with reasons, and nothing grows', () => {
  test(`${CSV_MUTATIONS} damaged CSVs`, { timeout: 300_000 }, async () => {
    const random = seededRandom(20_261_121);
    const texts = [SITES, DEVICES, LINKS];
    const before = process.memoryUsage().rss;
    const tally = { good: 0, faults: 0, refused: 0 };

    for (let index = 0; index < CSV_MUTATIONS; index += 1) {
      const said = await verdict('inventory.csv', damaged(texts[index % 3] ?? '', random));
      if (said === 'good') tally.good += 1;
      else if (typeof said === 'string') tally.refused += said === '' ? 0 : 1;
      else if (said.every(({ reason }) => reason !== '')) tally.faults += 1;
    }

    expect(tally.good + tally.faults + tally.refused).toBe(CSV_MUTATIONS);
    expect(Math.min(tally.good, tally.faults, tally.refused)).toBeGreaterThan(CSV_MUTATIONS / 100);
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });

  test(`${XLSX_MUTATIONS} damaged XLSX files`, { timeout: 300_000 }, async () => {
    const random = seededRandom(7);
    const before = process.memoryUsage().rss;
    let refused = 0;

    const parts = await partsOf(xlsx);
    for (let index = 0; index < XLSX_MUTATIONS; index += 1) {
      // Half of them are whole as a zip, and damaged inside.
      const bytes = index % 2 === 0 ? mutate(xlsx, random) : zipFile(damagedPart(parts, random));
      if ((await verdict('inventory.xlsx', bytes)) !== 'good') refused += 1;
    }

    // What is damaged in parts that say nothing of rows does no harm.
    expect(refused).toBeGreaterThan(XLSX_MUTATIONS / 4);
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });
});

test('what is refused leaves the store as it was, and what is taken is there whole', { timeout: 300_000 }, async () => {
  const { inventory } = stores;
  const random = seededRandom(3);
  const texts = [SITES, DEVICES, LINKS];
  const tally = { taken: 0, refused: 0 };

  for (let index = 0; index < STORED_MUTATIONS; index += 1) {
    const file = { name: 'inventory.csv', bytes: damaged(texts[index % 3] ?? '', random) };
    const before = await rowsOfAll();
    const report = await applyInventoryImport(inventory, file).catch((error: unknown) => {
      if (error instanceof AppError && /^(bad-input|too-large)$/.test(error.code)) return null;
      throw error;
    });
    if (report === null) {
      tally.refused += 1;
      expect(await rowsOfAll()).toEqual(before);
    } else {
      tally.taken += 1;
      const again = await applyInventoryImport(inventory, file);
      expect([again.created, again.updated]).toEqual([0, 0]);
    }
  }

  expect(Math.min(tally.taken, tally.refused)).toBeGreaterThan(5);
});
