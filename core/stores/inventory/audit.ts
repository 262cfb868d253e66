import { createHash } from 'node:crypto';
import {
  type AuditActor,
  type AuditEntry,
  type AuditOutcome,
  changedFields,
  cleaned,
  sideText,
} from '../../domain/audit.ts';
import type { RegionCode } from '../../domain/region.ts';
import { Conditions, millis } from './query.ts';
import type { Sql } from './sql.ts';

export type StoredAuditEntry = {
  /** Counted from 1 without gaps. */
  readonly seq: number;
  readonly at: number;
  readonly actor: AuditActor;
  readonly action: string;
  readonly target: { readonly kind: string; readonly id: string | null; readonly name: string | null } | null;
  readonly regionCode: RegionCode | '';
  readonly address: string;
  readonly agent: string;
  readonly outcome: AuditOutcome;
  readonly before: unknown;
  readonly after: unknown;
};

export type AuditFilter = {
  readonly region?: RegionCode | '' | undefined;
  readonly actorId?: string | undefined;
  readonly targetKind?: string | undefined;
  readonly targetId?: string | undefined;
  readonly outcome?: AuditOutcome | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Part of a name, an action or an address. */
  readonly q?: string | undefined;
  /** Only rows before this one. */
  readonly before?: number | undefined;
};

/** Where the chain breaks, or its last row: noted elsewhere, its hash tells of rows cut off the end too. */
export type AuditCheck = {
  readonly rows: number;
  readonly brokenAt: number | null;
  readonly reason: 'changed' | 'missing' | null;
  readonly head: { readonly seq: number; readonly hash: string } | null;
};

type Row = {
  seq: string;
  at: Date;
  actor_kind: AuditActor['kind'];
  actor_id: string;
  actor_name: string;
  action: string;
  target_kind: string;
  target_id: string;
  target_name: string;
  region_code: string;
  address: string;
  agent: string;
  outcome: AuditOutcome;
  before: string;
  after: string;
};
type Link = Row & { prev: Buffer; hash: Buffer };

const HASHED = [
  ...['actor_kind', 'actor_id', 'actor_name', 'action', 'target_kind', 'target_id', 'target_name', 'region_code'],
  ...['address', 'agent', 'outcome', 'before', 'after'],
] as const satisfies readonly (keyof Row)[];
const COLUMNS = ['seq', 'at', ...HASHED].join(', ');
const BATCH = 1_000;
const START = createHash('sha256').digest('hex');

const short = (text: string | null | undefined, most: number): string =>
  // A NUL byte is no text to PostgreSQL.
  (text ?? '').replaceAll('\0', '').slice(0, most);
const textOrNull = (text: string): string | null => (text === '' ? null : text);
const parsed = (text: string): unknown => (text === '' ? null : JSON.parse(text));

function shape(row: Row): StoredAuditEntry {
  const { actor_kind: kind, actor_id, actor_name: name, target_kind, target_id, target_name } = row;
  return {
    seq: Number(row.seq),
    at: millis(row.at),
    actor: { kind, id: textOrNull(actor_id), name },
    action: row.action,
    target: target_kind === '' ? null : { kind: target_kind, id: textOrNull(target_id), name: textOrNull(target_name) },
    regionCode: row.region_code,
    address: row.address,
    agent: row.agent,
    outcome: row.outcome,
    before: parsed(row.before),
    after: parsed(row.after),
  };
}

/** As the trigger of the table does it, on purpose a second time: who changes the trigger does not change this. */
function hashOf(row: Row, prev: string): string {
  const fields = [prev, row.seq, String(millis(row.at)), ...HASHED.map((name) => row[name])];
  const line = fields.map((field) => `${Buffer.byteLength(String(field))}:${String(field)}`).join('');
  return createHash('sha256').update(line).digest('hex');
}

export type Audit = ReturnType<typeof audit>;

/** Who changed what and who signed in: only ever added to, in one chain. */
export function audit(sql: Sql) {
  return {
    /** @param within a transaction, to be kept or undone with the change itself */
    async add(entry: AuditEntry, at: number, within: Sql = sql): Promise<void> {
      const { actor, action, target, regionCode = '', address, agent, outcome } = entry;
      const sides = changedFields(cleaned(entry.before), cleaned(entry.after));
      await within.run(
        `INSERT INTO audit (at, actor_kind, actor_id, actor_name, action, target_kind, target_id, target_name,
           region_code, address, agent, outcome, before, after)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
        [
          ...[new Date(at), actor.kind, short(actor.id, 80), short(actor.name, 200), short(action, 200)],
          ...[short(target?.kind, 40), short(target?.id, 80), short(target?.name, 200), regionCode],
          ...[short(address, 45), short(agent, 60), outcome],
          ...[short(sideText(sides.before), 16_000), short(sideText(sides.after), 16_000)],
        ],
      );
    },

    /** Newest first. `next` is the `before` of the page after this one. */
    async list(
      filter: AuditFilter,
      limit: number,
    ): Promise<{ readonly items: StoredAuditEntry[]; readonly next: number | null }> {
      const conditions = new Conditions()
        .within('region_code', filter.region)
        .equals('actor_id', filter.actorId)
        .equals('target_kind', filter.targetKind)
        .equals('target_id', filter.targetId)
        .equals('outcome', filter.outcome)
        .contains(['actor_name', 'target_name', 'target_id', 'action', 'address'], filter.q);
      if (filter.from !== undefined) conditions.and(`at >= ${conditions.value(new Date(filter.from))}`);
      if (filter.to !== undefined) conditions.and(`at < ${conditions.value(new Date(filter.to))}`);
      if (filter.before !== undefined) conditions.and(`seq < ${conditions.value(filter.before)}`);
      const rows = await sql.query<Row>(
        `SELECT ${COLUMNS} FROM audit ${conditions.where} ORDER BY seq DESC LIMIT ${Number(limit) + 1}`,
        conditions.values,
      );
      const items = rows.slice(0, limit).map(shape);
      return { items, next: rows.length > limit ? (items.at(-1)?.seq ?? null) : null };
    },

    /** Goes through the whole chain, some rows at a time. */
    async verify(): Promise<AuditCheck> {
      const [start] = await sql.query<{ seq: string; hash: Buffer }>(
        'SELECT seq, hash FROM audit_forgotten ORDER BY seq DESC LIMIT 1',
      );
      let last = { seq: Number(start?.seq ?? 0), hash: start?.hash.toString('hex') ?? START };
      for (let rows = 0; ; ) {
        const batch = await sql.query<Link>(
          `SELECT ${COLUMNS}, prev, hash FROM audit WHERE seq > $1 ORDER BY seq LIMIT ${BATCH}`,
          [last.seq],
        );
        for (const row of batch) {
          const seq = Number(row.seq);
          const broken = (reason: 'changed' | 'missing'): AuditCheck => ({ rows, brokenAt: seq, reason, head: null });
          if (seq !== last.seq + 1) return broken('missing');
          const prev = row.prev.toString('hex');
          const hash = row.hash.toString('hex');
          if (prev !== last.hash || hash !== hashOf(row, prev)) return broken('changed');
          last = { seq, hash };
          rows += 1;
        }
        if (batch.length < BATCH) return { rows, brokenAt: null, reason: null, head: last.seq === 0 ? null : last };
      }
    },

    /** @returns how many rows went, from the oldest on */
    async forget(olderThan: number, at: number): Promise<number> {
      const [row] = await sql.query<{ gone: string }>('SELECT audit_forget($1, $2) AS gone', [
        new Date(olderThan),
        new Date(at),
      ]);
      return Number(row?.gone ?? 0);
    },
  };
}
