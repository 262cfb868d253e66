import type { RootKind } from '../../domain/incident.ts';
import type { RegionCode } from '../../domain/region.ts';
import type { State } from '../../domain/state.ts';
import { PLACE_OF_SITE } from './outages.ts';
import { Conditions } from './query.ts';
import type { Sql } from './sql.ts';

export type FindableRegion = { readonly code: RegionCode; readonly name: string; readonly isCovered: boolean };

type Placed = { readonly id: string; readonly name: string; readonly code: string; readonly regionCode: RegionCode };
export type FindableThings = {
  readonly sites: readonly (Placed & { readonly address: string | null })[];
  readonly devices: readonly (Placed & {
    readonly siteId: string;
    readonly kind: string;
    readonly host: string;
    /** Of a web site, without what follows a question mark: that may be a secret. */
    readonly url: string | null;
    readonly mac: string | null;
    readonly serial: string | null;
  })[];
  readonly links: readonly (Placed & {
    readonly provider: string | null;
    readonly siteId: string;
    readonly toSiteId: string | null;
    readonly toRegionCode: RegionCode | null;
  })[];
  readonly gateways: readonly (Placed & {
    readonly siteId: string;
    readonly family: string;
    readonly address: string | null;
  })[];
};

export type FoundIncident = {
  readonly id: string;
  readonly number: number;
  readonly rootKind: RootKind;
  readonly isOpen: boolean;
  readonly deviceName: string;
  readonly siteId: string;
  readonly siteName: string;
  readonly place: string;
  readonly regionCode: RegionCode;
};

export type Search = ReturnType<typeof search>;

/** What the search keeps in memory, and what it asks for each time. */
export function search(sql: Sql) {
  return {
    /** Changes with whatever `regions` would answer. */
    async regionsMark(): Promise<string> {
      const rows = await sql.query<{ mark: string }>(
        `SELECT concat_ws(' ', count(*), count(r.retired_at), count(*) FILTER (WHERE r.programme = 'covered'),
           (SELECT max(imported_at) FROM region_edition)) AS mark FROM region r`,
      );
      return rows[0]?.mark ?? '';
    },

    /** Every region that was not retired. */
    async regions(): Promise<readonly FindableRegion[]> {
      return await sql.query<FindableRegion>(
        `SELECT code, name, programme IS NOT DISTINCT FROM 'covered' AS "isCovered" FROM region WHERE retired_at IS NULL`,
      );
    },

    /** Changes with additions, removals and what devices tell of themselves; changes by people are told on the bus. */
    async thingsMark(): Promise<string> {
      const rows = await sql.query<{ mark: string }>(
        `SELECT concat_ws(' ', (SELECT concat_ws(' ', count(*), max(identified_at), max(created_at)) FROM device),
           (SELECT concat_ws(' ', count(*), max(created_at)) FROM site), (SELECT count(*) FROM link),
           (SELECT count(*) FROM portal_gateways)) AS mark`,
      );
      return rows[0]?.mark ?? '';
    },

    async things(): Promise<FindableThings> {
      const [sites, devices, links, gateways] = await Promise.all([
        sql.query<FindableThings['sites'][number]>(
          `SELECT id, name, code, region_code AS "regionCode", address FROM site WHERE status <> 'retired'`,
        ),
        sql.query<FindableThings['devices'][number]>(
          `SELECT d.id, d.name, d.code, d.site_id AS "siteId", s.region_code AS "regionCode", d.kind, d.host,
             split_part(split_part(d.settings->>'url', '?', 1), '#', 1) AS url, d.mac, d.serial
           FROM device d JOIN site s ON s.id = d.site_id`,
        ),
        sql.query<FindableThings['links'][number]>(
          `SELECT l.id, l.name, l.code, s.region_code AS "regionCode", l.provider, s.id AS "siteId",
             t.id AS "toSiteId", t.region_code AS "toRegionCode"
           FROM link l JOIN site s ON s.id = l.from_site_id LEFT JOIN site t ON t.id = l.to_site_id`,
        ),
        sql.query<FindableThings['gateways'][number]>(
          `SELECT g.id, g.name, g.ref AS code, g.site_id AS "siteId", s.region_code AS "regionCode", g.family,
             g.radius_address AS address FROM portal_gateways g JOIN site s ON s.id = g.site_id`,
        ),
      ]);
      return { sites, devices, links, gateways };
    },

    async states(deviceIds: readonly string[], siteIds: readonly string[]): Promise<ReadonlyMap<string, State>> {
      if (deviceIds.length + siteIds.length === 0) return new Map();
      const rows = await sql.query<{ id: string; state: State | null }>(
        `SELECT device_id AS id, state FROM device_status WHERE device_id = ANY($1::uuid[])
         UNION ALL SELECT site_id, state FROM site_state WHERE site_id = ANY($2::uuid[])`,
        [deviceIds, siteIds],
      );
      return new Map(rows.flatMap(({ id, state }) => (state === null ? [] : [[id, state] as const])));
    },

    /** Devices that have a port of this address, with the port's name. */
    async portsOf(mac: string): Promise<readonly { readonly deviceId: string; readonly port: string }[]> {
      return await sql.query<{ deviceId: string; port: string }>(
        'SELECT device_id AS "deviceId", name AS port FROM interface WHERE mac = $1 ORDER BY device_id, index LIMIT 20',
        [mac],
      );
    },

    /** Of this number, or that hang on one of these; those that go on first, then the newest. */
    async incidentsOf(asked: {
      readonly number: number | null;
      readonly deviceIds: readonly string[];
      readonly siteIds: readonly string[];
      readonly region: RegionCode | '';
      readonly limit: number;
    }): Promise<readonly FoundIncident[]> {
      const conditions = new Conditions().and('i.merged_into IS NULL').within('s.region_code', asked.region);
      const [number, devices, sites] = [asked.number, asked.deviceIds, asked.siteIds].map((it) => conditions.value(it));
      conditions.and(`i.id IN (
        SELECT id FROM incident WHERE number = ${number}::bigint
        UNION SELECT id FROM incident WHERE root_device_id = ANY(${devices}::uuid[])
        UNION SELECT o.id FROM device n JOIN incident o ON o.root_device_id = n.id WHERE n.site_id = ANY(${sites}::uuid[]))`);
      const rows = await sql.query<FoundIncident & { number: string | number }>(
        `SELECT i.id, i.number, i.root_kind AS "rootKind", i.closed_at IS NULL AS "isOpen", d.name AS "deviceName",
           s.id AS "siteId", s.name AS "siteName", coalesce(${PLACE_OF_SITE}, '') AS place, s.region_code AS "regionCode"
         FROM incident i JOIN device d ON d.id = i.root_device_id JOIN site s ON s.id = d.site_id ${conditions.where}
         ORDER BY (i.number = ${number}::bigint) DESC NULLS LAST, (i.closed_at IS NULL) DESC, i.started_at DESC, i.id
         LIMIT ${Number(asked.limit)}`,
        conditions.values,
      );
      return rows.map((row) => ({ ...row, number: Number(row.number) }));
    },

    async accounts(words: readonly string[], region: RegionCode | '', limit: number) {
      const conditions = new Conditions().within('region_code', region);
      for (const word of words) conditions.contains(['name', 'display_name'], word);
      return await sql.query<{ id: string; name: string; displayName: string }>(
        `SELECT id, name, display_name AS "displayName" FROM account ${conditions.where}
         ORDER BY display_name, id LIMIT ${Number(limit)}`,
        conditions.values,
      );
    },
  };
}
