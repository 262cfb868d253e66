import { macOf } from '../../core/domain/portal/mac.ts';
import type { Answer } from './answer.ts';
import { type Flow, gatewayPath, statusPath } from './context.ts';
import { onlineLogin, stayOf } from './stay.ts';

const CONTENT_TYPE = 'application/captive+json';
const NOT_KNOWN: Answer = { kind: 'text', status: 404, contentType: 'text/plain; charset=utf-8', body: '' };

/**
 * Captive Portal API (RFC 8908) for one client: its MAC as the gateway puts it into the address (CoovaChilli's `%{m}`),
 * or the token of its status page. Who is not named is not answered: to tell somebody who is online that they are not
 * would take them offline.
 */
export async function capport(flow: Flow, ref: string, client: string): Promise<Answer> {
  const gateway = await flow.directory.gatewayByRef(ref);
  if (gateway === null) return NOT_KNOWN;
  const mac = macOf(client);
  const named = mac === null ? flow.tokens.read(client) : null;
  if (mac === null && named === null) return NOT_KNOWN;
  const loginId = mac === null ? named : await onlineLogin(flow, gateway, flow.parts.keys.hash('mac', mac));
  const login = loginId === null ? null : await flow.parts.inventory.portal.logins.get(loginId);
  const stay = login === null || login.gatewayId !== gateway.id ? null : await stayOf(flow, gateway, login);
  if (stay?.kind !== 'online' || loginId === null) {
    return json({ captive: true, 'user-portal-url': `${flow.origin}${gatewayPath(ref)}` });
  }
  return json({
    captive: false,
    'user-portal-url': `${flow.origin}${statusPath(flow.tokens.tokenOf(loginId))}`,
    'can-extend-session': true,
    ...(stay.secondsLeft === null ? {} : { 'seconds-remaining': stay.secondsLeft }),
    ...(stay.octetsLeft === null ? {} : { 'bytes-remaining': stay.octetsLeft }),
  });
}

const json = (body: object): Answer => ({
  kind: 'text',
  status: 200,
  contentType: CONTENT_TYPE,
  body: JSON.stringify(body),
});

/** Longest address that fits DHCP option 114, DHCPv6 option 103 and the router advertisement (RFC 8910). */
const MOST_BYTES = 255;

/**
 * What DHCP tells clients of the captive portal API (RFC 8910: option 114, DHCPv6 103).
 * @param client how the gateway writes the client's MAC into the address, e.g. `%{m}`
 * @returns null where phones would not believe it: without TLS, with an address for a name, or too long
 */
export function capportOption(origin: string, ref: string, client: string): string | null {
  const { protocol, hostname } = new URL(origin);
  const uri = `${origin}/capport/${ref}/${client}`;
  const isNamed = !/^[\d.]+$/.test(hostname) && !hostname.startsWith('[');
  return protocol === 'https:' && isNamed && Buffer.byteLength(uri) <= MOST_BYTES ? uri : null;
}
