import { type Static, Type } from 'typebox';
import { oneOf, RegionCodeText } from './common.ts';
import { type Contract, EDITORS } from './contract.ts';

export const ImportChange = Type.Object({
  table: Type.String(),
  line: Type.Integer(),
  code: Type.String(),
  action: oneOf(['create', 'update', 'unchanged']),
  fields: Type.Array(Type.Object({ field: Type.String(), before: Type.String(), after: Type.String() })),
});
export const ImportReport = Type.Object({
  applied: Type.Boolean(),
  created: Type.Integer(),
  updated: Type.Integer(),
  unchanged: Type.Integer(),
  /** At most the first 500. */
  changes: Type.Array(ImportChange),
});
export type ImportReport = Static<typeof ImportReport>;

export const CSV_TYPE = 'text/csv';
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Body: the CSV or XLSX file itself. Bad rows come back as a problem `bad-input` with `faults`; nothing is stored. */
export const importInventory = {
  method: 'POST',
  url: '/api/v1/inventory/import',
  summary: 'Import sites, devices and links from CSV or XLSX; all or nothing',
  tag: 'inventory',
  access: EDITORS,
  consumes: [CSV_TYPE, XLSX_TYPE],
  schema: {
    querystring: Type.Object({ dryRun: Type.Optional(Type.Boolean({ default: true })) }),
    response: { 200: ImportReport },
  },
} as const satisfies Contract;

export const exportInventory = {
  method: 'GET',
  url: '/api/v1/inventory/export',
  summary: 'Export sites, devices and links; what comes out goes in again unchanged',
  tag: 'inventory',
  access: EDITORS,
  produces: [CSV_TYPE, XLSX_TYPE],
  schema: {
    querystring: Type.Object({
      format: Type.Optional(oneOf(['csv', 'xlsx'])),
      table: Type.Optional(oneOf(['sites', 'devices', 'links'])),
      region: Type.Optional(RegionCodeText),
    }),
    response: { 200: Type.Unsafe<unknown>({}) },
  },
} as const satisfies Contract;
