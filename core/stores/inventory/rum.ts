import { HOUR } from '../../domain/clock.ts';
import type { RegionCode } from '../../domain/region.ts';
import { fingerprintOf, type RumConnection, type RumReport, type RumVital } from '../../domain/rum.ts';
import { Conditions, millis } from './query.ts';
import type { Sql } from './sql.ts';

export type RumFilter = {
  readonly region: RegionCode | '';
  readonly from: number;
  readonly to: number;
  readonly route?: string | undefined;
  readonly connection?: RumConnection | undefined;
};

/** What counts are told apart by. */
const PARTS = {
  route: 'route',
  regency: 'regency',
  connection: 'connection',
  /** Beginning of the day, UTC ms as text; a zone's days are the caller's. */
  day: '(floor(extract(epoch FROM hour) / 86400) * 86400000)::bigint::text',
} as const;
export type RumPart = keyof typeof PARTS;

export type VitalCount = {
  readonly part: string;
  readonly vital: RumVital;
  readonly bucket: number;
  readonly count: number;
};
export type ErrorCount = {
  readonly fingerprint: string;
  readonly sample: string;
  readonly routes: readonly string[];
  readonly browsers: readonly string[];
  readonly count: number;
  readonly lastHour: number;
};

/** Rows of one hour: beyond them everything falls under `other`, whatever is sent. */
const MOST_ROUTES = 100;
const MOST_ERRORS = 200;

export type Rum = ReturnType<typeof rum>;

/** Counts of what browsers measured, by hour. */
export function rum(sql: Sql) {
  async function isRoom(table: string, column: string, value: string, hour: Date, most: number): Promise<boolean> {
    const [row] = await sql.query<{ known: boolean; count: number }>(
      `SELECT count(DISTINCT ${column})::int AS count, coalesce(bool_or(${column} = $2), false) AS known
       FROM ${table} WHERE hour = $1`,
      [hour, value],
    );
    return row === undefined || row.known || row.count < most;
  }

  function narrowed({ region, from, to, route, connection }: RumFilter): Conditions {
    const conditions = new Conditions()
      .within('regency', region)
      .equals('route', route)
      .equals('connection', connection);
    return conditions
      .and(`hour >= ${conditions.value(new Date(from))}`)
      .and(`hour < ${conditions.value(new Date(to))}`);
  }

  return {
    async add(report: RumReport, regency: RegionCode | '', at: number): Promise<void> {
      const hour = new Date(Math.floor(at / HOUR) * HOUR);
      const { connection, browser } = report;
      const route = (await isRoom('rum_vital', 'route', report.route, hour, MOST_ROUTES)) ? report.route : 'other';
      const counts = new Map<string, { vital: string; bucket: number; count: number }>();
      for (const { vital, bucket } of report.vitals) {
        const key = `${vital} ${bucket}`;
        counts.set(key, { vital, bucket, count: (counts.get(key)?.count ?? 0) + 1 });
      }
      const rows = [...counts.values()];
      if (rows.length > 0)
        await sql.run(
          `INSERT INTO rum_vital (hour, route, regency, connection, vital, bucket, count)
           SELECT $1, $2, $3, $4, vital, bucket, count FROM unnest($5::text[], $6::smallint[], $7::int[]) AS t (vital, bucket, count)
           ON CONFLICT (hour, route, regency, connection, vital, bucket)
           DO UPDATE SET count = rum_vital.count + excluded.count`,
          [
            ...[hour, route, regency, connection],
            ...[rows.map(({ vital }) => vital), rows.map(({ bucket }) => bucket), rows.map(({ count }) => count)],
          ],
        );
      for (const message of new Set(report.errors)) {
        const count = report.errors.filter((other) => other === message).length;
        const found = fingerprintOf(message);
        const isKept = await isRoom('rum_error', 'fingerprint', found, hour, MOST_ERRORS);
        const [fingerprint, sample] = isKept ? [found, message] : ['other', 'other'];
        await sql.run(
          `INSERT INTO rum_error (hour, route, regency, connection, fingerprint, browser, sample, count)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (hour, route, regency, connection, fingerprint, browser)
           DO UPDATE SET count = rum_error.count + excluded.count`,
          [hour, route, regency, connection, fingerprint, browser, sample, count],
        );
      }
    },

    vitals: (filter: RumFilter, part: RumPart): Promise<readonly VitalCount[]> => {
      const conditions = narrowed(filter);
      return sql.query<VitalCount>(
        `SELECT ${PARTS[part]} AS part, vital, bucket, sum(count)::int AS count FROM rum_vital ${conditions.where}
         GROUP BY 1, 2, 3`,
        conditions.values,
      );
    },

    /** How many errors each part had. */
    async errorCounts(filter: RumFilter, part: RumPart): Promise<ReadonlyMap<string, number>> {
      const conditions = narrowed(filter);
      const rows = await sql.query<{ part: string; count: number }>(
        `SELECT ${PARTS[part]} AS part, sum(count)::int AS count FROM rum_error ${conditions.where} GROUP BY 1`,
        conditions.values,
      );
      return new Map(rows.map((row) => [row.part, row.count]));
    },

    /** The most frequent first. */
    async errors(filter: RumFilter, most: number): Promise<ErrorCount[]> {
      const conditions = narrowed(filter);
      const rows = await sql.query<Omit<ErrorCount, 'lastHour'> & { last: Date }>(
        `SELECT fingerprint, min(sample) AS sample, array_agg(DISTINCT route) AS routes,
           array_agg(DISTINCT browser) AS browsers, sum(count)::int AS count, max(hour) AS last
         FROM rum_error ${conditions.where} GROUP BY fingerprint ORDER BY sum(count) DESC, fingerprint LIMIT ${Number(most)}`,
        conditions.values,
      );
      return rows.map(({ last, ...row }) => ({ ...row, lastHour: millis(last) }));
    },

    async removeBefore(at: number): Promise<void> {
      for (const table of ['rum_vital', 'rum_error'])
        await sql.run(`DELETE FROM ${table} WHERE hour < $1`, [new Date(at)]);
    },
  };
}
