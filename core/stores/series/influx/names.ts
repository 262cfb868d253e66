import type { Metric } from '../../../domain/sample.ts';

/** Field of a metric that is a measurement alone. */
const BARE = '_';
// Control characters end a line of the protocol, backslashes and quotes are read differently by line protocol and
// query language, and a line that starts with # is a comment.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get through
const UNSAFE = /[%\\"'#\u0000-\u001f\u007f]/g;

/** A name that is safe in line protocol and within quotes of a query. */
export const encodeName = (name: string): string =>
  name.replace(UNSAFE, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

export const decodeName = (name: string): string =>
  name.includes('%')
    ? name.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : name;

/** Encoded measurement and field of a metric: what stands before and after its first dot. */
export type Place = { readonly measurement: string; readonly field: string };

export function placeOf(metric: Metric): Place {
  const dot = metric.indexOf('.');
  if (dot < 0) return { measurement: encodeName(metric), field: BARE };
  // A colon sets off what a rolled-up field holds.
  const field = encodeName(metric.slice(dot + 1)).replaceAll(':', '%3A');
  return { measurement: encodeName(metric.slice(0, dot)), field };
}

export const metricOf = ({ measurement, field }: Place): Metric =>
  field === BARE ? decodeName(measurement) : `${decodeName(measurement)}.${decodeName(field)}`;

/** An encoded name as an identifier of a query. */
export const identifier = (encoded: string): string => `"${encoded}"`;
/** Any text as a string of a query, in the form it has in tags. */
export const literal = (text: string): string => `'${encodeName(text)}'`;
