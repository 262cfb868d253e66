import { randomUUID } from 'node:crypto';
import type { Evidence } from '../../domain/cause.ts';
import { AppError } from '../../domain/errors.ts';
import type { Cause, Root, RootKind } from '../../domain/incident.ts';
import type { GroupedOutage } from '../../domain/incident-grouping.ts';
import type { RegionCode } from '../../domain/region.ts';
import { millis, millisOrNull } from './query.ts';
import type { Sql } from './sql.ts';

/** Any number, the same in every process: whoever moves outages between incidents is alone while doing so. */
const LOCK = 7_467_086;

export type OpenIncident = {
  readonly id: string;
  readonly number: number;
  readonly root: Root;
  readonly startedAt: number;
  readonly regionCode: RegionCode | '';
  readonly isFlapping: boolean;
};

/** Where a device stands, and what it hangs on. */
export type NetworkRow = {
  readonly deviceId: string;
  readonly siteId: string;
  readonly regionCode: RegionCode;
  readonly parentIds: readonly string[];
};

/** What is judged of an incident. */
export type JudgedIncident = OpenIncident & {
  readonly endedAt: number | null;
  readonly cause: Cause;
  readonly confidence: number;
  readonly isCorrected: boolean;
};

export type IncidentLedger = ReturnType<typeof incidentLedger>;

const INCIDENT = `i.id, i.number, i.root_kind AS "rootKind", i.root_device_id AS "rootDeviceId",
  i.started_at AS "startedAt", i.region_code AS "regionCode", i.is_flapping AS "isFlapping"`;
type IncidentRow = {
  id: string;
  number: string;
  rootKind: RootKind;
  rootDeviceId: string;
  startedAt: Date;
  regionCode: RegionCode | '';
  isFlapping: boolean;
};
const incidentOf = (row: IncidentRow): OpenIncident => ({
  id: row.id,
  number: Number(row.number),
  root: { kind: row.rootKind, deviceId: row.rootDeviceId },
  startedAt: millis(row.startedAt),
  regionCode: row.regionCode,
  isFlapping: row.isFlapping,
});

