import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { getListFile, type ListName } from '../../core/contract/list-files.ts';
import { DEVICE_SORTS, INCIDENT_SORTS, LINK_SORTS, SITE_SORTS, VILLAGE_SORTS } from '../../core/domain/list-sorts.ts';
import { SITE_LIST_KINDS } from '../../core/domain/site.ts';
import { zoneOf } from '../../core/domain/zone.ts';
import {
  DEVICE_COLUMNS,
  INCIDENT_COLUMNS,
  LINK_COLUMNS,
  type ListColumn,
  SITE_COLUMNS,
  VILLAGE_COLUMNS,
} from '../../core/inventory-files/list-columns.ts';
import type { ExportedFile } from '../../core/services/export-inventory.ts';
import { listFile } from '../../core/services/list-file.ts';
import type { ApiParts } from '../parts.ts';
import { seenLinks } from '../read-models/seen-links.ts';
import type { Within } from '../scope.ts';

/** Rows of a file: more is an affair of the export of the inventory. */
const MOST_ROWS = 20_000;

export const listFileRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'series' | 'clock'>> = async (
  app,
  deps,
) => {
  const { inventory, clock } = deps;

  app.route({
    ...getListFile,
    handler: async ({ params: { list }, query, scope }, reply) => {
      const { format = 'csv', language = 'id', sort, kind, villageState, region: asked, siteId, ...rest } = query;
      // Of devices and sites nobody asks by a site, and of links each of its ends is one.
      const within = scope.within({ region: asked, siteId: list === 'links' ? siteId : undefined });
      const filter = { ...rest, pageSize: MOST_ROWS };
      const sortOf = <const S extends readonly string[]>(known: S): S[number] | undefined =>
        known.find((column) => column === sort);
      const [first] = (await inventory.regions.list({ level: 'province', pageSize: 1 })).items;
      const zone = zoneOf(within?.region || first?.code || '16');
      const options = { list, format, language, zoneOffsetMs: zone.offsetMs, clock };
      const fileOf = async <Row>(
        columns: readonly ListColumn<Row>[],
        read: (where: Within) => Promise<{ items: Row[] }>,
      ): Promise<ExportedFile> => await listFile(within === null ? [] : (await read(within)).items, columns, options);
      const make: Readonly<Record<ListName, () => Promise<ExportedFile>>> = {
        devices: () =>
          fileOf(DEVICE_COLUMNS, (where) =>
            inventory.devices.list({ ...filter, ...where, kind, sort: sortOf(DEVICE_SORTS) }),
          ),
        sites: () =>
          fileOf(SITE_COLUMNS, (where) =>
            inventory.sites.list({
              ...{ ...filter, ...where, sort: sortOf(SITE_SORTS) },
              kind: SITE_LIST_KINDS.find((known) => known === kind),
            }),
          ),
        incidents: () =>
          fileOf(INCIDENT_COLUMNS, ({ region }) =>
            inventory.incidents.list({ ...filter, region, sort: sortOf(INCIDENT_SORTS) }, scope.holds),
          ),
        links: () =>
          fileOf(LINK_COLUMNS, (where) => seenLinks(deps, scope, { ...filter, ...where, sort: sortOf(LINK_SORTS) })),
        villages: () =>
          fileOf(VILLAGE_COLUMNS, async () => {
            const region = scope.narrow(asked);
            if (region === null) return { items: [] };
            return await inventory.villages.list({
              ...filter,
              region,
              state: villageState,
              sort: sortOf(VILLAGE_SORTS),
            });
          }),
      };
      const file = await make[list]();
      return reply
        .type(file.contentType)
        .header('content-disposition', `attachment; filename="${file.fileName}"`)
        .send(file.bytes);
    },
  });
};
