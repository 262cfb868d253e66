import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { finishOidc, startOidc } from '../../core/contract/sign-in-steps.ts';
import { MINUTE, SECOND } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import { recordAudit } from '../../core/services/audit.ts';
import { accountFor } from '../../core/services/oidc/account-for.ts';
import { type OidcTrip, oidcProvider } from '../../core/services/oidc/provider.ts';
import type { SecondFactor } from '../../core/services/second-factor.ts';
import { openSession } from '../../core/services/session.ts';
import type { ApiParts } from '../parts.ts';
import { setSessionCookie } from '../plugins/authorise.ts';
import { placeOf } from '../session-place.ts';

type Deps = Pick<ApiParts, 'inventory' | 'clock' | 'log' | 'config'> & { readonly secondFactor: SecondFactor };

const COOKIE = 'simpul_oidc';
const PATH = '/api/v1/session/oidc';
const TRIP_MS = 10 * MINUTE;

/** Why somebody came back without being signed in: the sign-in page has words for each. */
type Wrong = 'provider-off' | 'provider-away' | 'provider-refused' | 'provider-stranger';

/** To the identity provider and back. Both are pages of a browser: what goes wrong is told on the sign-in page. */
export const oidcRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { inventory, clock, log, config, secondFactor } = deps;
  const provider = config.oidc === null ? null : oidcProvider(config.oidc, { clock });

  app.route({
    ...startOidc,
    exposeHeadRoute: false,
    handler: async ({ query, protocol }, reply) => {
      if (provider === null) return reply.redirect(signInPage('provider-off'), 302);
      try {
        const { url, trip } = await provider.leave();
        const kept = Buffer.from(JSON.stringify({ ...trip, to: pathOf(query.to) })).toString('base64url');
        const maxAge = TRIP_MS / SECOND;
        reply.setCookie(COOKIE, kept, {
          path: PATH,
          httpOnly: true,
          sameSite: 'lax',
          secure: protocol === 'https',
          maxAge,
        });
        return reply.redirect(url, 302);
      } catch (error) {
        return reply.redirect(signInPage(wrongOf(error)), 302);
      }
    },
  });

  app.route({
    ...finishOidc,
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const trip = tripOf(request.cookies[COOKIE]);
      reply.clearCookie(COOKIE, { path: PATH });
      if (provider === null) return reply.redirect(signInPage('provider-off'), 302);
      // Another browser's way back, an old one, or none that began here.
      if (trip === null) return reply.redirect(signInPage('provider-refused'), 302);
      const place = placeOf(request);
      try {
        const person = await provider.arrive(request.raw.url?.split('?')[1] ?? '', trip);
        const account = await accountFor(inventory, person, config.oidc?.claim ?? null);
        const step = person.isMultiFactor ? null : await secondFactor.stepFor(account);
        const opening = { ...place, stage: step ?? 'full', way: 'oidc' } as const;
        setSessionCookie(request, reply, await openSession({ ...inventory, clock }, account.id, opening));
        if (step !== null) return reply.redirect(signInPage(null, trip.to), 302);
        log.info({ accountId: account.id, address: request.ip }, 'signed in');
        const actor = { kind: 'account', id: account.id, name: account.displayName } as const;
        await recordAudit(deps, {
          actor,
          action: 'sign-in',
          target: actor,
          regionCode: account.regionCode,
          address: request.ip,
          agent: place.browser ?? '',
          outcome: 'done',
        });
        return reply.redirect(trip.to, 302);
      } catch (error) {
        return reply.redirect(signInPage(wrongOf(error)), 302);
      }
    },
  });

  function wrongOf(error: unknown): Wrong {
    if (!(error instanceof AppError)) throw error;
    const reason = error.cause instanceof Error ? error.cause.message : undefined;
    log.warn({ code: error.code, reason }, 'sign-in at the identity provider failed');
    if (error.code === 'forbidden') return 'provider-stranger';
    return error.code === 'not-signed-in' ? 'provider-refused' : 'provider-away';
  }
};

function signInPage(wrong: Wrong | null, to = '/'): string {
  const query = new URLSearchParams({ ...(wrong !== null && { wrong }), ...(to !== '/' && { to }) });
  return query.size === 0 ? '/sign-in' : `/sign-in?${query}`;
}

/** Only a place of this site. */
const pathOf = (to: unknown): string => (typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : '/');

/** The cookie is the browser's own, and only ever speaks for that browser. */
function tripOf(cookie: string | undefined): (OidcTrip & { readonly to: string }) | null {
  if (cookie === undefined || cookie.length > 2_000) return null;
  try {
    const { state, nonce, verifier, to } = JSON.parse(Buffer.from(cookie, 'base64url').toString()) as Record<
      string,
      unknown
    >;
    const isWhole = [state, nonce, verifier].every((part) => typeof part === 'string' && part.length >= 20);
    return isWhole ? { state: String(state), nonce: String(nonce), verifier: String(verifier), to: pathOf(to) } : null;
  } catch {
    return null;
  }
}
