import { AppError } from '../../domain/errors.ts';

/** What a fault says of a field that somebody else changed meanwhile. */
export const CHANGED_MEANWHILE = 'changed-meanwhile';

/**
 * Holds what stands against what whoever changes it last saw, so that nobody's newer change is lost.
 * @throws AppError `conflict` with a fault for each field that is another
 */
export function requireExpected(standing: object, expected: object): void {
  const now = new Map<string, unknown>(Object.entries(standing));
  const faults = Object.entries(expected)
    .filter(([field, value]) => value !== undefined && printOf(now.get(field) ?? null) !== printOf(value))
    .map(([field]) => ({ field: `/${field}`, reason: CHANGED_MEANWHILE }));
  if (faults.length > 0) throw new AppError('conflict', 'somebody changed this meanwhile', { faults });
}

/** The same text for the same value, whatever the order of its keys; a list is a set of ids. */
function printOf(value: unknown): string {
  if (value instanceof Date) return String(value.getTime());
  if (Array.isArray(value)) return JSON.stringify(value.map(printOf).sort());
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return JSON.stringify(
    entries.map(([key, each]) => [key, printOf(each)]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  );
}
