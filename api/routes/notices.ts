import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  createNoticePolicy,
  deleteNoticePolicy,
  getNoticeSetup,
  listIncidentNotices,
  listNoticePolicies,
  previewNotices,
  retryNotice,
  updateNoticePolicy,
} from '../../core/contract/notice-policies.ts';
import { AppError } from '../../core/domain/errors.ts';
import { checkPolicy } from '../../core/services/notices/checked.ts';
import { previewNotices as preview } from '../../core/services/notices/preview.ts';
import { noticeSetup } from '../../core/services/notices/setup.ts';
import type { ApiParts } from '../parts.ts';
import type { Scope } from '../scope.ts';

export const noticeRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock' | 'config'>> = async (
  app,
  { inventory, clock, config },
) => {
  const { noticePolicies, notices, outbox, incidents, regions } = inventory;

  async function admitRegion(scope: Scope, code: string | undefined): Promise<void> {
    if (code === undefined) return;
    scope.admitRegion(code);
    if (code !== '' && (await regions.get(code)) === null)
      throw new AppError('not-found', 'there is no such region here');
  }
  async function ofIncident(scope: Scope, incidentId: string) {
    if ((await incidents.get(incidentId, scope.grant)) === null)
      throw new AppError('not-found', 'there is no such incident here');
    return await notices.list(incidentId, scope.grant);
  }

  app.route({
    ...listNoticePolicies,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      return { items: region === null ? [] : await noticePolicies.list(region) };
    },
  });

  app.route({
    ...createNoticePolicy,
    handler: async ({ body, scope }) => {
      await admitRegion(scope, body.regionCode);
      checkPolicy(body);
      return await noticePolicies.create(body, clock());
    },
  });

  app.route({
    ...updateNoticePolicy,
    handler: async ({ params, body, scope }) => {
      scope.admit(await noticePolicies.get(params.policyId));
      await admitRegion(scope, body.regionCode);
      checkPolicy(body);
      return await noticePolicies.update(params.policyId, body, clock());
    },
  });

  app.route({
    ...deleteNoticePolicy,
    handler: async ({ params, scope }) => {
      scope.admit(await noticePolicies.get(params.policyId));
      await noticePolicies.remove(params.policyId);
      return null;
    },
  });

  app.route({
    ...previewNotices,
    handler: async ({ body, scope }) => {
      await admitRegion(scope, body.region);
      if (body.policy !== undefined) {
        await admitRegion(scope, body.policy.regionCode);
        checkPolicy(body.policy);
      }
      return await preview(inventory, body);
    },
  });

  app.route({
    ...getNoticeSetup,
    handler: async ({ scope }) => {
      const { publicUrl, secretKey } = config;
      const parts = { inventory, publicUrl, hasSecretKey: secretKey !== null };
      return await noticeSetup(parts, { region: scope.grant, at: clock() });
    },
  });

  app.route({
    ...listIncidentNotices,
    handler: async ({ params, scope }) => ({ items: await ofIncident(scope, params.incidentId) }),
  });

  app.route({
    ...retryNotice,
    handler: async ({ params: { incidentId, noticeId }, scope }) => {
      const found = await ofIncident(scope, incidentId);
      if (!found.some(({ id }) => id === noticeId)) throw new AppError('not-found', 'there is no such message here');
      if (!(await outbox.revive(noticeId, clock())))
        throw new AppError('conflict', 'only a message that was given up is tried again');
      return { items: await notices.list(incidentId, scope.grant) };
    },
  });
};
