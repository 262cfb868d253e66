import { audit } from '../audit.ts';
import { Conditions, millis, type Page, type PageAsked, paged } from '../query.ts';
import type { Sql } from '../sql.ts';

/** Something that lowers a guard, with who did it. Never holds a secret, a number or a MAC. */
export type PortalAuditEntry = {
  /** Null = nobody signed in (the command line, a seed). */
  readonly accountId: string | null;
  /** A stable code, e.g. `gateway-message-authenticator-off`. */
  readonly what: string;
  /** Id of what it is about. */
  readonly about: string;
  readonly detail: Readonly<Record<string, unknown>>;
};
export type StoredPortalAuditEntry = PortalAuditEntry & { readonly at: number; readonly accountName: string | null };

type Row = Omit<StoredPortalAuditEntry, 'at'> & { at: Date };

/** Changes of the captive portal that somebody may have to answer for. */
export function portalAudit(sql: Sql) {
  const all = audit(sql);
  return {
    /** Also in the audit log of everything, kept or undone together. */
    async add(entry: PortalAuditEntry, at: number, within: Sql = sql): Promise<void> {
      await within.run(
        'INSERT INTO portal_audit (at, account_id, what, about, detail) VALUES ($1, $2, $3, $4, $5::jsonb)',
        [new Date(at), entry.accountId, entry.what, entry.about, JSON.stringify(entry.detail)],
      );
      const [named] = await within.query<{ name: string; region: string | null }>(
        `SELECT coalesce((SELECT display_name FROM account WHERE id = $1), '') AS name,
           (SELECT s.region_code FROM portal_gateways g JOIN site s ON s.id = g.site_id WHERE g.id::text = $2) AS region`,
        [entry.accountId, entry.about],
      );
      const isSystem = entry.accountId === null;
      await all.add(
        {
          actor: { kind: isSystem ? 'system' : 'account', id: entry.accountId, name: named?.name ?? '' },
          action: entry.what,
          target: { kind: 'portal', id: entry.about },
          regionCode: named?.region ?? '',
          outcome: 'done',
          after: entry.detail,
        },
        at,
        within,
      );
    },

    /** Newest first. */
    list(filter: PageAsked & { readonly about?: string | undefined } = {}): Promise<Page<StoredPortalAuditEntry>> {
      return paged(sql, {
        columns: `p.at, p.account_id AS "accountId", a.display_name AS "accountName", p.what, p.about, p.detail`,
        from: 'portal_audit p LEFT JOIN account a ON a.id = p.account_id',
        conditions: new Conditions().equals('p.about', filter.about),
        orderBy: 'p.id DESC',
        asked: filter,
        shape: ({ at, ...row }: Row) => ({ ...row, at: millis(at) }),
      });
    },
  };
}