/** What the correlation keeps: which outage belongs to which incident. Its steps run in one transaction, `tx`. */
export function incidentLedger(sql: Sql) {
  return {
    /** Runs `work` in a transaction that no other correlation, merge or split runs beside. */
    async alone<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
      return await sql.transaction(async (tx) => {
        await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
        return await work(tx);
      });
    },

    /**
     * Outages that are open or in an open incident, and those that no incident has.
     * @param since outages that were found before are history, and get no incident once they have ended
     */
    async outages(tx: Sql, since: number): Promise<GroupedOutage[]> {
      const rows = await tx.query<
        Omit<GroupedOutage, 'startedAt' | 'detectedAt' | 'endedAt'> & {
          startedAt: Date;
          detectedAt: Date;
          endedAt: Date | null;
        }
      >(
        `SELECT o.id, o.device_id AS "deviceId", d.site_id AS "siteId", s.region_code AS "regionCode",
           o.started_at AS "startedAt", o.detected_at AS "detectedAt", o.ended_at AS "endedAt",
           i.id AS "incidentId", coalesce(io.is_pinned AND i.id IS NOT NULL, false) AS "isPinned"
         FROM outage o JOIN device d ON d.id = o.device_id JOIN site s ON s.id = d.site_id
           LEFT JOIN incident_outage io ON io.outage_id = o.id
           LEFT JOIN incident i ON i.id = io.incident_id AND i.closed_at IS NULL AND i.merged_into IS NULL
         WHERE o.ended_at IS NULL OR i.id IS NOT NULL OR (io.outage_id IS NULL AND o.detected_at >= $1)
         ORDER BY o.started_at, o.id`,
        [new Date(since)],
      );
      return rows.map((row) => ({
        ...row,
        startedAt: millis(row.startedAt),
        detectedAt: millis(row.detectedAt),
        endedAt: millisOrNull(row.endedAt),
      }));
    },

    async openIncidents(tx: Sql = sql): Promise<OpenIncident[]> {
      const rows = await tx.query<IncidentRow>(
        `SELECT ${INCIDENT} FROM incident i WHERE i.closed_at IS NULL AND i.merged_into IS NULL ORDER BY i.number`,
      );
      return rows.map(incidentOf);
    },

    /** Every enabled device of an active site. */
    async network(): Promise<readonly NetworkRow[]> {
      return await sql.query<NetworkRow>(
        `SELECT d.id AS "deviceId", d.site_id AS "siteId", s.region_code AS "regionCode",
           coalesce(array_agg(p.parent_id::text) FILTER (WHERE p.parent_id IS NOT NULL), '{}') AS "parentIds"
         FROM device d JOIN site s ON s.id = d.site_id LEFT JOIN dependency p ON p.child_id = d.id
         WHERE d.enabled AND s.status = 'active' GROUP BY d.id, d.site_id, s.region_code`,
      );
    },

    async open(
      tx: Sql,
      incident: {
        readonly root: Root;
        readonly startedAt: number;
        readonly openedAt: number;
        readonly regionCode: string;
      },
    ): Promise<OpenIncident> {
      const rows = await tx.query<IncidentRow>(
        `INSERT INTO incident AS i (id, root_kind, root_device_id, started_at, opened_at, region_code)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${INCIDENT}`,
        [
          randomUUID(),
          incident.root.kind,
          incident.root.deviceId,
          new Date(incident.startedAt),
          new Date(incident.openedAt),
          incident.regionCode,
        ],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('an incident that was just stored is gone');
      return incidentOf(row);
    },

    /** Puts outages into an incident, out of whichever had them. */
    async place(
      tx: Sql,
      incidentId: string,
      outageIds: readonly string[],
      { isPinned }: { readonly isPinned: boolean } = { isPinned: false },
    ): Promise<void> {
      if (outageIds.length === 0) return;
      await tx.run(
        `INSERT INTO incident_outage (outage_id, incident_id, is_pinned)
         SELECT o.id, $1, $3 FROM outage o WHERE o.id = ANY($2::uuid[])
         ON CONFLICT (outage_id) DO UPDATE SET incident_id = excluded.incident_id,
           is_pinned = incident_outage.is_pinned OR excluded.is_pinned`,
        [incidentId, outageIds, isPinned],
      );
    },

    async outageIdsOf(tx: Sql, incidentIds: readonly string[]): Promise<string[]> {
      const rows = await tx.query<{ id: string }>(
        'SELECT outage_id AS id FROM incident_outage WHERE incident_id = ANY($1::uuid[])',
        [incidentIds],
      );
      return rows.map(({ id }) => id);
    },

    async addEffects(tx: Sql, incidentId: string, deviceIds: readonly string[]): Promise<void> {
      if (deviceIds.length === 0) return;
      await tx.run(
        `INSERT INTO incident_effect (incident_id, device_id)
         SELECT $1, d.id FROM device d WHERE d.id = ANY($2::uuid[]) ON CONFLICT DO NOTHING`,
        [incidentId, deviceIds],
      );
    },

    /** For a split, whose outages were counted to the other incident until now. */
    async takeEffects(tx: Sql, incidentId: string, deviceIds: readonly string[]): Promise<void> {
      await tx.run(
        `DELETE FROM incident_effect e WHERE e.incident_id = $1 AND e.device_id = ANY($2::uuid[])
           AND NOT EXISTS (SELECT 1 FROM incident_outage io JOIN outage o ON o.id = io.outage_id
             WHERE io.incident_id = $1 AND o.device_id = e.device_id)`,
        [incidentId, deviceIds],
      );
    },

    async describe(
      tx: Sql,
      incidentId: string,
      { root, startedAt, regionCode }: { readonly root: Root; readonly startedAt: number; readonly regionCode: string },
    ): Promise<void> {
      await tx.run(
        `UPDATE incident SET root_kind = $2, root_device_id = $3, started_at = $4, region_code = $5 WHERE id = $1`,
        [incidentId, root.kind, root.deviceId, new Date(startedAt), regionCode],
      );
    },

    /** Those who worked on the others go on with this one, where nobody does yet. */
    async absorb(tx: Sql, into: string, ids: readonly string[], at: number): Promise<void> {
      await tx.run(
        `INSERT INTO incident_effect (incident_id, device_id)
         SELECT $1, device_id FROM incident_effect WHERE incident_id = ANY($2::uuid[]) ON CONFLICT DO NOTHING`,
        [into, ids],
      );
      await tx.run(
        `UPDATE incident i SET acknowledged_at = coalesce(i.acknowledged_at, o.acknowledged_at),
           acknowledged_by = coalesce(i.acknowledged_by, o.acknowledged_by), assigned_to = coalesce(i.assigned_to, o.assigned_to)
         FROM (SELECT * FROM incident WHERE id = ANY($2::uuid[]) ORDER BY acknowledged_at NULLS LAST LIMIT 1) o
         WHERE i.id = $1`,
        [into, ids],
      );
      await tx.run(
        `UPDATE incident SET merged_into = $1, closed_at = $3, ended_at = coalesce(ended_at, greatest($3, started_at))
         WHERE id = ANY($2::uuid[])`,
        [into, ids, new Date(at)],
      );
    },

    /** Who works on an incident goes on with what was taken out of it, and what held its escalation holds that one's. */
    async handOn(tx: Sql, from: string, to: string): Promise<void> {
      await tx.run(
        `UPDATE incident i SET acknowledged_at = o.acknowledged_at, acknowledged_by = o.acknowledged_by,
           assigned_to = o.assigned_to, held_until = o.held_until FROM incident o WHERE i.id = $2 AND o.id = $1`,
        [from, to],
      );
    },

    async setFlapping(tx: Sql, incidentId: string, isFlapping: boolean): Promise<void> {
      await tx.run('UPDATE incident SET is_flapping = $2 WHERE id = $1', [incidentId, isFlapping]);
    },

    async close(
      tx: Sql,
      incidentId: string,
      { endedAt, at }: { readonly endedAt: number; readonly at: number },
    ): Promise<void> {
      await tx.run(
        `UPDATE incident SET ended_at = greatest($2, started_at), closed_at = $3, is_flapping = false WHERE id = $1`,
        [incidentId, new Date(endedAt), new Date(at)],
      );
    },

    /** A closed incident that was given an outage that goes on is open again. */
    async reopenIfDown(tx: Sql, incidentId: string): Promise<void> {
      await tx.run(
        `UPDATE incident SET ended_at = NULL, closed_at = NULL WHERE id = $1 AND EXISTS (
           SELECT 1 FROM incident_outage io JOIN outage o ON o.id = io.outage_id
           WHERE io.incident_id = $1 AND o.ended_at IS NULL)`,
        [incidentId],
      );
    },

    /** For people's changes. @throws AppError `not-found`, or `conflict` where another incident took it over */
    async locked(tx: Sql, incidentId: string): Promise<OpenIncident> {
      const rows = await tx.query<IncidentRow & { mergedInto: string | null }>(
        `SELECT ${INCIDENT}, i.merged_into AS "mergedInto" FROM incident i WHERE i.id = $1 FOR UPDATE`,
        [incidentId],
      );
      const [row] = rows;
      if (row === undefined) throw new AppError('not-found', 'there is no such incident');
      if (row.mergedInto !== null) throw new AppError('conflict', 'another incident took this one over');
      return incidentOf(row);
    },

    /** The first first. */
    async outagesIn(
      tx: Sql,
      incidentId: string,
    ): Promise<Pick<GroupedOutage, 'id' | 'deviceId' | 'regionCode' | 'startedAt' | 'endedAt'>[]> {
      const rows = await tx.query<{
        id: string;
        deviceId: string;
        regionCode: RegionCode;
        startedAt: Date;
        endedAt: Date | null;
      }>(
        `SELECT o.id, o.device_id AS "deviceId", s.region_code AS "regionCode", o.started_at AS "startedAt",
           o.ended_at AS "endedAt"
         FROM incident_outage io JOIN outage o ON o.id = io.outage_id JOIN device d ON d.id = o.device_id
           JOIN site s ON s.id = d.site_id
         WHERE io.incident_id = $1 ORDER BY o.started_at, o.id`,
        [incidentId],
      );
      return rows.map((row) => ({ ...row, startedAt: millis(row.startedAt), endedAt: millisOrNull(row.endedAt) }));
    },

    /** Devices of each incident that were cut off since it began and are not seen again. */
    async unchecked(tx: Sql, incidentIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
      const rows = await tx.query<{ id: string; count: number }>(
        `SELECT i.id, count(*)::int AS count FROM incident i JOIN incident_effect e ON e.incident_id = i.id
           JOIN device_status ds ON ds.device_id = e.device_id
         WHERE i.id = ANY($1::uuid[]) AND ds.state = 'unknown' AND ds.since >= i.started_at GROUP BY i.id`,
        [incidentIds],
      );
      return new Map(rows.map(({ id, count }) => [id, count]));
    },

    /** Those of whose opening nobody was told, such as announced work. */
    async quietFromTheStart(tx: Sql, incidentIds: readonly string[]): Promise<ReadonlySet<string>> {
      const rows = await tx.query<{ id: string }>(
        `SELECT incident_id AS id FROM incident_event
         WHERE incident_id = ANY($1::uuid[]) AND kind = 'opened' AND (data ->> 'isQuiet')::boolean`,
        [incidentIds],
      );
      return new Set(rows.map(({ id }) => id));
    },

    /** Incidents whose evidence was not looked at since `before`: open ones, and those closed after `closedAfter`. */
    async toJudge(before: number, closedAfter: number, most: number): Promise<string[]> {
      const rows = await sql.query<{ id: string }>(
        `SELECT id FROM incident WHERE merged_into IS NULL AND (closed_at IS NULL OR closed_at > $2)
           AND (judged_at IS NULL OR judged_at < $1) ORDER BY judged_at NULLS FIRST, started_at LIMIT $3`,
        [new Date(before), new Date(closedAfter), most],
      );
      return rows.map(({ id }) => id);
    },

    async judged(id: string): Promise<JudgedIncident | null> {
      const rows = await sql.query<
        IncidentRow & { endedAt: Date | null; cause: Cause; confidence: number; isCorrected: boolean }
      >(
        `SELECT ${INCIDENT}, i.ended_at AS "endedAt", i.cause, i.confidence,
           i.corrected_cause IS NOT NULL AS "isCorrected" FROM incident i WHERE i.id = $1`,
        [id],
      );
      const [row] = rows;
      if (row === undefined) return null;
      const { endedAt, cause, confidence, isCorrected } = row;
      return { ...incidentOf(row), endedAt: millisOrNull(endedAt), cause, confidence, isCorrected };
    },

    async setVerdict(
      id: string,
      verdict: { readonly cause: Cause; readonly confidence: number; readonly evidence: readonly Evidence[] },
      at: number,
    ): Promise<void> {
      await sql.run(
        'UPDATE incident SET cause = $2, confidence = $3, evidence = $4::jsonb, judged_at = $5 WHERE id = $1',
        [id, verdict.cause, verdict.confidence, JSON.stringify(verdict.evidence), new Date(at)],
      );
    },

    /** Incidents that overlap a range and took down something of the targets. */
    async touching(
      { from, to }: { readonly from: number; readonly to: number | null },
      targets: {
        readonly deviceIds: readonly string[];
        readonly siteIds: readonly string[];
        readonly regionCodes: readonly string[];
      },
    ): Promise<string[]> {
      const rows = await sql.query<{ id: string }>(
        `SELECT i.id FROM incident i WHERE i.merged_into IS NULL AND (i.ended_at IS NULL OR i.ended_at > $1)
           AND ($2::timestamptz IS NULL OR i.started_at < $2) AND EXISTS (
             SELECT 1 FROM incident_effect e JOIN device d ON d.id = e.device_id JOIN site s ON s.id = d.site_id
             WHERE e.incident_id = i.id AND (d.id = ANY($3::uuid[]) OR s.id = ANY($4::uuid[]) OR EXISTS (
               SELECT 1 FROM unnest($5::text[]) r WHERE s.region_code = r OR s.region_code LIKE r || '.%')))
         ORDER BY i.started_at DESC LIMIT 1000`,
        [new Date(from), to === null ? null : new Date(to), targets.deviceIds, targets.siteIds, targets.regionCodes],
      );
      return rows.map(({ id }) => id);
    },
  };
}
