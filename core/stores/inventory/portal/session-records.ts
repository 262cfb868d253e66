import type { Zone } from '../../../domain/zone.ts';
import type { Sql } from '../sql.ts';

/** How to reach the device while it is online; forgotten when its session ends. */
export type SessionContact = {
  readonly userName: string;
  readonly framedIp: string | null;
  readonly callingStationId: string | null;
};

/** What a gateway told of one session, already in the store's words: one or more records of it, taken together. */
export type SessionNews = {
  readonly gatewayId: string;
  readonly siteId: string;
  readonly acctSessionId: string;
  /** Tells sessions of one Acct-Session-Id apart; never a MAC or a name in clear. */
  readonly userKey: string;
  readonly loginId: string | null;
  /** Null where the gateway does not say it: that of the login then. */
  readonly macHash: string | null;
  /** Null when it ended. */
  readonly contact: SessionContact | null;
  /** As the newest record implies: its moment less its count of seconds, UTC ms. */
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly endedAt: number | null;
  readonly endCause: string | null;
  /** Counts of the whole session; the store keeps the largest it was told. */
  readonly seconds: number;
  readonly upOctets: number;
  readonly downOctets: number;
  /** Among the records is its Start: of one device on one gateway only the newest session lives. */
  readonly started: boolean;
};

/**
 * Ends that we concluded ourselves, at the moment up to which the session may have lived: news from after it shows that
 * it lives after all.
 */
const CONCLUDED = "('lost', 'replaced', 'restart', 'stale')";
/**
 * An Acct-Session-Id begins anew with a gateway's restart. News whose session began this much after the last news of a
 * stored one, and whose counts begin anew too, is of another session; less may be two clocks that disagree, or a gateway
 * that tells no time.
 */
const ANOTHER_AFTER = "interval '60 seconds'";
/** Whoever writes records of sessions holds it, so that what was counted before is known when more is added. */
const LOCK = 7_467_086;

/** Columns of news, as arrays: read in a fraction of the time that JSON takes. Moments are UTC ms. */
const COLUMNS = [
  ['gatewayId', 'uuid'],
  ['siteId', 'uuid'],
  ['acctSessionId', 'text'],
  ['userKey', 'text'],
  ['loginId', 'text'],
  ['macHash', 'text'],
  ['contact', 'text'],
  ['startedAt', 'float8'],
  ['updatedAt', 'float8'],
  ['endedAt', 'float8'],
  ['endCause', 'text'],
  ['seconds', 'bigint'],
  ['upOctets', 'bigint'],
  ['downOctets', 'bigint'],
] as const satisfies readonly (readonly [keyof SessionNews, string])[];

const NEWS = `unnest(${COLUMNS.map(([, type], at) => `$${at + 1}::${type}[]`).join(', ')}) WITH ORDINALITY
  AS r(${COLUMNS.map(([name]) => `"${name}"`).join(', ')}, place)`;
const OFFSET = `$${COLUMNS.length + 1}::float8`;

const columnsOf = (news: readonly SessionNews[]): unknown[][] =>
  COLUMNS.map(([name]) =>
    news.map((one) => (name === 'contact' ? one.contact && JSON.stringify(one.contact) : one[name])),
  );

const moment = (column: string): string => `to_timestamp(${column} / 1000)`;

/** A day of the zone's calendar; the last parameter says how far the zone is ahead of UTC, ms. */
const dayOf = (at: string): string => `((${at} AT TIME ZONE 'UTC') + ${OFFSET} * interval '1 millisecond')::date`;
const midnightOf = (day: string): string =>
  `((${day}::timestamp - ${OFFSET} * interval '1 millisecond') AT TIME ZONE 'UTC')`;

/** What news (`n`) make of a stored session (`s`): both are told apart by name, columns are those of the table. */
const taken = (n: string): string => {
  const isOver = `s.ended_at IS NOT NULL AND s.end_cause NOT IN ${CONCLUDED}`;
  const isOlder = `s.ended_at IS NOT NULL AND ${n}.updated_at <= s.ended_at`;
  return `before_updated_at = s.updated_at, before_seconds = s.seconds, before_up_octets = s.up_octets,
    before_down_octets = s.down_octets,
    started_at = CASE WHEN ${n}.started_at < s.started_at - interval '2 seconds' THEN ${n}.started_at
      ELSE s.started_at END,
    updated_at = greatest(s.updated_at, ${n}.updated_at),
    seconds = greatest(s.seconds, ${n}.seconds),
    up_octets = greatest(s.up_octets, ${n}.up_octets),
    down_octets = greatest(s.down_octets, ${n}.down_octets),
    ended_at = CASE WHEN ${isOver} THEN s.ended_at WHEN ${n}.ended_at IS NOT NULL THEN ${n}.ended_at
      WHEN ${isOlder} THEN s.ended_at END,
    end_cause = CASE WHEN ${isOver} THEN s.end_cause WHEN ${n}.ended_at IS NOT NULL THEN ${n}.end_cause
      WHEN ${isOlder} THEN s.end_cause END,
    contact = CASE WHEN ${n}.ended_at IS NOT NULL OR ${isOver} OR ${isOlder} THEN NULL ELSE ${n}.contact END`;
};
const isSame = (n: string): string => `(${n}.started_at <= s.updated_at + ${ANOTHER_AFTER} OR NOT (
    ${n}.seconds < s.seconds OR ${n}.up_octets < s.up_octets OR ${n}.down_octets < s.down_octets))`;

