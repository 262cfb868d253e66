import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  createCredential,
  deleteCredential,
  listCredentials,
  updateCredential,
} from '../../core/contract/credentials.ts';
import type { ApiParts } from '../parts.ts';
import type { Changed } from '../read-models/changed.ts';

/** Credentials belong to no region, and devices everywhere may use one: only who may do so everywhere changes them. */
export const credentialRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory'> & { changed: Changed }> = async (
  app,
  { inventory, changed },
) => {
  const { credentials } = inventory;

  app.route({ ...listCredentials, handler: async () => ({ items: await credentials.list() }) });

  app.route({ ...createCredential, handler: ({ body }) => credentials.create(body) });

  app.route({
    ...updateCredential,
    handler: async ({ params, body, scope }) => {
      scope.requireEverywhere();
      const credential = await credentials.update(params.credentialId, body);
      changed({ regionCode: '' });
      return credential;
    },
  });

  app.route({
    ...deleteCredential,
    handler: async ({ params, scope }) => {
      scope.requireEverywhere();
      await credentials.remove(params.credentialId);
      return null;
    },
  });
};
