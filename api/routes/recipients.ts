import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  createRecipient,
  deleteRecipient,
  listRecipients,
  type RecipientChange,
  updateRecipient,
} from '../../core/contract/recipients.ts';
import { AppError } from '../../core/domain/errors.ts';
import { checkAddresses } from '../../core/services/notices/checked.ts';
import type { ApiParts } from '../parts.ts';
import { emptyPage, type Scope } from '../scope.ts';

export const recipientRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory'>> = async (app, { inventory }) => {
  const { recipients, channels, sites, accounts, regions } = inventory;

  /** What a recipient is tied to lies in the region of whoever ties it. */
  async function admit(scope: Scope, { regionCode, siteId, accountId, addresses }: RecipientChange): Promise<void> {
    if (regionCode !== undefined) {
      scope.admitRegion(regionCode);
      if (regionCode !== '' && (await regions.get(regionCode)) === null)
        throw new AppError('not-found', 'there is no such region here');
    }
    if (siteId !== undefined && siteId !== null) scope.admit(await sites.get(siteId));
    if (accountId !== undefined && accountId !== null) scope.admit(await accounts.get(accountId));
    if (addresses !== undefined) await checkAddresses(channels, addresses);
  }

  app.route({
    ...listRecipients,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      return region === null ? emptyPage(query) : await recipients.list({ ...query, region });
    },
  });

  app.route({
    ...createRecipient,
    handler: async ({ body, scope }) => {
      await admit(scope, body);
      return await recipients.create(body);
    },
  });

  app.route({
    ...updateRecipient,
    handler: async ({ params, body, scope }) => {
      scope.admit(await recipients.get(params.recipientId));
      await admit(scope, body);
      return await recipients.update(params.recipientId, body);
    },
  });

  app.route({
    ...deleteRecipient,
    handler: async ({ params, scope }) => {
      scope.admit(await recipients.get(params.recipientId));
      await recipients.remove(params.recipientId);
      return null;
    },
  });
};
