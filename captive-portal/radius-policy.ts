import { MINUTE, SECOND } from '../core/domain/clock.ts';
import { AppError } from '../core/domain/errors.ts';
import type { Log } from '../core/log/log.ts';
import { type Accounting, accounting } from '../core/services/portal/account.ts';
import { type AuthOutcome, authenticator } from '../core/services/portal/authenticate.ts';
import type { PortalParts } from '../core/services/portal/portal-parts.ts';
import type { OpenPortalGateway } from '../core/stores/inventory/portal/gateways.ts';
import { realTimers, type Timers } from '../core/timers.ts';
import type { GatewayFamilies, ReplyAttribute, UseReport } from './gateway.ts';
import { createNasTable } from './radius/nas-table.ts';
import type { RadiusNas, RadiusPolicy, Source } from './radius/policy.ts';

/** A gateway as the RADIUS engine asks about it. */
export type PortalNas = RadiusNas & { readonly siteId: string; readonly family: string };

export type RadiusParts = PortalParts & {
  readonly families: GatewayFamilies;
  readonly log: Log;
  readonly timers?: Timers;
};

/** Who asks, who decides and who keeps books, for our RADIUS server and the HTTP door alike. */
export type RadiusAccess = {
  nasOf(source: Source): PortalNas | null;
  readonly policy: RadiusPolicy<PortalNas>;
  readonly accounting: Accounting;
  authenticatorSeen(nas: PortalNas): void;
  /** Where a gateway's packets came from last; null since none came yet. */
  lastAddressOf(gatewayId: string): string | null;
  /** Reads the gateways anew where one was changed. */
  refresh(): Promise<void>;
  /**
   * Use that a gateway without RADIUS tells.
   * @throws AppError `not-found` for a gateway that is none or switched off, `store-unavailable`
   */
  report(use: UseReport): Promise<void>;
  /** Stores what was taken on. */
  close(): Promise<void>;
};

/** A change of a gateway is in force after so long. */
const REFRESH_MS = 5 * SECOND;
const SEEN_MS = MINUTE;
/** After the store was away, how long Status-Server is left unanswered, so that gateways turn to another server. */
const AWAY_MS = 5 * SECOND;

export const nasOfGateway = (gateway: OpenPortalGateway): PortalNas => ({
  id: gateway.id,
  siteId: gateway.siteId,
  family: gateway.family,
  secret: gateway.radiusSecret,
  messageAuthenticator: gateway.messageAuthenticator,
  authenticatorSeen: gateway.authenticatorSeenAt !== null,
  swapOctets: gateway.swapOctets,
});

/** The grant of an accepted request in what the gateway's family honours. Class brings the login back with each record. */
export function replyOf(
  { grant, loginId, interimSeconds }: Extract<AuthOutcome, { kind: 'accept' }>,
  family: ReturnType<GatewayFamilies['get']>,
): readonly ReplyAttribute[] {
  const plain = (): readonly ReplyAttribute[] => [
    ...(grant.seconds === null ? [] : [{ name: 'Session-Timeout', value: grant.seconds }]),
    ...(grant.idleSeconds === null ? [] : [{ name: 'Idle-Timeout', value: grant.idleSeconds }]),
  ];
  return [
    ...(family?.reply?.(grant) ?? plain()),
    { name: 'Acct-Interim-Interval', value: interimSeconds },
    { name: 'Class', value: loginId },
  ];
}

/**
 * Binds the RADIUS engine to who may enter and what was used. Gateways are kept in memory by their address.
 * @throws AppError `store-unavailable`; `config` where secrets do not open
 */
