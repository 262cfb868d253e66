import type { Sql } from '../../stores/inventory/sql.ts';
import { advanceNotices, type NoticeParts } from './advance.ts';

/** Something that happened to an incident, as the correlation tells of it. */
type Happening = {
  readonly what: 'opened' | 'judged' | 'recovered';
  readonly incidentId: string;
  readonly at: number;
};

/**
 * Writes down what people are told of incidents, in the transaction of what happened to these. Of an incident that was
 * never told as opened, nothing more is told. The first message waits for `judged`, so that it can name the cause;
 * should that never come, the escalation sends it.
 */
export const tellOf =
  (parts: NoticeParts) =>
  async (tx: Sql, happenings: readonly Happening[]): Promise<void> => {
    const now = Math.max(0, ...happenings.map(({ at }) => at));
    const opened = happenings.filter(({ what }) => what === 'opened').map(({ incidentId }) => incidentId);
    await parts.inventory.notices.begin(tx, opened, now);
    const due = happenings.filter(({ what }) => what !== 'opened').map(({ incidentId }) => incidentId);
    if (due.length > 0) await advanceNotices(parts, tx, { now, incidentIds: due });
  };
