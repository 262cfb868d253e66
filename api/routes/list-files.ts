import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { getListFile } from '../../core/contract/list-files.ts';
import { DEVICE_SORTS, INCIDENT_SORTS, SITE_SORTS } from '../../core/domain/list-sorts.ts';
import { SITE_KINDS } from '../../core/domain/site.ts';
import { zoneOf } from '../../core/domain/zone.ts';
import { DEVICE_COLUMNS, INCIDENT_COLUMNS, SITE_COLUMNS } from '../../core/inventory-files/list-columns.ts';
import { listFile } from '../../core/services/list-file.ts';
import type { ApiParts } from '../parts.ts';

/** Rows of a file: more is an affair of the export of the inventory. */
const MOST_ROWS = 20_000;

export const listFileRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock'>> = async (
  app,
  { inventory, clock },
) => {
  app.route({
    ...getListFile,
    handler: async ({ params: { list }, query, scope }, reply) => {
      const { format = 'csv', language = 'id', sort, kind, siteKind, ...filter } = query;
      const within = scope.within({ region: query.region });
      const page = { pageSize: MOST_ROWS };
      const sortOf = <const S extends readonly string[]>(known: S): S[number] | undefined =>
        known.find((column) => column === sort);
      const [first] = (await inventory.regions.list({ level: 'province', pageSize: 1 })).items;
      const zone = zoneOf(within?.region || first?.code || '16');
      const options = { list, format, language, zoneOffsetMs: zone.offsetMs, clock };
      const rowsOf = async <Row>(read: (where: NonNullable<typeof within>) => Promise<{ items: Row[] }>) =>
        within === null ? [] : (await read(within)).items;
      const make = {
        devices: async () =>
          await listFile(
            await rowsOf((where) =>
              inventory.devices.list({ ...filter, ...page, ...where, kind, sort: sortOf(DEVICE_SORTS) }),
            ),
            DEVICE_COLUMNS,
            options,
          ),
        sites: async () =>
          await listFile(
            await rowsOf((where) =>
              inventory.sites.list({
                ...{ ...filter, ...page, ...where, sort: sortOf(SITE_SORTS) },
                kind: siteKind ?? SITE_KINDS.find((known) => known === kind),
              }),
            ),
            SITE_COLUMNS,
            options,
          ),
        incidents: async () =>
          await listFile(
            await rowsOf(({ region }) =>
              inventory.incidents.list({ ...filter, ...page, region, sort: sortOf(INCIDENT_SORTS) }, scope.holds),
            ),
            INCIDENT_COLUMNS,
            options,
          ),
      };
      const file = await make[list]();
      return reply
        .type(file.contentType)
        .header('content-disposition', `attachment; filename="${file.fileName}"`)
        .send(file.bytes);
    },
  });
};
