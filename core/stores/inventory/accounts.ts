import { randomUUID } from 'node:crypto';
import type { Role } from '../../contract/contract.ts';
import type { Account, ListedAccount } from '../../contract/session.ts';
import type { RegionCode } from '../../domain/region.ts';
import type { PrismaClient, Account as Row } from './generated/client.ts';
import type { Page, PageAsked } from './query.ts';
import { raise } from './store-error.ts';

export type NewAccount = {
  readonly name: string;
  readonly displayName: string;
  readonly role: Role;
  /** Of an agency: where its site stands. */
  readonly regionCode: RegionCode | '';
  /** Of role `agency`, and of no other. */
  readonly agencySiteId?: string | null;
  readonly passwordHash: string;
};
export type AccountChange = Partial<Omit<NewAccount, 'name'>> & { readonly disabledAt?: number | null };

export type AccountFilter = PageAsked & {
  /** Accounts whose own region lies in it; empty = all. */
  readonly region?: RegionCode | '' | undefined;
};

/** For signing in only: the hash leaves the store nowhere else. */
export type AccountWithHash = Account & { readonly passwordHash: string };

export const accountOf = (row: Row): Account => ({
  id: row.id,
  name: row.name,
  displayName: row.displayName,
  role: row.role as Role,
  regionCode: row.regionCode,
  agencySiteId: row.agencySiteId,
  disabled: row.disabledAt !== null,
});

export type Accounts = ReturnType<typeof accounts>;

export function accounts(prisma: PrismaClient) {
  return {
    count: (): Promise<number> => prisma.account.count().catch(raise),

    async list({ page = 1, pageSize = 100, region = '' }: AccountFilter): Promise<Page<ListedAccount>> {
      const where = region === '' ? {} : { OR: [{ regionCode: region }, { regionCode: { startsWith: `${region}.` } }] };
      const [rows, total] = await Promise.all([
        prisma.account.findMany({ where, orderBy: { name: 'asc' }, skip: (page - 1) * pageSize, take: pageSize }),
        prisma.account.count({ where }),
      ]).catch(raise);
      const regions = await prisma.region
        .findMany({
          where: { code: { in: rows.map(({ regionCode }) => regionCode) } },
          select: { code: true, name: true },
        })
        .catch(raise);
      const names = new Map(regions.map(({ code, name }) => [code, name]));
      const items = rows.map(accountOf).map((account) => ({
        ...account,
        regionName: names.get(account.regionCode) ?? account.regionCode,
      }));
      return { items, total, page, pageSize };
    },

    /** Administrators of every region who are not disabled. */
    countFullAdmins: (): Promise<number> =>
      prisma.account.count({ where: { role: 'admin', regionCode: '', disabledAt: null } }).catch(raise),

    async get(id: string): Promise<Account | null> {
      const row = await prisma.account.findUnique({ where: { id } }).catch(raise);
      return row === null ? null : accountOf(row);
    },

    async forSignIn(name: string): Promise<AccountWithHash | null> {
      const row = await prisma.account.findUnique({ where: { name } }).catch(raise);
      return row === null ? null : { ...accountOf(row), passwordHash: row.passwordHash };
    },

    /** @throws AppError `conflict` for a name that is taken */
    async create(account: NewAccount): Promise<Account> {
      const { name, displayName, role, regionCode, agencySiteId = null, passwordHash } = account;
      const data = { id: randomUUID(), name, displayName, role, regionCode, agencySiteId, passwordHash };
      return accountOf(await prisma.account.create({ data }).catch(raise));
    },

    /** A new password or disabling ends the sessions of the account. @throws AppError `not-found` */
    async update(id: string, change: AccountChange): Promise<Account> {
      const { disabledAt, ...fields } = change;
      const disabling =
        disabledAt === undefined ? {} : { disabledAt: disabledAt === null ? null : new Date(disabledAt) };
      const endsSessions = fields.passwordHash !== undefined || (disabledAt ?? null) !== null;
      const [row] = await prisma
        .$transaction([
          prisma.account.update({ where: { id }, data: { ...fields, ...disabling } }),
          prisma.accountSession.deleteMany({ where: { accountId: endsSessions ? id : { in: [] } } }),
        ])
        .catch(raise);
      return accountOf(row);
    },
  };
}
