import type { Inventory } from '../../core/stores/inventory/inventory.ts';

const REGIONS = [
  ['16', 'province', 'Sumatera Selatan'],
  ['16.03', 'regency', 'Kabupaten Muara Enim'],
  ['16.03.11', 'district', 'Gelumbang'],
  ['16.03.11.2009', 'village', 'Sukamaju'],
  ['16.03.11.2010', 'village', 'Sukamulya'],
  ['16.71', 'regency', 'Kota Palembang'],
  ['16.71.01', 'district', 'Ilir Barat Dua'],
  ['16.71.01.1001', 'village', '35 Ilir'],
] as const;

/** Two regencies with three villages, and one credential called `read`: nothing stands there yet. */
export async function laySmallProvince(inventory: Inventory): Promise<void> {
  const rows = REGIONS.map(([code, level, name]) => ({
    code,
    level,
    name,
    parent: code.replace(/\.?\d+$/, '') || null,
  }));
  await inventory.sql.run(
    `INSERT INTO region (code, level, parent_code, name, lat, lng, edition)
     SELECT code, level, parent, name, -3.2, 104.2, 'test'
     FROM jsonb_to_recordset($1::jsonb) AS r(code text, level text, name text, parent text)`,
    [JSON.stringify(rows)],
  );
  await inventory.credentials.create({ name: 'read', kind: 'snmp-v2c', settings: { community: 'only-for-tests' } });
}
