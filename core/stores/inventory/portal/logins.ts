import type { PlanLimits } from '../../../domain/portal/decide.ts';
import type { Grant, Usage } from '../../../domain/portal/grant.ts';
import { dateOrNull, millis, millisOrNull } from '../query.ts';
import type { Sql } from '../sql.ts';
import { planColumns } from './plans.ts';

/** A one-time way in as it is written down. Its password is derived from the id and is not here. */
export type NewLogin = {
  readonly id: string;
  readonly gatewayId: string;
  readonly siteId: string;
  readonly macHash: string;
  readonly method: string;
  readonly subjectHash: string;
  readonly planId: string | null;
  readonly consentId: string | null;
  readonly grant: StoredGrant;
  readonly arrivedAt: number;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly reentryUntil: number | null;
};

/** `notAfter`: the end of what it was earned with (a voucher), UTC ms. */
export type StoredGrant = Grant & { readonly notAfter?: number };

export type Login = NewLogin & { readonly usedAt: number | null };

/** One try to use a login, by the gateway that asks and the device that it names. */
export type Use = {
  readonly loginId: string;
  readonly gatewayId: string;
  readonly macHash: string;
  readonly acctSessionId: string | null;
};

/** A device's way back in, and all that decides about it. */
export type Reentry = {
  readonly loginId: string;
  readonly method: string;
  readonly notAfter: number | null;
  readonly plan: PlanLimits | null;
  readonly usage: Usage;
};

/** What counts for one person and device before they are let in. */
export type Asked = {
  readonly subjectHash: string;
  readonly macHash: string;
  readonly planId: string | null;
  readonly at: number;
  /** Of the zone's calendar. */
  readonly day: string;
  readonly monthStart: string;
};

type UsageRow = { daySeconds: number; monthSeconds: number; dayOctets: number; monthOctets: number };
type PlanRow = { planId: string | null } & { readonly [Name in keyof PlanLimits]: PlanLimits[Name] };

/** Sums are float8: exact below 2^53. */
const usageColumns = (subject: string, mac: string, at: string, day: string, monthStart: string): string => `
  coalesce((SELECT to_jsonb(u) FROM (
    SELECT sum(seconds) FILTER (WHERE day = ${day}::date)::float8 AS "daySeconds", sum(seconds)::float8 AS "monthSeconds",
      sum(octets) FILTER (WHERE day = ${day}::date)::float8 AS "dayOctets", sum(octets)::float8 AS "monthOctets"
    FROM portal_usage WHERE subject_hash = ${subject} AND day >= ${monthStart}::date
  ) u), '{}') AS used,
  (SELECT count(*)::int FROM (
    SELECT s.mac_hash FROM portal_sessions s
      WHERE s.subject_hash = ${subject} AND s.mac_hash <> ${mac} AND s.ended_at IS NULL
    UNION SELECT l.mac_hash FROM portal_logins l
      WHERE l.subject_hash = ${subject} AND l.mac_hash <> ${mac} AND l.expires_at > ${at}
        AND l.issued_at > ${at} - interval '10 minutes'
  ) d) AS "otherDevices"`;

const usageOf = (used: Partial<UsageRow>, otherDevices: number): Usage => ({
  daySeconds: used.daySeconds ?? 0,
  monthSeconds: used.monthSeconds ?? 0,
  dayOctets: used.dayOctets ?? 0,
  monthOctets: used.monthOctets ?? 0,
  otherDevices,
});

const LOGIN = `l.id, l.gateway_id AS "gatewayId", l.site_id AS "siteId", l.mac_hash AS "macHash", l.method,
  l.subject_hash AS "subjectHash", l.plan_id AS "planId", l.consent_id AS "consentId", l.grant_given AS "grant",
  l.arrived_at AS "arrivedAt", l.issued_at AS "issuedAt", l.expires_at AS "expiresAt", l.used_at AS "usedAt",
  l.reentry_until AS "reentryUntil"`;
type LoginRow = Omit<Login, 'arrivedAt' | 'issuedAt' | 'expiresAt' | 'usedAt' | 'reentryUntil'> & {
  arrivedAt: Date;
  issuedAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  reentryUntil: Date | null;
};

export type LoginStore = ReturnType<typeof portalLogins>;

