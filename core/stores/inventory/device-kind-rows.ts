import type { DeviceKinds } from '../../device-kinds.ts';
import type { Sql } from './sql.ts';

/** Tells queries what the files of `core/kinds` say. */
export async function writeDeviceKinds(sql: Sql, kinds: DeviceKinds): Promise<void> {
  const rows = [...kinds].map(([id, { countsForSite = true }]) => ({ id, counts: countsForSite }));
  await sql.run(
    `INSERT INTO device_kind (id, counts_for_site)
     SELECT k.id, k.counts FROM jsonb_to_recordset($1::jsonb) AS k(id text, counts boolean)
     ON CONFLICT (id) DO UPDATE SET counts_for_site = excluded.counts_for_site
     WHERE device_kind.counts_for_site <> excluded.counts_for_site`,
    [JSON.stringify(rows)],
  );
}
