import { Command, InvalidArgumentError, Option } from 'commander';
import { Value } from 'typebox/value';
import { ROLES, type Role } from '../../core/contract/contract.ts';
import { type Account, createAccount } from '../../core/contract/session.ts';
import type { Clock } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import { isRegionCode } from '../../core/domain/region.ts';
import { addAccount, changeAccount } from '../../core/services/account.ts';
import { accountGrant } from '../../core/services/account-grant.ts';
import { generatePassword } from '../../core/services/password.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { withInventory } from './with-inventory.ts';

export type UserDeps = {
  /** Opened for one command, and closed after it. */
  readonly openInventory: () => Promise<Pick<Inventory, 'accounts' | 'regions' | 'sites' | 'close'>>;
  readonly clock: Clock;
  /** For what the command answers: standard output. */
  readonly print: (text: string) => void;
  /** The first line of standard input, for `--password-stdin`. */
  readonly readLine: () => Promise<string>;
};

type AddOptions = {
  readonly role: Role;
  readonly region: string;
  readonly site?: string;
  readonly displayName?: string;
  readonly passwordStdin?: true;
  readonly json?: true;
};

const STDIN = [
  '--password-stdin',
  'read the password from standard input; without it one is made and printed',
] as const;
const JSON_FLAG = ['--json', 'print JSON'] as const;
const PAGE = 500;

/** `simpul user add|list|password`: accounts, from the machine itself. */
export function userCommand(deps: UserDeps): Command {
  const user = new Command('user').description('accounts: add one, list them, set a password');

  user
    .command('add')
    .description('add an account')
    .argument('<name>', 'name to sign in with: lower-case letters, digits, . _ @ -')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
    .option('--region <code>', 'region it may see, e.g. 16.03; every region when absent', regionCode, '')
    .option('--site <code>', "code of the agency's site, for the role agency")
    .option('--display-name <text>', 'name to show; the name when absent')
    .option(...STDIN)
    .option(...JSON_FLAG)
    .action((name: string, options: AddOptions) =>
      withInventory(deps, async ({ accounts, regions, sites }) => {
        const { role, region: code } = options;
        if (code !== '' && (await regions.get(code)) === null)
          throw new AppError('not-found', `there is no region ${code}`);
        const site = options.site === undefined ? null : await sites.getByCode(options.site);
        if (options.site !== undefined && site === null)
          throw new AppError('not-found', `there is no site ${options.site}`);
        const asked = { role, regionCode: code, agencySiteId: site?.id ?? null };
        const grant = await accountGrant(sites, null, asked);
        const { password, isMade } = await passwordFor(deps, options);
        const form = { name, displayName: options.displayName ?? name, ...grant, password };
        checkForm(form);
        const account = await addAccount(accounts, form);
        deps.print(answer(options, account, isMade ? password : null, `added ${account.name}`));
      }),
    );

  user
    .command('list')
    .description('list the accounts')
    .option(...JSON_FLAG)
    .action((options: { readonly json?: true }) =>
      withInventory(deps, async ({ accounts }) => {
        const all = await everyAccount(accounts);
        deps.print(options.json ? JSON.stringify(all) : all.map(line).join('\n'));
      }),
    );

  user
    .command('password')
    .description('set the password of an account; ends its sessions')
    .argument('<name>')
    .option(...STDIN)
    .option(...JSON_FLAG)
    .action((name: string, options: { readonly passwordStdin?: true; readonly json?: true }) =>
      withInventory(deps, async ({ accounts }) => {
        const found = await accounts.forSignIn(name);
        if (found === null) throw new AppError('not-found', `there is no account ${name}`);
        const { password, isMade } = await passwordFor(deps, options);
        checkForm({ ...found, password });
        const account = await changeAccount({ accounts, clock: deps.clock }, found.id, { password });
        deps.print(answer(options, account, isMade ? password : null, `the password of ${name} is set`));
      }),
    );

  return user;
}

async function passwordFor(deps: UserDeps, { passwordStdin }: { readonly passwordStdin?: true }) {
  return passwordStdin === true
    ? { password: await deps.readLine(), isMade: false }
    : { password: generatePassword(), isMade: true };
}

/** The same rules as over HTTP. @throws AppError `bad-input` that names the fields, never the password */
function checkForm(form: object): void {
  const errors = Value.Errors(createAccount.schema.body, form);
  if (errors.length === 0) return;
  const faults = errors.map(({ instancePath, message }) => ({ field: instancePath, reason: message }));
  const text = faults.map(({ field, reason }) => `${field.slice(1)} ${reason}`).join('; ');
  throw new AppError('bad-input', text, { faults });
}

async function everyAccount(accounts: Inventory['accounts']): Promise<Account[]> {
  const all: Account[] = [];
  for (let page = 1; ; page += 1) {
    const { items, total } = await accounts.list({ page, pageSize: PAGE });
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
}

function answer(
  options: { readonly json?: true },
  account: Account,
  password: string | null,
  sentence: string,
): string {
  if (options.json) return JSON.stringify(password === null ? account : { ...account, password });
  return password === null ? sentence : `${sentence}; its password, shown this once: ${password}`;
}

const line = ({ name, role, regionCode, displayName, disabled }: Account): string =>
  [name, role, regionCode === '' ? 'everywhere' : regionCode, displayName, disabled ? 'disabled' : '']
    .join('\t')
    .trimEnd();

function regionCode(text: string): string {
  if (!isRegionCode(text)) throw new InvalidArgumentError('It takes a region code such as 16.03.');
  return text;
}
