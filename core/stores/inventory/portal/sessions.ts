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

const whereOf = (parts: readonly string[]): string => (parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`);

/** Nobody turns more pages than this many rows; more are not counted either. */
export const MOST_LISTED = 10_000;

export type PortalSessionStore = ReturnType<typeof portalSessions>;

/** Stays of devices. */
export function portalSessions(sql: Sql) {
  return {
    /** News of sessions, see there. */
    write: (news: readonly SessionNews[], zone: Zone): Promise<void> => writeSessionNews(sql, news, zone),

    endOfGateway: (gatewayId: string, at: number): Promise<void> => endSessionsOf(sql, gatewayId, at),

    /**
     * Newest first, at most `MOST_LISTED`; `total` counts no further than one more. Each site gives its newest by its own
     * index, so that it takes as long with ten million sessions as with a thousand.
     */
    async list(filter: PortalSessionFilter = {}): Promise<Page<PortalSession>> {
      const page = filter.page ?? 1;
      const pageSize = filter.pageSize ?? 100;
      const offset = (page - 1) * pageSize;
      if (offset >= MOST_LISTED) return { items: [], total: MOST_LISTED, page, pageSize };
      const sites = new Conditions().within('z.region_code', filter.region).equals('z.id', filter.siteId);
      const own: string[] = [];
      if (filter.gatewayId !== undefined) {
        const id = sites.value(filter.gatewayId);
        sites.and(`z.id = (SELECT site_id FROM portal_gateways WHERE id = ${id}::uuid)`);
        own.push(`y.gateway_id = ${id}::uuid`);
      }
      if (filter.live !== undefined) own.push(`y.ended_at IS ${filter.live ? '' : 'NOT '}NULL`);
      const isAll = sites.where === '';
      const newest = `ORDER BY y.started_at DESC, y.id DESC LIMIT ${Number(offset + pageSize)}`;
      const found = isAll
        ? `SELECT y.id, y.started_at FROM portal_sessions y ${whereOf(own)} ${newest}`
        : `SELECT q.id, q.started_at FROM (SELECT z.id FROM site z ${sites.where}) z CROSS JOIN LATERAL (
             SELECT y.id, y.started_at FROM portal_sessions y ${whereOf(['y.site_id = z.id', ...own])} ${newest}) q`;
      const counted = isAll ? '' : `JOIN (SELECT z.id FROM site z ${sites.where}) z ON z.id = y.site_id`;
      const [rows, totals] = await Promise.all([
        sql.query<Row>(
          `SELECT ${COLUMNS} FROM (
             SELECT y.id FROM (${found}) y ORDER BY y.started_at DESC, y.id DESC
             LIMIT ${Number(pageSize)} OFFSET ${Number(offset)}
           ) p JOIN portal_sessions x ON x.id = p.id ${NAMED} ORDER BY x.started_at DESC, x.id DESC`,
          sites.values,
        ),
        sql.query<{ total: number }>(
          `SELECT count(*)::int AS total FROM (
             SELECT 1 FROM portal_sessions y ${counted} ${whereOf(own)} LIMIT ${MOST_LISTED}) c`,
          sites.values,
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
      return await sql.transaction(async (tx) => {
        await lockRecords(tx);
        return await tx.run(
          `UPDATE portal_sessions s SET ended_at = s.updated_at, end_cause = 'stale', contact = NULL
           FROM portal_gateways g WHERE g.id = s.gateway_id AND s.ended_at IS NULL
             AND s.updated_at < $1::timestamptz - coalesce(g.stale_seconds, $2::int) * interval '1 second'`,
          [new Date(at), staleSeconds],
        );
      });
    },
  };
}

const END_ASKED = `id::text, gateway_id AS "gatewayId", site_id AS "siteId", acct_session_id AS "acctSessionId",
  login_id AS "loginId", contact, end_asked_at AS "endAskedAt"`;
type EndAskedRow = Omit<EndAsked, 'endAskedAt'> & { readonly endAskedAt: Date };
