import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type * as rum from '../../core/contract/rum.ts';
import { endpoint, type Input } from './endpoint.ts';

const getRumFigures = endpoint<typeof rum.getRumFigures>('GET', '/api/v1/rum/figures');

export const rumFiguresQuery = (asked: Input<typeof rum.getRumFigures>['query']) =>
  queryOptions({
    queryKey: ['rum', asked],
    queryFn: ({ signal }) => getRumFigures({ query: asked }, signal),
    placeholderData: keepPreviousData,
  });
