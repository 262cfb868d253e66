import { SECOND } from '../../core/domain/clock.ts';
import { LONGEST_SESSION } from '../../core/domain/portal/decide.ts';
import { sessionView } from '../../core/services/portal/session-view.ts';
import type { OpenPortalGateway } from '../../core/stores/inventory/portal/gateways.ts';
import type { Login } from '../../core/stores/inventory/portal/logins.ts';
import type { Stay } from '../pages/status-page.ts';
import { type Flow, familyOf } from './context.ts';

/** A gateway that has not opened for so long after the login will not any more. */
const SLOW_MS = 45 * SECOND;

/**
 * How a login stands.
 * @param cameThrough the gateway itself led the browser to the page: of one that tells us nothing, that is the proof
 */
export async function stayOf(
  flow: Flow,
  gateway: OpenPortalGateway,
  login: Login,
  cameThrough = false,
): Promise<Stay & { readonly sessionId?: string | null }> {
  const view = await sessionView(flow.parts, login.id);
  const now = flow.clock();
  if (view === null) return { kind: 'over' };
  if (view.kind === 'online') return view;
  // Never taken up over RADIUS, and by no report of the gateway's own.
  const isUntold = view.kind === 'waiting' || (login.usedAt === null && view.endedAt === login.expiresAt);
  if (isUntold && cameThrough && familyOf(flow, gateway)?.reply === undefined) {
    const secondsLeft = (login.grant.seconds ?? LONGEST_SESSION) - Math.floor((now - login.issuedAt) / SECOND);
    if (secondsLeft <= 0) return { kind: 'over' };
    const { issuedAt: since } = login;
    return { kind: 'online', since, secondsLeft, octetsLeft: null, octetsUsed: null, closesAt: null };
  }
  return view.kind === 'waiting' ? { kind: 'waiting', isSlow: now - view.issuedAt > SLOW_MS } : { kind: 'over' };
}

/** The login by which a device is online at a gateway; null where none is known. */
export const onlineLogin = ({ parts }: Flow, gateway: OpenPortalGateway, macHash: string): Promise<string | null> =>
  parts.inventory.portal.sessions.loginOfDevice(gateway.id, macHash);

/**
 * Ends a stay at its citizen's wish: the device does not come back without a page.
 * @param byUs the gateway must be told by us; else the browser tells it
 * @returns whether it has ended; false: it ends by itself later
 */
export async function endStay(flow: Flow, gateway: OpenPortalGateway, login: Login, byUs: boolean): Promise<boolean> {
  const { logins, sessions } = flow.parts.inventory.portal;
  const now = flow.clock();
  await logins.endReentry(login.id, now);
  if (!byUs) return true;
  const stay = await stayOf(flow, gateway, login);
  if (stay.kind !== 'online' || !stay.sessionId) return stay.kind === 'over';
  const asked = await sessions.askEnd(stay.sessionId, now);
  const answer = asked === null ? 'gone' : ((await flow.access?.ending.end(asked)) ?? 'at-reentry');
  return answer === 'ended' || answer === 'gone';
}
