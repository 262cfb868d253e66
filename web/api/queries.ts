import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { HOUR, MINUTE, SECOND } from '../../core/domain/clock.ts';
import type { RegionCode, RegionLevel } from '../../core/domain/region.ts';
import { ApiError, serverNow } from './endpoint.ts';
import * as api from './endpoints.ts';

/**
 * One question per resource. The first word of a key names the resource: live events wake by it. The intervals are the
 * safety net for a line that stays silent without breaking; the line itself is what makes a change show at once.
 */
const NET = { refetchInterval: MINUTE } as const;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => api.getSession({}, signal),
  staleTime: 5 * MINUTE,
});

type Scope = { readonly region?: RegionCode | undefined };
const scoped = ({ region }: Scope) => (region === undefined ? {} : { region });

export const summaryQuery = (scope: Scope = {}) =>
  queryOptions({
    queryKey: ['summary', scope.region ?? null],
    queryFn: ({ signal }) => api.getSummary({ query: scoped(scope) }, signal),
    placeholderData: keepPreviousData,
    ...NET,
  });

export const coverageQuery = (scope: Scope = {}) =>
  queryOptions({
    queryKey: ['coverage', scope.region ?? null],
    queryFn: ({ signal }) => api.getCoverage({ query: scoped(scope) }, signal),
    ...NET,
  });

export const mapQuery = (scope: Scope = {}) =>
  queryOptions({
    queryKey: ['map', scope.region ?? null],
    queryFn: ({ signal }) => api.getMap({ query: scoped(scope) }, signal),
    ...NET,
  });

/** TopoJSON, or null where no polygons are loaded. */
export const shapesQuery = (code: RegionCode, level: RegionLevel, zoom: number) =>
  queryOptions({
    queryKey: ['shapes', code, level, zoom],
    queryFn: async ({ signal }) => {
      try {
        return await api.getShapes({ params: { code }, query: { level, zoom } }, signal);
      } catch (error) {
        if (error instanceof ApiError && error.code === 'not-found') return null;
        throw error;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: HOUR,
  });

export const villageQuery = (code: RegionCode) =>
  queryOptions({
    queryKey: ['village', code],
    queryFn: ({ signal }) => api.getVillage({ params: { code } }, signal),
    ...NET,
  });

export const siteQuery = (siteId: string) =>
  queryOptions({
    queryKey: ['site', siteId],
    queryFn: ({ signal }) => api.getSite({ params: { siteId } }, signal),
    ...NET,
  });

export type SitesFilter = Parameters<typeof api.listSites>[0]['query'];
export const sitesQuery = (query: SitesFilter) =>
  queryOptions({
    queryKey: ['sites', query],
    queryFn: ({ signal }) => api.listSites({ query }, signal),
    placeholderData: keepPreviousData,
    ...NET,
  });

export type DevicesFilter = Parameters<typeof api.listDevices>[0]['query'];
export const devicesQuery = (query: DevicesFilter) =>
  queryOptions({
    queryKey: ['devices', query],
    queryFn: ({ signal }) => api.listDevices({ query }, signal),
    placeholderData: keepPreviousData,
    ...NET,
  });

export const deviceQuery = (deviceId: string) =>
  queryOptions({
    queryKey: ['device', deviceId],
    queryFn: ({ signal }) => api.getDevice({ params: { deviceId } }, signal),
    ...NET,
  });

export const interfacesQuery = (deviceId: string) =>
  queryOptions({
    queryKey: ['interfaces', deviceId],
    queryFn: ({ signal }) => api.listInterfaces({ params: { deviceId } }, signal),
    refetchInterval: 30 * SECOND,
  });

/** Open sets: what a kind of device is and shows first. */
export const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  queryFn: ({ signal }) => api.getCatalogue({}, signal),
  staleTime: HOUR,
});

export const readingsQuery = (deviceId: string) =>
  queryOptions({
    queryKey: ['readings', deviceId],
    queryFn: ({ signal }) => api.listReadings({ params: { deviceId } }, signal),
    refetchInterval: 30 * SECOND,
  });

export type VillagesFilter = Parameters<typeof api.listVillages>[0]['query'];
export const villagesQuery = (query: VillagesFilter) =>
  queryOptions({
    queryKey: ['villages', query],
    queryFn: ({ signal }) => api.listVillages({ query }, signal),
    placeholderData: keepPreviousData,
    ...NET,
  });

export type LinksFilter = Parameters<typeof api.listLinks>[0]['query'];
export const linkListQuery = (query: LinksFilter) =>
  queryOptions({
    queryKey: ['links', query],
    queryFn: ({ signal }) => api.listLinks({ query }, signal),
    placeholderData: keepPreviousData,
    ...NET,
  });

/** Links that touch a site, or that a device measures. */
export const linksQuery = (of: { readonly siteId: string } | { readonly deviceId: string }) =>
  queryOptions({
    queryKey: ['links', of],
    queryFn: ({ signal }) => api.listLinks({ query: { ...of, pageSize: 500 } }, signal),
    ...NET,
  });

