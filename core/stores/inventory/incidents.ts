import type { AffectedSite, Incident } from '../../contract/incidents.ts';
import type { Evidence } from '../../domain/cause.ts';
import { type Grant, isAgencyGrant } from '../../domain/grant.ts';
import type { Cause, IncidentEventKind, RootKind } from '../../domain/incident.ts';
import type { INCIDENT_SORTS } from '../../domain/list-sorts.ts';
import type { RegionCode } from '../../domain/region.ts';
import { PLACE_OF_SITE } from './outages.ts';
import { Conditions, millis, millisOrNull, type Page, type PageAsked, paged } from './query.ts';
import { type Sorting, sortedBy } from './sorting.ts';
import type { Sql } from './sql.ts';

const CAUSE = 'coalesce(i.corrected_cause, i.cause)';
const WEIGHT = '(SELECT count(*) FROM incident_effect e WHERE e.incident_id = i.id)';
const SORTED = { started: 'i.started_at', devices: WEIGHT, cause: CAUSE, number: 'i.number' } as const satisfies Record<
  (typeof INCIDENT_SORTS)[number],
  string
>;

export type IncidentFilter = PageAsked &
  Sorting<(typeof INCIDENT_SORTS)[number]> & {
    readonly region?: RegionCode | '' | undefined;
    readonly open?: boolean | undefined;
    readonly cause?: Cause | undefined;
    readonly assigneeId?: string | undefined;
    readonly acknowledged?: boolean | undefined;
    readonly deviceId?: string | undefined;
    readonly siteId?: string | undefined;
    /** Incidents that touch the range. */
    readonly from?: number | undefined;
    readonly to?: number | undefined;
    readonly q?: string | undefined;
  };

/** One line of a timeline; what `data` holds is the affair of its kind. */
export type StoredEvent = {
  readonly id: number;
  readonly at: number;
  readonly kind: IncidentEventKind;
  readonly by: string | null;
  readonly data: Readonly<Record<string, unknown>>;
};

export type NewEvent = {
  readonly incidentId: string;
  readonly at: number;
  readonly kind: IncidentEventKind;
  /** Null: Simpul itself. */
  readonly accountId: string | null;
  readonly data?: Readonly<Record<string, unknown>>;
};

const EFFECTS = `incident_effect e JOIN device d ON d.id = e.device_id JOIN site s ON s.id = d.site_id`;
const HOTSPOT = `s.kind IN ('village-office', 'village-public')`;

type Row = {
  id: string;
  number: string;
  startedAt: Date;
  endedAt: Date | null;
  openedAt: Date;
  closedAt: Date | null;
  rootKind: RootKind;
  rootDeviceId: string;
  deviceName: string | null;
  siteId: string | null;
  siteName: string | null;
  siteRegion: string | null;
  place: string | null;
  regionCode: string;
  cause: Cause;
  confidence: number;
  guessedCause: Cause | null;
  isFlapping: boolean;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  assigneeId: string | null;
  assigneeName: string | null;
  resolvedAt: Date | null;
  resolvedBy: string | null;
  mergedInto: string | null;
  devices: number;
  sites: number;
  villages: number;
  agencies: number;
  population: string;
  openOutages: number;
};

const moment = (at: Date | null, by: string | null) => (at === null ? null : { at: millis(at), by: by ?? '' });

