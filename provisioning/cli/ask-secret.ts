import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { AppError } from '../../core/domain/errors.ts';

/** Asks at the terminal for what nobody may read there. Null where there is no terminal. */
export const terminalSecret = (): ((question: string) => Promise<string>) | null =>
  process.stdin.isTTY && process.stderr.isTTY ? askSecret : null;

/** @throws AppError `bad-input` where Ctrl-C ends it */
async function askSecret(question: string): Promise<string> {
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silence, terminal: true });
  const interrupted = new AbortController();
  lines.once('SIGINT', () => interrupted.abort());
  process.stderr.write(question);
  try {
    return await lines.question('', { signal: interrupted.signal });
  } catch (error) {
    if (interrupted.signal.aborted) throw new AppError('bad-input', 'no password was given');
    throw error;
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