/** Ways in that people earned: each used once, by the device and at the gateway that it is of. */
export function portalLogins(sql: Sql) {
  return {
    /** Plan and use so far, in one query. A plan that is gone counts as none. */
    async standing(asked: Asked, within: Sql = sql): Promise<{ plan: PlanLimits | null; usage: Usage }> {
      type Row = PlanRow & { used: Partial<UsageRow>; otherDevices: number };
      const [row] = await within.query<Row>(
        `SELECT p.id AS "planId", ${planColumns('p')}, ${usageColumns('$1', '$2', '$4::timestamptz', '$5', '$6')}
         FROM (SELECT 1) one LEFT JOIN portal_plans p ON p.id = $3::uuid`,
        [asked.subjectHash, asked.macHash, asked.planId, new Date(asked.at), asked.day, asked.monthStart],
        'portal-login-standing',
      );
      if (row === undefined) throw new Error('a query of one row gave none');
      const { planId, used, otherDevices, ...plan } = row;
      return { plan: planId === null ? null : plan, usage: usageOf(used, otherDevices) };
    },

    /** `standing` of several at one moment, in one query. @returns in their order */
    async standings(
      asked: readonly Pick<Asked, 'subjectHash' | 'macHash' | 'planId'>[],
      { at, day, monthStart }: Pick<Asked, 'at' | 'day' | 'monthStart'>,
    ): Promise<readonly { plan: PlanLimits | null; usage: Usage }[]> {
      type Row = PlanRow & { n: number; used: Partial<UsageRow>; otherDevices: number };
      const rows = await sql.query<Row>(
        `SELECT a.n, p.id AS "planId", ${planColumns('p')},
           ${usageColumns('a."subjectHash"', 'a."macHash"', '$2::timestamptz', '$3', '$4')}
         FROM jsonb_to_recordset($1::jsonb) AS a(n int, "subjectHash" text, "macHash" text, "planId" uuid)
         LEFT JOIN portal_plans p ON p.id = a."planId" ORDER BY a.n`,
        [JSON.stringify(asked.map((one, n) => ({ ...one, n }))), new Date(at), day, monthStart],
        'portal-login-standings',
      );
      return rows.map(({ n: _, planId, used, otherDevices, ...plan }) => ({
        plan: planId === null ? null : plan,
        usage: usageOf(used, otherDevices),
      }));
    },

    /** Until the transaction ends nobody else counts the devices of this person. */
    async lockSubject(subjectHash: string, within: Sql): Promise<void> {
      await within.query("SELECT pg_advisory_xact_lock(hashtextextended('portal subject ' || $1, 0))", [subjectHash]);
    },

    /** Writes logins down and counts them to their day. @throws AppError `conflict` where gateway or site went meanwhile */
    async add(logins: readonly NewLogin[], day: string, within: Sql = sql): Promise<void> {
      const rows = logins.map((login) => ({
        ...login,
        arrivedAt: new Date(login.arrivedAt),
        issuedAt: new Date(login.issuedAt),
        expiresAt: new Date(login.expiresAt),
        reentryUntil: dateOrNull(login.reentryUntil),
      }));
      await within.query(
        `WITH added AS (INSERT INTO portal_logins (id, gateway_id, site_id, mac_hash, method, subject_hash, plan_id,
           consent_id, grant_given, arrived_at, issued_at, expires_at, reentry_until)
         SELECT n.id, n."gatewayId", n."siteId", n."macHash", n.method, n."subjectHash", p.id, n."consentId",
           n."grant", n."arrivedAt", n."issuedAt", n."expiresAt", n."reentryUntil"
         FROM jsonb_to_recordset($1::jsonb) AS n(id text, "gatewayId" uuid, "siteId" uuid, "macHash" text, method text,
           "subjectHash" text, "planId" uuid, "consentId" uuid, "grant" jsonb, "arrivedAt" timestamptz,
           "issuedAt" timestamptz, "expiresAt" timestamptz, "reentryUntil" timestamptz)
         LEFT JOIN portal_plans p ON p.id = n."planId" RETURNING site_id, method)
         INSERT INTO portal_days AS d (day, site_id, method, logins)
         SELECT $2::date, site_id, method, count(*) FROM added GROUP BY site_id, method ORDER BY site_id, method
         ON CONFLICT (day, site_id, method) DO UPDATE SET logins = d.logins + excluded.logins`,
        [JSON.stringify(rows), day],
        'portal-login-add',
      );
    },

    /**
     * Uses logins, each once: of two that try, one has it, in whatever processes they are. The same request asked again
     * (same device, gateway and Acct-Session-Id; its answer was lost) is answered the same.
     * @returns in the order of the uses: what was granted, or null where it is not theirs, not valid any more or used
     */
    async use(uses: readonly Use[], at: number): Promise<readonly (StoredGrant | null)[]> {
      const asked = JSON.stringify(uses.map((use, n) => ({ ...use, n })));
      const rows = await sql.query<{ n: number; grant: StoredGrant }>(
        `WITH asked AS MATERIALIZED (
           SELECT * FROM jsonb_to_recordset($1::jsonb)
             AS a(n int, "loginId" text, "gatewayId" uuid, "macHash" text, "acctSessionId" text)
         ), used AS (
           UPDATE portal_logins l SET used_at = $2, used_session = a."acctSessionId" FROM asked a
           WHERE l.id = a."loginId" AND l.gateway_id = a."gatewayId" AND l.mac_hash = a."macHash"
             AND l.expires_at > $2 AND l.used_at IS NULL
           RETURNING a.n, l.grant_given AS "grant"
         )
         SELECT n, "grant" FROM used UNION ALL
         SELECT a.n, l.grant_given FROM asked a JOIN portal_logins l ON l.id = a."loginId"
         WHERE l.gateway_id = a."gatewayId" AND l.mac_hash = a."macHash" AND l.expires_at > $2
           AND l.used_at IS NOT NULL AND l.used_session = a."acctSessionId"`,
        [asked, new Date(at)],
        'portal-login-use',
      );
      const grants = new Map(rows.map(({ n, grant }) => [n, grant]));
      return uses.map((_, n) => grants.get(n) ?? null);
    },

    /**
     * The newest login of each device at its site that lets it in again without a page: it was used, the consent it
     * rests on was not withdrawn and is of the terms in force, and the site's portal is on.
     * @returns in the order of the devices, null for one that must see the page
     */
    async reentries(
      devices: readonly { readonly macHash: string; readonly siteId: string }[],
      { at, day, monthStart }: Pick<Asked, 'at' | 'day' | 'monthStart'>,
    ): Promise<readonly (Reentry | null)[]> {
      type Row = PlanRow & {
        n: number;
        loginId: string;
        method: string;
        notAfter: number | null;
        used: Partial<UsageRow>;
        otherDevices: number;
      };
      const rows = await sql.query<Row>(
        `SELECT a.n, r.id AS "loginId", r.method, (r.grant_given ->> 'notAfter')::float8 AS "notAfter",
           p.id AS "planId", ${planColumns('p')}, ${usageColumns('r.subject_hash', 'r.mac_hash', '$2', '$3', '$4')}
         FROM jsonb_to_recordset($1::jsonb) AS a(n int, "macHash" text, "siteId" uuid)
         CROSS JOIN LATERAL (
           SELECT l.* FROM portal_logins l
           WHERE l.mac_hash = a."macHash" AND l.site_id = a."siteId" AND l.reentry_until > $2 AND l.used_at IS NOT NULL
           ORDER BY l.issued_at DESC LIMIT 1
         ) r
         LEFT JOIN portal_plans p ON p.id = r.plan_id
         LEFT JOIN portal_sites x ON x.site_id = a."siteId"
         LEFT JOIN portal_consents c ON c.id = r.consent_id
         WHERE coalesce(x.enabled, true) AND c.withdrawn_at IS NULL AND (c.id IS NULL OR c.terms_version =
           (SELECT max(t.version) FROM portal_terms t WHERE t.valid_from <= $2))`,
        [JSON.stringify(devices.map((device, n) => ({ ...device, n }))), new Date(at), day, monthStart],
        'portal-login-reentries',
      );
      const found = new Map(
        rows.map(({ n, loginId, method, notAfter, planId, used, otherDevices, ...plan }) => [
          n,
          { loginId, method, notAfter, plan: planId === null ? null : plan, usage: usageOf(used, otherDevices) },
        ]),
      );
      return devices.map((_, n) => found.get(n) ?? null);
    },

    async get(id: string): Promise<Login | null> {
      const [row] = await sql.query<LoginRow>(
        `SELECT ${LOGIN} FROM portal_logins l WHERE l.id = $1`,
        [id],
        'portal-login-get',
      );
      if (row === undefined) return null;
      const { arrivedAt, issuedAt, expiresAt, usedAt, reentryUntil, ...login } = row;
      return {
        ...login,
        arrivedAt: millis(arrivedAt),
        issuedAt: millis(issuedAt),
        expiresAt: millis(expiresAt),
        usedAt: millisOrNull(usedAt),
        reentryUntil: millisOrNull(reentryUntil),
      };
    },

    /** The device does not come back without a page: it logged out by itself, or somebody ended it. */
    async endReentry(id: string, at: number): Promise<void> {
      await sql.run('UPDATE portal_logins SET reentry_until = $2 WHERE id = $1 AND reentry_until > $2', [
        id,
        new Date(at),
      ]);
    },
  };
}
