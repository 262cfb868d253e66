import { queryOptions } from '@tanstack/react-query';
import type * as contract from '../../core/contract/walls.ts';
import { MINUTE } from '../../core/domain/clock.ts';
import { endpoint } from './endpoint.ts';

const listWalls = endpoint<typeof contract.listWalls>('GET', '/api/v1/walls');
export const createWall = endpoint<typeof contract.createWall>('POST', '/api/v1/walls');
export const updateWall = endpoint<typeof contract.updateWall>('PATCH', '/api/v1/walls/:wallId');
export const deleteWall = endpoint<typeof contract.deleteWall>('DELETE', '/api/v1/walls/:wallId');
export const getWall = endpoint<typeof contract.getWall>('GET', '/api/v1/wall/:wallToken');
export const getWallShapes = endpoint<typeof contract.getWallShapes>('GET', '/api/v1/wall/:wallToken/shapes');

export const wallsQuery = queryOptions({
  queryKey: ['walls'],
  queryFn: ({ signal }) => listWalls({}, signal),
  refetchInterval: MINUTE,
});
