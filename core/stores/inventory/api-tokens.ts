import { randomUUID } from 'node:crypto';
import type { Account } from '../../contract/session.ts';
import type { ApiTokenScope } from '../../domain/api-token.ts';
import { accountOf } from './accounts.ts';
import type { PrismaClient } from './generated/client.ts';
import { millis } from './query.ts';
import type { Sql } from './sql.ts';
import { raise } from './store-error.ts';

export type StoredToken = {
  readonly id: string;
  readonly name: string;
  /** How the token begins. */
  readonly prefix: string;
  readonly scopes: ApiTokenScope[];
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt: number | null;
};
export type NewToken = Omit<StoredToken, 'id' | 'lastUsedAt'> & {
  readonly accountId: string;
  readonly tokenHash: string;
};

type Row = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: string[];
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly last_used_at: Date | null;
};

const COLUMNS = 'id, name, prefix, scopes, created_at, expires_at, last_used_at';

const shape = (row: Row): StoredToken => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes as ApiTokenScope[],
  createdAt: millis(row.created_at),
  expiresAt: millis(row.expires_at),
  lastUsedAt: row.last_used_at === null ? null : millis(row.last_used_at),
});

export type ApiTokens = ReturnType<typeof apiTokens>;

/** Tokens of machines, known by their SHA-256. */
export function apiTokens(prisma: PrismaClient, sql: Sql) {
  return {
    async create(token: NewToken): Promise<StoredToken> {
      const { accountId, name, prefix, tokenHash, scopes, createdAt, expiresAt } = token;
      const [row] = await sql.query<Row>(
        `INSERT INTO api_token (id, account_id, name, prefix, token_hash, scopes, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`,
        [randomUUID(), accountId, name, prefix, tokenHash, scopes, new Date(createdAt), new Date(expiresAt)],
      );
      if (row === undefined) throw new TypeError('an insert gave no row');
      return shape(row);
    },

    /** The newest first; those that are over stay in sight until they are revoked. */
    async list(accountId: string): Promise<StoredToken[]> {
      const rows = await sql.query<Row>(
        `SELECT ${COLUMNS} FROM api_token WHERE account_id = $1 ORDER BY created_at DESC, id`,
        [accountId],
      );
      return rows.map(shape);
    },

    /** The token and its owner, unless it has expired at `now` or the owner is disabled. */
    async find(tokenHash: string, now: number): Promise<{ token: StoredToken; account: Account } | null> {
      const [row] = await sql.query<Row & { account_id: string }>(
        `SELECT ${COLUMNS}, account_id FROM api_token WHERE token_hash = $1 AND expires_at > $2`,
        [tokenHash, new Date(now)],
      );
      if (row === undefined) return null;
      const owner = await prisma.account.findUnique({ where: { id: row.account_id } }).catch(raise);
      return owner === null || owner.disabledAt !== null ? null : { token: shape(row), account: accountOf(owner) };
    },

    async touch(id: string, at: number): Promise<void> {
      await sql.run('UPDATE api_token SET last_used_at = $2 WHERE id = $1', [id, new Date(at)]);
    },

    /** @returns whether the account had such a token */
    async remove(accountId: string, id: string): Promise<boolean> {
      return (await sql.run('DELETE FROM api_token WHERE account_id = $1 AND id = $2', [accountId, id])) > 0;
    },
  };
}
