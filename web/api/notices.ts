import { queryOptions } from '@tanstack/react-query';
import type * as channels from '../../core/contract/channels.ts';
import type * as duty from '../../core/contract/duty.ts';
import type * as policies from '../../core/contract/notice-policies.ts';
import type * as recipients from '../../core/contract/recipients.ts';
import { MINUTE } from '../../core/domain/clock.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import { endpoint } from './endpoint.ts';

/** Who is told of what: apart from the other calls, because few screens ask for it. */
export const listChannels = endpoint<typeof channels.listChannels>('GET', '/api/v1/channels');
export const createChannel = endpoint<typeof channels.createChannel>('POST', '/api/v1/channels');
export const updateChannel = endpoint<typeof channels.updateChannel>('PATCH', '/api/v1/channels/:channelId');
export const deleteChannel = endpoint<typeof channels.deleteChannel>('DELETE', '/api/v1/channels/:channelId');
export const checkChannel = endpoint<typeof channels.checkChannel>('POST', '/api/v1/channels/:channelId/check');
export const testChannel = endpoint<typeof channels.testChannel>('POST', '/api/v1/channels/:channelId/test');

export const listRecipients = endpoint<typeof recipients.listRecipients>('GET', '/api/v1/recipients');
export const createRecipient = endpoint<typeof recipients.createRecipient>('POST', '/api/v1/recipients');
export const updateRecipient = endpoint<typeof recipients.updateRecipient>('PATCH', '/api/v1/recipients/:recipientId');
export const deleteRecipient = endpoint<typeof recipients.deleteRecipient>('DELETE', '/api/v1/recipients/:recipientId');

export const getDuty = endpoint<typeof duty.getDuty>('GET', '/api/v1/duty');
export const listShifts = endpoint<typeof duty.listShifts>('GET', '/api/v1/duty/shifts');
export const createShift = endpoint<typeof duty.createShift>('POST', '/api/v1/duty/shifts');
export const deleteShift = endpoint<typeof duty.deleteShift>('DELETE', '/api/v1/duty/shifts/:shiftId');
export const listSubstitutions = endpoint<typeof duty.listSubstitutions>('GET', '/api/v1/duty/substitutions');
export const createSubstitution = endpoint<typeof duty.createSubstitution>('POST', '/api/v1/duty/substitutions');
export const deleteSubstitution = endpoint<typeof duty.deleteSubstitution>(
  'DELETE',
  '/api/v1/duty/substitutions/:substitutionId',
);

export const listNoticePolicies = endpoint<typeof policies.listNoticePolicies>('GET', '/api/v1/notice-policies');
export const createNoticePolicy = endpoint<typeof policies.createNoticePolicy>('POST', '/api/v1/notice-policies');
export const updateNoticePolicy = endpoint<typeof policies.updateNoticePolicy>(
  'PATCH',
  '/api/v1/notice-policies/:policyId',
);
export const deleteNoticePolicy = endpoint<typeof policies.deleteNoticePolicy>(
  'DELETE',
  '/api/v1/notice-policies/:policyId',
);
export const previewNotices = endpoint<typeof policies.previewNotices>('POST', '/api/v1/notice-policies/preview');
export const getNoticeSetup = endpoint<typeof policies.getNoticeSetup>('GET', '/api/v1/notice-setup');
export const listIncidentNotices = endpoint<typeof policies.listIncidentNotices>(
  'GET',
  '/api/v1/incidents/:incidentId/notices',
);
export const retryNotice = endpoint<typeof policies.retryNotice>(
  'POST',
  '/api/v1/incidents/:incidentId/notices/:noticeId/retry',
);

type Scope = { readonly region?: RegionCode | undefined };
const scoped = ({ region }: Scope) => (region === undefined ? {} : { region });

export const channelsQuery = queryOptions({
  queryKey: ['notices', 'channels'],
  queryFn: ({ signal }) => listChannels({}, signal),
});

export const recipientsQuery = (scope: Scope = {}) =>
  queryOptions({
    queryKey: ['notices', 'recipients', scope.region ?? null],
    queryFn: ({ signal }) => listRecipients({ query: { ...scoped(scope), pageSize: 500 } }, signal),
  });

export const dutyQuery = (scope: Scope, from: number, to: number) =>
  queryOptions({
    queryKey: ['notices', 'duty', scope.region ?? null, from, to],
    queryFn: ({ signal }) => getDuty({ query: { ...scoped(scope), from, to } }, signal),
    refetchInterval: MINUTE,
  });

export const shiftsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: ['notices', 'shifts', scope.region ?? null],
    queryFn: ({ signal }) => listShifts({ query: scoped(scope) }, signal),
  });

export const substitutionsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: ['notices', 'substitutions', scope.region ?? null],
    queryFn: ({ signal }) => listSubstitutions({ query: scoped(scope) }, signal),
  });

export const policiesQuery = (scope: Scope) =>
  queryOptions({
    queryKey: ['notices', 'policies', scope.region ?? null],
    queryFn: ({ signal }) => listNoticePolicies({ query: scoped(scope) }, signal),
  });

export const noticeSetupQuery = queryOptions({
  queryKey: ['notices', 'setup'],
  queryFn: ({ signal }) => getNoticeSetup({}, signal),
});

/** Under the incident's own key: whatever wakes the incident wakes its messages too. */
export const incidentNoticesQuery = (incidentId: string) =>
  queryOptions({
    queryKey: ['incident', incidentId, 'notices'],
    queryFn: ({ signal }) => listIncidentNotices({ params: { incidentId } }, signal),
    refetchInterval: MINUTE,
  });
