import { SaxesParser } from 'saxes';
import { AppError } from '../../domain/errors.ts';
import { broken, type ZipEntry } from './zip.ts';

type Element = {
  /** Without its prefix: some programs write `x:row`. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
};

export type XmlReader = {
  open?(element: Element): void;
  text?(text: string): void;
  close?(name: string): void;
};

/** Deeper or longer than anything a spreadsheet holds; beyond it lies only what means harm. */
const MOST_DEPTH = 64;
const MOST_TOKEN_BYTES = 1024 * 1024;
const LESS_THAN = 0x3c;

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads XML while it is unpacked, one piece after another, and yields after each. Entities of a document type are not
 * known, so none can grow.
 * @throws AppError `bad-input`
 */
export async function* readXml(entry: ZipEntry, reader: XmlReader): AsyncGenerator<void> {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  let depth = 0;
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth > MOST_DEPTH) throw broken('its XML is nested too deep');
    reader.open?.({ name: local(name), attributes });
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    reader.close?.(local(name));
  });
  parser.on('text', (text) => reader.text?.(text));
  parser.on('cdata', (text) => reader.text?.(text));
  parser.on('error', (error) => {
    throw error;
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let tokenBytes = 0;
  const parse = (work: () => void): void => {
    try {
      work();
    } catch (cause) {
      throw cause instanceof AppError ? cause : broken('its XML cannot be read', cause);
    }
  };
  for await (const piece of entry.unpack()) {
    const last = piece.lastIndexOf(LESS_THAN);
    tokenBytes = last < 0 ? tokenBytes + piece.length : piece.length - last;
    if (tokenBytes > MOST_TOKEN_BYTES) throw broken('its XML holds a text that is too long');
    parse(() => parser.write(decoder.decode(piece, { stream: true })));
    yield;
  }
  parse(() => {
    parser.write(decoder.decode());
    parser.close();
  });
  yield;
}

export async function readWholeXml(entry: ZipEntry, reader: XmlReader): Promise<void> {
  for await (const _ of readXml(entry, reader));
}
