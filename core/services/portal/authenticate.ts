import { dayOf, monthStartDay } from '../../domain/portal/day.ts';
import { decide } from '../../domain/portal/decide.ts';
import type { Grant, Refusal } from '../../domain/portal/grant.ts';
import { macOf } from '../../domain/portal/mac.ts';
import { refusalMessage } from '../../domain/portal/refusal-words.ts';
import type { Use } from '../../stores/inventory/portal/logins.ts';
import { LOGIN_ID } from './issue-login.ts';
import { deviceHash, type PortalParts } from './portal-parts.ts';
import { together } from './together.ts';

/** The gateway that asks, known by its secret: nothing of it is taken from the request. */
export type AskingNas = { readonly id: string; readonly siteId: string };

export type AuthRequest = {
  readonly userName: string;
  /** PAP compare or CHAP check, in constant time. */
  readonly check: (password: string) => boolean;
  /** The device's address in any form. */
  readonly callingStationId: string | null;
  readonly calledStationId: string | null;
  readonly nasIdentifier: string | null;
  readonly framedIp: string | null;
  readonly acctSessionId: string | null;
};

export type AuthOutcome =
  | { readonly kind: 'accept'; readonly grant: Grant; readonly loginId: string; readonly interimSeconds: number }
  /** `message`: for the gateway's page, Indonesian, one sentence. */
  | { readonly kind: 'reject'; readonly refusal: Refusal; readonly message: string };

/** How often a gateway tells what was used. */
export const INTERIM_SECONDS = 300;

/** In one statement; more are split. */
const MOST_TOGETHER = 200;
const MOST_WAITING = 5_000;

const reject = (refusal: Refusal, opensAt?: number): AuthOutcome => ({
  kind: 'reject',
  refusal,
  message: refusalMessage(refusal, opensAt),
});

export type Authenticator = (nas: AskingNas, request: AuthRequest) => Promise<AuthOutcome>;

/**
 * Answers gateways. Two kinds of users are let in: a one-time login, whose password is derived and checked before the
 * store is asked; and a device that names itself (User-Name = its MAC, in any form) and agreed before. Requests that
 * come together share one query.
 * @throws AppError `store-unavailable`: then the gateway gets no answer and asks again
 */
export function authenticator(parts: PortalParts): Authenticator {
  const { inventory, keys, clock, zone } = parts;
  const { logins, days } = inventory.portal;
  const limits = { most: MOST_TOGETHER, mostWaiting: MOST_WAITING, atOnce: 2 };
  const uses = together((batch: readonly Use[]) => logins.use(batch, clock()), limits);
  const reentries = together((batch: readonly { readonly macHash: string; readonly siteId: string }[]) => {
    const at = clock();
    return logins.reentries(batch, { at, day: dayOf(at, zone), monthStart: monthStartDay(at, zone) });
  }, limits);

  async function oneTime(nas: AskingNas, request: AuthRequest): Promise<AuthOutcome> {
    const { userName: loginId, callingStationId } = request;
    // Some gateways make it of the device's address; it is only ever compared.
    const acctSessionId = request.acctSessionId === null ? null : keys.hash('login', request.acctSessionId);
    const mac = macOf(callingStationId);
    if (!request.check(keys.passwordOf(loginId)) || mac === null) return reject('stale-page');
    const use = { loginId, gatewayId: nas.id, macHash: deviceHash(keys, mac), acctSessionId };
    const stored = await uses.add(use);
    if (stored === null) return reject('stale-page');
    const { notAfter: _, ...grant } = stored;
    return { kind: 'accept', grant, loginId, interimSeconds: INTERIM_SECONDS };
  }

  async function again(nas: AskingNas, mac: string, request: AuthRequest): Promise<AuthOutcome> {
    // A gateway that tells the device's address twice must tell the same one.
    const calling = request.callingStationId;
    if (calling !== null && macOf(calling) !== mac) return reject('stale-page');
    const known = await reentries.add({ macHash: deviceHash(keys, mac), siteId: nas.siteId });
    if (known === null) return reject('stale-page');
    const at = clock();
    const decision = decide(known.plan, known.usage, at, zone, { notAfter: known.notAfter ?? undefined });
    if (decision.kind === 'grant') {
      return { kind: 'accept', grant: decision.grant, loginId: known.loginId, interimSeconds: INTERIM_SECONDS };
    }
    await days.add([{ day: dayOf(at, zone), siteId: nas.siteId, method: known.method, refusals: 1 }]);
    return reject(decision.refusal, decision.opensAt);
  }

  return async (nas, request) => {
    const { userName } = request;
    const mac = macOf(userName);
    if (mac !== null) return await again(nas, mac, request);
    return LOGIN_ID.test(userName) ? await oneTime(nas, request) : reject('stale-page');
  };
}

/** One request by itself; who answers many keeps an `authenticator`. */
export const authenticate = (parts: PortalParts, nas: AskingNas, request: AuthRequest): Promise<AuthOutcome> =>
  authenticator(parts)(nas, request);
