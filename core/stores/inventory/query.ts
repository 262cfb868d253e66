import { isRegionCode, type RegionCode } from '../../domain/region.ts';
import type { Sql } from './sql.ts';

/** Sites of which a village of the programme has two; put the name of its table and a dot before it. */
export const HOTSPOT = "kind IN ('village-office', 'village-public')";

export type Page<T> = {
  readonly items: T[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
};
/** Pages are counted from 1; by default the first 100 rows. */
export type PageAsked = { readonly page?: number | undefined; readonly pageSize?: number | undefined };

export const millis = (date: Date): number => date.getTime();
export const millisOrNull = (date: Date | null): number | null => date?.getTime() ?? null;
export const dateOrNull = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** Collects the parts of a WHERE with their parameters. */
export class Conditions {
  readonly values: unknown[] = [];
  readonly #parts: string[] = [];

  /** @returns the placeholder of the parameter */
  value(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  and(part: string): this {
    this.#parts.push(`(${part})`);
    return this;
  }

  /** Nothing where `value` is undefined. */
  equals(column: string, value: unknown): this {
    return value === undefined ? this : this.and(`${column} = ${this.value(value)}`);
  }

  /** The region itself and all below it; undefined or empty = everywhere. */
  within(column: string, region: RegionCode | '' | undefined): this {
    return this.withinAny([column], region);
  }

  withinAny(columns: readonly string[], region: RegionCode | '' | undefined): this {
    if (region === undefined || region === '') return this;
    if (!isRegionCode(region)) return this.and('false');
    const exact = this.value(region);
    const below = this.value(`${region}.%`);
    return this.and(columns.map((column) => `${column} = ${exact} OR ${column} LIKE ${below}`).join(' OR '));
  }

  /** Part of any of the columns, in any case. */
  contains(columns: readonly string[], text: string | undefined): this {
    if (text === undefined || text === '') return this;
    const pattern = this.value(`%${text.replace(/[\\%_]/g, '\\$&')}%`);
    return this.and(columns.map((column) => `${column} ILIKE ${pattern}`).join(' OR '));
  }

  get where(): string {
    return this.#parts.length === 0 ? '' : `WHERE ${this.#parts.join(' AND ')}`;
  }
}

/** One page and the total of `SELECT columns FROM from WHERE …`. */
export async function paged<Row, T>(
  sql: Sql,
  query: {
    readonly columns: string;
    readonly from: string;
    readonly conditions: Conditions;
    readonly orderBy: string;
    readonly asked: PageAsked;
    readonly shape: (row: Row) => T;
  },
): Promise<Page<T>> {
  const { columns, from, conditions, orderBy, asked, shape } = query;
  const page = asked.page ?? 1;
  const pageSize = asked.pageSize ?? 100;
  // All rows are counted, so all are made. PostgreSQL before 16 plans as if the limit ended the work early, and a page of
  // few rows takes it seconds; a limit that it cannot see it takes for a tenth of all.
  const rows = await sql.query<Row & { __total: number }>(
    `SELECT ${columns}, (count(*) OVER ())::int AS __total FROM ${from} ${conditions.where}
     ORDER BY ${orderBy} LIMIT (SELECT ${Number(pageSize)}) OFFSET ${(Number(page) - 1) * Number(pageSize)}`,
    conditions.values,
  );
  const total = rows[0]?.__total ?? (page === 1 ? 0 : await countOf(sql, from, conditions));
  return { items: rows.map(({ __total, ...row }) => shape(row as Row)), total, page, pageSize };
}

/** For a page beyond the last, which has no row to say the total. */
async function countOf(sql: Sql, from: string, conditions: Conditions): Promise<number> {
  const rows = await sql.query<{ total: number }>(
    `SELECT count(*)::int AS total FROM ${from} ${conditions.where}`,
    conditions.values,
  );
  return rows[0]?.total ?? 0;
}
