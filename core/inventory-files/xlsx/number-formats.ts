import { readWholeXml } from './xml.ts';
import type { ZipEntry } from './zip.ts';

/** How a number is shown, where that changes what it means. */
export type NumberMeaning = 'number' | 'date' | 'percent';

/** Formats that need no definition (ECMA-376 18.8.30), those of East Asia among them. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
const BUILT_IN_PERCENT = new Set([9, 10]);

function meaningOf(id: number, code: string | undefined): NumberMeaning {
  if (code === undefined) return isBuiltInDate(id) ? 'date' : BUILT_IN_PERCENT.has(id) ? 'percent' : 'number';
  const signs = code.slice(0, 500).replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
  if (/general/i.test(signs)) return 'number';
  return /[ymdhs]/i.test(signs) ? 'date' : signs.includes('%') ? 'percent' : 'number';
}

/** @returns meaning by style index of a cell */
export async function readNumberFormats(styles: ZipEntry): Promise<readonly NumberMeaning[]> {
  const codes = new Map<number, string>();
  const meanings: NumberMeaning[] = [];
  let isInCellFormats = false;
  await readWholeXml(styles, {
    open({ name, attributes }) {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (name === 'cellXfs') isInCellFormats = true;
      else if (name === 'xf' && isInCellFormats) {
        const id = Number(attributes['numFmtId'] ?? 0);
        meanings.push(meaningOf(id, codes.get(id)));
      }
    },
    close(name) {
      if (name === 'cellXfs') isInCellFormats = false;
    },
  });
  return meanings;
}

const DAY_MS = 86_400_000;
/** Day 25,569 of Excel is 1 January 1970; a file from an old Macintosh counts from 1904. */
export function dateOfSerial(serial: number, isFrom1904: boolean): string | null {
  const date = new Date(Math.floor(serial + (isFrom1904 ? 1_462 : 0) - 25_569) * DAY_MS);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9_999 || date.getUTCFullYear() < 1_900
    ? null
    : date.toISOString().slice(0, 10);
}
