import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type * as topology from '../../../core/contract/topology.ts';
import { MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { endpoint } from '../../api/endpoint.ts';
import { graphOf } from './graph.ts';

const getTopology = endpoint<typeof topology.getTopology>('GET', '/api/v1/topology');
const getTopologyNow = endpoint<typeof topology.getTopologyNow>('GET', '/api/v1/topology/now');

type Scope = { readonly region?: string | undefined };
const scoped = ({ region }: Scope) => (region === undefined ? {} : { region });

/** The structure: asked for again when the inventory changed, and now and then. */
export const topologyQuery = (scope: Scope) =>
  queryOptions({
    queryKey: ['topology', scope.region ?? null],
    queryFn: async ({ signal }) => graphOf(await getTopology({ query: scoped(scope) }, signal)),
    staleTime: MINUTE,
    refetchInterval: 10 * MINUTE,
    structuralSharing: false,
  });

/** States and loads. What happens in between comes by the live line. */
export const topologyNowQuery = (scope: Scope) =>
  queryOptions({
    queryKey: ['topology-now', scope.region ?? null],
    queryFn: ({ signal }) => getTopologyNow({ query: scoped(scope) }, signal),
    refetchInterval: 30 * SECOND,
    structuralSharing: false,
    placeholderData: keepPreviousData,
  });
