import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { createAccount, listAccounts, updateAccount } from '../../core/contract/session.ts';
import { addAccount, changeAccount } from '../../core/services/account.ts';
import type { ApiParts } from '../parts.ts';
import type { Scope } from '../scope.ts';

export const accountRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock'>> = async (
  app,
  { inventory, clock },
) => {
  const { accounts } = inventory;

  /** Nobody gives away a region that is not theirs; the empty one is every region. */
  async function admitRegion(scope: Scope, code: string | undefined): Promise<void> {
    if (code === undefined) return;
    scope.admitRegion(code);
    if (code !== '') scope.admit(await placed(code));
  }
  const placed = async (code: string) => ((await inventory.regions.get(code)) === null ? null : { regionCode: code });

  app.route({ ...listAccounts, handler: ({ query, scope }) => accounts.list({ ...query, region: scope.grant }) });

  app.route({
    ...createAccount,
    handler: async ({ body, scope }) => {
      await admitRegion(scope, body.regionCode);
      return await addAccount(accounts, body);
    },
  });

  app.route({
    ...updateAccount,
    handler: async ({ params, body, scope }) => {
      scope.admit(await accounts.get(params.accountId));
      await admitRegion(scope, body.regionCode);
      return await changeAccount({ accounts, clock }, params.accountId, body);
    },
  });
};
