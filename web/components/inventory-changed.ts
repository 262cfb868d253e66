import { useQueryClient } from '@tanstack/react-query';

const TOUCHED = new Set([
  'site',
  'sites',
  'device',
  'devices',
  'link',
  'links',
  'map',
  'village',
  'villages',
  'coverage',
  'summary',
  'credentials',
  'topology',
]);

/** Everything of the inventory is asked for again, wherever it stands on a screen. */
export function useInventoryChanged(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    await queryClient.invalidateQueries({ predicate: ({ queryKey }) => TOUCHED.has(String(queryKey[0])) });
  };
}