export const linkQuery = (linkId: string) =>
  queryOptions({
    queryKey: ['link', linkId],
    queryFn: ({ signal }) => api.getLink({ params: { linkId } }, signal),
  });

export const linkHealthQuery = (linkId: string) =>
  queryOptions({
    queryKey: ['link-health', linkId],
    queryFn: ({ signal }) => api.getLinkHealth({ params: { linkId } }, signal),
    ...NET,
  });

export type OutagesFilter = Parameters<typeof api.listOutages>[0]['query'];
export const outagesQuery = (query: OutagesFilter) =>
  queryOptions({
    queryKey: ['outages', query],
    queryFn: ({ signal }) => api.listOutages({ query }, signal),
    placeholderData: keepPreviousData,
    ...NET,
  });

export type IncidentsFilter = Parameters<typeof api.listIncidents>[0]['query'];
export const incidentsQuery = (query: IncidentsFilter) =>
  queryOptions({
    queryKey: ['incidents', query],
    queryFn: ({ signal }) => api.listIncidents({ query }, signal),
    placeholderData: keepPreviousData,
    ...NET,
  });

export const incidentQuery = (incidentId: string) =>
  queryOptions({
    queryKey: ['incident', incidentId],
    queryFn: ({ signal }) => api.getIncident({ params: { incidentId } }, signal),
    ...NET,
  });

/** Loaded in one go: what a trunk takes down is read, not leafed through. */
export const affectedSitesQuery = (incidentId: string) =>
  queryOptions({
    queryKey: ['incident', incidentId, 'sites'],
    queryFn: ({ signal }) => api.listAffectedSites({ params: { incidentId }, query: { pageSize: 500 } }, signal),
    ...NET,
  });

export const assigneesQuery = (incidentId: string) =>
  queryOptions({
    queryKey: ['assignees', incidentId],
    queryFn: ({ signal }) => api.listAssignees({ params: { incidentId } }, signal),
    staleTime: 5 * MINUTE,
  });

export type MaintenanceFilter = Parameters<typeof api.listMaintenance>[0]['query'];
export const maintenanceQuery = (query: MaintenanceFilter) =>
  queryOptions({
    queryKey: ['maintenance', query],
    queryFn: ({ signal }) => api.listMaintenance({ query }, signal),
    placeholderData: keepPreviousData,
    ...NET,
  });

/** A span of time that ends now: what the charts and lists of a device show. The end is taken when the question is asked. */
export const seriesQuery = (deviceId: string, metrics: readonly string[], spanMs: number) =>
  queryOptions({
    queryKey: ['series', deviceId, spanMs, metrics],
    queryFn: ({ signal }) => {
      const to = serverNow();
      return api.querySeries(
        { params: { deviceId }, query: { metrics: metrics.join(','), from: to - spanMs, to } },
        signal,
      );
    },
    enabled: metrics.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: spanMs <= HOUR ? 15 * SECOND : MINUTE,
  });

export type RegionsFilter = Parameters<typeof api.listRegions>[0]['query'];
export const regionsQuery = (query: RegionsFilter) =>
  queryOptions({
    queryKey: ['regions', query],
    queryFn: ({ signal }) => api.listRegions({ query }, signal),
    staleTime: 10 * MINUTE,
    placeholderData: keepPreviousData,
  });

export const regionQuery = (code: RegionCode) =>
  queryOptions({
    queryKey: ['region', code],
    queryFn: ({ signal }) => api.getRegion({ params: { code } }, signal),
    staleTime: 10 * MINUTE,
  });

export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: ({ signal }) => api.getSystem({}, signal),
  refetchInterval: 5 * SECOND,
});

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: ({ signal }) => api.listAccounts({ query: { pageSize: 500 } }, signal),
});

export const statementListQuery = ({ region }: Scope) =>
  queryOptions({
    queryKey: ['statements', region ?? null],
    queryFn: ({ signal }) => api.listStatements({ query: scoped({ region }) }, signal),
    staleTime: 5 * MINUTE,
  });

export type StatementParty = { readonly provider: string } | { readonly agency: string };

/** Worked out over a whole month when asked: it is not asked for again by itself. */
export const statementQuery = (month: string, party: StatementParty, scope: Scope) =>
  queryOptions({
    queryKey: ['statement', month, party, scope.region ?? null],
    queryFn: ({ signal }) => api.getStatement({ params: { month }, query: { ...party, ...scoped(scope) } }, signal),
    staleTime: 5 * MINUTE,
  });

export type ExclusionsFilter = Parameters<typeof api.listExclusions>[0]['query'];
export const exclusionsQuery = (query: ExclusionsFilter) =>
  queryOptions({
    queryKey: ['exclusions', query],
    queryFn: ({ signal }) => api.listExclusions({ query }, signal),
    placeholderData: keepPreviousData,
  });

export const linkTermsQuery = (linkId: string) =>
  queryOptions({
    queryKey: ['link-terms', linkId],
    queryFn: ({ signal }) => api.listLinkTerms({ params: { linkId } }, signal),
  });
