import { TAG } from './ber.ts';
import { numberOf, type Oid, type SnmpValue, textOf } from './value.ts';

/** Objects to ask for by one GET, and which of their values are wanted whole rather than as numbers. */
export type SlotQuestion = {
  /** The same array each time spares encoding it again. */
  readonly oids: readonly Oid[];
  /** Places in `oids` of values that are wanted as they came: from, and up to but without. */
  readonly wholeFrom: number;
  readonly wholeTo: number;
};

/** The agent has no such object. */
const MISSING = 0;
/** No tag of a number: the value lies in `values`. */
const WHOLE = 0xff;

/** Room for the values of a poll, used again and again: numbers as numbers, and only the rest as objects. */
export class AnswerSlots {
  readonly #numbers: Float64Array;
  readonly #tags: Uint8Array;
  readonly #values: (SnmpValue | null)[];

  constructor(size: number) {
    this.#numbers = new Float64Array(size);
    this.#tags = new Uint8Array(size);
    this.#values = new Array<SnmpValue | null>(size).fill(null);
  }

  get size(): number {
    return this.#numbers.length;
  }

  /** @param tag BER tag of its type */
  setNumber(slot: number, tag: number, number: number): void {
    this.#numbers[slot] = number;
    this.#tags[slot] = tag;
  }
  setMissing(slot: number): void {
    this.setNumber(slot, MISSING, Number.NaN);
  }
  setValue(slot: number, value: SnmpValue | null): void {
    this.setNumber(slot, value === null ? MISSING : WHOLE, Number.NaN);
    this.#values[slot] = value;
  }

  /** NaN for a missing object. @throws BadReadingError `not-a-number` */
  number(slot: number): number {
    const number = this.#tags[slot] === WHOLE ? numberOf(this.#values[slot]) : this.#numbers[slot];
    return number ?? Number.NaN;
  }

  /** The value as it came: only of what was asked for whole, and of what is no number; null for all else. */
  value(slot: number): SnmpValue | null {
    return this.#tags[slot] === WHOLE ? (this.#values[slot] ?? null) : null;
  }

  /** Printable text, of numbers too; empty for a missing object. */
  text(slot: number): string {
    const tag = this.#tags[slot] ?? MISSING;
    if (tag === MISSING) return '';
    return tag === WHOLE ? textOf(this.#values[slot]) : String(this.#numbers[slot]);
  }

  isCounter64(slot: number): boolean {
    const tag = this.#tags[slot];
    return tag === TAG.counter64 || (tag === WHOLE && this.#values[slot]?.type === 'counter64');
  }
}
