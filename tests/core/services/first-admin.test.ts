import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureFirstAdmin } from '../../../core/services/first-admin.ts';
import { createSignIn } from '../../../core/services/sign-in.ts';
import { openTestInventory, type TestInventory } from '../../support/inventory.ts';

let stores: TestInventory;
beforeAll(async () => {
  stores = await openTestInventory();
});
afterAll(() => stores.close());

test('where nobody has an account the first one is made, once, and its password works', async () => {
  const { inventory } = stores;

  const first = await ensureFirstAdmin(inventory);
  const second = await ensureFirstAdmin(inventory);

  const signIn = createSignIn({ inventory, clock: Date.now });
  const { account } = await signIn({ name: 'admin', password: first?.password ?? '', address: '127.0.0.1' });
  expect(account).toMatchObject({ name: 'admin', role: 'admin', regionCode: '', disabled: false });
  expect(second).toBeNull();
});
