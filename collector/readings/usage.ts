import { numberOf, type Oid } from '../snmp/value.ts';
import type { ReadingColumn } from './reading-columns.ts';

/** A column of shares in use, under one name (`$index` is the row) or, by `rest`, a column of names. */
export const usage = (
  name: 'processor' | 'memory' | 'storage',
  value: Oid,
  text: string,
  rest: Partial<ReadingColumn> = {},
): ReadingColumn => ({ group: 'usage', class: name, value, label: { text }, ...rest });

type Sum = Pick<ReadingColumn, 'uses' | 'convert'>;

/** Where the device tells what is free: the share in use of the whole, which another column holds in the same unit. */
export const freeOf = (whole: Oid): Sum => ({
  uses: [whole],
  convert: (free, cell) => share(free, numberOf(cell(whole)), (all) => all - free),
});

/** Where the device tells what is used, and in another column what is free. */
export const usedBeside = (free: Oid): Sum => ({
  uses: [free],
  convert: (used, cell) => {
    const rest = numberOf(cell(free));
    return rest === null ? null : share(used, used + rest, () => used);
  },
});

/** Processors that tell how idle they are. */
export const idle: Sum = { convert: (percent) => 100 - percent };

function share(part: number, whole: number | null, used: (whole: number) => number): number | null {
  return whole === null || whole <= 0 || part < 0 || part > whole ? null : (100 * used(whole)) / whole;
}
