import type { Static } from 'typebox';
import type { Account, createAccount, updateAccount } from '../contract/session.ts';
import type { Clock } from '../domain/clock.ts';
import { AppError } from '../domain/errors.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';
import { hashPassword } from './password.ts';

type Accounts = Inventory['accounts'];
export type AccountForm = Static<(typeof createAccount)['schema']['body']>;
export type AccountEdit = Static<(typeof updateAccount)['schema']['body']>;

/** Without a password nobody gets in by one until a link sets it. @throws AppError `conflict` where the name is taken */
export async function addAccount(accounts: Accounts, form: AccountForm): Promise<Account> {
  const { password, ...account } = form;
  return await accounts.create({
    ...account,
    passwordHash: password === undefined ? '' : await hashPassword(password),
  });
}

/**
 * Changes an account. A new password or disabling it ends its sessions; another role or region holds from the next
 * request on.
 * @throws AppError `not-found`, or `conflict` where nobody would be left who may do everything
 */
export async function changeAccount(
  { accounts, clock }: { readonly accounts: Accounts; readonly clock: Clock },
  id: string,
  edit: AccountEdit,
): Promise<Account> {
  const before = await accounts.get(id);
  if (before === null) throw new AppError('not-found', 'there is no such account');
  if (isFullAdmin(before) && !isFullAdmin({ ...before, ...edit }) && (await accounts.countFullAdmins()) <= 1) {
    throw new AppError('conflict', 'this is the last administrator of every region');
  }
  const { password, disabled, ...fields } = edit;
  return await accounts.update(id, {
    ...fields,
    ...(disabled === undefined ? {} : { disabledAt: disabled ? clock() : null }),
    ...(password === undefined ? {} : { passwordHash: await hashPassword(password) }),
  });
}

const isFullAdmin = (account: Account): boolean =>
  account.role === 'admin' && account.regionCode === '' && !account.disabled;
