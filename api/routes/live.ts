import type { ServerResponse } from 'node:http';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { live } from '../../core/contract/live.ts';
import type { Account } from '../../core/contract/session.ts';
import { SECOND } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import { isAgencyGrant } from '../../core/domain/grant.ts';
import { readSession } from '../../core/services/session.ts';
import { type ByteLine, gatheredLines } from '../live/gathered-lines.ts';
import type { LiveHub } from '../live/hub.ts';
import type { ApiParts } from '../parts.ts';
import { sessionToken } from '../plugins/authorise.ts';
import { SECURITY_HEADERS } from '../plugins/security-headers.ts';

const BEAT_MS = 15 * SECOND;
const RECHECK_MS = 30 * SECOND;
/** Bytes that may wait for one client. */
const MOST_BEHIND = 512 * 1024;

type Deps = Pick<ApiParts, 'inventory' | 'clock' | 'log'> & { readonly hub: LiveHub };

export const liveRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { inventory, clock, log, hub }) => {
  const sessions = { sessions: inventory.sessions, clock };
  const gathered = gatheredLines(MOST_BEHIND);

  app.route({
    ...live,
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const { account, scope, query, headers } = request;
      const token = sessionToken(request);
      const isAgency = isAgencyGrant(scope.holds);
      // An agency has one line, of itself alone.
      const region =
        isAgency && query.region === undefined ? (account?.regionCode ?? null) : scope.narrow(query.region);
      if (account === null || token === null) throw new AppError('not-signed-in', 'sign in first');
      if (region === null) throw new AppError('not-found', 'there is no such region here');
      const isAllowed = async (): Promise<boolean> => {
        // A store that is away for a moment ends nobody's line.
        const now = await readSession(sessions, token, { touch: false }).catch(() => account);
        return now !== null && isSameRight(now, account);
      };

      const { raw } = reply;
      const lastEventId = headers['last-event-id'];
      const grant = isAgency ? scope.holds : region;
      const client = { accountId: account.id, grant, region, line: gathered(lineOf(raw)), isAllowed };
      const leave = hub.join(client, typeof lastEventId === 'string' ? lastEventId : undefined);
      if (leave === null) {
        throw new AppError('too-many-requests', 'too many live connections', { retryAfterMs: 30 * SECOND });
      }
      reply.hijack();
      raw.on('close', leave);
      raw.on('error', leave);
      if (raw.destroyed) leave();
    },
  });

  const beat = setInterval(() => hub.beat(), BEAT_MS).unref();
  const recheck = setInterval(() => {
    hub.recheck().catch((error: unknown) => log.warn({ err: error }, 'live sessions not checked'));
  }, RECHECK_MS).unref();
  // Open lines would keep the server from closing.
  app.addHook('preClose', async () => {
    clearInterval(beat);
    clearInterval(recheck);
    hub.close();
  });
};

const isSameRight = (now: Account, then: Account): boolean =>
  now.role === then.role && now.regionCode === then.regionCode && now.agencySiteId === then.agencySiteId;

/** The head is sent with the first bytes: until then an error can still be answered as one. */
function lineOf(raw: ServerResponse): ByteLine {
  return {
    write(bytes) {
      if (raw.destroyed) return true;
      if (!raw.headersSent) {
        raw.writeHead(200, {
          ...SECURITY_HEADERS,
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store, no-transform',
          // nginx would hold events back.
          'x-accel-buffering': 'no',
        });
        raw.socket?.setNoDelay(true);
      }
      raw.write(bytes);
      return raw.writableLength <= MOST_BEHIND;
    },
    end: () => raw.destroy(),
  };
}