/** What is told apart of a session further down. */
const STORED = `s.login_id, s.site_id, s.method, s.subject_hash, s.started_at, s.updated_at, s.before_updated_at,
  s.seconds - s.before_seconds AS seconds, s.up_octets - s.before_up_octets AS up,
  s.down_octets - s.before_down_octets AS down`;

const ALIKE = 'site_id, method, subject_hash, started_at, updated_at, before_updated_at, seconds, up, down';

/**
 * One statement for all: sessions, what each person used on each day, and the counts of the day. Use since the last news
 * is shared out between the days in which it lies. A login whose gateway asks nobody (no RADIUS) counts as used with its
 * first session. Most news are of sessions and days that are there: these are changed without the dearer insertion.
 * @returns places of the news whose key belongs to another, older session
 */
const WRITE = `
WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(${LOCK})), n AS MATERIALIZED (
  SELECT r.place, r."gatewayId" AS gateway_id, r."siteId" AS site_id, r."acctSessionId" AS acct_session_id,
    r."userKey" AS user_name, r."loginId" AS login_id, r."macHash" AS mac_hash, r.contact::jsonb,
    ${moment('r."startedAt"')} AS started_at, ${moment('r."updatedAt"')} AS updated_at,
    ${moment('r."endedAt"')} AS ended_at, r."endCause" AS end_cause, r.seconds, r."upOctets" AS up_octets,
    r."downOctets" AS down_octets
  FROM turn CROSS JOIN ${NEWS}
), changed AS (
  UPDATE portal_sessions s SET ${taken('n')} FROM n
  WHERE s.gateway_id = n.gateway_id AND s.acct_session_id = n.acct_session_id AND s.user_name = n.user_name
    AND ${isSame('n')}
  RETURNING n.place, ${STORED}
), made AS (
  INSERT INTO portal_sessions AS s (gateway_id, site_id, acct_session_id, user_name, login_id, method, mac_hash,
    subject_hash, plan_id, contact, started_at, updated_at, ended_at, seconds, up_octets, down_octets, end_cause)
  SELECT n.gateway_id, n.site_id, n.acct_session_id, n.user_name, l.id, coalesce(l.method, 'unknown'),
    coalesce(n.mac_hash, l.mac_hash, ''), coalesce(l.subject_hash, n.mac_hash, n.user_name), l.plan_id, n.contact,
    n.started_at, n.updated_at, n.ended_at, n.seconds, n.up_octets, n.down_octets, n.end_cause
  FROM n LEFT JOIN LATERAL (
    SELECT * FROM portal_logins WHERE id = n.login_id AND site_id = n.site_id LIMIT 1
  ) l ON true
  WHERE n.place NOT IN (SELECT place FROM changed)
  ON CONFLICT (gateway_id, acct_session_id, user_name) DO UPDATE SET ${taken('excluded')}
  WHERE ${isSame('excluded')}
  RETURNING s.gateway_id, s.acct_session_id, s.user_name, ${STORED}
), entered AS (
  UPDATE portal_logins l SET used_at = greatest(l.issued_at, made.started_at) FROM made
  WHERE l.id = ANY (ARRAY(SELECT login_id FROM made)) AND l.id = made.login_id AND l.used_at IS NULL
), delta AS (
  SELECT site_id, method, subject_hash, ${dayOf('updated_at')} AS day, before_updated_at IS NULL AS is_new,
    ${dayOf('started_at')} AS first_day, coalesce(before_updated_at, started_at) AS since, updated_at AS until,
    seconds, up, down
  FROM (
    SELECT ${ALIKE} FROM changed UNION ALL SELECT ${ALIKE} FROM made
  ) stored
), shared AS (
  SELECT *, CASE WHEN since >= ${midnightOf('day')} THEN 0 ELSE
    extract(epoch FROM ${midnightOf('day')} - since) / extract(epoch FROM until - since) END AS before
  FROM delta
), part AS (
  SELECT site_id, method, subject_hash, day, 0 AS sessions, seconds - round(seconds * before)::bigint AS seconds,
    up - round(up * before)::bigint AS up, down - round(down * before)::bigint AS down FROM shared
  UNION ALL
  SELECT site_id, method, subject_hash, day - 1, 0, round(seconds * before)::bigint, round(up * before)::bigint,
    round(down * before)::bigint FROM shared WHERE before > 0
  UNION ALL
  SELECT site_id, method, subject_hash, first_day, 1, 0, 0, 0 FROM delta WHERE is_new
), sums AS MATERIALIZED (
  SELECT subject_hash, day, sum(seconds)::bigint AS seconds, sum(up + down)::bigint AS octets FROM part
  WHERE seconds > 0 OR up > 0 OR down > 0 GROUP BY subject_hash, day
), more AS (
  UPDATE portal_usage u SET seconds = u.seconds + sums.seconds, octets = u.octets + sums.octets FROM sums
  WHERE u.subject_hash = sums.subject_hash AND u.day = sums.day RETURNING u.subject_hash, u.day
), first AS (
  INSERT INTO portal_usage AS u (subject_hash, day, seconds, octets)
  SELECT * FROM sums WHERE (subject_hash, day) NOT IN (SELECT subject_hash, day FROM more)
  ON CONFLICT (subject_hash, day) DO UPDATE SET seconds = u.seconds + excluded.seconds,
    octets = u.octets + excluded.octets
), counted AS (
  INSERT INTO portal_days AS d (day, site_id, method, sessions, seconds, up_octets, down_octets)
  SELECT day, site_id, method, sum(sessions), sum(seconds), sum(up), sum(down) FROM part
  WHERE sessions > 0 OR seconds > 0 OR up > 0 OR down > 0
  GROUP BY day, site_id, method ORDER BY day, site_id, method
  ON CONFLICT (day, site_id, method) DO UPDATE SET sessions = d.sessions + excluded.sessions,
    seconds = d.seconds + excluded.seconds, up_octets = d.up_octets + excluded.up_octets,
    down_octets = d.down_octets + excluded.down_octets
)
SELECT n.place::int FROM n WHERE n.place NOT IN (SELECT place FROM changed)
  AND (n.gateway_id, n.acct_session_id, n.user_name) NOT IN (
    SELECT gateway_id, acct_session_id, user_name FROM made)`;

