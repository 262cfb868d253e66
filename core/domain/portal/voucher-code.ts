/** A quasigroup without fixed points on its diagonal (H. M. Damm, 2004): finds every wrong digit and every swapped pair. */
const DAMM = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const;

/** @param digits only digits */
const checkDigit = (digits: string): number =>
  [...digits].reduce<number>((interim, digit) => DAMM[interim]?.[Number(digit)] ?? 0, 0);

/**
 * A new code. Its first digit is never 0: a spreadsheet that opens the CSV would swallow it.
 * @param randomInt from a source that cannot be guessed: min ≤ n < max
 */
export function newVoucherCode(randomInt: (min: number, max: number) => number): string {
  const digits = String(randomInt(100_000_000, 1_000_000_000));
  return `${digits}${checkDigit(digits)}`;
}

export type ReadCode =
  | { readonly kind: 'code'; readonly digits: string }
  /** Too short, too long, or its check digit does not fit: nobody has such a voucher. */
  | { readonly kind: 'mistyped' };

/** Reads what somebody typed; spaces, dashes and dots between digits are as good as none. */
export function readVoucherCode(text: string): ReadCode {
  if (text.length > 40) return { kind: 'mistyped' };
  const digits = text.replace(/[\s.\u00ad\u2010-\u2015\u2212_-]/gu, '');
  const isCode = /^[1-9]\d{9}$/.test(digits) && checkDigit(digits) === 0;
  return isCode ? { kind: 'code', digits } : { kind: 'mistyped' };
}

/** As it is printed: `123 456 7890`. */
export const printedCode = (digits: string): string => `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`;
