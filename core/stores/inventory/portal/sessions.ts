import type { PortalSession } from '../../../contract/portal/session.ts';
import type { RegionCode } from '../../../domain/region.ts';
import type { Zone } from '../../../domain/zone.ts';
import { Conditions, millis, millisOrNull, type Page, type PageAsked } from '../query.ts';
import type { Sql } from '../sql.ts';
import {
  endSessionsOf,
  lockRecords,
  type SessionContact,
  type SessionNews,
  writeSessionNews,
} from './session-records.ts';

export type PortalSessionFilter = PageAsked & {
  readonly region?: RegionCode | '' | undefined;
  readonly siteId?: string | undefined;
  readonly gatewayId?: string | undefined;
  /** Only those that live now, or only those that ended; both where it is not given. */
  readonly live?: boolean | undefined;
};

/** A session that somebody asked to end, as the portal needs it. */
export type EndAsked = {
  readonly id: string;
  readonly gatewayId: string;
  readonly siteId: string;
  readonly acctSessionId: string;
  readonly loginId: string | null;
  readonly contact: SessionContact | null;
  readonly endAskedAt: number;
};

/** A session as its own status page sees it. */
export type SessionOfLogin = {
  readonly id: string;
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly endedAt: number | null;
  readonly endCause: string | null;
  readonly seconds: number;
  readonly upOctets: number;
  readonly downOctets: number;
};

type Moments = 'startedAt' | 'updatedAt' | 'endedAt' | 'endAskedAt';
type Row = Omit<PortalSession, Moments> & {
  startedAt: Date;
  updatedAt: Date;
  endedAt: Date | null;
  endAskedAt: Date | null;
};

const COLUMNS = `x.id::text, x.site_id AS "siteId", s.name AS "siteName", s.region_code AS "regionCode",
  x.gateway_id AS "gatewayId", g.name AS "gatewayName", x.method, left(x.mac_hash, 6) AS device,
  x.started_at AS "startedAt", x.updated_at AS "updatedAt", x.ended_at AS "endedAt", x.seconds::float8,
  x.up_octets::float8 AS "upOctets", x.down_octets::float8 AS "downOctets", x.end_cause AS "endCause",
  x.end_asked_at AS "endAskedAt", x.end_answer AS "endAnswer"`;
const NAMED = 'JOIN site s ON s.id = x.site_id JOIN portal_gateways g ON g.id = x.gateway_id';
const shape = (row: Row): PortalSession => ({
  ...row,
  startedAt: millis(row.startedAt),
  updatedAt: millis(row.updatedAt),
  endedAt: millisOrNull(row.endedAt),
  endAskedAt: millisOrNull(row.endAskedAt),
});

/** Nobody turns more pages than this many rows; more are not counted either. */
export const MOST_LISTED = 10_000;

