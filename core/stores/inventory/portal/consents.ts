import { randomUUID } from 'node:crypto';
import type { Consent } from '../../../contract/portal/terms.ts';
import { AppError } from '../../../domain/errors.ts';
import { millis, millisOrNull } from '../query.ts';
import type { Sql } from '../sql.ts';

export type NewConsent = {
  /** Made where none is given. */
  readonly id?: string;
  /** What it led to, where that is known already. */
  readonly loginId?: string | null;
  readonly termsVersion: number;
  /** In which the text was shown. */
  readonly language: 'id' | 'en';
  readonly siteId: string;
  readonly gatewayId: string | null;
  readonly macHash: string;
  readonly phoneHash: string | null;
  readonly service: boolean;
  readonly news: boolean;
  readonly at: number;
};

/** With where it was given, for the person and for the proof. */
export type ConsentRecord = Consent & {
  readonly siteName: string | null;
  readonly gatewayName: string | null;
  readonly gatewayId: string | null;
  readonly loginId: string | null;
};

const FROM = `portal_consents c LEFT JOIN site s ON s.id = c.site_id LEFT JOIN portal_gateways g ON g.id = c.gateway_id`;
const COLUMNS = `c.id, c.terms_version AS "termsVersion", c.language, c.sha256, c.at, c.site_id AS "siteId", c.service,
  c.news, c.withdrawn_at AS "withdrawnAt", s.name AS "siteName", g.name AS "gatewayName", c.gateway_id AS "gatewayId",
  c.login_id AS "loginId"`;
type Row = Omit<ConsentRecord, 'at' | 'withdrawnAt'> & { at: Date; withdrawnAt: Date | null };
const shape = (row: Row): ConsentRecord => ({
  ...row,
  at: millis(row.at),
  withdrawnAt: millisOrNull(row.withdrawnAt),
});

/** What people agreed to, each record naming the exact text by its hash. */
export function portalConsents(sql: Sql) {
  async function addAll(consents: readonly NewConsent[]): Promise<readonly (string | null)[]> {
    const rows = consents.map(({ id = randomUUID(), loginId = null, at, ...consent }) => ({
      ...consent,
      id,
      loginId,
      at: new Date(at),
    }));
    const kept = await sql.query<{ id: string }>(
      `INSERT INTO portal_consents (id, terms_version, language, sha256, at, site_id, gateway_id, login_id, mac_hash,
         phone_hash, service, news)
       SELECT n.id, t.version, n.language, CASE WHEN n.language = 'en' THEN t.sha256_en ELSE t.sha256_id END, n.at,
         n."siteId", n."gatewayId", n."loginId", n."macHash", n."phoneHash", n.service, n.news
       FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, "termsVersion" int, language text, at timestamptz, "siteId" uuid,
         "gatewayId" uuid, "loginId" text, "macHash" text, "phoneHash" text, service boolean, news boolean)
       JOIN portal_terms t ON t.version = n."termsVersion" RETURNING id`,
      [JSON.stringify(rows)],
      'portal-consents-add',
    );
    const ids = new Set(kept.map(({ id }) => id));
    return rows.map(({ id }) => (ids.has(id) ? id : null));
  }

  return {
    /** @returns its id @throws AppError `not-found` for a version of the terms that does not exist */
    async add(consent: NewConsent): Promise<string> {
      const [id] = await addAll([consent]);
      if (id === undefined || id === null) throw new AppError('not-found', 'there is no such version of the terms');
      return id;
    },

    /** In one statement. @returns their ids in order; null for one of a version that does not exist, which is not kept */
    addAll,

    /** Names the login that a consent led to, once it was issued. */
    async link(id: string, loginId: string): Promise<void> {
      await sql.run('UPDATE portal_consents SET login_id = $2 WHERE id = $1 AND login_id IS NULL', [id, loginId]);
    },

    async get(id: string): Promise<ConsentRecord | null> {
      const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM ${FROM} WHERE c.id = $1`, [id]);
      return rows[0] === undefined ? null : shape(rows[0]);
    },

    /** Of a number, newest first. */
    async ofPhone(phoneHash: string, most: number): Promise<ConsentRecord[]> {
      const rows = await sql.query<Row>(
        `SELECT ${COLUMNS} FROM ${FROM} WHERE c.phone_hash = $1 ORDER BY c.at DESC, c.id LIMIT $2`,
        [phoneHash, most],
      );
      return rows.map(shape);
    },
  };
}
