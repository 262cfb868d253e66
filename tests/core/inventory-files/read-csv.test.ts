import { expect, test } from 'vitest';
import { FaultList } from '../../../core/inventory-files/fault-list.ts';
import { readInventoryFile } from '../../../core/inventory-files/read-inventory-file.ts';

async function read(bytes: Uint8Array | string, name = 'inventory.csv') {
  const faults = new FaultList();
  const tables = await readInventoryFile({ name, bytes: Buffer.from(bytes) }, faults);
  return { tables, faults: faults.all() };
}
const valuesOf = async (bytes: Uint8Array | string) => (await read(bytes)).tables[0]?.rows.map(({ values }) => values);

const TEXT = 'code,name,region_code,lat\nA-1,Désa Ñ 村 😀,16.03,-2.5\n';
const ROW = { code: 'A-1', name: 'Désa Ñ 村 😀', region_code: '16.03', lat: -2.5 };
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`)],
  ['UTF-16, little end first, with a mark', utf16(`\uFEFF${TEXT}`)],
  ['UTF-16, big end first, with a mark', utf16(`\uFEFF${TEXT}`).swap16()],
  ['UTF-16, little end first', utf16(TEXT)],
  ['UTF-16, big end first', utf16(TEXT).swap16()],
  ['lines that end with CR LF', Buffer.from(TEXT.replaceAll('\n', '\r\n'))],
  ['lines that end with CR', Buffer.from(TEXT.replaceAll('\n', '\r'))],
  ['no line end at the end', Buffer.from(TEXT.trimEnd())],
  ['semicolons and decimal commas', Buffer.from(TEXT.replaceAll(',', ';').replace('-2.5', '-2,5'))],
  ['semicolons and decimal points', Buffer.from(TEXT.replaceAll(',', ';'))],
  ['tabs and decimal commas', Buffer.from(TEXT.replaceAll(',', '\t').replace('-2.5', '-2,5'))],
  ["Excel's line that names the separator", Buffer.from(`sep=;\r\n${TEXT.replaceAll(',', ';')}`)],
  [
    'spaces around cells and quotes',
    Buffer.from('code, "name" , region_code,lat\n A-1 , "Désa Ñ 村 😀", 16.03,-2.5 \n'),
  ],
  [
    'other spellings of the columns',
    Buffer.from(TEXT.replace('code,name,region_code,lat', 'CODE,"Name ",Region Code,LAT')),
  ],
  ['empty columns at the end', Buffer.from(TEXT.replaceAll('\n', ',,\n'))],
  ['empty lines', Buffer.from(`\n${TEXT}\n,,,\n`)],
])('%s', async (_, bytes) => {
  const [row] = (await valuesOf(bytes)) ?? [];

  expect({ ...row, code: String(row?.['code']).trim(), name: String(row?.['name']).trim() }).toEqual(ROW);
});

test('signs of several bytes and line ends are read whole wherever a piece of the file ends', async () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => `A-${index},${'村'.repeat(index % 7)}😀,16.03,1`);

  const { tables, faults } = await read(['code,name,region_code,lat', ...rows].join('\r\n'));

  expect(faults).toEqual([]);
  expect(tables[0]?.rows).toHaveLength(20_000);
  expect(tables[0]?.rows.every(({ values }) => /^村*😀$/u.test(String(values['name'])))).toBe(true);
  expect(tables[0]?.rows.at(-1)?.line).toBe(20_001);
});

test.each([
  ['sites', 'code,region_code'],
  ['sites', 'code,status,lat'],
  ['devices', 'code,host'],
  ['devices', 'code,parents'],
  ['links', 'code,medium'],
  ['links', 'code,contract_mbps'],
])('%s are known by the header %s', async (table, header) => {
  expect((await read(`${header}\n`)).tables[0]?.table).toBe(table);
});

test('a header that would fit several tables is settled by the name of the file', async () => {
  const text = 'code,name\nA,B\n';

  expect((await read(text, 'My Devices.csv')).tables[0]?.table).toBe('devices');
  expect((await read(text, 'LINKS-2026.csv')).tables[0]?.table).toBe('links');
  expect((await read(text, 'things.csv')).faults).toEqual([{ line: 1, reason: expect.stringContaining('none') }]);
});

test.each([
  ['Windows-1252', Buffer.from('code,region_code\nA,D\xe9sa\n', 'latin1'), 'bad-input', /UTF-8/],
  ['an old .xls', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'bad-input', /old \.xls/],
  [
    'an encrypted workbook',
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
    'bad-input',
    /password/,
  ],
  ['more than 20 MB', Buffer.alloc(20 * 1024 * 1024 + 1, 'a'), 'too-large', /20 MB/],
  ['more than 100,000 rows', Buffer.from(`code,lat\n${'A,1\n'.repeat(100_001)}`), 'too-large', /100,000 rows/],
  ['more than 200 columns', Buffer.from(`code,lat${',x'.repeat(200)}\n`), 'bad-input', /200 columns/],
  ['a row of megabytes in quotes', Buffer.from(`code,lat\n"${'a\n'.repeat(600_000)}`), 'bad-input', /quote/],
  ['a quote inside a cell', Buffer.from('code,lat\n12" antenna,1\n'), 'bad-input', /row 2: a quote/],
])('%s is refused', async (_, bytes, code, reason) => {
  await expect(read(bytes)).rejects.toMatchObject({ code, message: expect.stringMatching(reason) });
});

test.each(['', '\n\n\r\n', '\uFEFF', ';;;\n;;;'])('a file that holds nothing says so (%j)', async (text) => {
  expect((await read(text)).faults).toEqual([{ reason: 'the file holds nothing' }]);
});

test('an apostrophe that guards a formula is taken off, others stay', async () => {
  const rows = await valuesOf("code,name,region_code\n'=A,''+B,16\n'A,'',16\n=C,O'Neil,16\n");

  expect(rows?.map(({ code, name }) => [code, name])).toEqual([
    ['=A', "'+B"],
    ["'A", "''"],
    ['=C', "O'Neil"],
  ]);
});
