import { randomUUID } from 'node:crypto';
import type { NewPlan, Plan, PlanChange } from '../../../contract/portal/plan.ts';
import { AppError } from '../../../domain/errors.ts';
import type { Sql } from '../sql.ts';

/** Field of the contract → column. */
const FIELDS = {
  name: 'name',
  sessionSeconds: 'session_seconds',
  idleSeconds: 'idle_seconds',
  daySeconds: 'day_seconds',
  monthSeconds: 'month_seconds',
  dayOctets: 'day_octets',
  monthOctets: 'month_octets',
  downKbit: 'down_kbit',
  upKbit: 'up_kbit',
  devices: 'devices',
  opensAt: 'opens_at',
  closesAt: 'closes_at',
} as const satisfies Record<keyof NewPlan, string>;
const NAMES = Object.keys(FIELDS) as (keyof NewPlan)[];

/** Columns of a plan, also for stores that read it beside something else. bigint as float8: exact below 2^53. */
export const planColumns = (alias: string): string =>
  NAMES.map((name) => `${alias}.${FIELDS[name]}${name.endsWith('Octets') ? '::float8' : ''} AS "${name}"`).join(', ');
const COLUMNS = `p.id, ${planColumns('p')}`;

const checked = (plan: NewPlan): NewPlan => {
  if ((plan.opensAt === null) !== (plan.closesAt === null))
    throw new AppError('bad-input', 'a plan has both an opening and a closing time, or neither', {
      faults: [{ field: plan.opensAt === null ? 'opensAt' : 'closesAt', reason: 'is missing' }],
    });
  return plan;
};

/** What people get: limits by name. */
export function portalPlans(sql: Sql) {
  async function get(id: string, within: Sql = sql, lock = ''): Promise<Plan> {
    const [plan] = await within.query<Plan>(`SELECT ${COLUMNS} FROM portal_plans p WHERE p.id = $1 ${lock}`, [id]);
    if (plan === undefined) throw new AppError('not-found', 'there is no such plan');
    return plan;
  }

  return {
    /** By name. They are few. */
    async list(): Promise<Plan[]> {
      return [...(await sql.query<Plan>(`SELECT ${COLUMNS} FROM portal_plans p ORDER BY p.name LIMIT 1000`))];
    },

    /** @throws AppError `not-found` */
    get: (id: string): Promise<Plan> => get(id),

    /** @throws AppError `conflict` for a name that is taken, `bad-input` */
    async create(plan: NewPlan, at: number = Date.now()): Promise<Plan> {
      const id = randomUUID();
      const columns = NAMES.map((name) => FIELDS[name]).join(', ');
      await sql.run(
        `INSERT INTO portal_plans (id, created_at, updated_at, ${columns})
         VALUES ($1, $2, $2, ${NAMES.map((_, i) => `$${i + 3}`).join(', ')})`,
        [id, new Date(at), ...NAMES.map((name) => checked(plan)[name] ?? null)],
      );
      return await get(id);
    },

    /** @throws AppError `not-found`, `conflict`, `bad-input` */
    async update(id: string, change: PlanChange, at: number = Date.now()): Promise<Plan> {
      return await sql.transaction(async (inner) => {
        const next = checked({ ...(await get(id, inner, 'FOR UPDATE')), ...change });
        await inner.run(
          `UPDATE portal_plans SET updated_at = $2, ${NAMES.map((name, i) => `${FIELDS[name]} = $${i + 3}`).join(', ')}
           WHERE id = $1`,
          [id, new Date(at), ...NAMES.map((name) => next[name] ?? null)],
        );
        return await get(id, inner);
      });
    },

    /** Sites and vouchers that had it go on without limits of their own. @throws AppError `not-found` */
    async remove(id: string): Promise<void> {
      if ((await sql.run('DELETE FROM portal_plans WHERE id = $1', [id])) === 0)
        throw new AppError('not-found', 'there is no such plan');
    },
  };
}
