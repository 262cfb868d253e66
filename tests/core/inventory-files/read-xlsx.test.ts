import { expect, test } from 'vitest';
import { FaultList } from '../../../core/inventory-files/fault-list.ts';
import { readInventoryFile } from '../../../core/inventory-files/read-inventory-file.ts';
import { type SheetOptions, textRow, xlsxFile, zipFile } from '../../support/xlsx-file.ts';

async function read(bytes: Uint8Array) {
  const faults = new FaultList();
  const tables = await readInventoryFile({ name: 'inventory.xlsx', bytes }, faults);
  return { tables, faults: faults.all() };
}
const sheet = (rows: string, options?: SheetOptions) => read(xlsxFile(rows, options));

const HEADER = textRow(1, ['code', 'name', 'region_code', 'lat']);
/** Style 1 shows dates, 2 percents, 3 a date by a format of its own, 4 two decimals. */
const STYLES = `<numFmts><numFmt numFmtId="164" formatCode="[$-421]dd\\ mmmm\\ yyyy;@"/></numFmts>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="2"/></cellXfs>`;

test('shared, inline and computed texts, numbers and flags are read from where they stand', async () => {
  const strings =
    '<si><t>code</t></si><si><r><t>snmp</t></r><r><t xml:space="preserve"> port</t></r><rPh><t>x</t></rPh></si>';
  const rows = `<row r="3"><c r="A3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c><c r="D3" t="inlineStr"><is><t>Enabled</t></is></c></row>
    <row r="7"><c r="A7" t="str"><f>"R"&amp;1</f><v>R1_x000D_&#10;&lt;_x005F_x0041_</v></c><c r="C7"><v>1.62E2</v></c><c r="D7" t="b"><v>0</v></c></row>`;

  const { tables, faults } = await sheet(rows, { strings });

  expect(faults).toEqual([]);
  expect(tables[0]?.rows).toEqual([
    { line: 7, values: { code: 'R1\r\n<_x0041_', snmp_port: 162, enabled: false }, spoiled: new Set() },
  ]);
});

test('dates and percents are told by how the sheet shows them', async () => {
  const header = textRow(1, ['code', 'contract_from', 'contract_to', 'sla_percent']);
  const rows =
    '<row r="2"><c t="inlineStr"><is><t>L</t></is></c><c s="1"><v>46347</v></c><c s="3"><v>46348.75</v></c><c s="2"><v>0.995</v></c></row>';

  const { tables } = await sheet(header + rows, { styles: STYLES, name: 'Links' });

  expect(tables[0]?.rows[0]?.values).toEqual({
    code: 'L',
    contract_from: '2026-11-21',
    contract_to: '2026-11-22',
    sla_percent: 99.5,
  });
});

