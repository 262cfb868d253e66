import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { CSV_TYPE, exportInventory, importInventory, XLSX_TYPE } from '../../core/contract/inventory-files.ts';
import { AppError } from '../../core/domain/errors.ts';
import { exportInventory as fileOf } from '../../core/services/export-inventory.ts';
import { applyInventoryImport, tryInventoryImport } from '../../core/services/import-inventory.ts';
import type { ApiParts } from '../parts.ts';
import type { Changed } from '../read-models/changed.ts';

const FILE_BYTES = 20 * 1024 * 1024;

export const inventoryFileRoutes: FastifyPluginAsyncTypebox<
  Pick<ApiParts, 'inventory'> & { changed: Changed }
> = async (app, { inventory, changed }) => {
  let isReading = false;
  app.addContentTypeParser(
    [CSV_TYPE, XLSX_TYPE],
    { parseAs: 'buffer', bodyLimit: FILE_BYTES },
    async (_: unknown, body: Buffer) => body,
  );

  /** Whole files in memory: one at a time. */
  async function alone<T>(work: () => Promise<T>): Promise<T> {
    if (isReading) throw new AppError('conflict', 'another import is under way');
    isReading = true;
    try {
      return await work();
    } finally {
      isReading = false;
    }
  }

  app.route({
    ...importInventory,
    bodyLimit: FILE_BYTES,
    handler: async ({ body, query, headers, scope }) => {
      if (!Buffer.isBuffer(body)) throw new AppError('not-supported', `this call takes ${CSV_TYPE} or ${XLSX_TYPE}`);
      const isSheet = headers['content-type']?.startsWith(XLSX_TYPE) === true;
      const file = { name: isSheet ? 'inventory.xlsx' : 'inventory.csv', bytes: body };
      const options = { scope: scope.grant };
      if (query.dryRun ?? true) return await alone(() => tryInventoryImport(inventory, file, options));
      const report = await alone(() => applyInventoryImport(inventory, file, options));
      changed({ regionCode: scope.grant });
      return report;
    },
  });

  app.route({
    ...exportInventory,
    handler: async ({ query, scope }, reply) => {
      const { format = 'csv', table } = query;
      const file = await fileOf(inventory, { format, table, region: scope.narrow(query.region) });
      return reply
        .type(file.contentType)
        .header('content-disposition', `attachment; filename="${file.fileName}"`)
        .send(file.bytes);
    },
  });
};
