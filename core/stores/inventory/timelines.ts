import type { StateSpan } from '../../domain/availability.ts';
import type { Cause } from '../../domain/incident.ts';
import type { Interval } from '../../domain/intervals.ts';
import type { RegionCode } from '../../domain/region.ts';
import type { State } from '../../domain/state.ts';
import { Conditions, millis } from './query.ts';
import type { Sql } from './sql.ts';

/** A device by which its site is judged: the enabled ones that carry its network, or all where none does. */
export type CountingDevice = {
  readonly deviceId: string;
  readonly deviceName: string;
  readonly siteId: string;
  readonly regionCode: RegionCode;
};

/** An outage of a device, and the incident that it is part of. */
export type DeviceIncident = Interval & { readonly deviceId: string; readonly number: number; readonly cause: Cause };

export type Timelines = ReturnType<typeof timelines>;

const COUNTING = `SELECT c.id AS "deviceId", c.name AS "deviceName", c.site_id AS "siteId", s.region_code AS "regionCode"
  FROM (
    SELECT e.id, e.name, e.site_id, e.enabled, coalesce(k.counts_for_site, true) AS counts,
      bool_or(coalesce(k.counts_for_site, true)) OVER (PARTITION BY e.site_id) AS some_count
    FROM device e LEFT JOIN device_kind k ON k.id = e.kind WHERE e.enabled
  ) c JOIN site s ON s.id = c.site_id`;
const COUNTS = '(c.counts OR NOT c.some_count)';
const HOTSPOT = "s.status = 'active' AND s.kind IN ('village-office', 'village-public')";

/** What availability is worked out from: which devices stand for what, and their states from when to when. */
export function timelines(sql: Sql) {
  const counting = async (where: string, values: readonly unknown[]): Promise<readonly CountingDevice[]> =>
    await sql.query<CountingDevice>(`${COUNTING} WHERE ${COUNTS} AND ${where} ORDER BY c.site_id, c.id`, values);

  return {
    countingOfSites: (siteIds: readonly string[]) => counting('c.site_id = ANY($1::uuid[])', [siteIds]),

    /** Any devices by id, whether they count for their sites or not. */
    named: (deviceIds: readonly string[]): Promise<readonly CountingDevice[]> =>
      sql.query<CountingDevice>(
        `SELECT d.id AS "deviceId", d.name AS "deviceName", d.site_id AS "siteId", s.region_code AS "regionCode"
         FROM device d JOIN site s ON s.id = d.site_id WHERE d.id = ANY($1::uuid[]) ORDER BY d.id`,
        [deviceIds],
      ),

    /** Of the hotspots in a region that are in use. */
    async countingOfHotspots(region: RegionCode): Promise<readonly CountingDevice[]> {
      const conditions = new Conditions().within('s.region_code', region).and(HOTSPOT);
      return await counting(conditions.where.replace(/^WHERE /, ''), conditions.values);
    },

    /** The hotspots in a region that are in use, with devices or without. */
    async hotspots(region: RegionCode): Promise<readonly { readonly id: string; readonly regionCode: RegionCode }[]> {
      const conditions = new Conditions().within('s.region_code', region).and(HOTSPOT);
      return await sql.query(
        `SELECT s.id, s.region_code AS "regionCode" FROM site s ${conditions.where} ORDER BY s.id`,
        conditions.values,
      );
    },

    /** Stretches of one state with its reason, in order, clipped to the range; none before the first change known. */
    async spans(
      deviceIds: readonly string[],
      from: number,
      to: number,
    ): Promise<ReadonlyMap<string, readonly StateSpan[]>> {
      type Row = { deviceId: string; at: Date; state: State; reason: string | null };
      const rows = await sql.query<Row>(
        `SELECT device_id AS "deviceId", at, state, reason FROM (
           SELECT device_id, at, state, reason, id FROM state_change
           WHERE device_id = ANY($1::uuid[]) AND at > $2 AND at < $3
           UNION ALL
           SELECT d.id, last.at, last.state, last.reason, last.id FROM unnest($1::uuid[]) AS d(id), LATERAL (
             SELECT at, state, reason, id FROM state_change WHERE device_id = d.id AND at <= $2
             ORDER BY at DESC, id DESC LIMIT 1
           ) last
         ) changes ORDER BY device_id, at, id`,
        [deviceIds, new Date(from), new Date(to)],
      );
      const spans = new Map<string, StateSpan[]>(deviceIds.map((id) => [id, []]));
      for (const [index, { deviceId, at, state, reason }] of rows.entries()) {
        const next = rows[index + 1];
        const end = next?.deviceId === deviceId ? millis(next.at) : to;
        const start = Math.max(millis(at), from);
        if (end > start) spans.get(deviceId)?.push({ from: start, to: end, state, reason });
      }
      return spans;
    },

    /** Outages of devices that touch a range and belong to an incident, in order. */
    async incidents(deviceIds: readonly string[], from: number, to: number): Promise<readonly DeviceIncident[]> {
      type Row = Omit<DeviceIncident, 'from' | 'to'> & { from: Date; to: Date | null };
      const rows = await sql.query<Row>(
        `SELECT o.device_id AS "deviceId", o.started_at AS "from", o.ended_at AS "to", i.number::int,
           coalesce(i.corrected_cause, i.cause) AS cause
         FROM outage o JOIN incident_outage io ON io.outage_id = o.id JOIN incident i ON i.id = io.incident_id
         WHERE o.device_id = ANY($1::uuid[]) AND o.started_at < $3 AND (o.ended_at IS NULL OR o.ended_at > $2)
         ORDER BY i.number, o.started_at`,
        [deviceIds, new Date(from), new Date(to)],
      );
      return rows.map((row) => ({ ...row, from: millis(row.from), to: row.to?.getTime() ?? to }));
    },

    /** When anything was first known; null where nothing is. */
    async firstChangeAt(): Promise<number | null> {
      const rows = await sql.query<{ at: Date | null }>('SELECT min(at) AS at FROM state_change');
      return rows[0]?.at?.getTime() ?? null;
    },
  };
}
