import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type * as audit from '../../core/contract/audit.ts';
import { endpoint, type Input } from './endpoint.ts';

const listAudit = endpoint<typeof audit.listAudit>('GET', '/api/v1/audit');
const checkAudit = endpoint<typeof audit.checkAudit>('GET', '/api/v1/audit/check');
export const AUDIT_FILE = '/api/v1/audit/file' satisfies (typeof audit.exportAudit)['url'];

const PAGE_SIZE = 50;
export type AuditAsked = Omit<Input<typeof audit.listAudit>['query'], 'before' | 'pageSize'>;

export const auditQuery = (asked: AuditAsked) =>
  infiniteQueryOptions({
    queryKey: ['audit', asked],
    queryFn: ({ pageParam, signal }) =>
      listAudit(
        { query: { ...asked, pageSize: PAGE_SIZE, ...(pageParam === null ? {} : { before: pageParam }) } },
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });

/** Who changed a thing last, and when; null where nobody ever did. */
export const lastChangeQuery = (targetId: string) =>
  queryOptions({
    queryKey: ['audit', 'last', targetId],
    queryFn: async ({ signal }) => {
      const { items } = await listAudit({ query: { targetId, outcome: 'done', pageSize: 1 } }, signal);
      return items[0] ?? null;
    },
  });

/** Asked by hand alone: it reads every row. */
export const auditCheckQuery = queryOptions({
  queryKey: ['audit', 'check'],
  queryFn: ({ signal }) => checkAudit({}, signal),
  enabled: false,
  gcTime: 0,
});