const shape = (row: Row): Incident => ({
  id: row.id,
  number: Number(row.number),
  startedAt: millis(row.startedAt),
  endedAt: millisOrNull(row.endedAt),
  openedAt: millis(row.openedAt),
  closedAt: millisOrNull(row.closedAt),
  rootKind: row.rootKind,
  root:
    row.deviceName === null || row.siteId === null
      ? null
      : {
          deviceId: row.rootDeviceId,
          deviceName: row.deviceName,
          siteId: row.siteId,
          siteName: row.siteName ?? '',
          regionCode: row.siteRegion ?? '',
          place: row.place ?? '',
        },
  regionCode: row.regionCode,
  cause: row.cause,
  confidence: row.confidence,
  guessedCause: row.guessedCause,
  isFlapping: row.isFlapping,
  acknowledged: moment(row.acknowledgedAt, row.acknowledgedBy),
  assignee: row.assigneeId === null ? null : { id: row.assigneeId, name: row.assigneeName ?? '' },
  resolved: moment(row.resolvedAt, row.resolvedBy),
  mergedInto: row.mergedInto,
  effect: {
    devices: row.devices,
    sites: row.sites,
    villages: row.villages,
    agencies: row.agencies,
    population: Number(row.population),
  },
  openOutages: row.openOutages,
});

/** Whether the site `s` is covered, as a condition of its own. What lies outside is neither named nor counted. */
function inside(conditions: Conditions, grant: Grant): string {
  if (grant === '') return 'true';
  if (isAgencyGrant(grant)) return `s.id = ${conditions.value(grant.agencySiteId)}`;
  return inRegion(conditions, 's.region_code', grant);
}

const inRegion = (conditions: Conditions, column: string, region: RegionCode): string =>
  `(${column} = ${conditions.value(region)} OR ${column} LIKE ${conditions.value(`${region}.%`)})`;

/** It stands in the region as a whole, or takes something down that is covered. */
function touches(conditions: Conditions, grant: Grant): string {
  if (grant === '') return 'true';
  const takes = `EXISTS (SELECT 1 FROM ${EFFECTS} WHERE e.incident_id = i.id AND ${inside(conditions, grant)})`;
  return isAgencyGrant(grant) ? takes : `${inRegion(conditions, 'i.region_code', grant)} OR ${takes}`;
}

export type Incidents = ReturnType<typeof incidents>;

