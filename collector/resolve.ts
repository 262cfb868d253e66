import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Clock } from '../core/domain/clock.ts';
import { ProbeError } from '../core/domain/errors.ts';

/** Finds the address of a host. @throws ProbeError `no-such-host` */
export type Resolve = (host: string) => Promise<string>;

const KEEP_MS = 60_000;
const MAX_KEPT = 20_000;

/** Addresses are themselves; names are looked up, and the answer is kept for a minute. */
export function createResolver(clock: Clock): Resolve {
  const kept = new Map<string, { readonly address: Promise<string>; readonly until: number }>();
  return (host) => {
    if (isIP(host) !== 0) return Promise.resolve(host);
    const known = kept.get(host);
    if (known !== undefined && known.until > clock()) return known.address;
    const address = lookup(host).then(
      (found) => found.address,
      (cause: unknown) => {
        kept.delete(host);
        throw new ProbeError('no-such-host', `no address for ${host}`, { cause });
      },
    );
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(host, { address, until: clock() + KEEP_MS });
    return address;
  };
}