test.each([
  ['a number', '<c r="A2" s="4"><v>11.1</v></c>', /a number to the spreadsheet.*11\.10/],
  ['a date', '<c r="A2" s="1"><v>46347</v></c>', /a date to the spreadsheet/],
  ['a percent', '<c r="A2" s="2"><v>0.5</v></c>', /a percent to the spreadsheet/],
  ['true', '<c r="A2" t="b"><v>1</v></c>', /true or false to the spreadsheet/],
  ['an error', '<c r="A2" t="e"><v>#REF!</v></c>', /error of the spreadsheet, #REF!/],
])('a code that the spreadsheet took for %s is refused by cell', async (_, cell, reason) => {
  const { faults } = await sheet(`${HEADER}<row r="2">${cell}</row>`, { styles: STYLES, name: 'sites' });

  expect(faults).toEqual([{ file: 'sites', line: 2, field: 'code', reason: expect.stringMatching(reason) }]);
});

test('hidden sheets are passed over, others must be tables', async () => {
  const hidden = await sheet(textRow(1, ['anything']), { state: 'hidden' });
  const notes = await sheet(textRow(1, ['Catatan']), { name: 'Notes' });

  expect(hidden.faults).toEqual([{ reason: 'the file holds nothing' }]);
  expect(notes.faults).toEqual([{ file: 'Notes', line: 1, reason: expect.stringContaining('none of the tables') }]);
});

test('a cell that is too long is named', async () => {
  const row = textRow(2, ['A', 'n'.repeat(500_000), '16', '']);

  const { faults } = await sheet(HEADER + row);

  expect(faults).toEqual([{ file: 'Sheet1', line: 2, field: 'name', reason: 'is longer than 10,000 characters' }]);
});

const cut = (bytes: Buffer) => bytes.subarray(0, bytes.length - 30);
const book = (text: string) =>
  zipFile([
    { name: 'xl/workbook.xml', text },
    { name: 'xl/_rels/workbook.xml.rels', text: '<a/>' },
  ]);
const deep = '<a>'.repeat(1_000);

test.each([
  ['another zip', zipFile([{ name: 'mimetype', text: 'opendocument' }]), 'bad-input', /no XLSX/],
  ['a zip cut short', cut(xlsxFile(HEADER)), 'bad-input', /damaged/],
  ['a part of more than it says', xlsxFile(HEADER, { lies: { unpacked: 10 } }), 'bad-input', /not what it should be/],
  [
    'a part of less than it says',
    xlsxFile(HEADER, { lies: { unpacked: 9_999 } }),
    'bad-input',
    /not what it should be/,
  ],
  ['a part with another sum', xlsxFile(HEADER, { lies: { crc: 1 } }), 'bad-input', /not what it should be/],
  ['a part behind a password', xlsxFile(HEADER, { lies: { flags: 1 } }), 'bad-input', /password/],
  ['a part packed otherwise', xlsxFile(HEADER, { lies: { method: 99 } }), 'bad-input', /unknown way/],
  ['a bomb that tells its size', xlsxFile(HEADER, { lies: { unpacked: 300_000_000 } }), 'too-large', /200 MB/],
  ['XML that never ends', book('<workbook><sheets>'), 'bad-input', /XML/],
  ['XML without end in depth', book(deep), 'bad-input', /too deep/],
  ['entities that grow', book('<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'), 'bad-input', /XML/],
  [
    'a sheet that is not there',
    book('<workbook><sheet name="S" r:id="x"/></workbook>'),
    'bad-input',
    /sheet S is missing/,
  ],
  ['a text that is not there', xlsxFile('<row r="1"><c t="s"><v>7</v></c></row>'), 'bad-input', /not there/],
  ['a number that is none', xlsxFile('<row r="1"><c><v>1e999</v></c></row>'), 'bad-input', /number/],
  ['a cell far to the right', xlsxFile('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'), 'bad-input', /200 columns/],
  ['a text of megabytes in one piece', xlsxFile(textRow(1, ['x'.repeat(2_000_000)])), 'bad-input', /too long/],
])('%s is refused', async (_, bytes, code, reason) => {
  await expect(read(bytes)).rejects.toMatchObject({ code, message: expect.stringMatching(reason) });
});

test('a bomb that lies about its size is stopped at that size', async () => {
  const bomb = xlsxFile(`${HEADER}${' '.repeat(150_000_000)}`, { lies: { unpacked: 1_000 } });
  const before = process.memoryUsage().rss;

  await expect(read(bomb)).rejects.toMatchObject({ code: 'bad-input' });

  expect(bomb.length).toBeLessThan(1_000_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
});

test('rows without numbers of their own are counted, and names may bear a prefix', async () => {
  const rows =
    '<x:row><x:c t="inlineStr"><x:is><x:t>code</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>lat</x:t></x:is></x:c></x:row>';
  const row = '<x:row><x:c t="inlineStr"><x:is><x:t>A</x:t></x:is></x:c><x:c><x:v>1</x:v></x:c></x:row>';

  const { tables } = await sheet(rows + row);

  expect(tables[0]?.rows.map(({ line, values }) => [line, values])).toEqual([[2, { code: 'A', lat: 1 }]]);
});
