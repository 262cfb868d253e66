/** What an inventory file may be at most: far more than a province has, far less than a process can hold. */
export const FILE_LIMITS = {
  bytes: 20 * 1024 * 1024,
  /** Of an XLSX, which is a zip: all its parts together, as they are after unpacking. */
  unpackedBytes: 200 * 1024 * 1024,
  rows: 100_000,
  columns: 200,
  cellChars: 10_000,
} as const;

export const counted = (count: number): string => count.toLocaleString('en');
