import type { Account } from '../../contract/session.ts';
import type { PrismaClient } from './generated/client.ts';
import { millis } from './query.ts';
import type { Sql } from './sql.ts';
import { raise } from './store-error.ts';

/** `full`, or what its owner still has to do: give a code, or set up the second factor. */
export type SessionStage = 'full' | 'code' | 'enrol';
/** What a session was opened by. */
export type SessionWay = 'password' | 'oidc';

/** What the owner recognises a session by. */
export type SessionPlace = {
  /** Shortened to /24 or /48. */
  readonly network: string | null;
  /** `Firefox · Linux` */
  readonly browser: string | null;
};

export type Session = {
  readonly id: string;
  readonly account: Account;
  readonly stage: SessionStage;
  readonly way: SessionWay;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
};

export type Sessions = ReturnType<typeof sessions>;

export type OwnSession = Omit<Session, 'account' | 'stage'> & SessionPlace;

type Row = Pick<Session, 'id' | 'stage' | 'way'> &
  Omit<Account, 'id' | 'disabled'> & {
    readonly accountId: string;
    readonly createdAt: Date;
    readonly lastSeenAt: Date;
    readonly expiresAt: Date;
  };

/** A session is known by the SHA-256 of its token; the token itself is only in the browser. */
export function sessions(prisma: PrismaClient, sql: Sql) {
  return {
    async create(
      session: Partial<SessionPlace> & {
        readonly tokenHash: string;
        readonly accountId: string;
        readonly createdAt: number;
        readonly expiresAt: number;
        readonly stage?: SessionStage;
        readonly way?: SessionWay;
      },
    ): Promise<void> {
      const createdAt = new Date(session.createdAt);
      const expiresAt = new Date(session.expiresAt);
      await prisma.accountSession
        .create({ data: { ...session, createdAt, lastSeenAt: createdAt, expiresAt } })
        .catch(raise);
    },

    /** The session, unless it has expired at `now` or its account is disabled. */
    async find(tokenHash: string, now: number): Promise<Session | null> {
      // Asked for by every question of every browser: by hand, as Prisma takes several times as long over two queries.
      const [row] = await sql.query<Row>(
        `SELECT s.id, s.stage, s.way, s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt",
           s.expires_at AS "expiresAt", a.id AS "accountId", a.name, a.display_name AS "displayName", a.role,
           a.region_code AS "regionCode", a.agency_site_id AS "agencySiteId"
         FROM account_session s JOIN account a ON a.id = s.account_id
         WHERE s.token_hash = $1 AND s.expires_at > $2 AND a.disabled_at IS NULL`,
        [tokenHash, new Date(now)],
        'session',
      );
      if (row === undefined) return null;
      const { id, stage, way, createdAt, lastSeenAt, expiresAt, accountId, ...account } = row;
      return {
        id,
        stage,
        way,
        account: { id: accountId, ...account, disabled: false },
        createdAt: millis(createdAt),
        lastSeenAt: millis(lastSeenAt),
        expiresAt: millis(expiresAt),
      };
    },

    /** Those of an account that hold at `now`, the last seen first; at most 100. */
    async list(accountId: string, now: number): Promise<OwnSession[]> {
      const where = { accountId, stage: 'full', expiresAt: { gt: new Date(now) } };
      const rows = await prisma.accountSession
        .findMany({ where, orderBy: [{ lastSeenAt: 'desc' }, { id: 'asc' }], take: 100 })
        .catch(raise);
      return rows.map(({ id, way, network, browser, ...row }) => ({
        id,
        way: way as SessionWay,
        network,
        browser,
        createdAt: millis(row.createdAt),
        lastSeenAt: millis(row.lastSeenAt),
        expiresAt: millis(row.expiresAt),
      }));
    },

    /** @returns whether the account had such a session */
    async removeOwn(accountId: string, id: string): Promise<boolean> {
      return (await prisma.accountSession.deleteMany({ where: { accountId, id } }).catch(raise)).count > 0;
    },

    /** Those of an account, but for one. @returns how many there were */
    async removeAll(accountId: string, exceptTokenHash = ''): Promise<number> {
      const where = { accountId, tokenHash: { not: exceptTokenHash } };
      return (await prisma.accountSession.deleteMany({ where }).catch(raise)).count;
    },

    async touch(tokenHash: string, at: number, expiresAt: number): Promise<void> {
      const data = { lastSeenAt: new Date(at), expiresAt: new Date(expiresAt) };
      await prisma.accountSession.updateMany({ where: { tokenHash }, data }).catch(raise);
    },

    async remove(tokenHash: string): Promise<void> {
      await prisma.accountSession.deleteMany({ where: { tokenHash } }).catch(raise);
    },

    async removeExpired(now: number): Promise<number> {
      const expired = { where: { expiresAt: { lte: new Date(now) } } };
      return (await prisma.accountSession.deleteMany(expired).catch(raise)).count;
    },
  };
}