/** Stays of devices. */
export function portalSessions(sql: Sql) {
  /** Whose sessions are asked for; null = of all sites, which one index has in order. */
  async function sitesOf({ region, siteId, gatewayId }: PortalSessionFilter): Promise<readonly string[] | null> {
    const conditions = new Conditions().within('z.region_code', region).equals('z.id', siteId);
    if (gatewayId !== undefined)
      conditions.and(`z.id = (SELECT site_id FROM portal_gateways WHERE id = ${conditions.value(gatewayId)}::uuid)`);
    if (conditions.where === '') return null;
    const [row] = await sql.query<{ ids: string[]; isAll: boolean }>(
      `SELECT coalesce(array_agg(z.id), '{}') AS ids, count(*) = (SELECT count(*) FROM site) AS "isAll"
       FROM site z ${conditions.where}`,
      conditions.values,
    );
    return row === undefined || (row.isAll && gatewayId === undefined) ? null : row.ids;
  }

  return {
    /** News of sessions, see there. */
    write: (news: readonly SessionNews[], zone: Zone): Promise<void> => writeSessionNews(sql, news, zone),

    endOfGateway: (gatewayId: string, at: number): Promise<void> => endSessionsOf(sql, gatewayId, at),

    /**
     * Newest first, at most `MOST_LISTED`, and `total` counts no further. Each site gives its newest by its own index, so that
     * it takes as long with ten million sessions as with a thousand.
     */
    async list(filter: PortalSessionFilter = {}): Promise<Page<PortalSession>> {
      const page = filter.page ?? 1;
      const pageSize = filter.pageSize ?? 100;
      const offset = (page - 1) * pageSize;
      if (offset >= MOST_LISTED) return { items: [], total: MOST_LISTED, page, pageSize };
      const siteIds = await sitesOf(filter);
      const conditions = new Conditions();
      if (filter.gatewayId !== undefined) conditions.and(`y.gateway_id = ${conditions.value(filter.gatewayId)}::uuid`);
      if (filter.live !== undefined) conditions.and(`y.ended_at IS ${filter.live ? '' : 'NOT '}NULL`);
      if (siteIds !== null) conditions.and('y.site_id = z.id');
      const each = siteIds === null ? '' : `unnest(${conditions.value(siteIds)}::uuid[]) z(id) CROSS JOIN LATERAL`;
      const newest = (most: number): string => `SELECT q.id, q.started_at FROM ${each} (
        SELECT y.id, y.started_at FROM portal_sessions y ${conditions.where}
        ORDER BY y.started_at DESC, y.id DESC LIMIT ${Number(most)}) q`;
      const [rows, totals] = await Promise.all([
        sql.query<Row>(
          `SELECT ${COLUMNS} FROM (
             ${newest(offset + pageSize)} ORDER BY q.started_at DESC, q.id DESC
             LIMIT ${Number(pageSize)} OFFSET ${Number(offset)}
           ) p JOIN portal_sessions x ON x.id = p.id ${NAMED} ORDER BY x.started_at DESC, x.id DESC`,
          conditions.values,
        ),
        sql.query<{ total: number }>(
          `SELECT count(*)::int AS total FROM (${newest(MOST_LISTED)} LIMIT ${MOST_LISTED}) c`,
          conditions.values,
        ),
      ]);
      return { items: rows.map(shape), total: totals[0]?.total ?? 0, page, pageSize };
    },

    async get(id: string): Promise<PortalSession | null> {
      const [row] = await sql.query<Row>(`SELECT ${COLUMNS} FROM portal_sessions x ${NAMED} WHERE x.id = $1`, [id]);
      return row === undefined ? null : shape(row);
    },

    /** How many live in each site of a region that has any. */
    async live(region: RegionCode | '' = ''): Promise<readonly { readonly siteId: string; readonly live: number }[]> {
      const conditions = new Conditions().and('x.ended_at IS NULL').within('s.region_code', region);
      return await sql.query(
        `SELECT x.site_id AS "siteId", count(*)::int AS live FROM portal_sessions x JOIN site s ON s.id = x.site_id
         ${conditions.where} GROUP BY x.site_id ORDER BY x.site_id`,
        conditions.values,
      );
    },

    /** The login by which a device is online at a gateway; null where it is not, or came in some other way. */
    async loginOfDevice(gatewayId: string, macHash: string): Promise<string | null> {
      const [row] = await sql.query<{ loginId: string }>(
        `SELECT login_id AS "loginId" FROM portal_sessions
         WHERE gateway_id = $1 AND mac_hash = $2 AND ended_at IS NULL AND login_id IS NOT NULL
         ORDER BY started_at DESC, id DESC LIMIT 1`,
        [gatewayId, macHash],
        'portal-session-of-device',
      );
      return row?.loginId ?? null;
    },

    /** Of one login, newest first. */
    async ofLogin(loginId: string): Promise<readonly SessionOfLogin[]> {
      type Own = Omit<SessionOfLogin, 'startedAt' | 'updatedAt' | 'endedAt'> &
        Pick<Row, 'startedAt' | 'updatedAt' | 'endedAt'>;
      const rows = await sql.query<Own>(
        `SELECT id::text, started_at AS "startedAt", updated_at AS "updatedAt", ended_at AS "endedAt",
           end_cause AS "endCause", seconds::float8, up_octets::float8 AS "upOctets", down_octets::float8 AS "downOctets"
         FROM portal_sessions WHERE login_id = $1 ORDER BY started_at DESC, id DESC LIMIT 50`,
        [loginId],
        'portal-sessions-of-login',
      );
      return rows.map((row) => ({
        ...row,
        startedAt: millis(row.startedAt),
        updatedAt: millis(row.updatedAt),
        endedAt: millisOrNull(row.endedAt),
      }));
    },

    /**
     * Somebody asks for the end of a session; its device does not come back without a page.
     * @returns null where it does not live (any more)
     */
    async askEnd(id: string, at: number): Promise<EndAsked | null> {
      const [row] = await sql.query<EndAskedRow>(
        `WITH asked AS (
           UPDATE portal_sessions SET end_asked_at = $2, end_answer = NULL WHERE id = $1 AND ended_at IS NULL
           RETURNING *
         ), ended AS (
           UPDATE portal_logins l SET reentry_until = $2 FROM asked
           WHERE l.id = asked.login_id AND l.reentry_until > $2
         )
         SELECT ${END_ASKED} FROM asked`,
        [id, new Date(at)],
      );
      return row === undefined ? null : { ...row, endAskedAt: millis(row.endAskedAt) };
    },

    /** Live sessions of people who have used up the time or data of their day or month, whose end nobody asked for. */
    async overused(day: string, monthStart: string): Promise<readonly string[]> {
      const rows = await sql.query<{ id: string }>(
        `SELECT s.id::text FROM portal_sessions s JOIN portal_plans p ON p.id = s.plan_id
         CROSS JOIN LATERAL (
           SELECT sum(u.seconds) FILTER (WHERE u.day = $1::date) AS day_seconds, sum(u.seconds) AS month_seconds,
             sum(u.octets) FILTER (WHERE u.day = $1::date) AS day_octets, sum(u.octets) AS month_octets
           FROM portal_usage u WHERE u.subject_hash = s.subject_hash AND u.day >= $2::date
         ) used
         WHERE s.ended_at IS NULL AND s.end_asked_at IS NULL AND (used.day_seconds >= p.day_seconds
           OR used.month_seconds >= p.month_seconds OR used.day_octets >= p.day_octets
           OR used.month_octets >= p.month_octets) ORDER BY s.id`,
        [day, monthStart],
        'portal-sessions-overused',
      );
      return rows.map(({ id }) => id);
    },

    /** Ends that were asked for and not answered, oldest first. */
    async endAsked(most = 100): Promise<readonly EndAsked[]> {
      const rows = await sql.query<EndAskedRow>(
        `SELECT ${END_ASKED} FROM portal_sessions
         WHERE ended_at IS NULL AND end_asked_at IS NOT NULL AND end_answer IS NULL ORDER BY end_asked_at LIMIT $1`,
        [most],
      );
      return rows.map((row) => ({ ...row, endAskedAt: millis(row.endAskedAt) }));
    },

    /** What the gateway said. @param end the session is over: nobody else will tell */
    async answerEnd(id: string, answer: string, end: { readonly at: number; readonly cause: string } | null = null) {
      await sql.run(
        `UPDATE portal_sessions SET end_answer = $2, ended_at = coalesce(ended_at, $3),
           end_cause = CASE WHEN ended_at IS NULL AND $3 IS NOT NULL THEN $4 ELSE end_cause END,
           contact = CASE WHEN ended_at IS NULL AND $3::timestamptz IS NULL THEN contact END WHERE id = $1`,
        [id, answer, end === null ? null : new Date(end.at), end?.cause ?? null],
      );
    },

    /**
     * Closes sessions whose gateway tells nothing any more: after its own `stale_seconds`, or these.
     * @returns how many
     */
    async endStale(at: number, staleSeconds: number): Promise<number> {
      const isStale = `g.id = s.gateway_id AND s.ended_at IS NULL
        AND s.updated_at < $1::timestamptz - coalesce(g.stale_seconds, $2::int) * interval '1 second'`;
      // Looked for beforehand: no record waits while all that live are gone through.
      const found = await sql.query<{ id: string }>(
        `SELECT s.id::text FROM portal_sessions s JOIN portal_gateways g ON ${isStale}`,
        [new Date(at), staleSeconds],
      );
      if (found.length === 0) return 0;
      return await sql.transaction(async (tx) => {
        await lockRecords(tx);
        return await tx.run(
          `UPDATE portal_sessions s SET ended_at = s.updated_at, end_cause = 'stale', contact = NULL
           FROM portal_gateways g WHERE s.id = ANY ($3::bigint[]) AND ${isStale}`,
          [new Date(at), staleSeconds, found.map(({ id }) => id)],
        );
      });
    },
  };
}

const END_ASKED = `id::text, gateway_id AS "gatewayId", site_id AS "siteId", acct_session_id AS "acctSessionId",
  login_id AS "loginId", contact, end_asked_at AS "endAskedAt"`;
type EndAskedRow = Omit<EndAsked, 'endAskedAt'> & { readonly endAskedAt: Date };
