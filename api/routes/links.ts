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
import type { Place } from '../../core/domain/grant.ts';
import type { ApiParts } from '../parts.ts';
import type { Changed } from '../read-models/changed.ts';
import { linkHealths } from '../read-models/link-health.ts';
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

  /** Where things of some links stand, asked for once. */
  async function placesOf(wanted: readonly Link[]): Promise<ReadonlyMap<string, Place>> {
    const ids = wanted.flatMap(({ fromSiteId, toSiteId }) => [fromSiteId, toSiteId ?? []].flat());
    const deviceIds = wanted.flatMap(({ deviceId }) => deviceId ?? []);
    return await links.places([...new Set(ids)], [...new Set(deviceIds)]);
  }

  /** Without what stands outside: a link is seen from either end, and neither end gives the other away. */
  function shown(scope: Scope, link: Link, places: ReadonlyMap<string, Place>): SeenLink {
    const sees = (id: string | null): boolean => {
      const place = id === null ? undefined : places.get(id);
      return place !== undefined && scope.sees(place);
    };
    const from = sees(link.fromSiteId);
    const to = link.toSiteId === null || sees(link.toSiteId);
    const device = link.deviceId === null || sees(link.deviceId);
    return {
      ...link,
      ...(from ? {} : { fromSiteId: null, fromSiteName: null }),
      ...(to ? {} : { toSiteId: null, toSiteName: null }),
      ...(device ? {} : { deviceId: null, ifIndex: null }),
      isWhole: from && to && device,
    };
  }

  /** Who sees either end of a link may look at it. */
  async function seen(scope: Scope, linkId: string): Promise<{ readonly link: Link; readonly view: SeenLink }> {
    const link = await links.get(linkId);
    if (link === null) throw new AppError('not-found', 'there is no such link');
    const view = shown(scope, link, await placesOf([link]));
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
    const places = await placesOf([link]);
    changed({ regionCode: places.get(link.fromSiteId)?.regionCode ?? '' });
    return shown(scope, link, places);
  }

  app.route({
    ...listLinks,
    handler: async ({ query, scope }) => {
      const within = scope.within(query);
      if (within === null) return emptyPage(query);
      const found = await links.list({ ...query, ...within });
      const [healths, places] = await Promise.all([linkHealths(deps, found.items), placesOf(found.items)]);
      const items = found.items.map((link) => ({
        ...shown(scope, link, places),
        health: healths.get(link.id)?.health ?? 'unknown',
      }));
      return { ...found, items };
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
