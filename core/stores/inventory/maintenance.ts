import { randomUUID } from 'node:crypto';
import type { MaintenanceWindow } from '../../contract/maintenance.ts';
import type { RegionCode } from '../../domain/region.ts';
import { Conditions, dateOrNull, millis, millisOrNull, type Page, type PageAsked, paged } from './query.ts';
import type { Sql } from './sql.ts';

const COLUMNS = `w.id, w.title, w.note, w.starts_at AS "startsAt", w.ends_at AS "endsAt", w.recurrence,
  w.device_ids AS "deviceIds", w.site_ids AS "siteIds", w.region_codes AS "regionCodes", w.region_code AS "regionCode",
  a.display_name AS "createdBy", w.created_at AS "createdAt", w.cancelled_at AS "cancelledAt"`;
const FROM = 'maintenance_window w LEFT JOIN account a ON a.id = w.created_by';

type Moments = 'startsAt' | 'endsAt' | 'createdAt' | 'cancelledAt';
type Row = Omit<MaintenanceWindow, Moments> & {
  startsAt: Date;
  endsAt: Date;
  createdAt: Date;
  cancelledAt: Date | null;
};
const shape = (row: Row): MaintenanceWindow => ({
  ...row,
  startsAt: millis(row.startsAt),
  endsAt: millis(row.endsAt),
  createdAt: millis(row.createdAt),
  cancelledAt: millisOrNull(row.cancelledAt),
});

export type MaintenanceFilter = PageAsked & {
  readonly region?: RegionCode | '' | undefined;
  /** Windows of which some time may touch the range. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
};

export type NewWindow = Omit<MaintenanceWindow, 'id' | 'createdBy' | 'createdAt' | 'cancelledAt'> & {
  /** When its last time ends; null where it has no end. */
  readonly lastEndsAt: number | null;
};
type By = { readonly accountId: string | null; readonly at: number };

export type MaintenanceWindows = ReturnType<typeof maintenance>;

/** Work that was announced. A window is never changed: it is called off, and another one set. */
export function maintenance(sql: Sql) {
  async function get(id: string): Promise<MaintenanceWindow | null> {
    const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM ${FROM} WHERE w.id = $1`, [id]);
    return rows[0] === undefined ? null : shape(rows[0]);
  }

  return {
    get,

    /** Those that stand, the last to begin first. */
    list(filter: MaintenanceFilter): Promise<Page<MaintenanceWindow>> {
      const conditions = new Conditions().and('w.cancelled_at IS NULL').within('w.region_code', filter.region);
      if (filter.from !== undefined)
        conditions.and(`w.last_ends_at IS NULL OR w.last_ends_at > ${conditions.value(new Date(filter.from))}`);
      if (filter.to !== undefined) conditions.and(`w.starts_at < ${conditions.value(new Date(filter.to))}`);
      return paged(sql, {
        columns: COLUMNS,
        from: FROM,
        conditions,
        orderBy: 'w.starts_at DESC, w.id',
        asked: filter,
        shape,
      });
    },

    /** Every window that stands and of which some time may touch the range. */
    async touching(from: number, to: number, within: Sql = sql): Promise<MaintenanceWindow[]> {
      const rows = await within.query<Row>(
        `SELECT ${COLUMNS} FROM ${FROM} WHERE w.cancelled_at IS NULL AND w.starts_at < $2
           AND (w.last_ends_at IS NULL OR w.last_ends_at > $1) ORDER BY w.starts_at, w.id`,
        [new Date(from), new Date(to)],
      );
      return rows.map(shape);
    },

    async create(window: NewWindow, by: By): Promise<MaintenanceWindow> {
      const id = randomUUID();
      await sql.run(
        `INSERT INTO maintenance_window (id, title, note, starts_at, ends_at, recurrence, last_ends_at, region_code,
           device_ids, site_ids, region_codes, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::uuid[], $10::uuid[], $11::text[], $12, $13)`,
        [
          id,
          window.title,
          window.note,
          new Date(window.startsAt),
          new Date(window.endsAt),
          window.recurrence,
          dateOrNull(window.lastEndsAt),
          window.regionCode,
          window.deviceIds,
          window.siteIds,
          window.regionCodes,
          by.accountId,
          new Date(by.at),
        ],
      );
      const made = await get(id);
      if (made === null) throw new Error('a window that was just stored is gone');
      return made;
    },

    /** @returns whether it stood until now */
    async cancel(id: string, by: By): Promise<boolean> {
      const rows = await sql.run(
        'UPDATE maintenance_window SET cancelled_at = $3, cancelled_by = $2 WHERE id = $1 AND cancelled_at IS NULL',
        [id, by.accountId, new Date(by.at)],
      );
      return rows > 0;
    },
  };
}
