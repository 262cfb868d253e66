import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { createAccount, listAccounts, updateAccount } from '../../core/contract/session.ts';
import { addAccount, changeAccount } from '../../core/services/account.ts';
import { accountGrant } from '../../core/services/account-grant.ts';
import type { ApiParts } from '../parts.ts';
import type { Scope } from '../scope.ts';

export const accountRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock'>> = async (
  app,
  { inventory, clock },
) => {
  const { accounts, sites } = inventory;

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
      const grant = await accountGrant(sites, null, body, (site) => scope.admit(site));
      await admitRegion(scope, grant.regionCode);
      return await addAccount(accounts, { ...body, ...grant });
    },
  });

  app.route({
    ...updateAccount,
    handler: async ({ params, body, scope }) => {
      const before = scope.admit(await accounts.get(params.accountId));
      const grant = await accountGrant(sites, before, body, (site) => scope.admit(site));
      await admitRegion(scope, grant.regionCode);
      return await changeAccount({ accounts, clock }, before.id, { ...body, ...grant });
    },
  });
};
