import type { Inventory } from '../stores/inventory/inventory.ts';
import { generatePassword, hashPassword } from './password.ts';

/**
 * Where nobody has an account yet, makes the first one.
 * @returns its name and password, to be shown once: the password is stored nowhere; null where accounts exist
 */
export async function ensureFirstAdmin({
  accounts,
}: Pick<Inventory, 'accounts'>): Promise<{ name: string; password: string } | null> {
  if ((await accounts.count()) > 0) return null;
  const password = generatePassword();
  await accounts.create({
    name: 'admin',
    displayName: 'Administrator',
    role: 'admin',
    regionCode: '',
    passwordHash: await hashPassword(password),
  });
  return { name: 'admin', password };
}
