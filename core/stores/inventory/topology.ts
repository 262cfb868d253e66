import type { Medium } from '../../domain/medium.ts';
import type { RegionCode } from '../../domain/region.ts';
import type { SiteKind } from '../../domain/site.ts';
import type { State } from '../../domain/state.ts';
import { LINK_FROM, LINK_STATE } from './links.ts';
import { Conditions } from './query.ts';
import type { Sql } from './sql.ts';

export type TopologySite = {
  readonly id: string;
  readonly name: string;
  readonly kind: SiteKind;
  readonly regionCode: RegionCode;
  readonly lat: number | null;
  readonly lng: number | null;
  readonly people: number | null;
};
export type TopologyDevice = {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly siteId: string;
};
export type TopologyTie = { readonly childId: string; readonly parentId: string; readonly parentSiteId: string };
export type TopologyLink = {
  readonly id: string;
  readonly name: string;
  readonly medium: Medium;
  readonly fromSiteId: string;
  readonly toSiteId: string | null;
  readonly deviceId: string | null;
  readonly ifIndex: number | null;
  readonly contractMbps: number | null;
  readonly portMbps: number | null;
};

const IN_USE = "d.enabled AND s.status = 'active'";

export type TopologyStore = ReturnType<typeof topologyStore>;

/** What hangs on what in a region, whole: rows of a picture, not of a list. */
export function topologyStore(sql: Sql) {
  return {
    async sites(region: RegionCode | ''): Promise<readonly TopologySite[]> {
      const inside = new Conditions().within('s.region_code', region).and("s.status = 'active'");
      return await sql.query<TopologySite>(
        `SELECT s.id, s.name, s.kind, s.region_code AS "regionCode", s.lat, s.lng, r.population AS people
         FROM site s JOIN region r ON r.code = s.region_code ${inside.where} ORDER BY s.code`,
        inside.values,
      );
    },

    /** The first `most` devices by code. */
    async devices(region: RegionCode | '', most: number): Promise<{ devices: TopologyDevice[]; total: number }> {
      const inside = new Conditions().within('s.region_code', region).and(IN_USE);
      const rows = await sql.query<TopologyDevice & { __total: number }>(
        `SELECT d.id, d.name, d.kind, d.site_id AS "siteId", (count(*) OVER ())::int AS __total
         FROM device d JOIN site s ON s.id = d.site_id ${inside.where} ORDER BY d.code LIMIT ${Number(most)}`,
        inside.values,
      );
      return { devices: rows.map(({ __total, ...row }) => row), total: rows[0]?.__total ?? 0 };
    },

    /** What devices of the region are reached through, wherever that stands. */
    async ties(region: RegionCode | '', most: number): Promise<readonly TopologyTie[]> {
      const inside = new Conditions().within('s.region_code', region).and(IN_USE);
      return await sql.query<TopologyTie>(
        `SELECT y.child_id AS "childId", y.parent_id AS "parentId", p.site_id AS "parentSiteId"
         FROM dependency y JOIN device d ON d.id = y.child_id JOIN site s ON s.id = d.site_id
           JOIN device p ON p.id = y.parent_id
         ${inside.where} ORDER BY d.code, p.code LIMIT ${Number(most)}`,
        inside.values,
      );
    },

    /** Links with an end in the region. */
    async links(region: RegionCode | '', most: number): Promise<readonly TopologyLink[]> {
      const touching = new Conditions().withinAny(['f.region_code', 't.region_code'], region);
      return await sql.query<TopologyLink>(
        `SELECT l.id, l.name, l.medium, l.from_site_id AS "fromSiteId", l.to_site_id AS "toSiteId",
           l.device_id AS "deviceId", l.if_index AS "ifIndex", l.contract_mbps AS "contractMbps",
           (i.speed_bps / 1000000.0)::float8 AS "portMbps"
         FROM link l JOIN site f ON f.id = l.from_site_id LEFT JOIN site t ON t.id = l.to_site_id
           LEFT JOIN interface i ON i.device_id = l.device_id AND i.index = l.if_index
         ${touching.where} ORDER BY l.code LIMIT ${Number(most)}`,
        touching.values,
      );
    },

    /** States of the devices of a region, by id. */
    async deviceStates(region: RegionCode | ''): Promise<ReadonlyMap<string, State>> {
      const inside = new Conditions().within('s.region_code', region).and(IN_USE);
      const rows = await sql.query<{ id: string; state: State }>(
        `SELECT d.id, ds.state FROM device d JOIN site s ON s.id = d.site_id
           JOIN device_status ds ON ds.device_id = d.id ${inside.where}`,
        inside.values,
      );
      return new Map(rows.map(({ id, state }) => [id, state]));
    },

    /** States of the links with an end in the region, by id. */
    async linkStates(region: RegionCode | ''): Promise<ReadonlyMap<string, State>> {
      const touching = new Conditions().withinAny(['f.region_code', 't.region_code'], region);
      const rows = await sql.query<{ id: string; state: State }>(
        `SELECT l.id, ${LINK_STATE} AS state FROM ${LINK_FROM} ${touching.where}`,
        touching.values,
      );
      return new Map(rows.map(({ id, state }) => [id, state]));
    },
  };
}
