import { isRegionCode, type RegionCode } from '../domain/region.ts';
import type { Sql } from '../stores/inventory/sql.ts';
import type { TableName, Values } from './tables.ts';

/** A row as a file would have it, with the region of its site. */
export type StoredRow = { readonly values: Values; readonly regionCode: RegionCode };

const SELECT: Readonly<Record<TableName, string>> = {
  sites: `SELECT s.code, s.name, s.kind, s.status, s.region_code, s.lat, s.lng, s.address, s.contact, s.region_code AS region
    FROM site s`,
  devices: `SELECT d.code, d.name, d.kind, s.code AS site_code, d.host, d.mac, d.enabled, d.reachability,
      nullif(d.settings::text, '{}') AS settings, d.tcp_port,
      d.snmp_port, c.name AS credential, d.reach_interval_s, d.poll_interval_s, d.timeout_ms, d.retries,
      coalesce(p.parents, '{}') AS parents, s.region_code AS region
    FROM device d JOIN site s ON s.id = d.site_id LEFT JOIN credential c ON c.id = d.credential_id
      LEFT JOIN (SELECT x.child_id, array_agg(parent.code ORDER BY parent.code) AS parents
        FROM dependency x JOIN device parent ON parent.id = x.parent_id GROUP BY x.child_id) p ON p.child_id = d.id`,
  links: `SELECT l.code, l.name, l.medium, s.code AS from_site, t.code AS to_site, d.code AS device, l.if_index,
      l.provider, l.contract_mbps, l.sla_percent, to_char(l.contract_from, 'YYYY-MM-DD') AS contract_from,
      to_char(l.contract_to, 'YYYY-MM-DD') AS contract_to, s.region_code AS region
    FROM link l JOIN site s ON s.id = l.from_site_id LEFT JOIN site t ON t.id = l.to_site_id
      LEFT JOIN device d ON d.id = l.device_id`,
};
const CODE: Readonly<Record<TableName, string>> = { sites: 's.code', devices: 'd.code', links: 'l.code' };

type Row = Record<string, Values[string]> & { readonly region: RegionCode };
const shape = ({ region, ...values }: Row): StoredRow => ({ values, regionCode: region });

export async function rowsByCode(
  sql: Sql,
  table: TableName,
  codes: readonly string[],
): Promise<ReadonlyMap<string, StoredRow>> {
  if (codes.length === 0) return new Map();
  const rows = await sql.query<Row>(`${SELECT[table]} WHERE ${CODE[table]} = ANY($1)`, [codes]);
  return new Map(rows.map((row) => [String(row['code']), shape(row)]));
}

/** Rows of a region by code; of links, those that come from it. Empty = everywhere. */
export async function rowsOfRegion(sql: Sql, table: TableName, region: RegionCode | ''): Promise<readonly Values[]> {
  const isAll = region === '';
  if (!isAll && !isRegionCode(region)) return [];
  const where = isAll ? '' : 'WHERE s.region_code = $1 OR s.region_code LIKE $2';
  const rows = await sql.query<Row>(
    `${SELECT[table]} ${where} ORDER BY ${CODE[table]} COLLATE "C"`,
    isAll ? [] : [region, `${region}.%`],
  );
  return rows.map((row) => shape(row).values);
}
