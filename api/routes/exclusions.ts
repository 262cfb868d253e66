import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { createExclusion, type Exclusion, listExclusions, revokeExclusion } from '../../core/contract/exclusions.ts';
import { listLinkTerms, setLinkTerms } from '../../core/contract/link-terms.ts';
import type { Account } from '../../core/contract/session.ts';
import { AppError } from '../../core/domain/errors.ts';
import { isRegionCode } from '../../core/domain/region.ts';
import type { ApiParts } from '../parts.ts';
import { emptyPage, type Scope } from '../scope.ts';

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** What changes figures afterwards: time that does not count, and what contracts say of money. */
export const exclusionRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock'>> = async (
  app,
  { inventory, clock },
) => {
  const { exclusions, linkTerms, contractedLinks, devices, sites, regions } = inventory;

  /** A link belongs to where it comes from. */
  async function admitLink(scope: Scope, linkId: string): Promise<void> {
    const link = await contractedLinks.get(linkId);
    scope.admit(link === null ? null : { regionCode: link.fromRegion });
  }

  /** What is excluded must be one's own: a region above it is not. */
  async function admitScope(scope: Scope, { scopeKind, scopeId }: Pick<Exclusion, 'scopeKind' | 'scopeId'>) {
    if (scopeKind === 'region') {
      if (!isRegionCode(scopeId) || !scope.covers(scopeId) || (await regions.get(scopeId)) === null) {
        throw new AppError('not-found', 'there is no such region here');
      }
      return;
    }
    if (!UUID.test(scopeId)) {
      throw new AppError('bad-input', 'that is no id', { faults: [{ field: '/scopeId', reason: 'must be a uuid' }] });
    }
    if (scopeKind === 'link') await admitLink(scope, scopeId);
    else scope.admit(await (scopeKind === 'device' ? devices.get(scopeId) : sites.get(scopeId)));
  }

  const by = (account: Account | null) => {
    if (account === null) throw new AppError('not-signed-in', 'sign in first');
    return { accountId: account.id, at: clock() };
  };

  app.route({
    ...listExclusions,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      return region === null ? emptyPage<Exclusion>(query) : await exclusions.list({ ...query, region });
    },
  });

  app.route({
    ...createExclusion,
    handler: async ({ body, account, scope }) => {
      if (body.from >= body.to) {
        throw new AppError('bad-input', 'it ends before it begins', {
          faults: [{ field: '/to', reason: 'must be after from' }],
        });
      }
      await admitScope(scope, body);
      return await exclusions.create(body, by(account));
    },
  });

  app.route({
    ...revokeExclusion,
    handler: async ({ params, body, account, scope }) => {
      const found = await exclusions.get(params.exclusionId);
      // Of what is gone nobody but those of every region can tell where it stood.
      const { id } = scope.admit(found === null ? null : { ...found, regionCode: found.regionCode ?? '' });
      return await exclusions.revoke(id, body.note, by(account));
    },
  });

  app.route({
    ...listLinkTerms,
    handler: async ({ params, scope }) => {
      await admitLink(scope, params.linkId);
      return { items: [...(await linkTerms.list(params.linkId))] };
    },
  });

  app.route({
    ...setLinkTerms,
    handler: async ({ params, body, account, scope }) => {
      await admitLink(scope, params.linkId);
      return await linkTerms.set(params.linkId, body, by(account));
    },
  });
};
