/**
 * Does work that is called off when the time is over or when the signal is. Not with `AbortSignal.any` over
 * `AbortSignal.timeout`: Node 20 collects such a timeout as garbage while it is waited for, and it never comes.
 */
export async function withPatience<T>(
  ms: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const patience = new AbortController();
  const end = (): void => patience.abort();
  const timer = setTimeout(end, ms);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    return await work(patience.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}
