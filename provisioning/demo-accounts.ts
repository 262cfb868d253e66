import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../core/config/secret.ts';
import type { Role } from '../core/contract/contract.ts';
import { addAccount } from '../core/services/account.ts';
import { accountGrant } from '../core/services/account-grant.ts';
import type { Inventory } from '../core/stores/inventory/inventory.ts';

export type DemoAccount = {
  readonly name: string;
  readonly role: Role;
  readonly regionCode: string;
  readonly password: string;
};

/** The demo's own key, made at its first start and kept in its data directory for its user alone. */
export function demoSecretKey(dataDir: string): Secret {
  const file = join(dataDir, 'demo-key');
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  return new Secret(readFileSync(file, 'utf8').trim());
}

/** Signs what is sent to the lab's telephones. */
export const demoSigningKey = (key: Secret): string =>
  createHmac('sha256', key.reveal()).update('demo telephones').digest('base64url');

const PEOPLE: readonly Omit<DemoAccount, 'password'>[] = [
  { name: 'admin', role: 'admin', regionCode: '' },
  { name: 'insinyur', role: 'engineer', regionCode: '16' },
  { name: 'perencana', role: 'planner', regionCode: '16' },
  { name: 'petugas', role: 'officer', regionCode: '16.03' },
  { name: 'peninjau', role: 'viewer', regionCode: '16' },
  { name: 'dinas', role: 'agency', regionCode: '16' },
];

const DISPLAY: Readonly<Record<Role, string>> = {
  admin: 'Administrator',
  engineer: 'Insinyur Jaringan',
  planner: 'Perencana',
  officer: 'Petugas Muara Enim',
  viewer: 'Peninjau',
  agency: 'Dinas',
};

/** One person of each role. Passwords follow from the demo's key, so that every start can print them again. */
export const demoPeople = (key: Secret): readonly DemoAccount[] =>
  PEOPLE.map((person) => ({
    ...person,
    password: createHmac('sha256', key.reveal()).update(`demo account ${person.name}`).digest('base64url').slice(0, 12),
  }));

/** Makes the accounts that are not there yet. */
export async function demoAccounts(inventory: Inventory, key: Secret): Promise<readonly DemoAccount[]> {
  const accounts = demoPeople(key);
  for (const account of accounts) {
    if ((await inventory.accounts.forSignIn(account.name)) !== null) continue;
    const agency =
      account.role === 'agency' ? (await inventory.sites.list({ kind: 'agency', pageSize: 1 })).items[0] : null;
    if (agency === undefined) continue;
    const grant = await accountGrant(inventory.sites, null, { ...account, agencySiteId: agency?.id });
    await addAccount(inventory.accounts, { ...account, ...grant, displayName: agency?.name ?? DISPLAY[account.role] });
  }
  return accounts;
}
