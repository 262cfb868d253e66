import type { Sql } from './sql.ts';

/** What was found of a device in one regard; `data` is plain JSON. */
export type Finding = { readonly section: string; readonly at: number; readonly data: unknown };

export type DeviceFindings = ReturnType<typeof findings>;

export function findings(sql: Sql) {
  return {
    async list(deviceId: string): Promise<Finding[]> {
      const rows = await sql.query<{ section: string; at: Date; data: unknown }>(
        'SELECT section, at, data FROM device_finding WHERE device_id = $1 ORDER BY section',
        [deviceId],
      );
      return rows.map((row) => ({ ...row, at: row.at.getTime() }));
    },

    /** Of a section that is a list of what belongs to metrics: the entries of some metrics, of several devices. */
    async ofMetrics(
      deviceIds: readonly string[],
      section: string,
      metrics: readonly string[],
    ): Promise<{ readonly deviceId: string; readonly data: unknown }[]> {
      const rows = await sql.query<{ deviceId: string; data: unknown }>(
        `SELECT f.device_id AS "deviceId", e.value AS data
         FROM (SELECT device_id, data FROM device_finding
               WHERE device_id = ANY($1::uuid[]) AND section = $2 AND jsonb_typeof(data) = 'array') f,
           jsonb_array_elements(f.data) e
         WHERE e.value ->> 'metric' = ANY($3::text[])`,
        [deviceIds, section, metrics],
      );
      return [...rows];
    },

    /** Puts sections in the place of what was known; the others stay. */
    async save(deviceId: string, sections: Readonly<Record<string, unknown>>, at: number): Promise<void> {
      await sql.run(
        `INSERT INTO device_finding (device_id, section, at, data)
         SELECT d.id, f.key, $3, f.value FROM device d, jsonb_each($2::jsonb) f WHERE d.id = $1
         ON CONFLICT (device_id, section) DO UPDATE SET at = excluded.at, data = excluded.data`,
        [deviceId, JSON.stringify(sections), new Date(at)],
      );
    },
  };
}
