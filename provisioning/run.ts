import { AppError } from '../core/domain/errors.ts';

/** How long a clean stop may take before the process ends all the same. */
const STOP_WITHIN_MS = 20_000;

/**
 * Starts, then stops cleanly at SIGINT or SIGTERM; a second signal ends at once. What keeps it from starting is told in
 * one line where a person can act on it, and the exit code is 1.
 */
export async function runUntilStopped(start: () => Promise<{ stop(): Promise<void> }>): Promise<void> {
  let stopping = false;
  let running: { stop(): Promise<void> } | null = null;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping || running === null) process.exit(signal === 'SIGINT' ? 130 : 143);
    stopping = true;
    const deadline = setTimeout(() => process.exit(1), STOP_WITHIN_MS);
    deadline.unref();
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    running = await start();
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): never {
  const isForPeople = error instanceof AppError;
  process.stderr.write(`${isForPeople ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