/** Makes room for a session that has the id of an older one. */
const MOVE_ASIDE = `WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(${LOCK})) UPDATE portal_sessions s SET acct_session_id = s.acct_session_id || '#' || s.id, contact = NULL,
    ended_at = coalesce(s.ended_at, s.updated_at), end_cause = coalesce(s.end_cause, 'replaced')
  FROM turn CROSS JOIN ${NEWS} WHERE s.gateway_id = r."gatewayId" AND s.acct_session_id = r."acctSessionId"
    AND s.user_name = r."userKey"`;

const END_OLDER = `WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(${LOCK})) UPDATE portal_sessions s SET ended_at = greatest(s.updated_at, d.began), end_cause = 'lost',
    contact = NULL
  FROM (
    SELECT y.gateway_id, y.mac_hash, max(y.started_at) AS began, max(y.id) FILTER (WHERE y.newest = 1) AS id FROM (
      SELECT x.id, x.gateway_id, x.mac_hash, x.started_at,
        row_number() OVER (PARTITION BY x.gateway_id, x.mac_hash ORDER BY x.started_at DESC, x.id DESC) AS newest
      FROM (SELECT DISTINCT r."gatewayId", r."macHash" FROM turn CROSS JOIN ${NEWS} WHERE r."macHash" <> '') n
      JOIN portal_sessions x
        ON x.gateway_id = n."gatewayId" AND x.mac_hash = n."macHash" AND x.ended_at IS NULL
    ) y GROUP BY y.gateway_id, y.mac_hash HAVING count(*) > 1
  ) d
  WHERE s.gateway_id = d.gateway_id AND s.mac_hash = d.mac_hash AND s.ended_at IS NULL AND s.id <> d.id`;

/** Within a transaction that ends many sessions at once: nobody else writes any meanwhile. */
export const lockRecords = (tx: Sql): Promise<unknown> => tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);

/**
 * Writes news of sessions; at most one for each key (gateway, Acct-Session-Id, user key). Told twice, late or in another
 * order, it is the same in the end: counts never go back, and use is counted once. Should it break off between its
 * statements, telling the same again completes it.
 */
export async function writeSessionNews(sql: Sql, news: readonly SessionNews[], zone: Zone): Promise<void> {
  if (news.length === 0) return;
  const write = async (some: readonly SessionNews[]): Promise<readonly SessionNews[]> => {
    const rows = await sql.query<{ place: number }>(WRITE, [...columnsOf(some), zone.offsetMs], 'portal-session-news');
    return rows.flatMap(({ place }) => some[place - 1] ?? []);
  };
  const others = await write(news);
  if (others.length > 0) {
    await sql.run(MOVE_ASIDE, columnsOf(others));
    await write(others);
  }
  const started = news.filter((one) => one.started);
  if (started.length > 0) await sql.query(END_OLDER, columnsOf(started), 'portal-session-end-older');
}

/** The gateway began anew, or goes: what lived on it before is over (RFC 2866 §5.1). */
export async function endSessionsOf(sql: Sql, gatewayId: string, at: number): Promise<void> {
  await sql.transaction(async (tx) => {
    await lockRecords(tx);
    await tx.run(
      `UPDATE portal_sessions SET ended_at = $2, end_cause = 'restart', contact = NULL
       WHERE gateway_id = $1 AND ended_at IS NULL AND started_at <= $2 AND updated_at <= $2`,
      [gatewayId, new Date(at)],
    );
  });
}
