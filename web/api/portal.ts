import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type * as consents from '../../core/contract/portal/consent-routes.ts';
import type * as figures from '../../core/contract/portal/figure-routes.ts';
import type * as gateways from '../../core/contract/portal/gateway-routes.ts';
import type * as phoneCodes from '../../core/contract/portal/phone-code-routes.ts';
import type * as plans from '../../core/contract/portal/plan-routes.ts';
import type * as sessions from '../../core/contract/portal/session-routes.ts';
import type * as sites from '../../core/contract/portal/site-routes.ts';
import type * as survey from '../../core/contract/portal/survey-routes.ts';
import type * as terms from '../../core/contract/portal/terms-routes.ts';
import type * as vouchers from '../../core/contract/portal/voucher-routes.ts';
import { DAY, MINUTE, SECOND } from '../../core/domain/clock.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import { endpoint, serverNow } from './endpoint.ts';

/** The captive portal: apart from the other calls, because few screens ask for it. */
const getPortalFigures = endpoint<typeof figures.getPortalFigures>('GET', '/api/v1/portal/figures');

const getPhoneCodeBudget = endpoint<typeof phoneCodes.getPhoneCodeBudget>('GET', '/api/v1/portal/phone-codes/budget');

const listPlans = endpoint<typeof plans.listPlans>('GET', '/api/v1/portal/plans');
export const createPlan = endpoint<typeof plans.createPlan>('POST', '/api/v1/portal/plans');
export const updatePlan = endpoint<typeof plans.updatePlan>('PATCH', '/api/v1/portal/plans/:planId');
export const deletePlan = endpoint<typeof plans.deletePlan>('DELETE', '/api/v1/portal/plans/:planId');

const listPortalSites = endpoint<typeof sites.listPortalSites>('GET', '/api/v1/portal/sites');
const getPortalSite = endpoint<typeof sites.getPortalSite>('GET', '/api/v1/portal/sites/:siteId');
export const updatePortalSite = endpoint<typeof sites.updatePortalSite>('PATCH', '/api/v1/portal/sites/:siteId');
const getLoginHealth = endpoint<typeof sites.getLoginHealth>('GET', '/api/v1/portal/sites/:siteId/health');

const getSurvey = endpoint<typeof survey.getSurvey>('GET', '/api/v1/portal/sites/:siteId/survey');

const listPortalGateways = endpoint<typeof gateways.listPortalGateways>('GET', '/api/v1/portal/gateways');
export const createPortalGateway = endpoint<typeof gateways.createPortalGateway>('POST', '/api/v1/portal/gateways');
export const updatePortalGateway = endpoint<typeof gateways.updatePortalGateway>(
  'PATCH',
  '/api/v1/portal/gateways/:gatewayId',
);
export const deletePortalGateway = endpoint<typeof gateways.deletePortalGateway>(
  'DELETE',
  '/api/v1/portal/gateways/:gatewayId',
);
const listPortalAudit = endpoint<typeof gateways.listPortalAudit>('GET', '/api/v1/portal/audit');

const listPortalSessions = endpoint<typeof sessions.listPortalSessions>('GET', '/api/v1/portal/sessions');
export const endPortalSession = endpoint<typeof sessions.endPortalSession>(
  'POST',
  '/api/v1/portal/sessions/:sessionId/end',
);

const listVoucherBatches = endpoint<typeof vouchers.listVoucherBatches>('GET', '/api/v1/portal/voucher-batches');
export const createVoucherBatch = endpoint<typeof vouchers.createVoucherBatch>(
  'POST',
  '/api/v1/portal/voucher-batches',
);
export const voidVoucherBatch = endpoint<typeof vouchers.voidVoucherBatch>(
  'POST',
  '/api/v1/portal/voucher-batches/:batchId/void',
);
export const voidVoucherSerials = endpoint<typeof vouchers.voidVoucherSerials>(
  'POST',
  '/api/v1/portal/voucher-batches/:batchId/serials/void',
);
const getVoucherUse = endpoint<typeof vouchers.getVoucherUse>('GET', '/api/v1/portal/voucher-batches/:batchId/use');

const listTerms = endpoint<typeof terms.listTerms>('GET', '/api/v1/portal/terms');
export const addTerms = endpoint<typeof terms.addTerms>('POST', '/api/v1/portal/terms');
export const getConsentProof = endpoint<typeof consents.getConsentProof>(
  'GET',
  '/api/v1/portal/consents/:consentId/proof',
);
const listDataRequests = endpoint<typeof terms.listDataRequests>('GET', '/api/v1/portal/data-requests');
export const completeDataRequest = endpoint<typeof terms.completeDataRequest>(
  'POST',
  '/api/v1/portal/data-requests/:requestId/done',
);
const listForgotten = endpoint<typeof terms.listForgotten>('GET', '/api/v1/portal/retention');

