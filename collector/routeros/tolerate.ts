import { ProbeError } from '../../core/domain/errors.ts';
import { type BadReading, BadReadingError } from '../snmp/bad-reading.ts';
import { TrapError } from './trap.ts';

/** What is counted where an error costs one question; null where the router itself is lost. */
export function costOf(error: unknown): BadReading | null {
  if (error instanceof BadReadingError) return error.reason;
  if (error instanceof TrapError) return 'error-status';
  if (!(error instanceof ProbeError)) return null;
  if (error.failure === 'timeout') return 'walk-too-slow';
  return error.detail === 'oversized' ? 'oversized' : null;
}

/** Null, and counted, where the question cannot be answered. @throws ProbeError where the router itself is lost */
export async function orNothing<Result>(
  asked: Promise<Result>,
  count: (reason: BadReading) => void,
): Promise<Result | null> {
  try {
    return await asked;
  } catch (error) {
    const reason = costOf(error);
    if (reason === null) throw error;
    count(reason);
    return null;
  }
}
