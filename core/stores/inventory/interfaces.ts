import type { OperStatus } from '../../domain/device.ts';
import type { Sql } from './sql.ts';

/** A port of a device, as its IF-MIB tells it. */
export type DeviceInterface = {
  /** ifIndex */
  readonly index: number;
  readonly name: string;
  readonly alias: string;
  readonly type: string;
  readonly mac: string | null;
  readonly mtu: number | null;
  readonly speedBps: number | null;
  readonly adminStatus: OperStatus | null;
  readonly operStatus: OperStatus | null;
};

export type PortState = { readonly index: number; readonly operStatus: OperStatus };

type NamedInterface = Pick<DeviceInterface, 'index' | 'name' | 'speedBps'> & { readonly deviceId: string };

export type Interfaces = ReturnType<typeof interfaces>;

export function interfaces(sql: Sql) {
  return {
    async list(deviceId: string): Promise<DeviceInterface[]> {
      const rows = await sql.query<DeviceInterface>(
        `SELECT index, name, alias, type, mac, mtu, speed_bps::float8 AS "speedBps", admin_status AS "adminStatus",
           oper_status AS "operStatus" FROM interface WHERE device_id = $1 ORDER BY index`,
        [deviceId],
      );
      return [...rows];
    },

    /** What the ports of several devices are called, and how fast they are. */
    async named(deviceIds: readonly string[]): Promise<NamedInterface[]> {
      const rows = await sql.query<NamedInterface>(
        `SELECT device_id AS "deviceId", index, name, speed_bps::float8 AS "speedBps" FROM interface
         WHERE device_id = ANY($1::uuid[]) ORDER BY device_id, index`,
        [deviceIds],
      );
      return [...rows];
    },

    /** Of ports that are known; others are passed over. */
    async setStates(deviceId: string, states: readonly PortState[], at: number): Promise<void> {
      await sql.run(
        `UPDATE interface SET oper_status = s."operStatus", seen_at = $3
         FROM jsonb_to_recordset($2::jsonb) AS s (index int, "operStatus" text)
         WHERE interface.device_id = $1 AND interface.index = s.index`,
        [deviceId, JSON.stringify(states), new Date(at)],
      );
    },

    /** Makes the rows of a device equal to what it told just now; those it no longer has go. */
    async replace(deviceId: string, rows: readonly DeviceInterface[], at: number): Promise<void> {
      await sql.transaction(async (inner) => {
        await inner.run('DELETE FROM interface WHERE device_id = $1 AND NOT (index = ANY($2::int[]))', [
          deviceId,
          rows.map(({ index }) => index),
        ]);
        await inner.run(
          `INSERT INTO interface (device_id, index, name, alias, type, mac, mtu, speed_bps, admin_status, oper_status, seen_at)
           SELECT $1, i.index, i.name, i.alias, i.type, i.mac, i.mtu, i."speedBps", i."adminStatus", i."operStatus", $3
           FROM jsonb_to_recordset($2::jsonb) AS i (index int, name text, alias text, type text, mac text, mtu int,
             "speedBps" bigint, "adminStatus" text, "operStatus" text)
           ON CONFLICT (device_id, index) DO UPDATE SET name = excluded.name, alias = excluded.alias,
             type = excluded.type, mac = excluded.mac, mtu = excluded.mtu, speed_bps = excluded.speed_bps,
             admin_status = excluded.admin_status, oper_status = excluded.oper_status, seen_at = excluded.seen_at`,
          [deviceId, JSON.stringify(rows), new Date(at)],
        );
      });
    },
  };
}
