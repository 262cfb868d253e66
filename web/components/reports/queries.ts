import { queryOptions } from '@tanstack/react-query';
import type * as reports from '../../../core/contract/site-reports.ts';
import { MINUTE } from '../../../core/domain/clock.ts';
import type { RegionCode } from '../../../core/domain/region.ts';
import { endpoint } from '../../api/endpoint.ts';

const listSiteReports = endpoint<typeof reports.listSiteReports>('GET', '/api/v1/site-reports');
const listVillageReports = endpoint<typeof reports.listVillageReports>('GET', '/api/v1/villages/:code/reports');

export type ReportScope = { readonly region?: RegionCode | undefined; readonly siteId?: string | undefined };

/** What citizens reported within the last hour; no live event tells of it, so it is asked for each minute. */
export const siteReportsQuery = ({ region, siteId }: ReportScope = {}) =>
  queryOptions({
    queryKey: ['site-reports', region ?? null, siteId ?? null],
    queryFn: ({ signal }) =>
      listSiteReports(
        { query: { ...(region !== undefined && { region }), ...(siteId !== undefined && { siteId }) } },
        signal,
      ),
    refetchInterval: MINUTE,
  });

export const villageReportsQuery = (code: RegionCode) =>
  queryOptions({
    queryKey: ['village-reports', code],
    queryFn: ({ signal }) => listVillageReports({ params: { code } }, signal),
    refetchInterval: MINUTE,
  });
