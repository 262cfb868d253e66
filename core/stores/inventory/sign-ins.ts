import type { Sealer } from '../../config/seal.ts';
import type { Sql } from './sql.ts';

/** The account as an identity provider knows it. */
export type Subject = { readonly issuer: string; readonly subject: string };

/** How an account signs in beside its password. */
export type SignInFacts = {
  readonly email: string | null;
  readonly subject: Subject | null;
  readonly hasPassword: boolean;
  /** Since when a second factor is in force. */
  readonly secondFactorSince: number | null;
  /** An administrator asks this account for one. */
  readonly secondFactorRequired: boolean;
  readonly recoveryLeft: number;
  /** A link to set a password that is still open. */
  readonly linkExpiresAt: number | null;
};

export type SignInChange = {
  readonly email?: string | null;
  readonly subject?: Subject | null;
  readonly secondFactorRequired?: boolean;
};

export type PasswordLink = { readonly accountId: string; readonly expiresAt: number };

type FactsRow = {
  readonly email: string | null;
  readonly oidc_issuer: string | null;
  readonly oidc_subject: string | null;
  readonly has_password: boolean;
  readonly totp_since: Date | null;
  readonly required: boolean | null;
  readonly recovery: string;
  readonly link_expires_at: Date | null;
};
type Bytes = { readonly sealed: Uint8Array | null };

export type SignIns = ReturnType<typeof signIns>;

