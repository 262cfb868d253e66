import { ProbeError } from '../../core/domain/errors.ts';
import { type BadReading, BadReadingError } from './bad-reading.ts';
import type { SnmpClient, SnmpTarget } from './client.ts';
import type { Oid, SnmpValue, VarBind } from './value.ts';
import { blame, blameObjects, doubtBulk, praise, repetitionsFor, type WalkPace } from './walk-pace.ts';

/** A device that is asked, and what is known of how it answers. */
export type Walker = {
  readonly client: SnmpClient;
  readonly target: SnmpTarget;
  readonly pace: WalkPace;
  readonly limits: WalkLimits;
  readonly count: (reason: BadReading) => void;
};
export type WalkLimits = {
  readonly maxRows: number;
  /** Of all values together, as sent. */
  readonly maxBytes: number;
  readonly maxMs: number;
};

export type Step = {
  readonly oids: readonly Oid[];
  /** First column of the table: what is learnt of its size is kept by it. */
  readonly table: Oid;
  /** Octets of its usual object. */
  readonly objectBytes: number;
  /** More rows are not worth asking for. */
  readonly mostRows?: number;
};

/** Whether an answer holds one row, however many are asked for. */
export const isRowByRow = ({ target, pace }: Walker): boolean =>
  target.security.version === '1' || (pace.bulk === 'refused' && pace.untilBulk > 0);

/** Silences after which more than the least is not tried. */
const MOST_SILENCES = 2;

/**
 * What follows each object, as `SnmpClient.next`, asked for in the way that the device bears. An object at which it fails
 * comes back as the end of the MIB, and is counted.
 * @throws ProbeError but for bad answers
 */
export async function takeStep(walker: Walker, step: Step): Promise<readonly VarBind[]> {
  const { client, target, pace } = walker;
  const { oids, table, mostRows = Number.POSITIVE_INFINITY } = step;
  if (isRowByRow(walker)) {
    pace.untilBulk--;
    return wholeRow(walker, oids);
  }
  let silences = 0;
  let isCareful = false;
  for (;;) {
    const bearable = silences < MOST_SILENCES && !isCareful ? mostRows : 1;
    const repetitions = Math.min(repetitionsFor(pace, table, oids.length, step.objectBytes), bearable);
    // Silence may mean that the answer was too long for the line: ask for less before asking again.
    const isLeast = repetitions === 1 && oids.length === 1 && pace.bulk === 'works';
    try {
      const answer = await client.next(isLeast ? target : { ...target, retries: 0 }, oids, repetitions);
      if (answer.length === 0) throw new BadReadingError('truncated');
      praise(pace, table, oids.length, sizeOfAll(answer), answer.length);
      // What an agent cuts off tells how much it puts in an answer.
      if (answer.length < oids.length) blameObjects(pace, 2 * answer.length);
      return answer;
    } catch (error) {
      if (!(error instanceof ProbeError)) throw error;
      const isSilence = error.failure === 'timeout';
      if (!isSilence && !(error instanceof BadReadingError)) throw error;
      if (isSilence && isLeast) throw error;
      if (isSilence) silences++;
      if (repetitions === 1) return withoutBulk(walker, oids, error);
      if (isTooMuch(error)) blame(pace, table, repetitions);
      // The fault may lie in a row further on.
      else isCareful = true;
    }
  }
}

const isTooMuch = ({ failure, detail }: ProbeError): boolean => failure === 'timeout' || detail === 'too-big';

/** GETBULK failed even for one row. */
async function withoutBulk(walker: Walker, oids: readonly Oid[], error: ProbeError): Promise<readonly VarBind[]> {
  const { pace } = walker;
  if (isTooMuch(error) && pace.bulk === 'works' && oids.length > 1) {
    blameObjects(pace, oids.length);
    // Whether it answers at all, before silence is met for each half again.
    return [...(await wholeRow(walker, oids.slice(0, 1))), ...(await wholeRow(walker, oids.slice(1)))];
  }
  const row = await wholeRow(walker, oids);
  if (row.some(({ value }) => value !== null)) doubtBulk(pace, isTooMuch(error));
  return row;
}

/** One row by GETNEXT; asked for in parts where the whole does not come. */
async function wholeRow(walker: Walker, oids: readonly Oid[]): Promise<readonly VarBind[]> {
  const { client, target, pace, count } = walker;
  const isOne = oids.length === 1;
  try {
    // An agent that speaks may keep silent over many long values.
    const isPatient = isOne || pace.bulk !== 'works';
    const row = await client.next(isPatient ? target : { ...target, retries: 0 }, oids, 0);
    if (row.length === 0) throw new BadReadingError('truncated');
    return row.length < oids.length ? [...row, ...(await wholeRow(walker, oids.slice(row.length)))] : row;
  } catch (error) {
    if (!(error instanceof ProbeError)) throw error;
    const isSilence = error.failure === 'timeout';
    if (!isSilence && !(error instanceof BadReadingError)) throw error;
    if (isOne) {
      if (isSilence) throw error;
      count('error-status');
      return oids.map((oid) => ({ oid, value: null }));
    }
    if (isSilence && pace.bulk !== 'works') throw error;
    if (isTooMuch(error)) blameObjects(pace, oids.length);
    const half = Math.ceil(oids.length / 2);
    return [...(await wholeRow(walker, oids.slice(0, half))), ...(await wholeRow(walker, oids.slice(half)))];
  }
}

/** Octets of a varbind, near enough. */
export function sizeOf(oid: Oid, { value }: SnmpValue): number {
  const size = typeof value === 'number' ? 4 : typeof value === 'bigint' ? 8 : value.length;
  // In BER an arc of the usual size takes half of what it does in text.
  return 8 + (oid.length >> 1) + size;
}

const sizeOfAll = (answer: readonly VarBind[]): number =>
  answer.reduce((sum, { oid, value }) => sum + (value === null ? 8 : sizeOf(oid, value)), 0);
