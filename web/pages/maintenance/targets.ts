import { useQueries } from '@tanstack/react-query';
import type { MaintenanceWindow } from '../../../core/contract/maintenance.ts';
import { deviceQuery, regionQuery, siteQuery } from '../../api/queries.ts';
import type { Target } from '../../components/targets/TargetPicker.tsx';

type Ids = Pick<MaintenanceWindow, 'deviceIds' | 'siteIds' | 'regionCodes'>;

/** The targets of a window with their names; null until all are known. What is gone keeps its id for a name. */
export function useTargetsOf({ deviceIds, siteIds, regionCodes }: Ids): readonly Target[] | null {
  const devices = useQueries({ queries: deviceIds.map((id) => deviceQuery(id)) });
  const sites = useQueries({ queries: siteIds.map((id) => siteQuery(id)) });
  const regions = useQueries({ queries: regionCodes.map((code) => regionQuery(code)) });
  if ([...devices, ...sites, ...regions].some(({ isPending }) => isPending)) return null;
  return [
    ...regionCodes.map((id, index) => ({ kind: 'region' as const, id, name: regions[index]?.data?.name ?? id })),
    ...siteIds.map((id, index) => ({ kind: 'site' as const, id, name: sites[index]?.data?.name ?? id })),
    ...deviceIds.map((id, index) => ({ kind: 'device' as const, id, name: devices[index]?.data?.name ?? id })),
  ];
}