/** Addresses, secrets of second factors, recovery codes and links for passwords. */
export function signIns(sql: Sql, sealer: Sealer) {
  const context = (accountId: string): string => `totp ${accountId}`;

  async function open(accountId: string, column: 'totp' | 'totp_pending'): Promise<string | null> {
    const text = `SELECT ${column} AS sealed FROM account_sign_in WHERE account_id = $1`;
    const sealed = (await sql.query<Bytes>(text, [accountId]))[0]?.sealed ?? null;
    return sealed === null ? null : await sealer.open(sealed, context(accountId));
  }

  return {
    /** An account without a row of its own has nothing but its password. */
    async get(accountId: string, now: number): Promise<SignInFacts> {
      const [row] = await sql.query<FactsRow>(
        `SELECT s.email, s.oidc_issuer, s.oidc_subject, s.totp_since, s.second_factor_required AS required,
                a.password_hash <> '' AS has_password,
                (SELECT count(*) FROM recovery_code c WHERE c.account_id = a.id) AS recovery,
                (SELECT l.expires_at FROM password_link l WHERE l.account_id = a.id AND l.expires_at > $2)
                  AS link_expires_at
         FROM account a LEFT JOIN account_sign_in s ON s.account_id = a.id WHERE a.id = $1`,
        [accountId, new Date(now)],
      );
      const issuer = row?.oidc_issuer ?? null;
      const subject = row?.oidc_subject ?? null;
      return {
        email: row?.email ?? null,
        subject: issuer === null || subject === null ? null : { issuer, subject },
        hasPassword: row?.has_password ?? false,
        secondFactorSince: row?.totp_since?.getTime() ?? null,
        secondFactorRequired: row?.required ?? false,
        recoveryLeft: Number(row?.recovery ?? 0),
        linkExpiresAt: row?.link_expires_at?.getTime() ?? null,
      };
    },

    /** @throws AppError `conflict` for an address or a subject that another account has */
    async update(accountId: string, change: SignInChange): Promise<void> {
      const { email, subject, secondFactorRequired } = change;
      await sql.run(
        `INSERT INTO account_sign_in AS s (account_id, email, oidc_issuer, oidc_subject, second_factor_required)
         VALUES ($1, $3, $5, $6, coalesce($7, false))
         ON CONFLICT (account_id) DO UPDATE SET
           email = CASE WHEN $2 THEN excluded.email ELSE s.email END,
           oidc_issuer = CASE WHEN $4 THEN excluded.oidc_issuer ELSE s.oidc_issuer END,
           oidc_subject = CASE WHEN $4 THEN excluded.oidc_subject ELSE s.oidc_subject END,
           second_factor_required = coalesce($7, s.second_factor_required)`,
        [
          accountId,
          email !== undefined,
          email?.toLowerCase() ?? null,
          subject !== undefined,
          subject?.issuer ?? null,
          subject?.subject ?? null,
          secondFactorRequired ?? null,
        ],
      );
    },

    async accountBySubject({ issuer, subject }: Subject): Promise<string | null> {
      const text = 'SELECT account_id AS id FROM account_sign_in WHERE oidc_issuer = $1 AND oidc_subject = $2';
      return (await sql.query<{ id: string }>(text, [issuer, subject]))[0]?.id ?? null;
    },

    /** Only an account that is bound to no subject yet: an address that changed hands opens nobody else's. */
    async unboundByEmail(email: string): Promise<string | null> {
      const text = 'SELECT account_id AS id FROM account_sign_in WHERE email = $1 AND oidc_subject IS NULL';
      return (await sql.query<{ id: string }>(text, [email.toLowerCase()]))[0]?.id ?? null;
    },

    /** Keeps a secret that no code has confirmed yet. */
    async keepPendingTotp(accountId: string, secret: string): Promise<void> {
      await sql.run(
        `INSERT INTO account_sign_in (account_id, totp_pending) VALUES ($1, $2)
         ON CONFLICT (account_id) DO UPDATE SET totp_pending = excluded.totp_pending`,
        [accountId, await sealer.seal(secret, context(accountId))],
      );
    },

    pendingTotp: (accountId: string): Promise<string | null> => open(accountId, 'totp_pending'),
    totp: (accountId: string): Promise<string | null> => open(accountId, 'totp'),

    /** The pending secret counts from now on, with the step its first code was of and fresh recovery codes. */
    async confirmTotp(accountId: string, step: number, at: number, codeHashes: readonly string[]): Promise<void> {
      await sql.transaction(async (inner) => {
        await inner.run(
          `UPDATE account_sign_in SET totp = totp_pending, totp_pending = NULL, totp_since = $2, totp_step = $3
           WHERE account_id = $1 AND totp_pending IS NOT NULL`,
          [accountId, new Date(at), step],
        );
        await replaceCodes(inner, accountId, codeHashes);
      });
    },

    /** @returns false where a code of this step or a later one was taken before */
    async takeStep(accountId: string, step: number): Promise<boolean> {
      const text = `UPDATE account_sign_in SET totp_step = $2
                    WHERE account_id = $1 AND (totp_step IS NULL OR totp_step < $2)`;
      return (await sql.run(text, [accountId, step])) > 0;
    },

    /** @returns false where there is no such code (any more) */
    async takeRecoveryCode(accountId: string, codeHash: string): Promise<boolean> {
      const text = 'DELETE FROM recovery_code WHERE account_id = $1 AND code_hash = $2';
      return (await sql.run(text, [accountId, codeHash])) > 0;
    },

    replaceRecoveryCodes: (accountId: string, codeHashes: readonly string[]): Promise<void> =>
      sql.transaction((inner) => replaceCodes(inner, accountId, codeHashes)),

    async removeTotp(accountId: string): Promise<void> {
      await sql.transaction(async (inner) => {
        await inner.run(
          `UPDATE account_sign_in SET totp = NULL, totp_pending = NULL, totp_since = NULL, totp_step = NULL
           WHERE account_id = $1`,
          [accountId],
        );
        await replaceCodes(inner, accountId, []);
      });
    },

    /** Takes the place of an earlier link of the account. */
    async keepLink(
      link: PasswordLink & { readonly tokenHash: string; readonly createdBy: string; readonly at: number },
    ) {
      await sql.run(
        `INSERT INTO password_link (account_id, token_hash, created_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (account_id) DO UPDATE SET token_hash = excluded.token_hash, created_by = excluded.created_by,
           created_at = excluded.created_at, expires_at = excluded.expires_at`,
        [link.accountId, link.tokenHash, link.createdBy, new Date(link.at), new Date(link.expiresAt)],
      );
    },

    async link(tokenHash: string, now: number): Promise<PasswordLink | null> {
      const [row] = await sql.query<{ id: string; expires_at: Date }>(
        'SELECT account_id AS id, expires_at FROM password_link WHERE token_hash = $1 AND expires_at > $2',
        [tokenHash, new Date(now)],
      );
      return row === undefined ? null : { accountId: row.id, expiresAt: row.expires_at.getTime() };
    },

    /** The account of a link that is used up by this; null where it is unknown, used or over. */
    async takeLink(tokenHash: string, now: number): Promise<string | null> {
      const [row] = await sql.query<{ id: string }>(
        'DELETE FROM password_link WHERE token_hash = $1 AND expires_at > $2 RETURNING account_id AS id',
        [tokenHash, new Date(now)],
      );
      return row?.id ?? null;
    },

    removeLink: (accountId: string): Promise<number> =>
      sql.run('DELETE FROM password_link WHERE account_id = $1', [accountId]),
  };
}

async function replaceCodes(sql: Sql, accountId: string, codeHashes: readonly string[]): Promise<void> {
  await sql.run('DELETE FROM recovery_code WHERE account_id = $1', [accountId]);
  await sql.run('INSERT INTO recovery_code (account_id, code_hash) SELECT $1::uuid, unnest($2::text[])', [
    accountId,
    codeHashes,
  ]);
}
