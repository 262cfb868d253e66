import type { Inventory } from '../../core/stores/inventory/inventory.ts';

export type PlacedDevice = { readonly deviceId: string; readonly siteId: string; readonly regionCode: string };

/**
 * A province in its real size, laid down in few statements: 17 regencies, 6,000 villages with an office and most with
 * a public hotspot, a POP a regency, towers; 11,000 devices that hang on each other, all up but one of a hundred.
 */
export async function layWholeProvince(inventory: Inventory, now: number): Promise<readonly PlacedDevice[]> {
  const { sql } = inventory;
  const edition = "'bench'";
  await sql.run(`INSERT INTO region (code, level, parent_code, name, lat, lng, population, edition)
    VALUES ('16', 'province', NULL, 'Sumatera Selatan', -3.3, 104.2, 8900000, ${edition})`);
  await sql.run(`INSERT INTO region (code, level, parent_code, name, lat, lng, population, desa_count, kelurahan_count, edition)
    SELECT '16.' || lpad(r::text, 2, '0'), 'regency', '16', 'Kabupaten ' || r, -3.3 + sin(r), 104.2 + cos(r), 500000, 340, 12, ${edition}
    FROM generate_series(1, 17) r`);
  await sql.run(`INSERT INTO region (code, level, parent_code, name, edition)
    SELECT p.code || '.' || lpad(k::text, 2, '0'), 'district', p.code, 'Kecamatan ' || k, ${edition}
    FROM region p, generate_series(1, 20) k WHERE p.level = 'regency'`);
  await sql.run(`INSERT INTO region (code, level, parent_code, name, lat, lng, population, programme, edition)
    SELECT d.code || '.' || (2000 + v), 'village', d.code, 'Desa ' || d.code || ' ' || v,
      p.lat + (random() - 0.5) * 0.8, p.lng + (random() - 0.5) * 0.8, 2400, 'covered', ${edition}
    FROM region d JOIN region p ON p.code = d.parent_code, generate_series(1, 18) v
    WHERE d.level = 'district' ORDER BY d.code, v LIMIT 6000`);
  await sql.run(`INSERT INTO site (id, code, name, kind, region_code, lat, lng)
    SELECT gen_random_uuid(), code || '-office', 'Kantor ' || name, 'village-office', code, lat, lng FROM region WHERE level = 'village'`);
  await sql.run(`INSERT INTO site (id, code, name, kind, region_code, lat, lng)
    SELECT gen_random_uuid(), code || '-public', 'Balai ' || name, 'village-public', code, lat, lng + 0.01 FROM region
    WHERE level = 'village' ORDER BY code LIMIT 4643`);
  await sql.run(`INSERT INTO site (id, code, name, kind, region_code, lat, lng)
    SELECT gen_random_uuid(), 'pop-' || code, 'POP ' || name, 'pop', code, lat, lng FROM region WHERE level = 'regency'`);
  await sql.run(`INSERT INTO site (id, code, name, kind, region_code, lat, lng)
    SELECT gen_random_uuid(), 'tower-' || d.code, 'Menara ' || d.name, 'pop', d.code, p.lat, p.lng
    FROM region d JOIN region p ON p.code = d.parent_code WHERE d.level = 'district'`);
  await sql.run(`INSERT INTO device (id, code, name, kind, site_id, host)
    SELECT gen_random_uuid(), code || '-r', 'router ' || name, 'router', id, '127.0.0.1' FROM site`);
  const dependOn = (child: string, parent: string): Promise<number> =>
    sql.run(`INSERT INTO dependency (child_id, parent_id)
      SELECT c.id, p.id FROM device c JOIN site cs ON cs.id = c.site_id JOIN region r ON r.code = cs.region_code
        JOIN site ps ON ps.kind = 'pop' AND ps.region_code = r.parent_code JOIN device p ON p.site_id = ps.id
      WHERE ${child} AND ${parent}`);
  await dependOn("cs.kind LIKE 'village-%'", "ps.code LIKE 'tower-%'");
  await dependOn("cs.code LIKE 'tower-%'", "ps.code LIKE 'pop-%'");
  await sql.run(
    `INSERT INTO device_status (device_id, state, since, last_seen_at, memory, updated_at)
     SELECT id, CASE WHEN random() < 0.01 THEN 'down' ELSE 'up' END, $1, $1, '{}', $1 FROM device`,
    [new Date(now)],
  );
  await sql.run(`INSERT INTO link (id, code, name, medium, from_site_id, to_site_id, contract_mbps, provider)
    SELECT gen_random_uuid(), 'link-' || c.code, c.name, 'fibre', c.site_id, p.site_id, 100, 'Serat'
    FROM dependency y JOIN device c ON c.id = y.child_id JOIN device p ON p.id = y.parent_id`);
  await sql.run('ANALYZE');
  return await sql.query<PlacedDevice>(
    `SELECT d.id AS "deviceId", d.site_id AS "siteId", s.region_code AS "regionCode" FROM device d JOIN site s ON s.id = d.site_id`,
  );
}
