import { queryOptions } from '@tanstack/react-query';
import type * as admin from '../../core/contract/account-security.ts';
import type * as own from '../../core/contract/security.ts';
import { MINUTE, SECOND } from '../../core/domain/clock.ts';
import { endpoint } from './endpoint.ts';

/** Ways into an account, one's own and others': apart from the other calls, because few screens ask for them. */
const getMySecurity = endpoint<typeof own.getMySecurity>('GET', '/api/v1/me/security');
export const changeMyPassword = endpoint<typeof own.changeMyPassword>('PUT', '/api/v1/me/password');
export const beginSecondFactor = endpoint<typeof own.beginSecondFactor>('POST', '/api/v1/me/second-factor');
export const confirmSecondFactor = endpoint<typeof own.confirmSecondFactor>('POST', '/api/v1/me/second-factor/confirm');
export const removeSecondFactor = endpoint<typeof own.removeSecondFactor>('POST', '/api/v1/me/second-factor/remove');
export const renewRecoveryCodes = endpoint<typeof own.renewRecoveryCodes>('POST', '/api/v1/me/recovery-codes');
const listMySessions = endpoint<typeof own.listMySessions>('GET', '/api/v1/me/sessions');
export const endMySession = endpoint<typeof own.endMySession>('DELETE', '/api/v1/me/sessions/:sessionId');
export const endMyOtherSessions = endpoint<typeof own.endMyOtherSessions>('DELETE', '/api/v1/me/sessions');
const listMyTokens = endpoint<typeof own.listMyTokens>('GET', '/api/v1/me/tokens');
export const createMyToken = endpoint<typeof own.createMyToken>('POST', '/api/v1/me/tokens');
export const revokeMyToken = endpoint<typeof own.revokeMyToken>('DELETE', '/api/v1/me/tokens/:tokenId');

const getAccountSecurity = endpoint<typeof admin.getAccountSecurity>('GET', '/api/v1/accounts/:accountId/security');
export const changeAccountSecurity = endpoint<typeof admin.changeAccountSecurity>(
  'PATCH',
  '/api/v1/accounts/:accountId/security',
);
export const createPasswordLink = endpoint<typeof admin.createPasswordLink>(
  'POST',
  '/api/v1/accounts/:accountId/password-link',
);
export const removePasswordLink = endpoint<typeof admin.removePasswordLink>(
  'DELETE',
  '/api/v1/accounts/:accountId/password-link',
);
export const removeAccountSecondFactor = endpoint<typeof admin.removeAccountSecondFactor>(
  'DELETE',
  '/api/v1/accounts/:accountId/second-factor',
);
export const endAccountSessions = endpoint<typeof admin.endAccountSessions>(
  'DELETE',
  '/api/v1/accounts/:accountId/sessions',
);
export const endAccountSession = endpoint<typeof admin.endAccountSession>(
  'DELETE',
  '/api/v1/accounts/:accountId/sessions/:sessionId',
);
export const revokeAccountToken = endpoint<typeof admin.revokeAccountToken>(
  'DELETE',
  '/api/v1/accounts/:accountId/tokens/:tokenId',
);

export const mySecurityQuery = queryOptions({
  queryKey: ['me', 'security'],
  queryFn: ({ signal }) => getMySecurity({}, signal),
});
export const mySessionsQuery = queryOptions({
  queryKey: ['me', 'sessions'],
  queryFn: ({ signal }) => listMySessions({}, signal),
  refetchInterval: MINUTE,
});
export const myTokensQuery = queryOptions({
  queryKey: ['me', 'tokens'],
  queryFn: ({ signal }) => listMyTokens({}, signal),
  refetchInterval: MINUTE,
});
export const accountSecurityQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['accounts', accountId, 'security'],
    queryFn: ({ signal }) => getAccountSecurity({ params: { accountId } }, signal),
    refetchInterval: 30 * SECOND,
  });
