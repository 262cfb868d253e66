import { type BadReading, BadReadingError } from '../snmp/bad-reading.ts';
import type { Row } from './reply.ts';
import { counterIn, durationOf, flagOf, numberIn, pairOf, rateOf } from './values.ts';

/**
 * A row by the names of its columns. What is missing is null, and so is what makes no sense, which is counted: it costs
 * itself, not the row.
 */
export type Cells<Prop extends string = string> = {
  /** Empty where it is missing. */
  text(prop: Prop): string;
  number(prop: Prop): number | null;
  counter(prop: Prop): bigint | null;
  /** Seconds. */
  duration(prop: Prop): number | null;
  /** bit/s */
  rate(prop: Prop): number | null;
  pair(prop: Prop): readonly [number, number] | null;
  flag(prop: Prop): boolean | null;
  /** Any of the columns that RouterOS has in this table, whatever their names. */
  readonly row: Row;
};

export function cellsOf<Prop extends string>(row: Row, count: (reason: BadReading) => void): Cells<Prop> {
  const text = (prop: Prop): string => (row.get(prop) ?? '').trim();
  const reading =
    <Value>(read: (text: string) => Value | null) =>
    (prop: Prop): Value | null => {
      try {
        return read(text(prop));
      } catch (error) {
        if (!(error instanceof BadReadingError)) throw error;
        count(error.reason);
        return null;
      }
    };
  return {
    text,
    number: reading(numberIn),
    counter: reading(counterIn),
    duration: reading(durationOf),
    rate: reading(rateOf),
    pair: reading(pairOf),
    flag: reading(flagOf),
    row,
  };
}
