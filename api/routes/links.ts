import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { createLink, deleteLink, type Link, listLinks, updateLink } from '../../core/contract/links.ts';
import { AppError } from '../../core/domain/errors.ts';
import type { ApiParts } from '../parts.ts';
import type { Changed } from '../read-models/changed.ts';
import { emptyPage, type Scope } from '../scope.ts';

type Ends = {
  readonly fromSiteId?: string;
  readonly toSiteId?: string | null;
  readonly deviceId?: string | null;
};

export const linkRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory'> & { changed: Changed }> = async (
  app,
  { inventory, changed },
) => {
  const { links, sites, devices } = inventory;

  /** New ends and devices of a link must be seen by whoever ties them. */
  async function admitEnds(scope: Scope, { fromSiteId, toSiteId, deviceId }: Ends): Promise<void> {
    for (const id of [fromSiteId, toSiteId ?? undefined]) {
      if (id !== undefined) scope.admit(await sites.get(id));
    }
    if (deviceId !== undefined && deviceId !== null) scope.admit(await devices.get(deviceId));
  }

  /** A link belongs to where it comes from; who sees only its far end may look but not touch. */
  async function own(scope: Scope, linkId: string): Promise<Link & { readonly regionCode: string }> {
    const link = await links.get(linkId);
    if (link === null) throw new AppError('not-found', 'there is no such link');
    const { regionCode } = scope.admit(await sites.get(link.fromSiteId));
    return { ...link, regionCode };
  }

  async function tell(link: Link): Promise<Link> {
    changed({ regionCode: (await sites.get(link.fromSiteId))?.regionCode ?? '' });
    return link;
  }

  app.route({
    ...listLinks,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      return region === null ? emptyPage(query) : await links.list({ ...query, region });
    },
  });

  app.route({
    ...createLink,
    handler: async ({ body, scope }) => {
      await admitEnds(scope, body);
      return await tell(await links.create(body));
    },
  });

  app.route({
    ...updateLink,
    handler: async ({ params, body, scope }) => {
      await own(scope, params.linkId);
      await admitEnds(scope, body);
      return await tell(await links.update(params.linkId, body));
    },
  });

  app.route({
    ...deleteLink,
    handler: async ({ params, scope }) => {
      const link = await own(scope, params.linkId);
      await links.remove(link.id);
      changed(link);
      return null;
    },
  });
};
