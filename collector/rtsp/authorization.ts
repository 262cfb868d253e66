import { createHash, randomBytes } from 'node:crypto';
import type { PasswordLogin } from '../password-of.ts';
import { basicAuthorization } from '../password-of.ts';

/** How a server wants to be told who asks: Basic (RFC 7617) or Digest (RFC 2617, RFC 7616). */
export type Challenge =
  | { readonly scheme: 'basic'; readonly realm: string }
  | {
      readonly scheme: 'digest';
      readonly realm: string;
      readonly nonce: string;
      readonly opaque: string | null;
      readonly algorithm: 'MD5' | 'MD5-sess' | 'SHA-256' | 'SHA-256-sess';
      /** Whether it wants `qop=auth`; cameras mostly do not. */
      readonly hasQop: boolean;
      /** The password may be right: only the nonce is too old. */
      readonly isStale: boolean;
    };

const ALGORITHMS = ['SHA-256', 'SHA-256-sess', 'MD5', 'MD5-sess'] as const;
const TOKEN = /\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?\s*,?/y;
const MAX_PARAMETERS = 40;

/**
 * The best of what a server offers, Digest before Basic. It offers several in several headers, or in one.
 * @param headers values of `WWW-Authenticate`
 * @returns null where nothing is offered that we can do
 */
export function challengeOf(headers: readonly string[]): Challenge | null {
  const offered = headers.flatMap(parametersOf).flatMap(({ scheme, parameters }) => readChallenge(scheme, parameters));
  const digests = offered.filter((one) => one.scheme === 'digest');
  for (const algorithm of ALGORITHMS) {
    const digest = digests.find((one) => one.algorithm === algorithm);
    if (digest !== undefined) return digest;
  }
  return offered.find((one) => one.scheme === 'basic') ?? null;
}

type Offer = { readonly scheme: string; readonly parameters: Map<string, string> };

/** A word without a value begins the next scheme. */
function parametersOf(header: string): Offer[] {
  const offers: Offer[] = [];
  TOKEN.lastIndex = 0;
  for (let read = 0; read < MAX_PARAMETERS; read++) {
    const match = TOKEN.exec(header);
    if (match === null) break;
    const [, name = '', quoted, bare] = match;
    const value = quoted?.replace(/\\(.)/g, '$1') ?? bare;
    if (value === undefined) offers.push({ scheme: name.toLowerCase(), parameters: new Map() });
    else offers.at(-1)?.parameters.set(name.toLowerCase(), value);
  }
  return offers;
}

function readChallenge(scheme: string, parameters: ReadonlyMap<string, string>): Challenge[] {
  const realm = parameters.get('realm') ?? '';
  if (scheme === 'basic') return [{ scheme, realm }];
  const nonce = parameters.get('nonce');
  const named = (parameters.get('algorithm') ?? 'MD5').toLowerCase();
  const algorithm = ALGORITHMS.find((one) => one.toLowerCase() === named);
  if (scheme !== 'digest' || nonce === undefined || algorithm === undefined) return [];
  const qop = parameters.get('qop');
  const hasQop = qop !== undefined && qop !== '';
  // Protecting the body as well is what nobody asks of a reader.
  if (hasQop && !/(^|[\s,])auth([\s,]|$)/i.test(qop)) return [];
  const isStale = parameters.get('stale')?.toLowerCase() === 'true';
  return [{ scheme, realm, nonce, opaque: parameters.get('opaque') ?? null, algorithm, hasQop, isStale }];
}

/**
 * Value of the Authorization header of one request.
 * @param uri exactly as in the request line
 * @param count how often the nonce was used, this time included
 */
export function authorizationFor(
  challenge: Challenge,
  { user, password }: PasswordLogin,
  { method, uri, count }: { readonly method: string; readonly uri: string; readonly count: number },
): string {
  if (challenge.scheme === 'basic') return basicAuthorization({ user, password }).reveal();
  const { realm, nonce, opaque, algorithm, hasQop } = challenge;
  const hash = (text: string): string =>
    createHash(algorithm.startsWith('SHA') ? 'sha256' : 'md5')
      .update(text, 'utf8')
      .digest('hex');
  const cnonce = randomBytes(8).toString('hex');
  const secret = hash(`${user}:${realm}:${password.reveal()}`);
  const ha1 = algorithm.endsWith('-sess') ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const ha2 = hash(`${method}:${uri}`);
  const nc = count.toString(16).padStart(8, '0');
  const response = hash(hasQop ? `${ha1}:${nonce}:${nc}:${cnonce}:auth:${ha2}` : `${ha1}:${nonce}:${ha2}`);
  const parts = [
    `username=${quote(user)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(uri)}`,
    `response="${response}"`,
    // Without being asked for it some cameras refuse the word.
    ...(algorithm === 'MD5' ? [] : [`algorithm=${algorithm}`]),
    ...(opaque === null ? [] : [`opaque=${quote(opaque)}`]),
    ...(hasQop ? [`qop=auth`, `nc=${nc}`, `cnonce="${cnonce}"`] : []),
    ...(!hasQop && algorithm.endsWith('-sess') ? [`cnonce="${cnonce}"`] : []),
  ];
  return `Digest ${parts.join(', ')}`;
}

const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&').replace(/[\r\n]/g, '')}"`;
