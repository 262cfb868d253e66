import * as openid from 'openid-client';
import type { OidcConfig } from '../../config/oidc.ts';
import { type Clock, HOUR, SECOND } from '../../domain/clock.ts';
import { AppError } from '../../domain/errors.ts';

/** What the browser keeps between leaving for the provider and coming back. */
export type OidcTrip = { readonly state: string; readonly nonce: string; readonly verifier: string };

/** Whom the provider says it is. */
export type OidcPerson = {
  readonly issuer: string;
  readonly subject: string;
  /** Only one that the provider has verified. */
  readonly email: string | null;
  /** For an account that is made: what the person goes by. */
  readonly preferredName: string | null;
  readonly displayName: string | null;
  /** Values of the configured claim. */
  readonly grants: readonly string[];
  /** The provider asked for more than one factor (RFC 8176). */
  readonly isMultiFactor: boolean;
};

/** The documents of a provider rarely change, its keys are asked for as they are needed. */
const DISCOVERY_MS = HOUR;
const TIMEOUT_MS = 10 * SECOND;
const MOST_BYTES = 256 * 1024;

/**
 * Signing in at an identity provider: authorisation code with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 7636),
 * the signature of its token checked.
 * @throws from both methods AppError `store-unavailable` where the provider is silent or speaks nonsense, `not-signed-in`
 *   where it refuses
 */
export function oidcProvider(
  config: OidcConfig,
  { clock, timeoutMs = TIMEOUT_MS }: { readonly clock: Clock; readonly timeoutMs?: number },
) {
  let known: { readonly at: number; readonly client: Promise<openid.Configuration> } | null = null;

  function client(): Promise<openid.Configuration> {
    if (known !== null && clock() - known.at < DISCOVERY_MS) return known.client;
    const isPlain = config.issuer.startsWith('http:');
    const execute = [openid.enableNonRepudiationChecks, ...(isPlain ? [openid.allowInsecureRequests] : [])];
    const secret = config.clientSecret?.reveal();
    const found = openid.discovery(
      new URL(config.issuer),
      config.clientId,
      undefined,
      secret === undefined ? openid.None() : openid.ClientSecretBasic(secret),
      { execute, timeout: timeoutMs / SECOND, [openid.customFetch]: boundedFetch(timeoutMs) },
    );
    const fresh = { at: clock(), client: found };
    known = fresh;
    found.catch(() => {
      // The next one asks again.
      if (known === fresh) known = null;
    });
    return found;
  }

  return {
    /** Where to send the browser, and what it keeps until it comes back. */
    async leave(): Promise<{ readonly url: string; readonly trip: OidcTrip }> {
      const trip = {
        state: openid.randomState(),
        nonce: openid.randomNonce(),
        verifier: openid.randomPKCECodeVerifier(),
      };
      const url = openid.buildAuthorizationUrl(await client().catch(away), {
        redirect_uri: config.redirectUri,
        scope: config.scope,
        state: trip.state,
        nonce: trip.nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(trip.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, trip };
    },

    /** @param query what the provider sent the browser back with, as it stands in the address */
    async arrive(query: string, trip: OidcTrip): Promise<OidcPerson> {
      const known = await client().catch(away);
      const tokens = await openid
        .authorizationCodeGrant(known, new URL(`${config.redirectUri}?${query}`), {
          pkceCodeVerifier: trip.verifier,
          expectedState: trip.state,
          expectedNonce: trip.nonce,
          idTokenExpected: true,
        })
        .catch(refused);
      const claims = tokens.claims();
      if (claims === undefined) throw new AppError('store-unavailable', 'the identity provider sent no identity');
      const hasAll =
        claims['email'] !== undefined && (config.claim === null || claims[config.claim.name] !== undefined);
      const more =
        hasAll || known.serverMetadata().userinfo_endpoint === undefined
          ? {}
          : await openid.fetchUserInfo(known, tokens.access_token, claims.sub).catch(refused);
      return personOf(claims.iss, { ...more, ...claims }, config);
    },
  };
}

function personOf(issuer: string, claims: Readonly<Record<string, unknown>>, { claim }: OidcConfig): OidcPerson {
  const text = (name: string): string | null => {
    const value = claims[name];
    return typeof value === 'string' && value !== '' && value.length <= 255 ? value : null;
  };
  const subject = text('sub');
  if (subject === null) throw new AppError('store-unavailable', 'the identity provider sent no identity');
  const granted = claim === null ? [] : claims[claim.name];
  const amr = claims['amr'];
  return {
    issuer,
    subject,
    email: claims['email_verified'] === true ? text('email') : null,
    preferredName: text('preferred_username') ?? text('email'),
    displayName: text('name'),
    grants: (Array.isArray(granted) ? granted : [granted]).filter((value) => typeof value === 'string'),
    isMultiFactor: Array.isArray(amr) && amr.includes('mfa'),
  };
}

/** No redirect is followed, nothing is waited for longer, and nothing longer is read. */
function boundedFetch(timeoutMs: number): openid.CustomFetch {
  return async (url, { body, signal, ...options }) => {
    const limit = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(url, {
      ...options,
      redirect: 'manual',
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      ...(body === undefined || body === null ? {} : { body: body as NonNullable<RequestInit['body']> }),
    });
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of answer.body ?? []) {
      length += chunk.length;
      if (length > MOST_BYTES) throw new Error('the answer is too long');
      chunks.push(chunk);
    }
    const hasBody = answer.status !== 204 && answer.status !== 304;
    return new Response(hasBody ? Buffer.concat(chunks) : null, { status: answer.status, headers: answer.headers });
  };
}

/** The provider's own words stay out of the message: they are anybody's. */
function away(cause: unknown): never {
  throw new AppError('store-unavailable', 'the identity provider does not answer as one', { cause });
}

function refused(cause: unknown): never {
  const isRefusal = cause instanceof openid.AuthorizationResponseError || cause instanceof openid.ResponseBodyError;
  const isForged = cause instanceof openid.ClientError && cause.code === 'OAUTH_INVALID_RESPONSE';
  if (!isRefusal && !isForged) away(cause);
  throw new AppError('not-signed-in', 'the identity provider refused, or its answer is not for this browser', {
    cause,
  });
}
