import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type * as batches from '../../core/contract/device-batches.ts';
import type { ListName } from '../../core/contract/list-files.ts';
import type * as now from '../../core/contract/now.ts';
import type * as views from '../../core/contract/saved-views.ts';
import type * as search from '../../core/contract/search.ts';
import { MINUTE, SECOND } from '../../core/domain/clock.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import { addressOf, endpoint } from './endpoint.ts';

const getNow = endpoint<typeof now.getNow>('GET', '/api/v1/now');
const searchAll = endpoint<typeof search.search>('GET', '/api/v1/search');

const listViews = endpoint<typeof views.listViews>('GET', '/api/v1/views');
export const saveView = endpoint<typeof views.saveView>('POST', '/api/v1/views');
export const deleteView = endpoint<typeof views.deleteView>('DELETE', '/api/v1/views/:viewId');
export const changeDevices = endpoint<typeof batches.changeDevices>('POST', '/api/v1/device-batches');
export const undoBatch = endpoint<typeof batches.undoBatch>('POST', '/api/v1/device-batches/:batchId/undo');

/** Address of the file of a list with its filters. */
export const listFile = (list: ListName, query: object): string =>
  addressOf('/api/v1/lists/:list/file', { list }, query);

export const viewsQuery = (screen: views.ViewScreen) =>
  queryOptions({
    queryKey: ['views', screen],
    queryFn: ({ signal }) => listViews({ query: { screen } }, signal),
    staleTime: MINUTE,
  });

export const nowQuery = (region: RegionCode | undefined) =>
  queryOptions({
    queryKey: ['now', region ?? null],
    queryFn: ({ signal }) => getNow({ query: region === undefined ? {} : { region } }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: MINUTE,
  });

export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', q],
    queryFn: ({ signal }) => searchAll({ query: { q } }, signal),
    placeholderData: keepPreviousData,
    staleTime: 10 * SECOND,
  });
