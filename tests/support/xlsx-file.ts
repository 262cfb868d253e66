import { crc32, deflateRawSync } from 'node:zlib';

type Part = { readonly name: string; readonly text: string | Buffer };
/** What the directory of the zip says, where it lies. */
type Lies = { readonly unpacked?: number; readonly crc?: number; readonly flags?: number; readonly method?: number };

/** A zip of a few parts; `lies` are about the last. */
export function zipFile(parts: readonly Part[], lies: Lies = {}): Buffer {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [index, { name, text }] of parts.entries()) {
    const of = index === parts.length - 1 ? lies : {};
    const bytes = Buffer.from(text);
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(of.flags ?? 0, 2);
    fields.writeUInt16LE(of.method ?? 8, 4);
    fields.writeUInt32LE(of.crc ?? crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(of.unpacked ?? bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, rest, Buffer.from(name)]));
    bodies.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, directory, end]);
}

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export type SheetOptions = {
  readonly name?: string;
  readonly state?: string;
  readonly strings?: string;
  readonly styles?: string;
  readonly prefix?: string;
  readonly lies?: Lies;
};

/** The least of an XLSX around the XML of one sheet's rows. */
export function xlsxFile(sheetData: string, options: SheetOptions = {}): Buffer {
  const { name = 'Sheet1', state = 'visible', strings = '', styles = '', lies } = options;
  const book = `<workbook><sheets><sheet name="${name}" sheetId="1" state="${state}" r:id="rId1"/></sheets></workbook>`;
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const relations = [
    relation(1, 'worksheet', 'worksheets/sheet1.xml'),
    relation(2, 'sharedStrings', 'sharedStrings.xml'),
    relation(3, 'styles', '/xl/styles.xml'),
  ];
  return zipFile(
    [
      { name: 'xl/workbook.xml', text: HEAD + book },
      { name: 'xl/_rels/workbook.xml.rels', text: `${HEAD}<Relationships>${relations.join('')}</Relationships>` },
      { name: 'xl/sharedStrings.xml', text: `${HEAD}<sst>${strings}</sst>` },
      { name: 'xl/styles.xml', text: `${HEAD}<styleSheet>${styles}</styleSheet>` },
      {
        name: 'xl/worksheets/sheet1.xml',
        text: `${HEAD}<worksheet><sheetData>${sheetData}</sheetData></worksheet>`,
      },
    ],
    lies,
  );
}

/** A row of texts, as a spreadsheet without shared strings writes them. */
export const textRow = (line: number, texts: readonly string[]): string =>
  `<row r="${line}">${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
