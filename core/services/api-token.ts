import { createHash, randomBytes } from 'node:crypto';
import type { Contract } from '../contract/contract.ts';
import { type ApiToken, PERSONAL_TAGS } from '../contract/security.ts';
import type { Account } from '../contract/session.ts';
import type { ApiTokenScope } from '../domain/api-token.ts';
import { type Clock, DAY, MINUTE } from '../domain/clock.ts';
import { AppError } from '../domain/errors.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';

export type ApiTokenDeps = { readonly apiTokens: Inventory['apiTokens']; readonly clock: Clock };

const PREFIX = 'spl_';
const TOKEN = /^spl_[A-Za-z0-9_-]{43}$/;
/** Of the random part, beside the prefix: enough to recognise a token by, not to guess it. */
const SHOWN = 6;
const TOKENS_MOST = 20;
/** The moment of the last call is written at most this often. */
const TOUCH_EVERY_MS = MINUTE;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * @returns the token, which is kept nowhere: the store has its hash and how it begins
 * @throws AppError `conflict` where the account has too many
 */
export async function makeApiToken(
  { apiTokens, clock }: ApiTokenDeps,
  accountId: string,
  asked: { readonly name: string; readonly scopes: ApiTokenScope[]; readonly days: number },
): Promise<{ readonly token: string; readonly item: ApiToken }> {
  if ((await apiTokens.list(accountId)).length >= TOKENS_MOST) {
    throw new AppError('conflict', `an account has at most ${TOKENS_MOST} tokens: revoke one first`);
  }
  const token = PREFIX + randomBytes(32).toString('base64url');
  const createdAt = clock();
  const item = await apiTokens.create({
    accountId,
    name: asked.name,
    prefix: token.slice(0, PREFIX.length + SHOWN),
    tokenHash: hashOf(token),
    scopes: asked.scopes,
    createdAt,
    expiresAt: createdAt + asked.days * DAY,
  });
  return { token, item };
}

/** The token of an `Authorization` header; null where it holds none of ours. */
export function bearerToken(header: string | undefined): string | null {
  const [scheme = '', token = ''] = header?.split(' ') ?? [];
  return scheme.toLowerCase() === 'bearer' && token.startsWith(PREFIX) ? token : null;
}

/**
 * The account a machine calls for.
 * @throws AppError `not-signed-in` for a token that is unknown, revoked or over; `forbidden` beyond its scopes
 */
export async function readApiToken(
  { apiTokens, clock }: ApiTokenDeps,
  token: string,
  call: Pick<Contract, 'method' | 'tag'>,
): Promise<{ readonly account: Account; readonly apiToken: ApiToken }> {
  const now = clock();
  const found = TOKEN.test(token) ? await apiTokens.find(hashOf(token), now) : null;
  if (found === null) throw new AppError('not-signed-in', 'the token is unknown, revoked or over');
  const { id, scopes, lastUsedAt } = found.token;
  if (!isWithin(scopes, call)) throw new AppError('forbidden', 'this is outside the scopes of the token');
  if (lastUsedAt === null || now - lastUsedAt >= TOUCH_EVERY_MS) await apiTokens.touch(id, now);
  return { account: found.account, apiToken: found.token };
}

function isWithin(scopes: readonly ApiTokenScope[], { method, tag }: Pick<Contract, 'method' | 'tag'>): boolean {
  if (PERSONAL_TAGS.includes(tag)) return false;
  if (method !== 'GET') return scopes.includes('write');
  return scopes.includes('read') || (tag === 'system' && scopes.includes('metrics'));
}
