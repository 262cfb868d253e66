import { createHash, randomBytes } from 'node:crypto';
import type { Account } from '../contract/session.ts';
import { type Clock, HOUR } from '../domain/clock.ts';
import { AppError } from '../domain/errors.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';
import { hashPassword } from './password.ts';

export type PasswordLinkDeps = {
  readonly inventory: Pick<Inventory, 'accounts' | 'signIns'>;
  readonly clock: Clock;
};

const LINK_MS = 24 * HOUR;
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const over = (): AppError => new AppError('gone', 'the link was used, replaced or is over');

/** @returns the token, which is kept nowhere: the store has its hash */
export async function makePasswordLink(
  { inventory, clock }: PasswordLinkDeps,
  accountId: string,
  createdBy: string,
): Promise<{ readonly token: string; readonly expiresAt: number }> {
  const token = randomBytes(32).toString('base64url');
  const at = clock();
  const expiresAt = at + LINK_MS;
  await inventory.signIns.keepLink({ accountId, tokenHash: hashOf(token), createdBy, at, expiresAt });
  return { token, expiresAt };
}

/** @throws AppError `gone` */
export async function readLink(
  { inventory, clock }: PasswordLinkDeps,
  token: string,
): Promise<{ readonly account: Account; readonly expiresAt: number }> {
  const link = await inventory.signIns.link(hashOf(token), clock());
  const account = link === null ? null : await inventory.accounts.get(link.accountId);
  if (link === null || account === null || account.disabled) throw over();
  return { account, expiresAt: link.expiresAt };
}

/** Uses the link up, sets the password and ends every session of the account. @throws AppError `gone` */
export async function setPasswordBy(deps: PasswordLinkDeps, token: string, password: string): Promise<Account> {
  const { inventory, clock } = deps;
  const { account } = await readLink(deps, token);
  const passwordHash = await hashPassword(password);
  if ((await inventory.signIns.takeLink(hashOf(token), clock())) === null) throw over();
  return await inventory.accounts.update(account.id, { passwordHash });
}
