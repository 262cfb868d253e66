import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { stringify } from 'csv-stringify/sync';
import { checkAudit, exportAudit, listAudit } from '../../core/contract/audit.ts';
import { guarded } from '../../core/inventory-files/guarded-text.ts';
import { auditBacklog } from '../../core/services/audit.ts';
import type { AuditFilter, StoredAuditEntry } from '../../core/stores/inventory/audit.ts';
import type { ApiParts } from '../parts.ts';
import type { Scope } from '../scope.ts';

const PAGE = 50;
const FILE_PAGE = 500;
/** Rows of one file: what is older is asked for by its range. */
const FILE_ROWS = 200_000;
const BYTE_ORDER_MARK = '\uFEFF';
const HEAD = [
  ...['seq', 'at', 'actorKind', 'actorId', 'actorName', 'action', 'targetKind', 'targetId', 'targetName'],
  ...['regionCode', 'address', 'agent', 'outcome', 'before', 'after'],
];

type Deps = Pick<ApiParts, 'inventory' | 'clock' | 'log'>;

export const auditRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { audit } = deps.inventory;
  const within = (scope: Scope, filter: AuditFilter & { region?: string }): AuditFilter | null => {
    const region = scope.narrow(filter.region);
    return region === null ? null : { ...filter, region };
  };

  app.route({
    ...listAudit,
    handler: async ({ query, scope }) => {
      const filter = within(scope, query);
      const { items, next } =
        filter === null ? { items: [], next: null } : await audit.list(filter, query.pageSize ?? PAGE);
      return { items, next, ...(await auditBacklog(deps)) };
    },
  });

  app.route({
    ...exportAudit,
    handler: async ({ query, scope }, reply) => {
      const filter = within(scope, query);
      async function* file(): AsyncGenerator<string> {
        yield BYTE_ORDER_MARK + lines([HEAD]);
        let before: number | null | undefined;
        for (let rows = 0; filter !== null && before !== null && rows < FILE_ROWS; rows += FILE_PAGE) {
          const page = await audit.list({ ...filter, before }, FILE_PAGE);
          if (page.items.length > 0) yield lines(page.items.map(cells));
          before = page.next;
        }
      }
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="audit.csv"')
        .send(Readable.from(file()));
    },
  });

  app.route({
    ...checkAudit,
    handler: async ({ scope }) => {
      scope.requireEverywhere();
      return await audit.verify();
    },
  });
};

const lines = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => row.map(guarded)),
    { record_delimiter: 'windows' },
  );

const json = (value: unknown): string => (value === null ? '' : JSON.stringify(value));

function cells(row: StoredAuditEntry): string[] {
  const { actor, target } = row;
  return [
    ...[String(row.seq), new Date(row.at).toISOString(), actor.kind, actor.id ?? '', actor.name, row.action],
    ...[target?.kind ?? '', target?.id ?? '', target?.name ?? '', row.regionCode, row.address, row.agent],
    ...[row.outcome, json(row.before), json(row.after)],
  ];
}
