import { BadReadingError } from '../../snmp/bad-reading.ts';
import type { Cells } from '../cells.ts';
import { type ReadingGroup, reading } from '../group.ts';
import { table } from '../menu.ts';
import { localTimeOf } from '../values.ts';

const CERTIFICATES = table('/certificate', ['name', 'invalid-after', 'expires-after']);
const MAX_CERTIFICATES = 32;
const DAY_S = 86_400;

/** Days until certificates of the router run out; below 0 they have. */
export const group: ReadingGroup = {
  pace: 'rarely',
  async read(ask, { clock }) {
    const certificates = (await ask.rows(CERTIFICATES)) ?? [];
    return certificates.slice(0, MAX_CERTIFICATES).flatMap((row) => {
      const left = secondsLeft(row, clock());
      const days = left === null ? null : Math.floor(left / DAY_S);
      const name = row.text('name');
      return reading('sensor', 'count', `certificate.${name}`, days, `Certificate ${name}: days left`);
    });
  },
};

function secondsLeft(row: Cells<'invalid-after' | 'expires-after'>, now: number): number | null {
  const left = row.duration('expires-after');
  if (left !== null) return left;
  try {
    const until = localTimeOf(row.text('invalid-after'));
    // Hours of time zone do not matter to days.
    return until === null ? null : (Date.parse(`${until}Z`) - now) / 1_000;
  } catch (error) {
    if (error instanceof BadReadingError) return null;
    throw error;
  }
}
