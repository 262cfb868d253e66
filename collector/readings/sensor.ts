import type { Oid } from '../snmp/value.ts';
import type { ReadingColumn } from './reading-columns.ts';

/** A column of sensors under one name, in which `$index` is the row; `rest` may give a column of names instead. */
export const sensor = (name: string, value: Oid, text: string, rest: Partial<ReadingColumn> = {}): ReadingColumn => ({
  group: 'sensor',
  class: name,
  value,
  label: { text },
  ...rest,
});

/** Figures by which most power and climate devices say that they have none. */
export const NONE = { absent: [-1] } as const;

/** @returns °C */
export const celsius = (fahrenheit: number): number => ((fahrenheit - 32) * 5) / 9;
