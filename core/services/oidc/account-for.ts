import type { OidcConfig } from '../../config/oidc.ts';
import type { Account } from '../../contract/session.ts';
import { AppError } from '../../domain/errors.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import type { OidcPerson } from './provider.ts';

type Stores = Pick<Inventory, 'accounts' | 'signIns'>;

/** How many names are tried for an account that is made. */
const NAMES_TRIED = 20;

/**
 * The account of whom the provider vouches for: the one bound to its subject, else the one with its verified address,
 * which is bound by this. None is made unless the configured claim grants one.
 * @throws AppError `forbidden` where there is none, or it is disabled
 */
export async function accountFor(
  { accounts, signIns }: Stores,
  person: OidcPerson,
  claim: OidcConfig['claim'],
): Promise<Account> {
  const { issuer, subject, email } = person;
  const bound = await signIns.accountBySubject({ issuer, subject });
  const byAddress = bound === null && email !== null ? await signIns.unboundByEmail(email) : null;
  const id = bound ?? byAddress;
  const found = id === null ? await made({ accounts, signIns }, person, claim) : await accounts.get(id);
  if (found === null || found.disabled)
    throw new AppError('forbidden', 'no account of Simpul belongs to this identity');
  if (bound === null) await signIns.update(found.id, { subject: { issuer, subject } });
  return found;
}

/** The first grant in the order of the setting; nobody's name is taken over, and no address that another has. */
async function made(
  { accounts, signIns }: Stores,
  person: OidcPerson,
  claim: OidcConfig['claim'],
): Promise<Account | null> {
  const grant = claim?.grants.find(({ value }) => person.grants.includes(value));
  if (grant === undefined) return null;
  const plain = (person.preferredName ?? '').toLowerCase().replace(/[^a-z0-9._@-]/g, '');
  const base = plain.slice(0, 90) || 'oidc';
  for (let n = 1; n <= NAMES_TRIED; n++) {
    const name = n === 1 ? base : `${base}-${n}`;
    if ((await accounts.forSignIn(name)) !== null) continue;
    const account = await accounts.create({
      name,
      displayName: (person.displayName ?? name).slice(0, 200),
      role: grant.role,
      regionCode: grant.regionCode,
      passwordHash: '',
    });
    // An address that another account has stays there: the subject binds this one.
    if (person.email !== null) await signIns.update(account.id, { email: person.email }).catch(() => {});
    return account;
  }
  return null;
}
