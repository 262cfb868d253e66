import type { Inventory } from '../../core/stores/inventory/inventory.ts';

/** A device for each port, by its place: the first is the core, `trunks` hang on it, and all others on those in turns. */
export type WatchedProvince = {
  readonly deviceIds: readonly string[];
  /** Place of the trunk that a device hangs on; null for the core and the trunks themselves. */
  trunkOf(place: number): number | null;
};

/** Lays villages of two hotspots each, which answer SNMP v2c with community `public` on ports of 127.0.0.1. */
export async function layProvince(
  inventory: Inventory,
  ports: readonly number[],
  trunks: number,
): Promise<WatchedProvince> {
  const { sql } = inventory;
  const uuid = (kind: number, at: number): string => `00000000-0000-4000-800${kind}-${String(at).padStart(12, '0')}`;
  const trunkOf = (place: number): number | null => (place <= trunks ? null : 1 + ((place - 1) % trunks));
  const devices = ports.map((port, place) => {
    const code = `16.03.${String(11 + Math.floor(place / 10_000)).padStart(2, '0')}.${String(Math.floor((place % 10_000) / 2) + 1_001)}`;
    const kind = place % 2 === 0 ? 'village-office' : 'village-public';
    const parent = place === 0 ? null : (trunkOf(place) ?? 0);
    return {
      id: uuid(0, place),
      siteId: uuid(1, place),
      village: code,
      district: code.slice(0, 8),
      kind,
      port,
      parent,
    };
  });
  await sql.run(
    `INSERT INTO region (code, level, parent_code, name, edition) VALUES
       ('16', 'province', NULL, 'Province', 'bench'), ('16.03', 'regency', '16', 'Regency', 'bench')`,
    [],
  );
  const credential = await inventory.credentials.create({
    name: 'public',
    kind: 'snmp-v2c',
    settings: { community: 'public' },
  });
  const rows = JSON.stringify(
    devices.map(({ parent, ...device }) => ({ ...device, parentId: parent === null ? null : uuid(0, parent) })),
  );
  const from = `FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, "siteId" uuid, village text, district text, kind text,
    port int, "parentId" uuid)`;
  await sql.run(
    `INSERT INTO region (code, level, parent_code, name, edition)
     SELECT DISTINCT r.district, 'district', '16.03', r.district, 'bench' ${from}`,
    [rows],
  );
  await sql.run(
    `INSERT INTO region (code, level, parent_code, name, edition)
     SELECT DISTINCT r.village, 'village', r.district, r.village, 'bench' ${from}`,
    [rows],
  );
  await sql.run(
    `INSERT INTO site (id, code, name, kind, status, region_code)
     SELECT r."siteId", r."siteId"::text, r.village, r.kind, 'active', r.village ${from}`,
    [rows],
  );
  await sql.run(
    `INSERT INTO device (id, code, name, kind, site_id, host, reachability, snmp_port, credential_id)
     SELECT r.id, r.id::text, r.village, 'router', r."siteId", '127.0.0.1', 'snmp', r.port, $2::uuid ${from}`,
    [rows, credential.id],
  );
  await sql.run(
    `INSERT INTO dependency (child_id, parent_id) SELECT r.id, r."parentId" ${from} WHERE r."parentId" IS NOT NULL`,
    [rows],
  );
  return { deviceIds: devices.map(({ id }) => id), trunkOf };
}
