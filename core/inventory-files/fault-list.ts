import type { Fault } from '../domain/errors.ts';
import { counted } from './limits.ts';

/** What is shown of what may be hundreds of thousands. */
const MOST_SHOWN = 500;

/** Faults of a file: all are counted, the first are kept. */
export class FaultList {
  readonly #shown: Fault[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(place: { readonly sheet: string | null; readonly line?: number; readonly field?: string }, reason: string): void {
    this.#count += 1;
    if (this.#shown.length >= MOST_SHOWN) return;
    const { sheet, line, field } = place;
    this.#shown.push({
      ...(sheet === null ? {} : { file: sheet }),
      ...(line === undefined ? {} : { line }),
      ...(field === undefined ? {} : { field }),
      reason,
    });
  }

  /** In the order of the file's rows, sheet by sheet; the last says how many are not shown. */
  all(): readonly Fault[] {
    const sheets = [...new Set(this.#shown.map(({ file }) => file))];
    const sorted = this.#shown.toSorted(
      (a, b) => sheets.indexOf(a.file) - sheets.indexOf(b.file) || (a.line ?? 0) - (b.line ?? 0),
    );
    const rest = this.#count - this.#shown.length;
    return rest === 0 ? sorted : [...sorted, { reason: `and ${counted(rest)} more` }];
  }
}
