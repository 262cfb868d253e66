import { randomUUID } from 'node:crypto';
import type { NewShift, NewSubstitution, Shift, Substitution } from '../../contract/duty.ts';
import { AppError } from '../../domain/errors.ts';
import type { RegionCode } from '../../domain/region.ts';
import { zoneOf } from '../../domain/zone.ts';
import { Conditions, millis } from './query.ts';
import type { Sql } from './sql.ts';

type ShiftRow = Omit<Shift, 'zone'>;
const shapeShift = (row: ShiftRow): Shift => ({ ...row, zone: zoneOf(row.regionCode).label });

type SubstitutionRow = Omit<Substitution, 'from' | 'to'> & { from: Date; to: Date };
const shapeSubstitution = (row: SubstitutionRow): Substitution => ({
  ...row,
  from: millis(row.from),
  to: millis(row.to),
});

const SHIFTS = `SELECT d.id, d.region_code AS "regionCode", d.role, d.recipient_id AS "recipientId",
  r.name AS "recipientName", d.times FROM duty_shift d JOIN recipient r ON r.id = d.recipient_id`;
const SUBSTITUTIONS = `SELECT d.id, d.absent_id AS "absentId", a.name AS "absentName",
    d.substitute_id AS "substituteId", s.name AS "substituteName", d.from_at AS "from", d.to_at AS "to"
  FROM duty_substitution d JOIN recipient a ON a.id = d.absent_id LEFT JOIN recipient s ON s.id = d.substitute_id`;

export type Duty = ReturnType<typeof duty>;

/** Who is on duty when, and who stands in for whom. */
export function duty(sql: Sql) {
  return {
    async shifts(region: RegionCode | '' = '', within: Sql = sql): Promise<Shift[]> {
      const conditions = new Conditions().within('d.region_code', region);
      const rows = await within.query<ShiftRow>(
        `${SHIFTS} ${conditions.where} ORDER BY d.region_code, d.role, r.name, d.seq`,
        conditions.values,
      );
      return rows.map(shapeShift);
    },

    async shift(id: string): Promise<Shift | null> {
      const [row] = await sql.query<ShiftRow>(`${SHIFTS} WHERE d.id = $1`, [id]);
      return row === undefined ? null : shapeShift(row);
    },

    /** @throws AppError `conflict` for a recipient that does not exist */
    async addShift(shift: NewShift): Promise<Shift> {
      const id = randomUUID();
      await sql.run(
        'INSERT INTO duty_shift (id, region_code, role, recipient_id, times) VALUES ($1, $2, $3, $4, $5::jsonb)',
        [id, shift.regionCode, shift.role, shift.recipientId, JSON.stringify(shift.times)],
      );
      const [row] = await sql.query<ShiftRow>(`${SHIFTS} WHERE d.id = $1`, [id]);
      if (row === undefined) throw new Error('a shift that was just stored is gone');
      return shapeShift(row);
    },

    async removeShift(id: string): Promise<void> {
      if ((await sql.run('DELETE FROM duty_shift WHERE id = $1', [id])) === 0)
        throw new AppError('not-found', 'there is no such shift');
    },

    /** Those that are not over at a moment, in the order of setting up. */
    async substitutions(at: number, region: RegionCode | '' = '', within: Sql = sql): Promise<Substitution[]> {
      const conditions = new Conditions().within('a.region_code', region);
      conditions.and(`d.to_at > ${conditions.value(new Date(at))}`);
      const rows = await within.query<SubstitutionRow>(
        `${SUBSTITUTIONS} ${conditions.where} ORDER BY d.seq`,
        conditions.values,
      );
      return rows.map(shapeSubstitution);
    },

    async substitution(id: string): Promise<Substitution | null> {
      const [row] = await sql.query<SubstitutionRow>(`${SUBSTITUTIONS} WHERE d.id = $1`, [id]);
      return row === undefined ? null : shapeSubstitution(row);
    },

    /** @throws AppError `conflict` for a recipient that does not exist */
    async addSubstitution(substitution: NewSubstitution): Promise<Substitution> {
      const id = randomUUID();
      const { absentId, substituteId, from, to } = substitution;
      await sql.run(
        'INSERT INTO duty_substitution (id, absent_id, substitute_id, from_at, to_at) VALUES ($1, $2, $3, $4, $5)',
        [id, absentId, substituteId, new Date(from), new Date(to)],
      );
      const [row] = await sql.query<SubstitutionRow>(`${SUBSTITUTIONS} WHERE d.id = $1`, [id]);
      if (row === undefined) throw new Error('a substitution that was just stored is gone');
      return shapeSubstitution(row);
    },

    async removeSubstitution(id: string): Promise<void> {
      if ((await sql.run('DELETE FROM duty_substitution WHERE id = $1', [id])) === 0)
        throw new AppError('not-found', 'there is no such substitution');
    },
  };
}
