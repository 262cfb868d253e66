/** Of the containers that Office used before, and still uses around what it encrypts (MS-CFB). */
const COMPOUND_FILE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

const startsWith = (bytes: Uint8Array, mark: Uint8Array): boolean =>
  bytes.length >= mark.length && Buffer.compare(bytes.subarray(0, mark.length), mark) === 0;

export const isZip = (bytes: Uint8Array): boolean => startsWith(bytes, Buffer.from([0x50, 0x4b, 0x03, 0x04]));

/** Why a spreadsheet of another kind cannot be read; null for what is none. */
export function isOldSpreadsheet(bytes: Uint8Array): string | null {
  if (!startsWith(bytes, COMPOUND_FILE)) return null;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(ENCRYPTED)
    ? 'the file is protected with a password: save it without one'
    : 'the file is an old .xls: save it as .xlsx or CSV';
}
