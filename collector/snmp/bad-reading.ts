import { ProbeError } from '../../core/domain/errors.ts';

/** What was wrong with an answer. Each costs one reading and is counted; none stops the loop. */
const BAD_READINGS = [
  /** Ends in the middle of a value, or says of a part that it is longer than the whole. */
  'truncated',
  /** More objects than were asked for, or a part larger than any agent has reason to send. */
  'oversized',
  /** Well-formed, but of another type than the place allows, or outside its range. */
  'wrong-type',
  'wrong-version',
  'wrong-community',
  /** No question of ours waits for it: a late repeat, or made up. */
  'wrong-request-id',
  /** Came from another address or port than was asked. */
  'wrong-peer',
  /** Other objects than were asked for. */
  'wrong-oid',
  'oid-not-increasing',
  /** Never reached the end of the table within the bounds on rows, bytes and requests. */
  'endless-walk',
  'walk-too-slow',
  /** The agent itself reports an error that explains nothing. */
  'error-status',
  'too-big',
  /** SNMPv3: less protected than was asked for, or not to be decrypted. */
  'weak-security',
  /** Whatever else the library for SNMPv3 could not read. */
  'unreadable',
  /** A value that cannot be true, such as a text where a number belongs. */
  'not-a-number',
] as const;
export type BadReading = (typeof BAD_READINGS)[number];

/** Counts bad readings by reason. */
export type BadReadings = {
  count(reason: BadReading): void;
  /** Only the reasons that occurred. */
  snapshot(): Readonly<Partial<Record<BadReading, number>>>;
};

export function countBadReadings(): BadReadings {
  const counts: Partial<Record<BadReading, number>> = {};
  return {
    count(reason) {
      counts[reason] = (counts[reason] ?? 0) + 1;
    },
    snapshot: () => ({ ...counts }),
  };
}

/** The error for an answer that cannot be used; whoever catches it last counts it. */
export class BadReadingError extends ProbeError {
  readonly reason: BadReading;
  /** Not to be seen in a log. */
  readonly #value: object | undefined;

  /** @param options.value the value at fault, where it is known */
  constructor(reason: BadReading, options: { cause?: unknown; value?: object } = {}) {
    const { cause, value } = options;
    super('bad-answer', `the answer is not usable: ${reason}`, { cause, detail: reason });
    this.reason = reason;
    this.#value = value;
  }

  isAbout(value: object | undefined): boolean {
    return value !== undefined && value === this.#value;
  }
}