/** Incidents as people see them. What opens, joins and closes them is the correlation's: `incident-ledger.ts`. */
export function incidents(sql: Sql) {
  /** In the order of the ids. */
  async function byId(ids: readonly string[], grant: Grant): Promise<Incident[]> {
    if (ids.length === 0) return [];
    const conditions = new Conditions();
    const wanted = conditions.value(ids);
    const rows = await sql.query<Row>(
      `SELECT i.id, i.number, i.started_at AS "startedAt", i.ended_at AS "endedAt", i.opened_at AS "openedAt",
         i.closed_at AS "closedAt", i.root_kind AS "rootKind", i.root_device_id AS "rootDeviceId",
         r.name AS "deviceName", r.site_id AS "siteId", r.site_name AS "siteName", r.region_code AS "siteRegion", r.place,
         i.region_code AS "regionCode", ${CAUSE} AS cause,
         CASE WHEN i.corrected_cause IS NULL THEN i.confidence ELSE 1 END AS confidence,
         CASE WHEN i.corrected_cause IS NULL THEN NULL ELSE i.cause END AS "guessedCause", i.is_flapping AS "isFlapping",
         i.acknowledged_at AS "acknowledgedAt", ack.display_name AS "acknowledgedBy", i.assigned_to AS "assigneeId",
         assignee.display_name AS "assigneeName", i.resolved_at AS "resolvedAt", resolver.display_name AS "resolvedBy",
         i.merged_into AS "mergedInto", f.devices, f.sites, f.villages, f.agencies,
         coalesce((SELECT sum(population) FROM region WHERE code = ANY(f.village_codes)), 0)::text AS population,
         (SELECT count(*)::int FROM incident_outage io JOIN outage o ON o.id = io.outage_id
            JOIN device d ON d.id = o.device_id JOIN site s ON s.id = d.site_id
          WHERE io.incident_id = i.id AND o.ended_at IS NULL AND ${inside(conditions, grant)})
           AS "openOutages"
       FROM incident i
         LEFT JOIN LATERAL (
           SELECT d.name, d.site_id, s.name AS site_name, s.region_code, coalesce(${PLACE_OF_SITE}, '') AS place
           FROM device d JOIN site s ON s.id = d.site_id
           WHERE d.id = i.root_device_id AND ${inside(conditions, grant)}
         ) r ON true
         LEFT JOIN LATERAL (
           SELECT count(*)::int AS devices, count(DISTINCT s.id)::int AS sites,
             (count(DISTINCT s.region_code) FILTER (WHERE ${HOTSPOT}))::int AS villages,
             (count(DISTINCT s.id) FILTER (WHERE s.kind = 'agency'))::int AS agencies,
             coalesce(array_agg(DISTINCT s.region_code) FILTER (WHERE ${HOTSPOT}), '{}') AS village_codes
           FROM ${EFFECTS} WHERE e.incident_id = i.id AND ${inside(conditions, grant)}
         ) f ON true
         LEFT JOIN account ack ON ack.id = i.acknowledged_by
         LEFT JOIN account assignee ON assignee.id = i.assigned_to
         LEFT JOIN account resolver ON resolver.id = i.resolved_by
       WHERE i.id = ANY(${wanted}::uuid[])`,
      conditions.values,
    );
    const found = new Map(rows.map((row) => [row.id, shape(row)]));
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  return {
    /** Those that are there, in the order of the ids; that they touch the grant is the affair of whoever asks. */
    byIds: byId,

    /** Null where there is none, or it touches nothing inside the grant. */
    async get(id: string, grant: Grant = ''): Promise<Incident | null> {
      const conditions = new Conditions().equals('i.id', id);
      conditions.and(touches(conditions, grant));
      const rows = await sql.query<{ id: string }>(
        `SELECT i.id FROM incident i ${conditions.where}`,
        conditions.values,
      );
      return (
        (
          await byId(
            rows.map((row) => row.id),
            grant,
          )
        )[0] ?? null
      );
    },

    /** Whether it touches something inside the grant. */
    async touches(id: string, grant: Grant): Promise<boolean> {
      const conditions = new Conditions().equals('i.id', id);
      conditions.and(touches(conditions, grant));
      return (await sql.query(`SELECT FROM incident i ${conditions.where}`, conditions.values)).length > 0;
    },

    /**
     * Those that take most down first where only open ones are asked for, else newest first. Incidents that were merged
     * into others are left out.
     */
    async list(filter: IncidentFilter, grant: Grant = ''): Promise<Page<Incident>> {
      const { region = '', open, acknowledged, from, to, q } = filter;
      const conditions = new Conditions()
        .and('i.merged_into IS NULL')
        .equals(CAUSE, filter.cause)
        .equals('i.assigned_to', filter.assigneeId);
      conditions.and(touches(conditions, grant)).and(touches(conditions, region));
      if (open !== undefined) conditions.and(`i.closed_at IS ${open ? '' : 'NOT '}NULL`);
      if (acknowledged !== undefined) conditions.and(`i.acknowledged_at IS ${acknowledged ? 'NOT ' : ''}NULL`);
      const ofDevice = (column: string, value: string | undefined): void => {
        if (value === undefined) return;
        const wanted = conditions.value(value);
        conditions.and(`EXISTS (SELECT 1 FROM ${EFFECTS} WHERE e.incident_id = i.id AND ${column} = ${wanted})`);
      };
      ofDevice('d.id', filter.deviceId);
      ofDevice('s.id', filter.siteId);
      if (from !== undefined) conditions.and(`i.ended_at IS NULL OR i.ended_at > ${conditions.value(new Date(from))}`);
      if (to !== undefined) conditions.and(`i.started_at < ${conditions.value(new Date(to))}`);
      if (q !== undefined && q !== '') {
        const pattern = conditions.value(`%${q.replace(/[\\%_]/g, '\\$&')}%`);
        const number = conditions.value(q.replace(/^#/, ''));
        conditions.and(`i.number::text = ${number} OR EXISTS (
          SELECT 1 FROM ${EFFECTS} WHERE e.incident_id = i.id AND (d.name ILIKE ${pattern} OR s.name ILIKE ${pattern})
            AND ${inside(conditions, grant)})`);
      }
      const page = await paged(sql, {
        columns: 'i.id',
        from: 'incident i',
        conditions,
        orderBy: sortedBy(SORTED, filter, `${open === true ? `${WEIGHT} DESC, ` : ''}i.started_at DESC, i.id`),
        asked: filter,
        shape: ({ id }: { id: string }) => id,
      });
      return { ...page, items: await byId(page.items, grant) };
    },

    async evidence(id: string): Promise<readonly Evidence[]> {
      const rows = await sql.query<{ evidence: Evidence[] }>('SELECT evidence FROM incident WHERE id = $1', [id]);
      return rows[0]?.evidence ?? [];
    },

    /** Sites of what it takes down, those with the most devices first; only those inside the grant. */
    sites(id: string, asked: PageAsked, grant: Grant = ''): Promise<Page<AffectedSite>> {
      const isDown = `EXISTS (SELECT 1 FROM incident_outage io JOIN outage o ON o.id = io.outage_id
        WHERE io.incident_id = e.incident_id AND o.device_id = d.id AND o.ended_at IS NULL)`;
      return paged(sql, {
        columns: 'a."siteId", a."siteName", a."siteKind", a."regionCode", a.place, a.devices, a."openOutages"',
        from: `(SELECT e.incident_id, s.id AS "siteId", s.name AS "siteName", s.kind AS "siteKind",
            s.region_code AS "regionCode", coalesce(${PLACE_OF_SITE}, '') AS place, count(*)::int AS devices,
            (count(*) FILTER (WHERE ${isDown}))::int AS "openOutages"
          FROM ${EFFECTS} GROUP BY e.incident_id, s.id) a`,
        conditions: isAgencyGrant(grant)
          ? new Conditions().equals('a.incident_id', id).equals('a."siteId"', grant.agencySiteId)
          : new Conditions().equals('a.incident_id', id).within('a."regionCode"', grant),
        orderBy: 'a.devices DESC, a."siteName", a."siteId"',
        asked,
        shape: (site: AffectedSite) => site,
      });
    },

    /**
     * Of the incidents that were split from one, at any remove, the one that has outages of a region which go on; null
     * where there is none, or the incident itself has such outages.
     */
    async splitOff(id: string, region: RegionCode): Promise<string | null> {
      const conditions = new Conditions();
      const from = conditions.value(id);
      const rows = await sql.query<{ id: string }>(
        `WITH RECURSIVE made (id) AS (
           SELECT ${from}::uuid
           UNION SELECT (v.data ->> 'incidentId')::uuid FROM made m
             JOIN incident_event v ON v.incident_id = m.id AND v.kind = 'split'
         )
         SELECT i.id FROM made m JOIN incident i ON i.id = m.id
         WHERE i.merged_into IS NULL AND EXISTS (
           SELECT 1 FROM incident_outage io JOIN outage o ON o.id = io.outage_id JOIN device d ON d.id = o.device_id
             JOIN site s ON s.id = d.site_id
           WHERE io.incident_id = i.id AND o.ended_at IS NULL AND ${inside(conditions, region)})
         ORDER BY i.id <> ${from}, i.number LIMIT 1`,
        conditions.values,
      );
      const [found] = rows;
      return found === undefined || found.id === id ? null : found.id;
    },

    /** In the order in which it happened. */
    async timeline(id: string): Promise<StoredEvent[]> {
      const rows = await sql.query<Omit<StoredEvent, 'id' | 'at'> & { id: string; at: Date }>(
        `SELECT v.id, v.at, v.kind, a.display_name AS by, v.data FROM incident_event v
           LEFT JOIN account a ON a.id = v.account_id WHERE v.incident_id = $1 ORDER BY v.id`,
        [id],
      );
      return rows.map((row) => ({ ...row, id: Number(row.id), at: millis(row.at) }));
    },

    /** Accounts that may work on something of a region. */
    async assignees(regionCode: RegionCode | ''): Promise<{ id: string; name: string }[]> {
      const rows = await sql.query<{ id: string; name: string }>(
        `SELECT id, display_name AS name FROM account
         WHERE disabled_at IS NULL AND role IN ('admin', 'engineer')
           AND (region_code = '' OR region_code = $1 OR $1 LIKE region_code || '.%')
         ORDER BY display_name`,
        [regionCode],
      );
      return [...rows];
    },

    /** What people found, beside what the evidence had said. */
    async corrections(filter: {
      readonly region: RegionCode | '';
      readonly from?: number | undefined;
      readonly to?: number | undefined;
    }): Promise<{ guessed: Cause; actual: Cause; count: number }[]> {
      const conditions = new Conditions()
        .and('i.corrected_cause IS NOT NULL AND i.merged_into IS NULL')
        .within('i.region_code', filter.region);
      if (filter.from !== undefined) conditions.and(`i.started_at >= ${conditions.value(new Date(filter.from))}`);
      if (filter.to !== undefined) conditions.and(`i.started_at < ${conditions.value(new Date(filter.to))}`);
      const rows = await sql.query<{ guessed: Cause; actual: Cause; count: number }>(
        `SELECT i.cause AS guessed, i.corrected_cause AS actual, count(*)::int AS count FROM incident i
         ${conditions.where} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
        conditions.values,
      );
      return [...rows];
    },

    /** Keeps the first acknowledgement. @returns whether this was it */
    async acknowledge(id: string, by: { readonly accountId: string; readonly at: number }): Promise<boolean> {
      const rows = await sql.run(
        'UPDATE incident SET acknowledged_at = $3, acknowledged_by = $2 WHERE id = $1 AND acknowledged_at IS NULL',
        [id, by.accountId, new Date(by.at)],
      );
      return rows > 0;
    },

    /** @returns whether there was an acknowledgement to take back */
    async unacknowledge(id: string): Promise<boolean> {
      const rows = await sql.run(
        'UPDATE incident SET acknowledged_at = NULL, acknowledged_by = NULL WHERE id = $1 AND acknowledged_at IS NOT NULL',
        [id],
      );
      return rows > 0;
    },

    async assign(id: string, accountId: string | null): Promise<boolean> {
      const rows = await sql.run(
        'UPDATE incident SET assigned_to = $2 WHERE id = $1 AND assigned_to IS DISTINCT FROM $2',
        [id, accountId],
      );
      return rows > 0;
    },

    async resolve(
      id: string,
      { cause, accountId, at }: { readonly cause: Cause; readonly accountId: string; readonly at: number },
    ): Promise<void> {
      await sql.run('UPDATE incident SET corrected_cause = $2, resolved_at = $4, resolved_by = $3 WHERE id = $1', [
        id,
        cause,
        accountId,
        new Date(at),
      ]);
    },

    /** Escalation waits until then. What holds longer already stands. */
    async hold(id: string, until: number, within: Sql = sql): Promise<void> {
      await within.run('UPDATE incident SET held_until = greatest(held_until, $2) WHERE id = $1', [
        id,
        new Date(until),
      ]);
    },

    /** @param within the transaction of what it tells of */
    async append(events: readonly NewEvent[], within: Sql = sql): Promise<void> {
      if (events.length === 0) return;
      await within.run(
        `INSERT INTO incident_event (incident_id, at, kind, account_id, data)
         SELECT v."incidentId", v.at, v.kind, v."accountId", coalesce(v.data, '{}')
         FROM jsonb_to_recordset($1::jsonb) AS v("incidentId" uuid, at timestamptz, kind text, "accountId" uuid, data jsonb)`,
        [JSON.stringify(events.map((event) => ({ ...event, at: new Date(event.at).toISOString() })))],
      );
    },
  };
}
