import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { IncidentDetail } from '../../../core/contract/incidents.ts';
import { incidentQuery } from '../../api/queries.ts';

/** What was just done, and how it is taken back. */
export type Done = { readonly text: ReactNode; readonly undo: () => Promise<unknown> };

/**
 * A change answers the incident as it is then: it is shown at once.
 * @param onDone with what stood before, where `ahead` is given: a component shows the change by then
 * @param ahead what it will most likely be: shown before the answer, and taken back where the change is refused
 */
export function useChange<T>(
  incidentId: string,
  change: (value: T) => Promise<IncidentDetail>,
  onDone?: (incident: IncidentDetail, value: T, before: IncidentDetail | undefined) => void,
  ahead?: (value: T) => Partial<IncidentDetail>,
) {
  const queryClient = useQueryClient();
  const { queryKey } = incidentQuery(incidentId);
  return useMutation({
    mutationFn: change,
    onMutate: async (value) => {
      if (ahead === undefined) return undefined;
      // An answer that is on its way tells of before.
      await queryClient.cancelQueries({ queryKey, exact: true });
      const before = queryClient.getQueryData(queryKey);
      if (before !== undefined) queryClient.setQueryData(queryKey, { ...before, ...ahead(value) });
      return before;
    },
    onError: (_error, _value, before) => {
      if (before !== undefined) queryClient.setQueryData(queryKey, before);
      // Whoever was faster, or whatever stood in the way: what stands is asked for again.
      void queryClient.invalidateQueries({ queryKey, exact: true });
    },
    onSuccess: (incident, value, before) => {
      queryClient.setQueryData(incidentQuery(incident.id).queryKey, incident);
      void queryClient.invalidateQueries({ queryKey: ['incidents'] });
      // What was taken apart or together is another one than was answered.
      if (incident.id !== incidentId) void queryClient.invalidateQueries({ queryKey: ['incident', incidentId] });
      void queryClient.invalidateQueries({ queryKey: ['incident', incident.id, 'sites'] });
      onDone?.(incident, value, before);
    },
  });
}
