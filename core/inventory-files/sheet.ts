/** A cell as the file holds it; an empty one is an empty text. CSV has nothing but text. */
export type Cell =
  | string
  | number
  | boolean
  | { readonly type: 'date'; readonly iso: string }
  | { readonly type: 'percent'; readonly fraction: number }
  | { readonly type: 'error'; readonly text: string };

export type SheetRow = {
  /** Row of the spreadsheet as a person sees it, the first being 1. */
  readonly line: number;
  readonly cells: readonly Cell[];
};

/** Rows that hold anything, one after another, as they are read. */
export type Sheet = {
  /** Of the sheet in an XLSX; null in a CSV, which has one alone. */
  readonly name: string | null;
  /** Signs by which this file writes numbers: in a file with semicolons `-2,97` is a number. */
  readonly hasDecimalComma: boolean;
  /** Every row must be as wide as the first, as it is where a file may have been cut. */
  readonly isRectangular: boolean;
  rows(): AsyncIterable<SheetRow>;
};

export const isEmptyCell = (cell: Cell | undefined): boolean =>
  cell === undefined || (typeof cell === 'string' && cell.trim() === '');
