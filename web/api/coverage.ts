import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type * as plan from '../../core/contract/coverage-plan.ts';
import { MINUTE } from '../../core/domain/clock.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import { endpoint } from './endpoint.ts';

const getPlanTable = endpoint<typeof plan.getPlanTable>('GET', '/api/v1/coverage/table');
const listPlanVillages = endpoint<typeof plan.listPlanVillages>('GET', '/api/v1/coverage/villages');
const listGaps = endpoint<typeof plan.listGaps>('GET', '/api/v1/coverage/gaps');
const getTrend = endpoint<typeof plan.getTrend>('GET', '/api/v1/coverage/trend');
const getProgramme = endpoint<typeof plan.getProgramme>('GET', '/api/v1/regions/:code/programme');
export const setProgramme = endpoint<typeof plan.setProgramme>('PUT', '/api/v1/regions/:code/programme');

const NET = { refetchInterval: MINUTE, placeholderData: keepPreviousData } as const;

/** Keys that begin with `coverage` are asked for again when a live event moves the counts. */
export const planTableQuery = (query: Parameters<typeof getPlanTable>[0]['query']) =>
  queryOptions({
    queryKey: ['coverage', 'table', query],
    queryFn: ({ signal }) => getPlanTable({ query }, signal),
    ...NET,
  });

export const planVillagesQuery = (query: Parameters<typeof listPlanVillages>[0]['query']) =>
  queryOptions({
    queryKey: ['coverage', 'villages', query],
    queryFn: ({ signal }) => listPlanVillages({ query }, signal),
    ...NET,
  });

export const gapsQuery = (query: Parameters<typeof listGaps>[0]['query']) =>
  queryOptions({
    queryKey: ['coverage-gaps', query],
    queryFn: ({ signal }) => listGaps({ query }, signal),
    ...NET,
  });

export const trendQuery = (query: Parameters<typeof getTrend>[0]['query']) =>
  queryOptions({
    queryKey: ['coverage-trend', query],
    queryFn: ({ signal }) => getTrend({ query }, signal),
    staleTime: 10 * MINUTE,
    placeholderData: keepPreviousData,
  });

export const programmeQuery = (code: RegionCode) =>
  queryOptions({
    queryKey: ['coverage-programme', code],
    queryFn: ({ signal }) => getProgramme({ params: { code } }, signal),
  });
