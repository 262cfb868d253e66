import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyPassword } from '../../../core/services/password.ts';
import { userCommand } from '../../../provisioning/cli/user.ts';
import { openEmbeddedTestInventory, type TestInventory } from '../../support/inventory.ts';

let stores: TestInventory;
beforeAll(async () => {
  stores = await openEmbeddedTestInventory();
});
afterAll(() => stores.close());

async function run(args: readonly string[], typed = ''): Promise<string> {
  const printed: string[] = [];
  const command = userCommand({
    openInventory: async () => ({ ...stores.inventory, close: async () => {} }),
    clock: Date.now,
    print: (text) => printed.push(text),
    readLine: async () => typed,
  }).configureOutput({ writeErr: () => {} });
  for (const one of [command, ...command.commands]) one.exitOverride();
  await command.parseAsync([...args], { from: 'user' });
  return printed.join('\n');
}

test('an account is added with a password that is shown once', async () => {
  const added = JSON.parse(await run(['add', 'budi', '--role', 'engineer', '--json']));

  const stored = await stores.inventory.accounts.forSignIn('budi');
  expect(added).toMatchObject({ name: 'budi', displayName: 'budi', role: 'engineer', regionCode: '' });
  expect(await verifyPassword(added.password, stored?.passwordHash ?? '')).toBe(true);
  expect(await run(['list'])).toBe('budi\tengineer\teverywhere\tbudi');
});

test('a password given on standard input is not printed', async () => {
  await run(['add', 'ani', '--role', 'officer', '--password-stdin'], 'the first password');

  const said = await run(['password', 'ani', '--password-stdin'], 'the second password');

  const stored = await stores.inventory.accounts.forSignIn('ani');
  expect(said).toBe('the password of ani is set');
  expect(await verifyPassword('the second password', stored?.passwordHash ?? '')).toBe(true);
});

test.each([
  [['add', 'Budi Besar', '--role', 'officer'], 'bad-input'],
  [['add', 'cici', '--role', 'officer', '--password-stdin'], 'bad-input'],
  [['add', 'dedi', '--role', 'officer', '--region', '16.03'], 'not-found'],
  [['add', 'dedi', '--role', 'officer', '--region', 'sini'], 'commander.invalidArgument'],
  [['add', 'dedi', '--role', 'king'], 'commander.invalidArgument'],
  [['password', 'nobody'], 'not-found'],
])('%j is refused as %s', async (args, code) => {
  await expect(run(args, 'short')).rejects.toMatchObject({ code });
});
