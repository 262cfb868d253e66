import { AppError } from '../../domain/errors.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function field(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined;
}

/** The driver's own error inside one of Prisma's, as far as Prisma hands it on. */
const driverCode = (error: unknown): string =>
  text(field(field(field(field(error, 'meta'), 'driverAdapterError'), 'cause'), 'originalCode'));

const CONFLICT = new Map([
  ['23505', 'the code or name is taken'],
  ['23503', 'something it names does not exist, or something still uses it'],
  ['P2002', 'the code or name is taken'],
  ['P2003', 'something it names does not exist, or something still uses it'],
]);
/** CHECK, NOT NULL, number out of range, malformed text, encoding, NUL byte. */
const BAD_INPUT = new Set(['23514', '23502', '22003', '22P02', '22007', '22008', '22021', '22P05', 'P2000', 'P2007']);
const NOT_FOUND = new Set(['P2025', 'P2001']);

/** Codes of PostgreSQL (classes 08, 53, 57, 58) and of Prisma that mean: the store itself is away or full. */
const isUnavailable = (code: string): boolean =>
  /^(08|53|57|58)/.test(code) || /^(E[A-Z]+|P10\d\d|P2024|P2028|P2037)$/.test(code);

/** What a caller can act on, from what a driver threw; anything else means that the program is wrong and stays as is. */
export function storeError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = driverCode(error) || text(field(error, 'code'));
  const conflict = CONFLICT.get(code);
  if (conflict !== undefined) return new AppError('conflict', conflict, { cause: error });
  if (NOT_FOUND.has(code)) return new AppError('not-found', 'there is no such row', { cause: error });
  if (BAD_INPUT.has(code)) return new AppError('bad-input', 'a value is outside what it may be', { cause: error });
  const message = error instanceof Error ? error.message : '';
  if (isUnavailable(code) || /connection|timeout exceeded|embedded store|pool after calling end/i.test(message)) {
    return new AppError('store-unavailable', 'the inventory does not answer', { cause: error });
  }
  return error;
}

/** For `.catch(raise)`. */
export function raise(error: unknown): never {
  throw storeError(error);
}
