import { randomBytes, randomUUID } from 'node:crypto';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { PASSWORD } from './api.ts';

/** A call of each contract of signing in, for the walk over all of them: about an account of `regionCode`. */
export function signInCalls(inventory: Inventory, regionCode: string) {
  const ofAccount = async () => {
    const name = `walked-${randomUUID()}`;
    const form = { name, displayName: name, role: 'officer', regionCode, passwordHash: 'scrypt$none' } as const;
    return { params: { accountId: (await inventory.accounts.create(form)).id }, outside: 404 };
  };
  const code = { payload: { code: '000000' } };
  const unknownToken = () => randomBytes(32).toString('base64url');
  return {
    getSignInWays: () => ({}),
    giveSecondFactor: () => ({ ...code, answer: 401 }),
    beginRequiredFactor: () => ({ answer: 401 }),
    confirmRequiredFactor: () => ({ ...code, answer: 401 }),
    startOidc: () => ({}),
    finishOidc: () => ({}),
    getMySecurity: () => ({}),
    changeMyPassword: () => ({ payload: { current: PASSWORD, password: PASSWORD } }),
    beginSecondFactor: () => ({ payload: { password: PASSWORD } }),
    confirmSecondFactor: () => ({ ...code, answer: 409 }),
    removeSecondFactor: () => ({ ...code, answer: 400 }),
    renewRecoveryCodes: () => ({ ...code, answer: 400 }),
    listMySessions: () => ({}),
    endMySession: () => ({ params: { sessionId: randomUUID() }, answer: 404 }),
    endMyOtherSessions: () => ({}),
    listMyTokens: () => ({}),
    createMyToken: () => ({ payload: { name: 'Grafana', scopes: ['read'], days: 1 } }),
    revokeMyToken: () => ({ params: { tokenId: randomUUID() }, answer: 404 }),
    getAccountSecurity: ofAccount,
    changeAccountSecurity: async () => ({ ...(await ofAccount()), payload: { secondFactorRequired: true } }),
    createPasswordLink: ofAccount,
    removePasswordLink: ofAccount,
    removeAccountSecondFactor: ofAccount,
    endAccountSessions: ofAccount,
    endAccountSession: async () => {
      const { params, outside } = await ofAccount();
      return { params: { ...params, sessionId: randomUUID() }, outside, answer: 404 };
    },
    revokeAccountToken: async () => {
      const { params, outside } = await ofAccount();
      return { params: { ...params, tokenId: randomUUID() }, outside, answer: 404 };
    },
    readPasswordLink: () => ({ payload: { token: unknownToken() }, answer: 410 }),
    setPasswordByLink: () => ({ payload: { token: unknownToken(), password: PASSWORD }, answer: 410 }),
  };
}
