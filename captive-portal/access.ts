import type { Bus } from '../core/bus/bus.ts';
import { HOUR, MINUTE, SECOND } from '../core/domain/clock.ts';
import { closeStale } from '../core/services/portal/close-stale.ts';
import { endOverused } from '../core/services/portal/end-overused.ts';
import { realTimers, type Timers } from '../core/timers.ts';
import { type Ending, ending } from './ending.ts';
import type { FamilyTools, UseReport } from './gateway.ts';
import type { PortalParts } from './parts.ts';
import { type DisconnectClient, disconnectClient } from './radius/disconnect.ts';
import type { RadsecCertificates } from './radius/radsec.ts';
import { type RadiusServer, startRadiusServer } from './radius/server.ts';
import { openRadiusAccess, type PortalNas } from './radius-policy.ts';
import { type RestDoor, startRestDoor } from './rest-door.ts';

/** Everything of the portal that gateways talk to, and what is done for them now and then. */
export type Access = {
  readonly radius: RadiusServer | null;
  readonly rest: RestDoor | null;
  readonly ending: Ending;
  /** Use that a gateway without RADIUS tells. @throws AppError `not-found`, `store-unavailable` */
  report(use: UseReport): Promise<void>;
  stats(): object;
  /** Answers no more, ends what is in work and stores what was taken on. */
  stop(): Promise<void>;
};

export type AccessOptions = {
  readonly bus: Bus | null;
  /** Null: FreeRADIUS answers gateways, over the door for `rlm_rest`. */
  readonly radius: { readonly bind: string; readonly authPort: number; readonly acctPort: number } | null;
  /** RadSec, and its certificates as they are now. */
  readonly radsec?: { readonly port: number; readonly read: () => Promise<RadsecCertificates> } | null;
  readonly rest?: Omit<Parameters<typeof startRestDoor>[0], 'access' | 'clock' | 'log'> | null;
  /** What families are given; its `account` is `report` of what comes back. */
  readonly familyTools: (report: Access['report']) => FamilyTools;
  readonly timers?: Timers;
};

/** No address that one could ask from. */
const EVERY_ADDRESS = ['0.0.0.0', '::'];
const END_MS = 5 * SECOND;
const STALE_MS = MINUTE;
const OVERUSED_MS = MINUTE;
const CERTIFICATES_MS = HOUR;
const POLL_MS = MINUTE;

/** @throws AppError `store-unavailable`, `config`; the system's error where a port cannot be had */
export async function startAccess(
  parts: Pick<PortalParts, 'inventory' | 'keys' | 'clock' | 'zone' | 'log' | 'gateways'>,
  options: AccessOptions,
): Promise<Access> {
  const { inventory, clock, log, gateways: families } = parts;
  const { bus, timers = realTimers } = options;
  const access = await openRadiusAccess({ ...parts, families, timers });
  const familyTools = options.familyTools(access.report);
  const bind = options.radius?.bind;
  const disconnect: DisconnectClient = disconnectClient({
    ...{ clock, timers },
    ...(bind === undefined || EVERY_ADDRESS.includes(bind) ? {} : { bind }),
  });
  const { lastAddressOf } = access;
  const ends = ending({ inventory, families, familyTools, disconnect, lastAddressOf, clock, log });
  const underWay = new Set<Promise<void>>();
  let isStopped = false;

  function now(what: string, work: () => Promise<unknown>): Promise<void> {
    const done = work().then(
      () => {},
      (error: unknown) => log.warn({ what, reason: String(error) }, 'work of the portal could not be done'),
    );
    underWay.add(done);
    return done.finally(() => underWay.delete(done));
  }
  function every(ms: number, what: string, work: () => Promise<unknown>): () => void {
    let cancel = (): void => {};
    const plan = (): void => {
      if (!isStopped) cancel = timers.after(ms, () => void now(what, work).finally(plan));
    };
    plan();
    return () => cancel();
  }

  /** Controllers tell the use of their clients only when they are asked. */
  async function poll(): Promise<void> {
    for (const gateway of await inventory.portal.gateways.openAll()) {
      const family = families.get(gateway.family);
      if (isStopped || family?.poll === undefined) continue;
      const ask = family.poll;
      await now('poll', async () => {
        for (const use of await ask(gateway, familyTools)) await access.report(use);
      });
    }
  }

  const { radsec = null } = options;
  const radius =
    options.radius === null
      ? null
      : await startRadiusServer<PortalNas>({
          ...options.radius,
          ...{
            radsec: radsec && { port: radsec.port, ...(await radsec.read()) },
            nasOf: access.nasOf,
            policy: access.policy,
          },
          ...{ authenticatorSeen: access.authenticatorSeen, clock, log, timers },
        });
  const rest = options.rest ? await startRestDoor({ ...options.rest, access, clock, log }) : null;
  const cancels = [
    every(END_MS, 'end', ends.run),
    every(STALE_MS, 'stale', () => closeStale(parts)),
    every(OVERUSED_MS, 'overused', async () => {
      if ((await endOverused(parts)) > 0) await ends.run();
    }),
    every(POLL_MS, 'poll', poll),
    // Certificates end, and whoever renews them ends no gateway's connection for it.
    every(CERTIFICATES_MS, 'certificates', async () => {
      if (radsec !== null) radius?.renewCertificates(await radsec.read());
    }),
    bus?.subscribe(({ type }) => {
      if (type === 'portal-end-asked') void now('end', ends.run);
    }) ?? (() => {}),
  ];

  return {
    radius,
    rest,
    ending: ends,
    report: access.report,
    stats: () => ({ ...radius?.stats(), ...(rest === null ? {} : { rest: rest.stats() }) }),
    async stop() {
      isStopped = true;
      for (const cancel of cancels) cancel();
      await Promise.all([radius?.close(), rest?.stop(), disconnect.close()]);
      await Promise.all(underWay);
      await access.close();
    },
  };
}
