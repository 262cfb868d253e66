import { ProbeError } from '../../core/domain/errors.ts';
import { type Connection, type ConnectionOptions, openConnection } from './connection.ts';

/** How it went with one address of a name; `ok`, or the detail or failure of what went wrong. */
export type AddressOutcome = { readonly address: string; readonly outcome: string };

/** What is left of the patience for the exchange, where an address is silent. */
const CONNECT_SHARE = 0.4;

/**
 * Connects to all addresses at once and goes on with the one that is first, as browsers do; the others are closed as
 * soon as it is known whether they work.
 * @returns with the outcomes of all, which resolve at the end of the connecting at the latest
 * @throws ProbeError of the first address where none works
 */
export async function connectToAny(
  addresses: readonly string[],
  url: URL,
  tools: ConnectionOptions & { readonly timeoutMs: number },
  signal: AbortSignal,
): Promise<{ readonly connection: Connection; readonly outcomes: Promise<readonly AddressOutcome[]> }> {
  const patience = new AbortController();
  const giveUp = (): void => patience.abort();
  const timer = setTimeout(giveUp, tools.timeoutMs * CONNECT_SHARE);
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  const isTls = url.protocol === 'https:';
  const port = url.port === '' ? (isTls ? 443 : 80) : Number(url.port);
  let chosen: Connection | null = null;

  const tries = addresses.map(async (address) => {
    const connection = await openConnection({ address, port, host: url.hostname, isTls }, tools, patience.signal);
    if (chosen === null) chosen = connection;
    else connection.socket.destroy();
    return connection;
  });
  const settled = Promise.allSettled(tries).then((results) => {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
    return results;
  });
  try {
    const connection = await Promise.any(tries);
    const outcomes = settled.then((results) =>
      results.map((result, at) => ({ address: addresses[at] ?? '', outcome: outcomeOf(result) })),
    );
    return { connection, outcomes };
  } catch {
    const [first] = await settled;
    throw first?.status === 'rejected'
      ? first.reason
      : new ProbeError('no-such-host', `${url.hostname} has no address`);
  }
}

function outcomeOf(result: PromiseSettledResult<Connection>): string {
  if (result.status === 'fulfilled') return 'ok';
  const { reason } = result;
  if (!(reason instanceof ProbeError)) return 'failed';
  return reason.failure === 'bad-answer' ? (reason.detail ?? reason.failure) : reason.failure;
}
