import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { getAvailability } from '../../core/contract/availability.ts';
import { getStatement, getStatementFile, listStatements } from '../../core/contract/statements.ts';
import { AppError } from '../../core/domain/errors.ts';
import { type Grant, isAgencyGrant } from '../../core/domain/grant.ts';
import { monthOf, zoneOf } from '../../core/domain/zone.ts';
import { availabilityOf, type Thing } from '../../core/services/availability.ts';
import { statementOf } from '../../core/services/statement.ts';
import { statementFile } from '../../core/services/statement-file.ts';
import { endsOf } from '../../core/stores/inventory/contracted-links.ts';
import type { ApiParts } from '../parts.ts';
import type { Scope, Within } from '../scope.ts';

type Deps = Pick<ApiParts, 'inventory' | 'series' | 'clock'>;
type Asked = { readonly provider?: string; readonly agency?: string; readonly region?: string };

export const statementRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { inventory, series, clock }) => {
  const { sites, devices, contractedLinks, timelines } = inventory;

  /** Who sees either end of a link may look at it; anything else must stand in the region of the account. */
  async function admitThing(scope: Scope, { kind, id }: Thing): Promise<void> {
    switch (kind) {
      case 'device':
        scope.admit(await devices.get(id));
        return;
      case 'site':
        scope.admit(await sites.get(id), id);
        return;
      case 'agency': {
        const site = await sites.get(id);
        scope.admit(site?.kind === 'agency' ? site : null, id);
        return;
      }
      case 'link': {
        const link = await contractedLinks.get(id);
        if (link === null || !endsOf(link).some((end) => scope.sees(end)))
          throw new AppError('not-found', 'there is no such link');
        return;
      }
      case 'village':
      case 'region':
        scope.admitRegion(id);
        if ((await inventory.regions.get(id)) === null) throw new AppError('not-found', 'there is no such region here');
    }
  }

  app.route({
    ...getAvailability,
    handler: async ({ query, scope }) => {
      const thing = thingOf(query.of);
      await admitThing(scope, thing);
      return await availabilityOf(inventory, thing, { from: query.from, to: query.to, asOf: clock() });
    },
  });

  app.route({
    ...listStatements,
    handler: async ({ query, scope }) => {
      const within = scope.within(query);
      const zone = zoneOf(within?.region || ((await inventory.settings.get('province')) as string | undefined) || '');
      const firstAt = await timelines.firstChangeAt();
      return {
        month: monthOf(clock(), zone),
        firstMonth: firstAt === null ? null : monthOf(firstAt, zone),
        items: within === null ? [] : [...(await contractedLinks.parties(partiesOf(scope, within)))],
      };
    },
  });

  async function read(scope: Scope, month: string, { provider, agency, region: asked }: Asked) {
    if ((provider === undefined) === (agency === undefined)) {
      throw new AppError('bad-input', 'a statement is of a provider or of an agency', {
        faults: [{ field: '/provider', reason: 'name one of provider and agency' }],
      });
    }
    const asOf = clock();
    if (agency !== undefined) {
      const site = scope.admit(await sites.get(agency), agency);
      return await statementOf(
        { inventory, series },
        { ...view(scope), month, of: { agencySiteId: site.id }, region: '', asOf },
      );
    }
    const region = scope.narrow(asked);
    if (region === null || provider === undefined) throw new AppError('not-found', 'there is no such region here');
    return await statementOf({ inventory, series }, { ...view(scope), month, of: { provider }, region, asOf });
  }

  app.route({ ...getStatement, handler: ({ params, query, scope }) => read(scope, params.month, query) });

  app.route({
    ...getStatementFile,
    handler: async ({ params, query, scope }, reply) => {
      const file = await statementFile(await read(scope, params.month, query), query);
      return reply
        .type(file.contentType)
        .header('content-disposition', `attachment; filename="${file.fileName}"`)
        .send(file.bytes);
    },
  });
};

const partiesOf = ({ holds }: Scope, { region }: Within): Grant => (isAgencyGrant(holds) ? holds : region);

/** What links cost is between the province and its providers. */
const view = (scope: Scope) => ({ sees: scope.sees, withMoney: !isAgencyGrant(scope.holds) });

const KINDS = ['device', 'site', 'agency', 'link', 'village', 'region'] as const;

function thingOf(of: string): Thing {
  const cut = of.indexOf(':');
  const kind = KINDS.find((known) => known === of.slice(0, cut));
  if (kind === undefined) throw new AppError('bad-input', 'no such kind of thing');
  return { kind, id: of.slice(cut + 1) };
}
