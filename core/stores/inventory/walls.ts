import { randomUUID } from 'node:crypto';
import type { Wall, WallForm } from '../../contract/walls.ts';
import type { RegionCode } from '../../domain/region.ts';
import type { State } from '../../domain/state.ts';
import { Conditions, millis, millisOrNull } from './query.ts';
import type { Sql } from './sql.ts';

type Row = Omit<Wall, 'createdAt' | 'seenAt'> & { readonly createdAt: Date; readonly seenAt: Date | null };
export type Eye = {
  readonly kind: 'camera' | 'web-site';
  readonly name: string;
  readonly regionCode: RegionCode;
  readonly state: State;
};

const COLUMNS = `w.id, w.name, w.region_code AS "regionCode", coalesce(r.name, w.region_code) AS "regionName", w.scenes,
  w.theme, w.language, w.variant, w.created_at AS "createdAt", w.seen_at AS "seenAt"`;
const FROM = 'wall w LEFT JOIN region r ON r.code = w.region_code';
const shape = (row: Row): Wall => ({ ...row, createdAt: millis(row.createdAt), seenAt: millisOrNull(row.seenAt) });

export type Walls = ReturnType<typeof walls>;

/** Walls, known by the SHA-256 of their token. */
export function walls(sql: Sql) {
  async function get(id: string): Promise<Wall | null> {
    const [row] = await sql.query<Row>(`SELECT ${COLUMNS} FROM ${FROM} WHERE w.id = $1`, [id]);
    return row === undefined ? null : shape(row);
  }

  return {
    get,

    /** Those of the region and below; empty = all. */
    async list(region: RegionCode | ''): Promise<Wall[]> {
      const conditions = new Conditions().within('w.region_code', region);
      const rows = await sql.query<Row>(
        `SELECT ${COLUMNS} FROM ${FROM} ${conditions.where} ORDER BY lower(w.name), w.id`,
        conditions.values,
      );
      return rows.map(shape);
    },

    async find(tokenHash: string): Promise<Wall | null> {
      const [row] = await sql.query<Row>(`SELECT ${COLUMNS} FROM ${FROM} WHERE w.token_hash = $1`, [tokenHash]);
      return row === undefined ? null : shape(row);
    },

    async create(form: WallForm, tokenHash: string, at: number): Promise<Wall> {
      const id = randomUUID();
      await sql.run(
        `INSERT INTO wall (id, token_hash, name, region_code, scenes, theme, language, variant, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          ...[id, tokenHash, form.name.trim(), form.regionCode, JSON.stringify(form.scenes)],
          ...[form.theme, form.language, form.variant, new Date(at)],
        ],
      );
      const wall = await get(id);
      if (wall === null) throw new TypeError('an insert gave no row');
      return wall;
    },

    async update(id: string, change: Partial<WallForm>): Promise<Wall | null> {
      await sql.run(
        `UPDATE wall SET name = coalesce($2, name), region_code = coalesce($3, region_code),
           scenes = coalesce($4, scenes), theme = coalesce($5, theme), language = coalesce($6, language),
           variant = coalesce($7, variant) WHERE id = $1`,
        [
          ...[id, change.name?.trim() ?? null, change.regionCode ?? null],
          ...[change.scenes === undefined ? null : JSON.stringify(change.scenes), change.theme ?? null],
          ...[change.language ?? null, change.variant ?? null],
        ],
      );
      return await get(id);
    },

    async remove(id: string): Promise<void> {
      await sql.run('DELETE FROM wall WHERE id = $1', [id]);
    },

    async touch(id: string, at: number): Promise<void> {
      await sql.run('UPDATE wall SET seen_at = $2 WHERE id = $1', [id, new Date(at)]);
    },

    /** Cameras and web sites of a region, those that are not well first. */
    async eyes(region: RegionCode): Promise<readonly Eye[]> {
      const conditions = new Conditions()
        .within('s.region_code', region)
        .and("d.enabled AND s.status = 'active' AND d.kind IN ('camera', 'web-site')");
      return await sql.query<Eye>(
        `SELECT d.kind, d.name, s.region_code AS "regionCode", coalesce(ds.state, 'unknown') AS state
         FROM device d JOIN site s ON s.id = d.site_id LEFT JOIN device_status ds ON ds.device_id = d.id
         ${conditions.where}
         ORDER BY array_position(ARRAY['down', 'degraded', 'unknown', 'up'], coalesce(ds.state, 'unknown')), d.kind, d.name
         LIMIT 20000`,
        conditions.values,
      );
    },
  };
}
