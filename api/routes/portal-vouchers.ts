import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  createVoucherBatch,
  getVoucherUse,
  listVoucherBatches,
  printVouchers,
  voidVoucherBatch,
  voidVoucherSerials,
} from '../../core/contract/portal/voucher-routes.ts';
import { AppError } from '../../core/domain/errors.ts';
import { createVoucherBatch as create } from '../../core/services/portal/create-voucher-batch.ts';
import { type PortalKeys, portalKeys } from '../../core/services/portal/portal-keys.ts';
import { voidVouchers } from '../../core/services/portal/void-vouchers.ts';
import { voucherSheet } from '../../core/services/portal/voucher-sheet.ts';
import type { ApiParts } from '../parts.ts';
import { accountIdOf } from '../plugins/authorise.ts';
import { emptyPage, type Scope } from '../scope.ts';
import { homeZone } from './portal-figures.ts';

/** Ten thousand codes with what stands around them. */
const FORM_BYTES = 256 * 1024;
/** A sheet to print brings its own style and one button; it loads and sends nothing. */
const SHEET_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

type Deps = Pick<ApiParts, 'inventory' | 'clock' | 'config'>;

export const portalVoucherRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { inventory, clock, config }) => {
  const { sites, regions, portal } = inventory;
  const { vouchers } = portal;
  let known: PortalKeys | undefined;
  const keys = (): PortalKeys => {
    known ??= portalKeys(config.secretKey);
    return known;
  };

  /** A batch stands where it is valid. */
  async function seen(scope: Scope, batchId: string) {
    const batch = await vouchers.get(batchId);
    const site = batch.siteId === null ? null : await sites.get(batch.siteId);
    const regionCode = batch.regionCode ?? site?.regionCode;
    scope.admit(regionCode === undefined ? null : { regionCode });
    return batch;
  }

  app.route({
    ...listVoucherBatches,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      return region === null ? emptyPage(query) : await vouchers.list({ ...query, region });
    },
  });

  app.route({
    ...createVoucherBatch,
    handler: async (request, reply) => {
      const { body, scope } = request;
      if (body.siteId !== null) scope.admit(await sites.get(body.siteId));
      if (body.regionCode !== null) {
        scope.admitRegion(body.regionCode);
        if ((await regions.get(body.regionCode)) === null)
          throw new AppError('not-found', 'there is no such region here');
      }
      reply.header('cache-control', 'no-store');
      return await create({ inventory, keys: keys(), clock }, body, accountIdOf(request));
    },
  });

  // Forms are read for this one call, which changes nothing: no other can be made by one.
  await app.register(async (forms: typeof app) => {
    forms.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_BYTES },
      async (_: unknown, body: string) => Object.fromEntries(new URLSearchParams(body)),
    );
    forms.route({
      ...printVouchers,
      bodyLimit: FORM_BYTES,
      handler: async ({ params, body, scope }, reply) => {
        await seen(scope, params.batchId);
        const { format, language, codes } = body;
        const parts = { inventory, keys: keys(), zone: await homeZone(inventory), portalUrl: config.portalUrl };
        const file = await voucherSheet(parts, params.batchId, { format, language, codes: codes.trim().split(/ +/) });
        const disposition = format === 'csv' ? 'attachment' : 'inline';
        return reply
          .type(file.contentType)
          .headers({
            'content-security-policy': SHEET_POLICY,
            'cache-control': 'no-store',
            'content-disposition': `${disposition}; filename="${file.fileName}"`,
          })
          .send(file.bytes);
      },
    });
  });

  app.route({
    ...voidVoucherBatch,
    handler: async (request) => {
      const { params, scope } = request;
      await seen(scope, params.batchId);
      return await voidVouchers({ inventory, clock }, params.batchId, null, accountIdOf(request));
    },
  });

  app.route({
    ...voidVoucherSerials,
    handler: async (request) => {
      const { params, body, scope } = request;
      const { count } = await seen(scope, params.batchId);
      if (body.serials.some((serial) => serial > count))
        throw new AppError('not-found', 'there is no voucher of this number in the batch');
      return await voidVouchers({ inventory, clock }, params.batchId, body.serials, accountIdOf(request));
    },
  });

  app.route({
    ...getVoucherUse,
    handler: async ({ params, query, scope }) => {
      const batch = await seen(scope, params.batchId);
      return { ...(await vouchers.use(batch.id, query)), batch };
    },
  });
};
