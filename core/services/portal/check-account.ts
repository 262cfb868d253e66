import type { Accounts } from '../../stores/inventory/accounts.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import { hashPassword, verifyPassword } from '../password.ts';
import { turns } from '../turns.ts';

/** Each check takes 32 MiB and a thread; citizens' pages must go on beside it. */
const CHECKS_AT_ONCE = 2;
const CHECKS_WAITING = 32;

type Checking = { readonly inTurn: ReturnType<typeof turns>; readonly nobody: Promise<string> };
/** One queue for all gateways of a process, as long as its store is there. */
const checking = new WeakMap<Accounts, Checking>();

function checkingOf(accounts: Accounts): Checking {
  const known = checking.get(accounts);
  if (known !== undefined) return known;
  // For names that do not exist, so that they cost the same; nobody knows its password.
  const nobody = hashPassword(crypto.randomUUID());
  const fresh = { inTurn: turns(CHECKS_AT_ONCE, CHECKS_WAITING, 'too many sign-ins at once'), nobody };
  checking.set(accounts, fresh);
  return fresh;
}

/**
 * Whether somebody has an account of Simpul. A wrong name, a wrong password and a disabled account are told apart
 * nowhere, nor by the time it takes.
 * @param name lower case
 * @returns the id of the account, or null
 * @throws AppError `too-many-requests`
 */
export async function checkAccount(
  { accounts }: Pick<Inventory, 'accounts'>,
  name: string,
  password: string,
): Promise<string | null> {
  const { inTurn, nobody } = checkingOf(accounts);
  const found = await accounts.forSignIn(name);
  const stored = found?.passwordHash ?? (await nobody);
  const isRight = await inTurn(() => verifyPassword(password, stored));
  return found !== null && isRight && !found.disabled ? found.id : null;
}
