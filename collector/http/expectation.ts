import { promisify } from 'node:util';
import { brotliDecompress, constants, unzip } from 'node:zlib';
import { ProbeError } from '../../core/domain/errors.ts';
import type { HttpAnswer } from './exchange.ts';

export type Expectation = {
  /** `200`, `2xx` or `200-299`. */
  readonly status: readonly string[];
  /** Null: whatever it says. */
  readonly text: string | null;
};

export const STATUS_PATTERN = '^[1-5](\\d\\d(-[1-5]\\d\\d)?|xx)$';
/** What a small compressed body may grow to. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024;

/** @throws ProbeError `bad-answer`, detail `wrong-status` or `text-missing` */
export async function checkExpectation(answer: HttpAnswer, { status, text }: Expectation): Promise<void> {
  if (!status.some((range) => isIn(range, answer.status)))
    throw new ProbeError('bad-answer', `the answer has status ${answer.status}`, { detail: 'wrong-status' });
  if (text !== null && !contains(await readable(answer), text))
    throw new ProbeError('bad-answer', 'the answer does not hold the expected text', { detail: 'text-missing' });
}

function isIn(range: string, status: number): boolean {
  if (range.endsWith('xx')) return Math.floor(status / 100) === Number(range[0]);
  const [from = '', to = from] = range.split('-');
  return status >= Number(from) && status <= Number(to);
}

/** Old sites still speak Latin-1. */
const contains = (body: Buffer, text: string): boolean =>
  body.includes(text, 0, 'utf8') || body.includes(text, 0, 'latin1');

/** We ask for plain bodies; some servers compress them all the same. What cannot be read holds no text. */
async function readable({ body, headers }: HttpAnswer): Promise<Buffer> {
  const encoding = headers['content-encoding'] ?? '';
  try {
    // The end may be missing where the body was longer than is read.
    if (/gzip|deflate/.test(encoding))
      return await inflate(body, { maxOutputLength: MAX_TEXT_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
    if (encoding.includes('br'))
      return await unbrotli(body, {
        maxOutputLength: MAX_TEXT_BYTES,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      });
    return body;
  } catch {
    return Buffer.alloc(0);
  }
}

const inflate = promisify<Buffer, object, Buffer>(unzip);
const unbrotli = promisify<Buffer, object, Buffer>(brotliDecompress);
