import { randomUUID } from 'node:crypto';
import type { Sql } from '../stores/inventory/sql.ts';
import type { PlannedChange } from './plan.ts';
import { codesOf, type TableName, type Values } from './tables.ts';

const ROWS_AT_ONCE = 5_000;

/**
 * Rows of a table as SQL: what the JSON holds, and what is stored of it. Names of columns in `stored` are those of the
 * table; what the file names by its code is looked up by joins.
 */
type Writing = {
  readonly table: 'site' | 'device' | 'link';
  readonly recordset: string;
  readonly joins: string;
  readonly stored: Readonly<Record<string, string>>;
};

const same = (columns: string): Record<string, string> =>
  Object.fromEntries(columns.split(' ').map((column) => [column, `r.${column}`]));

const WRITINGS: Readonly<Record<TableName, Writing>> = {
  sites: {
    table: 'site',
    recordset:
      'name text, kind text, status text, region_code text, lat float8, lng float8, address text, contact text',
    joins: '',
    stored: same('name kind status region_code lat lng address contact'),
  },
  devices: {
    table: 'device',
    recordset: `name text, kind text, site_code text, host text, mac text, enabled boolean, reachability text,
      settings text, tcp_port int, snmp_port int, credential text, reach_interval_s float8, poll_interval_s float8, timeout_ms int,
      retries int`,
    joins: 'JOIN site s ON s.code = r.site_code LEFT JOIN credential c ON c.name = r.credential',
    stored: {
      ...same(
        'name kind host mac enabled reachability tcp_port snmp_port reach_interval_s poll_interval_s timeout_ms retries',
      ),
      settings: "coalesce(r.settings, '{}')::jsonb",
      site_id: 's.id',
      credential_id: 'c.id',
    },
  },
  links: {
    table: 'link',
    recordset: `name text, medium text, from_site text, to_site text, device text, if_index int, provider text,
      contract_mbps float8, sla_percent float8, contract_from date, contract_to date`,
    joins: `JOIN site f ON f.code = r.from_site LEFT JOIN site t ON t.code = r.to_site
      LEFT JOIN device d ON d.code = r.device`,
    stored: {
      ...same('name medium if_index provider contract_mbps sla_percent contract_from contract_to'),
      from_site_id: 'f.id',
      to_site_id: 't.id',
      device_id: 'd.id',
    },
  },
};

/** Stores what a plan without faults says. The caller holds the transaction, and the locks that kept the plan true. */
export async function storePlan(sql: Sql, changes: readonly PlannedChange[]): Promise<void> {
  for (const table of ['sites', 'devices', 'links'] as const) {
    const own = changes.filter((change) => change.table === table);
    const writing = WRITINGS[table];
    await inParts(own, 'create', (rows) => insertRows(sql, writing, rows));
    await inParts(own, 'update', (rows) => updateRows(sql, writing, rows));
    if (table === 'devices') await storeParents(sql, own);
  }
}

async function inParts(
  changes: readonly PlannedChange[],
  action: PlannedChange['action'],
  store: (rows: readonly Values[]) => Promise<number>,
): Promise<void> {
  const wanted = changes.filter((change) => change.action === action);
  for (let from = 0; from < wanted.length; from += ROWS_AT_ONCE) {
    const rows = wanted.slice(from, from + ROWS_AT_ONCE).map(({ values }) => values);
    const stored = await store(rows);
    if (stored !== rows.length) throw new Error(`${rows.length} rows were planned and ${stored} stored`);
  }
}

const recordsOf = ({ recordset, joins }: Writing): string =>
  `jsonb_to_recordset($1::jsonb) AS r(id uuid, code text, ${recordset}) ${joins}`;

async function insertRows(sql: Sql, writing: Writing, rows: readonly Values[]): Promise<number> {
  const columns = Object.keys(writing.stored).join(', ');
  const values = Object.values(writing.stored).join(', ');
  return await sql.run(
    `INSERT INTO ${writing.table} (id, code, ${columns}) SELECT r.id, r.code, ${values} FROM ${recordsOf(writing)}`,
    [JSON.stringify(rows.map((row) => ({ ...row, id: randomUUID() })))],
  );
}

async function updateRows(sql: Sql, writing: Writing, rows: readonly Values[]): Promise<number> {
  const columns = Object.entries(writing.stored).map(([column, value]) => `${column} = ${value}`);
  return await sql.run(
    `UPDATE ${writing.table} x SET ${columns.join(', ')} FROM ${recordsOf(writing)} WHERE x.code = r.code`,
    [JSON.stringify(rows)],
  );
}

async function storeParents(sql: Sql, changes: readonly PlannedChange[]): Promise<void> {
  const changed = changes.filter(({ fields }) => fields.some(({ field }) => field === 'parents'));
  const edges = changed.flatMap(({ code, values }) => codesOf(values['parents']).map((parent) => ({ code, parent })));
  const codes = changed.map(({ code }) => code);
  if (codes.length === 0) return;
  await sql.run('DELETE FROM dependency WHERE child_id IN (SELECT id FROM device WHERE code = ANY($1))', [codes]);
  const stored = await sql.run(
    `INSERT INTO dependency (child_id, parent_id) SELECT child.id, parent.id
     FROM jsonb_to_recordset($1::jsonb) AS r(code text, parent text)
       JOIN device child ON child.code = r.code JOIN device parent ON parent.code = r.parent`,
    [JSON.stringify(edges)],
  );
  if (stored !== edges.length) throw new Error(`${edges.length} dependencies were planned and ${stored} stored`);
}
