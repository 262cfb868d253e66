import { type Static, Type } from 'typebox';
import { LanguageText } from '../channels.ts';
import { oneOf, PageQuery, pageOf, RegionCodeText, Uuid } from '../common.ts';
import { type Contract, EDITORS } from '../contract.ts';
import { NewVoucherBatch, VoucherBatch, VoucherUse } from './voucher.ts';

const Params = Type.Object({ batchId: Uuid });

export const listVoucherBatches = {
  method: 'GET',
  url: '/api/v1/portal/voucher-batches',
  summary: 'Batches of vouchers, newest first',
  tag: 'portal',
  access: EDITORS,
  schema: {
    querystring: Type.Intersect([PageQuery, Type.Object({ region: Type.Optional(RegionCodeText) })]),
    response: { 200: pageOf(VoucherBatch) },
  },
} as const satisfies Contract;

/** The codes leave here and only once: they are stored as keyed hashes. */
export const IssuedVouchers = Type.Object({
  batch: VoucherBatch,
  /** By serial number, from 1; digits only. */
  codes: Type.Array(Type.String()),
});
export type IssuedVouchers = Static<typeof IssuedVouchers>;

export const createVoucherBatch = {
  method: 'POST',
  url: '/api/v1/portal/voucher-batches',
  summary: 'Make vouchers; their codes are in this answer and never again',
  tag: 'portal',
  access: EDITORS,
  schema: { body: NewVoucherBatch, response: { 201: IssuedVouchers } },
} as const satisfies Contract;

export const SHEET_FORMATS = ['csv', 'a4', 'thermal'] as const;

/** Sent as a form, so that a browser opens the answer in a tab of its own. */
export const printVouchers = {
  method: 'POST',
  url: '/api/v1/portal/voucher-batches/:batchId/sheet',
  summary: 'Codes that were just made, as CSV or as a sheet to print (A4 3 x 8, 58 mm)',
  tag: 'portal',
  access: EDITORS,
  consumes: ['application/x-www-form-urlencoded'],
  produces: ['text/html', 'text/csv'],
  schema: {
    params: Params,
    body: Type.Object({
      format: oneOf(SHEET_FORMATS),
      language: Type.Optional(LanguageText),
      /** All codes of the batch in their order, with spaces between. */
      codes: Type.String({ minLength: 8, maxLength: 200_000, pattern: '^[0-9 ]+$' }),
    }),
    response: { 200: Type.Unsafe<unknown>({}) },
  },
} as const satisfies Contract;

export const voidVoucherBatch = {
  method: 'POST',
  url: '/api/v1/portal/voucher-batches/:batchId/void',
  summary: 'Make all vouchers of a batch worthless; who is online stays until the session ends',
  tag: 'portal',
  access: EDITORS,
  schema: { params: Params, response: { 200: VoucherBatch } },
} as const satisfies Contract;

export const voidVoucherSerials = {
  method: 'POST',
  url: '/api/v1/portal/voucher-batches/:batchId/serials/void',
  summary: 'Make single vouchers of a batch worthless, by their printed numbers: a lost or stolen slip',
  tag: 'portal',
  access: EDITORS,
  schema: {
    params: Params,
    body: Type.Object({
      serials: Type.Array(Type.Integer({ minimum: 1, maximum: 10_000 }), {
        minItems: 1,
        maxItems: 500,
        uniqueItems: true,
      }),
    }),
    response: { 200: VoucherBatch },
  },
} as const satisfies Contract;

export const getVoucherUse = {
  method: 'GET',
  url: '/api/v1/portal/voucher-batches/:batchId/use',
  summary: 'Which vouchers of a batch were used, how long and for how much',
  tag: 'portal',
  access: EDITORS,
  schema: {
    params: Params,
    querystring: Type.Intersect([PageQuery, Type.Object({ used: Type.Optional(Type.Boolean()) })]),
    response: {
      200: Type.Intersect([Type.Object({ batch: VoucherBatch }), pageOf(VoucherUse)]),
    },
  },
} as const satisfies Contract;
