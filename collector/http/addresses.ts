import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { ProbeError } from '../../core/domain/errors.ts';
import { codeOf } from '../connecting.ts';

/** Every address of a name, IPv4 first, at most `MAX_PER_FAMILY` of each family. @throws ProbeError */
export type FindAddresses = (name: string, signal: AbortSignal) => Promise<readonly string[]>;

const MAX_PER_FAMILY = 4;
const TRY_MS = 2_000;
const TRIES = 2;
/** Codes of c-ares that say of the name itself that there is no such one, or that it has no address. */
const NOT_THERE: readonly string[] = ['ENOTFOUND', 'ENODATA'];

/**
 * Asks the name servers of this machine without going through the system's look-up, which blocks one of a few threads
 * for as long as a server is silent. Only names that no server knows are looked up there, for the hosts file's sake.
 * @throws ProbeError `bad-answer` (`no-such-name`) where the name does not exist; `no-such-host` where no server
 *   answered, which says nothing of the name; `timeout` where the signal aborts first
 */
export const findAddresses: FindAddresses = async (name, signal) => {
  const literal = name.replace(/^\[(.*)\]$/, '$1');
  if (isIP(literal) !== 0) return [literal];
  const answers = name.includes('.') ? await askServers(name, signal) : NOTHING;
  if (answers.addresses.length > 0) return answers.addresses;
  if (signal.aborted) throw new ProbeError('timeout', `no address for ${name} in time`, { detail: 'dns' });
  if (!answers.isCertain) throw new ProbeError('no-such-host', `no name server tells the address of ${name}`);
  return await lookUp(name);
};

type Answers = { readonly addresses: readonly string[]; readonly isCertain: boolean };
const NOTHING: Answers = { addresses: [], isCertain: true };

async function askServers(name: string, signal: AbortSignal): Promise<Answers> {
  if (signal.aborted) return NOTHING;
  const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES });
  const cancel = (): void => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const families = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    return {
      addresses: families.flatMap((one) => (one.status === 'fulfilled' ? one.value.slice(0, MAX_PER_FAMILY) : [])),
      isCertain: families.every((one) => one.status === 'fulfilled' || NOT_THERE.includes(codeOf(one.reason))),
    };
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function lookUp(name: string): Promise<readonly string[]> {
  try {
    const found = await lookup(name, { all: true });
    const of = (family: number): string[] => found.filter((one) => one.family === family).map(({ address }) => address);
    return [4, 6].flatMap((family) => [...new Set(of(family))].slice(0, MAX_PER_FAMILY));
  } catch (cause) {
    if (!NOT_THERE.includes(codeOf(cause))) throw new ProbeError('no-such-host', `no address for ${name}`, { cause });
    throw new ProbeError('bad-answer', `there is no name ${name}`, { cause, detail: 'no-such-name' });
  }
}
