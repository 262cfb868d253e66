import type { Role } from '../../contract/contract.ts';
import type { Account } from '../../contract/session.ts';
import type { PrismaClient } from './generated/client.ts';
import { millis } from './query.ts';
import { raise } from './store-error.ts';

export type Session = {
  readonly account: Account;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
};

export type Sessions = ReturnType<typeof sessions>;

/** A session is known by the SHA-256 of its token; the token itself is only in the browser. */
export function sessions(prisma: PrismaClient) {
  return {
    async create(session: {
      readonly tokenHash: string;
      readonly accountId: string;
      readonly createdAt: number;
      readonly expiresAt: number;
    }): Promise<void> {
      const { tokenHash, accountId } = session;
      const createdAt = new Date(session.createdAt);
      const expiresAt = new Date(session.expiresAt);
      await prisma.accountSession
        .create({ data: { tokenHash, accountId, createdAt, lastSeenAt: createdAt, expiresAt } })
        .catch(raise);
    },

    /** The session, unless it has expired at `now` or its account is disabled. */
    async find(tokenHash: string, now: number): Promise<Session | null> {
      const row = await prisma.accountSession
        .findUnique({ where: { tokenHash }, include: { account: true } })
        .catch(raise);
      if (row === null || millis(row.expiresAt) <= now || row.account.disabledAt !== null) return null;
      const { id, name, displayName, role, regionCode } = row.account;
      return {
        account: { id, name, displayName, role: role as Role, regionCode, disabled: false },
        createdAt: millis(row.createdAt),
        lastSeenAt: millis(row.lastSeenAt),
        expiresAt: millis(row.expiresAt),
      };
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
