import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  createLink,
  deleteLink,
  getLink,
  getLinkHealth,
  type Link,
  listLinks,
  type SeenLink,
  updateLink,
} from '../../core/contract/links.ts';
import { AppError } from '../../core/domain/errors.ts';
import type { ApiParts } from '../parts.ts';
import type { Changed } from '../read-models/changed.ts';
import { linkHealths } from '../read-models/link-health.ts';
import { placesOfLinks, seenLink, seenLinks } from '../read-models/seen-links.ts';
import { emptyPage, type Scope } from '../scope.ts';

type Ends = {
  readonly fromSiteId?: string;
  readonly toSiteId?: string | null;
  readonly deviceId?: string | null;
};

type Deps = Pick<ApiParts, 'inventory' | 'series' | 'clock'> & { readonly changed: Changed };

export const linkRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { inventory, changed } = deps;
  const { links, sites, devices } = inventory;

  /** New ends and devices of a link must be seen by whoever ties them. */
  async function admitEnds(scope: Scope, { fromSiteId, toSiteId, deviceId }: Ends): Promise<void> {
    for (const id of [fromSiteId, toSiteId ?? undefined]) {
      if (id !== undefined) scope.admit(await sites.get(id));
    }
    if (deviceId !== undefined && deviceId !== null) scope.admit(await devices.get(deviceId));
  }

  /** Who sees either end of a link may look at it. */
  async function seen(scope: Scope, linkId: string): Promise<{ readonly link: Link; readonly view: SeenLink }> {
    const link = await links.get(linkId);
    if (link === null) throw new AppError('not-found', 'there is no such link');
    const view = seenLink(scope, link, await placesOfLinks(inventory, [link]));
    if (view.fromSiteId === null && view.toSiteId === null) throw new AppError('not-found', 'there is no such link');
    return { link, view };
  }

  /** A link belongs to where it comes from; who sees only its far end may look but not touch. */
  async function own(scope: Scope, linkId: string): Promise<Link & { readonly regionCode: string }> {
    const link = await links.get(linkId);
    if (link === null) throw new AppError('not-found', 'there is no such link');
    const { regionCode } = scope.admit(await sites.get(link.fromSiteId));
    return { ...link, regionCode };
  }

  async function tell(scope: Scope, link: Link): Promise<SeenLink> {
    const places = await placesOfLinks(inventory, [link]);
    changed({ regionCode: places.get(link.fromSiteId)?.regionCode ?? '' });
    return seenLink(scope, link, places);
  }

  app.route({
    ...listLinks,
    handler: async ({ query, scope }) => {
      const within = scope.within(query);
      return within === null ? emptyPage(query) : await seenLinks(deps, scope, { ...query, ...within });
    },
  });

  app.route({
    ...getLink,
    handler: async ({ params, scope }) => (await seen(scope, params.linkId)).view,
  });

  app.route({
    ...getLinkHealth,
    handler: async ({ params, scope }) => {
      const { link } = await seen(scope, params.linkId);
      const health = (await linkHealths(deps, [link])).get(link.id);
      if (health === undefined) throw new Error('a link that was just judged has no health');
      return health;
    },
  });

  app.route({
    ...createLink,
    handler: async ({ body, scope }) => {
      await admitEnds(scope, body);
      return await tell(scope, await links.create(body));
    },
  });

  app.route({
    ...updateLink,
    handler: async ({ params, body, scope }) => {
      await own(scope, params.linkId);
      await admitEnds(scope, body);
      const { expected, ...change } = body;
      return await tell(scope, await links.update(params.linkId, change, expected));
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
