import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { IncidentDetail } from '../../../core/contract/incidents.ts';
import { incidentQuery } from '../../api/queries.ts';

/** What was just done, and how it is taken back. */
export type Done = { readonly text: ReactNode; readonly undo: () => Promise<unknown> };

/** A change answers the incident as it is then: it is shown at once. */
export function useChange<T>(
  incidentId: string,
  change: (value: T) => Promise<IncidentDetail>,
  onDone?: (incident: IncidentDetail, value: T) => void,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (incident, value) => {
      queryClient.setQueryData(incidentQuery(incident.id).queryKey, incident);
      void queryClient.invalidateQueries({ queryKey: ['incidents'] });
      // What was taken apart or together is another one than was answered.
      if (incident.id !== incidentId) void queryClient.invalidateQueries({ queryKey: ['incident', incidentId] });
      void queryClient.invalidateQueries({ queryKey: ['incident', incident.id, 'sites'] });
      onDone?.(incident, value);
    },
  });
}
