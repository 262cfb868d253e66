import type { NewEvent } from '../../stores/inventory/incidents.ts';

/**
 * Something that people who look after an incident should be told. `judged`: the evidence of one that was opened was
 * looked at for the first time, so that its cause can be told with it.
 */
export type IncidentMessage = {
  readonly what: 'opened' | 'judged' | 'recovered';
  readonly incidentId: string;
  readonly at: number;
};

/**
 * What of a step's events should be told, in order. Of what was over before it was found, was announced as maintenance
 * or was taken over by another incident nothing is told: a trunk with 200 children gives one message down, one up.
 */
export function incidentMessages(events: readonly NewEvent[]): readonly IncidentMessage[] {
  const silent = new Set<string>();
  const opened = new Set<string>();
  for (const { incidentId, kind, data } of events) {
    if (kind === 'opened') opened.add(incidentId);
    if (kind === 'opened' && data?.['isQuiet'] === true) silent.add(incidentId);
    if (kind === 'closed' && (opened.has(incidentId) || data?.['isQuiet'] === true)) silent.add(incidentId);
    if (kind === 'absorbed') silent.add(incidentId);
  }
  return events.flatMap(({ incidentId, kind, at }): IncidentMessage[] => {
    if (silent.has(incidentId)) return [];
    if (kind === 'opened') return [{ what: 'opened', incidentId, at }];
    return kind === 'closed' ? [{ what: 'recovered', incidentId, at }] : [];
  });
}
