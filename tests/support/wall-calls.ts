import { WALL_SCENES } from '../../core/domain/wall.ts';
import { makeWall } from '../../core/services/wall.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { NOON } from './api.ts';

/** A wall of a region as its form says it, with every scene. */
export const wallForm = (regionCode: string, variant: 'internal' | 'public' = 'internal') => ({
  ...{ name: 'Ruang kendali', regionCode, theme: 'auto' as const, language: 'id' as const, variant },
  scenes: WALL_SCENES.map((scene) => ({ scene, seconds: 20 })),
});

/** A good call of each contract of `core/contract/walls.ts`, for the walk over all contracts. */
export function wallCalls({ walls }: Inventory, regionCode: string) {
  const made = () => makeWall({ walls, clock: () => NOON }, wallForm(regionCode));
  const wallId = async () => {
    const { wall } = await made();
    return { params: { wallId: wall.id }, outside: 404 };
  };
  return {
    listWalls: () => ({}),
    createWall: () => ({ payload: wallForm(regionCode), outside: 404 }),
    updateWall: async () => ({ ...(await wallId()), payload: { name: 'Lobi', theme: 'dark' } }),
    deleteWall: wallId,
    getWall: async () => ({ params: { wallToken: (await made()).token } }),
    // No polygons are laid.
    getWallShapes: async () => ({ params: { wallToken: (await made()).token }, answer: 404 }),
  };
}
