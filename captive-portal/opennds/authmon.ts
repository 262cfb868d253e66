import { createHmac, timingSafeEqual } from 'node:crypto';
import { MINUTE } from '../../core/domain/clock.ts';
import type { Grant } from '../../core/domain/portal/grant.ts';
import { wholeUnits } from '../family/limits.ts';
import type { FamilyTools, GatewayAnswer } from '../gateway.ts';
import { sha256Hex } from './fas.ts';
import { deauthedReport } from './reports.ts';
import { LONGEST_SECONDS, openNdsLimits } from './signed.ts';

/** The gateway reads no more than 1,024 characters of an answer, and calls a helper for each client in it. */
const MOST_CLIENTS = 8;
const LONGEST_ANSWER = 1_024;
/** A gateway that was told a client so often and never opened has forgotten it: its token is an old one. */
const MOST_SHOWN = 5;
const MOST_COUNTED = 10_000;
/**
 * The poller says `clear` some five seconds after its gateway began to let people in, on a slow router later: whoever
 * pressed the button meanwhile has a token of this life, and waits for it.
 */
const STARTED_WITHIN_MS = MINUTE;

const answer = (body: string): GatewayAnswer => ({ status: 200, contentType: 'text/plain; charset=utf-8', body });
const ACK = answer('ack');

/**
 * Name of a gateway at level 3 where none is set. Its hash is all that a gateway shows of itself, so it cannot be
 * guessed from the address of the page.
 */
export const usualGatewayName = (ref: string, faskey: string): string =>
  `${ref}-${createHmac('sha256', faskey).update(`simpul gatewayname ${ref}`).digest('hex').slice(0, 16)}`;

/** `gatewayhash` is over the name as the gateway escapes it. */
export function isGatewayHash(given: string, gatewayName: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(given)) return false;
  const upper = encodeURIComponent(gatewayName).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const lower = upper.replace(/%[0-9A-F]{2}/g, (sign) => sign.toLowerCase());
  const spellings = [upper, lower, gatewayName].map((name) => Buffer.from(sha256Hex(name)));
  return spellings.map((right) => timingSafeEqual(right, Buffer.from(given))).includes(true);
}

/** `rhid minutes up down upKb downKb custom`, escaped as a whole. */
export function authLine(rhid: string, grant: Grant, custom: string): string {
  const minutes = wholeUnits(grant.seconds ?? LONGEST_SECONDS, 60);
  return encodeURIComponent([rhid, minutes, ...openNdsLimits(grant), custom].join(' '));
}

/** What waits for a gateway: `custom` goes with the key, as both are made when the grant is. */
export const awaitedKey = (rhid: string, custom: string): string => `${rhid} ${custom}`;

/** How often each waiting client was told, by gateway and key. */
function shownIn(kept: FamilyTools['kept']): Map<string, number> {
  const shown = kept.get('opennds shown') as Map<string, number> | undefined;
  if (shown !== undefined && shown.size < MOST_COUNTED) return shown;
  const fresh = new Map<string, number>();
  kept.set('opennds shown', fresh);
  return fresh;
}

/**
 * A request of the gateway's own poller (authmon, FAS level 3).
 * @param form of the POST; its `gatewayhash` was checked
 */
export async function authmon(
  gatewayId: string,
  form: URLSearchParams,
  key: string,
  { awaited, account, clock, kept }: FamilyTools,
): Promise<GatewayAnswer> {
  const payload = Buffer.from((form.get('payload') ?? '').slice(0, 4_000), 'base64')
    .toString('utf8')
    .trim();
  switch (form.get('auth_get')) {
    case 'clear':
      await awaited.clear(gatewayId, clock() - STARTED_WITHIN_MS);
      return ACK;
    case 'view':
      if (!payload.startsWith('*')) return answer((await list()).body);
      await opened(new Set(payload.split(/\s+/).filter((word) => /^[0-9a-f]{64}$/.test(word))));
      return ACK;
    case 'list': {
      const told = await list();
      await awaited.taken(gatewayId, told.keys);
      return answer(told.body);
    }
    case 'deauthed': {
      const report = deauthedReport(gatewayId, payload, key);
      if (report !== null) await account(report);
      return ACK;
    }
    default:
      return ACK;
  }

  async function list(): Promise<{ readonly body: string; readonly keys: readonly string[] }> {
    const shown = shownIn(kept);
    const keys: string[] = [];
    const forgotten: string[] = [];
    // The poller looks for a star and a space even where nobody waits.
    let body = '* ';
    for (const { key: waiting, grant } of await awaited.list(gatewayId, MOST_CLIENTS)) {
      const [rhid = '', custom = ''] = waiting.split(' ');
      const line = authLine(rhid, grant, custom);
      if (body.length + 1 + line.length > LONGEST_ANSWER) break;
      body += keys.length === 0 ? line : ` ${line}`;
      keys.push(waiting);
      const times = (shown.get(`${gatewayId} ${rhid}`) ?? 0) + 1;
      shown.set(`${gatewayId} ${rhid}`, times);
      if (times >= MOST_SHOWN) forgotten.push(waiting);
    }
    if (forgotten.length > 0) await awaited.taken(gatewayId, forgotten);
    return { body, keys };
  }

  async function opened(rhids: ReadonlySet<string>): Promise<void> {
    const taken = (await awaited.list(gatewayId, 64)).filter(({ key: waiting }) =>
      rhids.has(waiting.split(' ')[0] ?? ''),
    );
    for (const { loginId } of taken) await account(startOf(gatewayId, loginId));
    await awaited.taken(
      gatewayId,
      taken.map(({ key: waiting }) => waiting),
    );
    const shown = shownIn(kept);
    for (const rhid of rhids) shown.delete(`${gatewayId} ${rhid}`);
  }
}

const startOf = (gatewayId: string, loginId: string) => ({
  gatewayId,
  loginId,
  mac: null,
  ip: null,
  status: 'start' as const,
  seconds: 0,
  upOctets: 0n,
  downOctets: 0n,
  cause: null,
});