export async function openRadiusAccess(parts: RadiusParts): Promise<RadiusAccess> {
  const { inventory, families, log, clock, timers = realTimers } = parts;
  const { gateways } = inventory.portal;
  const authenticate = authenticator(parts);
  const books = accounting(parts);
  const addresses = new Map<string, string>();
  const seen = new Set<string>();
  let sites: ReadonlyMap<string, string> = new Map();
  let state = '';
  let find: (source: Source) => PortalNas | null = () => null;
  let awayUntil = Number.NEGATIVE_INFINITY;
  let isClosed = false;
  let cancels: readonly (() => void)[] = [];

  async function refresh(): Promise<void> {
    const now = await gateways.state();
    if (now === state) return;
    const all = await gateways.openAll();
    find = createNasTable(
      all.map((gateway) => ({
        nas: nasOfGateway(gateway),
        address: gateway.radiusAddress,
        radsecName: gateway.radsecName,
      })),
    );
    state = now;
    sites = new Map(all.map(({ id, siteId }) => [id, siteId]));
    for (const id of addresses.keys()) if (!sites.has(id)) addresses.delete(id);
  }

  async function touch(): Promise<void> {
    const ids = [...seen];
    seen.clear();
    await gateways.touchSeen(ids, clock());
  }

  /** Done again and again, each time after the last is over; what fails is tried the next time. */
  function every(ms: number, work: () => Promise<void>): () => void {
    let cancel = () => {};
    const plan = (): void => {
      if (isClosed) return;
      cancel = timers.after(ms, () => {
        void work()
          .catch((error: unknown) => log.warn({ reason: String(error) }, 'gateways could not be looked up'))
          .finally(plan);
      });
    };
    plan();
    return () => cancel();
  }

  function heard(nas: PortalNas, from: string): void {
    addresses.set(nas.id, from);
    seen.add(nas.id);
  }

  /** Without an answer the gateway asks again, or another server. */
  async function answered<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      awayUntil = Number.NEGATIVE_INFINITY;
      return result;
    } catch (error) {
      if (error instanceof AppError && error.code === 'store-unavailable') awayUntil = timers.now() + AWAY_MS;
      throw error;
    }
  }

  await refresh();
  cancels = [every(REFRESH_MS, refresh), every(SEEN_MS, touch)];

  return {
    nasOf: (source) => find(source),
    accounting: books,
    lastAddressOf: (gatewayId) => addresses.get(gatewayId) ?? null,
    refresh,

    authenticatorSeen(nas) {
      gateways
        .markAuthenticatorSeen(nas.id, clock())
        .catch((error: unknown) => log.warn({ gatewayId: nas.id, reason: String(error) }, 'a gateway signs now'));
    },

    policy: {
      async authenticate(nas, request) {
        heard(nas, request.from);
        const outcome = await answered(authenticate(nas, request));
        if (outcome.kind === 'reject') return { kind: 'reject', message: outcome.message };
        return { kind: 'accept', attributes: replyOf(outcome, families.get(nas.family)) };
      },

      async account(nas, record) {
        heard(nas, record.from);
        // Written out: this runs thousands of times a second, and a spread costs more than all the rest here.
        await answered(
          books.account({
            gatewayId: nas.id,
            siteId: nas.siteId,
            status: record.status,
            acctSessionId: record.acctSessionId,
            userName: record.userName,
            classText: record.classText,
            mac: record.callingStationId,
            framedIp: record.framedIp,
            at: record.at,
            seconds: record.seconds,
            upOctets: record.upOctets,
            downOctets: record.downOctets,
            cause: record.cause,
          }),
        );
      },

      isReady: () => timers.now() >= awayUntil,
    },

    async report({ gatewayId, loginId, ip, ...use }) {
      if (!sites.has(gatewayId)) await refresh();
      const siteId = sites.get(gatewayId);
      if (siteId === undefined) throw new AppError('not-found', 'there is no such gateway');
      seen.add(gatewayId);
      const stay = { acctSessionId: loginId, userName: loginId, classText: null, framedIp: ip, at: clock() };
      await books.account({ ...use, ...stay, gatewayId, siteId });
    },

    async close() {
      isClosed = true;
      for (const cancel of cancels) cancel();
      await books.drain();
      await touch().catch((error: unknown) => log.warn({ reason: String(error) }, 'gateways could not be looked up'));
    },
  };
}
