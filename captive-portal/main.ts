import { readFile } from 'node:fs/promises';
import { AppError } from '../core/domain/errors.ts';
import { type Access, type AccessOptions, startAccess } from './access.ts';
import type { PortalPages } from './flow/answer.ts';
import { footOf } from './flow/context.ts';
import { openFlow } from './flow/open-flow.ts';
import { router } from './flow/route.ts';
import { said } from './flow/said.ts';
import { myDataRoutes } from './my-data/my-data.ts';
import type { PortalParts } from './parts.ts';
import { type PortalServerOptions, startPortalServer } from './server.ts';
import { voucherLink } from './voucher-link/voucher-link.ts';

export type Portal = {
  /** Where browsers reach it, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** What gateways talk to: our RADIUS server, the door for FreeRADIUS. */
  readonly access: Access;
  readonly stats: () => object;
  /** Stores at once what has been counted so far. */
  flushCounts(): Promise<void>;
  stop(): Promise<void>;
};

export type PortalOptions = {
  /** Null: no RADIUS of our own. Absent: where the configuration says. */
  readonly radius?: AccessOptions['radius'];
  readonly timers?: NonNullable<AccessOptions['timers']>;
  readonly limits?: NonNullable<PortalServerOptions['limits']>;
};

/**
 * Starts all of the captive portal: what gateways ask, and the citizens' pages.
 * @throws AppError `store-unavailable`, `config`; the system's error where a port cannot be had
 */
export async function startPortal(parts: PortalParts, options: PortalOptions = {}): Promise<Portal> {
  const { config, log, bus } = parts;
  const { bind, radiusAuthPort: authPort, radiusAcctPort: acctPort } = config;
  // The address that pages name is known once the port is.
  let origin = config.portalUrl ?? '';
  const { flow, familyTools, close } = openFlow(parts, () => origin);
  const access = await startAccess(parts, {
    bus,
    // Where FreeRADIUS answers gateways, its ports are its own.
    radius:
      options.radius === undefined
        ? config.radiusRest === null
          ? { bind, authPort, acctPort }
          : null
        : options.radius,
    radsec: config.radsec && radsecOf(config.radsec),
    rest: config.radiusRest,
    familyTools,
    ...(options.timers && { timers: options.timers }),
  }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  flow.access = access;
  try {
    const foot = (otherLanguage: string) => footOf(flow, null, otherLanguage);
    const others: readonly PortalPages[] = [
      myDataRoutes({ ...flow.methodTools, zone: parts.zone, foot }),
      voucherLink(foot),
    ];
    const server = await startPortalServer({
      bind,
      port: config.portalPort,
      answer: router(flow, others),
      refuse: (status) => said(flow, status, status >= 500 ? 'busy' : 'badRequest', 'id'),
      log,
      limits: options.limits ?? {},
    });
    if (origin === '') origin = `http://${hostOf(bind)}:${server.port}`;
    return {
      url: origin,
      port: server.port,
      access,
      stats: () => ({ ...server.stats(), ...access.stats() }),
      flushCounts: flow.counts.flush,
      async stop() {
        await server.stop();
        await access.stop();
        await close();
      },
    };
  } catch (error) {
    await access.stop();
    await close();
    throw error;
  }
}

function radsecOf({
  port,
  ...files
}: NonNullable<PortalParts['config']['radsec']>): NonNullable<AccessOptions['radsec']> {
  const read = (path: string): Promise<string> =>
    readFile(path, 'utf8').catch((cause: unknown) => {
      throw new AppError('config', 'a file of SIMPUL_RADSEC_CERT, _KEY or _CA cannot be read', { cause });
    });
  return {
    port,
    async read() {
      const [cert, key, ca] = await Promise.all([read(files.certFile), read(files.keyFile), read(files.caFile)]);
      return { cert, key, ca };
    },
  };
}

const hostOf = (bind: string): string =>
  bind === '0.0.0.0' || bind === '::' ? 'localhost' : bind.includes(':') ? `[${bind}]` : bind;