type Scope = { readonly region?: RegionCode | undefined };
const NET = { refetchInterval: MINUTE, placeholderData: keepPreviousData } as const;

export const portalFiguresQuery = ({ region }: Scope, days: number) =>
  queryOptions({
    queryKey: ['portal', 'figures', region ?? null, days],
    queryFn: ({ signal }) => getPortalFigures({ query: { days, ...(region && { region }) } }, signal),
    ...NET,
    refetchInterval: 30 * SECOND,
  });

export const codeBudgetQuery = queryOptions({
  queryKey: ['portal', 'code-budget'],
  queryFn: ({ signal }) => getPhoneCodeBudget({}, signal),
  refetchInterval: MINUTE,
});

export const plansQuery = queryOptions({
  queryKey: ['portal', 'plans'],
  queryFn: ({ signal }) => listPlans({}, signal),
});

export type PortalSitesFilter = Parameters<typeof listPortalSites>[0]['query'];
export const portalSitesQuery = (query: PortalSitesFilter) =>
  queryOptions({
    queryKey: ['portal', 'sites', query],
    queryFn: ({ signal }) => listPortalSites({ query }, signal),
    ...NET,
  });

export const portalSiteQuery = (siteId: string) =>
  queryOptions({
    queryKey: ['portal', 'site', siteId],
    queryFn: ({ signal }) => getPortalSite({ params: { siteId } }, signal),
  });

const HEALTH_MS = 7 * DAY;
const HEALTH_STEP_MINUTES = 180;
export const loginHealthQuery = (siteId: string) =>
  queryOptions({
    queryKey: ['portal', 'health', siteId],
    queryFn: async ({ signal }) => {
      const to = serverNow();
      const query = { from: to - HEALTH_MS, to, stepMinutes: HEALTH_STEP_MINUTES };
      return { ...(await getLoginHealth({ params: { siteId }, query }, signal)), from: query.from, to };
    },
    ...NET,
  });

type SurveyAsked = { readonly question: string | undefined; readonly page: number; readonly pageSize: number };
export const surveyQuery = (siteId: string, { question, ...paging }: SurveyAsked) =>
  queryOptions({
    queryKey: ['portal', 'survey', siteId, question ?? null, paging],
    queryFn: ({ signal }) =>
      getSurvey({ params: { siteId }, query: { ...paging, ...(question !== undefined && { question }) } }, signal),
    placeholderData: keepPreviousData,
  });

export type GatewaysFilter = Parameters<typeof listPortalGateways>[0]['query'];
export const gatewaysQuery = (query: GatewaysFilter) =>
  queryOptions({
    queryKey: ['portal', 'gateways', query],
    queryFn: ({ signal }) => listPortalGateways({ query }, signal),
    ...NET,
  });

export const portalAuditQuery = queryOptions({
  queryKey: ['portal', 'audit'],
  queryFn: ({ signal }) => listPortalAudit({ query: { pageSize: 20 } }, signal),
});

export type SessionsFilter = Parameters<typeof listPortalSessions>[0]['query'];
export const portalSessionsQuery = (query: SessionsFilter) =>
  queryOptions({
    queryKey: ['portal', 'sessions', query],
    queryFn: ({ signal }) => listPortalSessions({ query }, signal),
    placeholderData: keepPreviousData,
    // Somebody waits for what a gateway says.
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ endAskedAt, endAnswer }) => endAskedAt !== null && endAnswer === null) === true
        ? 3 * SECOND
        : 15 * SECOND,
  });

export const voucherBatchesQuery = ({ region }: Scope, page: number) =>
  queryOptions({
    queryKey: ['portal', 'vouchers', region ?? null, page],
    queryFn: ({ signal }) => listVoucherBatches({ query: { page, pageSize: 50, ...(region && { region }) } }, signal),
    ...NET,
  });

export const voucherUseQuery = (batchId: string, used: boolean, page: number) =>
  queryOptions({
    queryKey: ['portal', 'vouchers', batchId, 'use', used, page],
    queryFn: ({ signal }) =>
      getVoucherUse({ params: { batchId }, query: { page, pageSize: 50, ...(used && { used }) } }, signal),
    placeholderData: keepPreviousData,
  });

export const termsQuery = queryOptions({
  queryKey: ['portal', 'terms'],
  queryFn: ({ signal }) => listTerms({}, signal),
});

export const dataRequestsQuery = (open: boolean, page: number) =>
  queryOptions({
    queryKey: ['portal', 'requests', open, page],
    queryFn: ({ signal }) => listDataRequests({ query: { open, page, pageSize: 50 } }, signal),
    ...NET,
  });

export const forgottenQuery = queryOptions({
  queryKey: ['portal', 'forgotten'],
  queryFn: ({ signal }) => listForgotten({ query: { pageSize: 20 } }, signal),
});
