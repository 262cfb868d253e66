import type { ImportReport } from '../contract/inventory-files.ts';
import { loadDeviceKinds } from '../device-kinds.ts';
import { AppError, type Fault } from '../domain/errors.ts';
import type { ProbeKinds } from '../domain/probe-kind.ts';
import type { RegionCode } from '../domain/region.ts';
import { FaultList } from '../inventory-files/fault-list.ts';
import { readKnown } from '../inventory-files/known.ts';
import { counted } from '../inventory-files/limits.ts';
import { type PlannedChange, planTables } from '../inventory-files/plan.ts';
import { type FileTable, type InventoryFile, readInventoryFile } from '../inventory-files/read-inventory-file.ts';
import { storePlan } from '../inventory-files/store-plan.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';
import type { Sql } from '../stores/inventory/sql.ts';

export type ImportOptions = {
  /** Region that whoever imports may change; empty or absent = every region. */
  readonly scope?: RegionCode | '';
};

export type InventoryImportPlan = {
  readonly changes: readonly PlannedChange[];
  readonly counts: { readonly created: number; readonly updated: number; readonly unchanged: number };
  /** What keeps the file from being imported, in the order of its rows; the first 500 and how many more. */
  readonly faults: readonly Fault[];
  readonly faultCount: number;
};

const MOST_REPORTED = 500;

/**
 * What importing a CSV or XLSX would do; nothing is stored.
 * @throws AppError `bad-input` for a file that cannot be read at all, `too-large`
 */
export async function planInventoryImport(
  inventory: Pick<Inventory, 'sql' | 'devices'>,
  file: InventoryFile,
  options: ImportOptions = {},
): Promise<InventoryImportPlan> {
  const faults = new FaultList();
  const tables = await readInventoryFile(file, faults);
  return await inventory.sql.transaction(async (sql) => {
    await sql.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await planWith(sql, tables, faults, { ...options, probes: inventory.devices.probes });
  });
}

/**
 * A dry run: the report of what an import would do.
 * @throws AppError `bad-input` with the bad rows as faults, `too-large`
 */
export async function tryInventoryImport(
  inventory: Pick<Inventory, 'sql' | 'devices'>,
  file: InventoryFile,
  options: ImportOptions = {},
): Promise<ImportReport> {
  return reportOf(await planInventoryImport(inventory, file, options), false);
}

/**
 * Imports a CSV or XLSX, all of it or nothing. Whoever calls tells the others that the inventory changed.
 * @throws AppError `bad-input` with the bad rows as faults, `too-large`
 */
export async function applyInventoryImport(
  inventory: Pick<Inventory, 'sql' | 'devices'>,
  file: InventoryFile,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const faults = new FaultList();
  const tables = await readInventoryFile(file, faults);
  return await inventory.sql.transaction(async (sql) => {
    // Nobody else writes between the plan and the storing; readers and the states of devices go on.
    await sql.run('LOCK TABLE site, device, link, dependency, credential IN SHARE ROW EXCLUSIVE MODE');
    const plan = await planWith(sql, tables, faults, { ...options, probes: inventory.devices.probes });
    const report = reportOf(plan, true);
    await storePlan(sql, plan.changes);
    return report;
  });
}

async function planWith(
  sql: Sql,
  tables: readonly FileTable[],
  faults: FaultList,
  { scope = '', probes }: ImportOptions & { readonly probes: ProbeKinds | null },
): Promise<InventoryImportPlan> {
  const deviceKinds = new Set((await loadDeviceKinds()).keys());
  const changes = planTables(tables, await readKnown(sql, tables), faults, { scope, deviceKinds, probes });
  const count = (wanted: PlannedChange['action']): number => changes.filter(({ action }) => action === wanted).length;
  const counts = { created: count('create'), updated: count('update'), unchanged: count('unchanged') };
  return { changes, counts, faults: faults.all(), faultCount: faults.count };
}

/** @throws AppError `bad-input` where the plan has faults */
function reportOf({ changes, counts, faults, faultCount }: InventoryImportPlan, applied: boolean): ImportReport {
  if (faultCount > 0) {
    const places = faultCount === 1 ? 'one fault' : `${counted(faultCount)} faults`;
    throw new AppError('bad-input', `nothing is imported: the file has ${places}`, { faults });
  }
  const isChange = ({ action }: PlannedChange): boolean => action !== 'unchanged';
  const first = changes.filter(isChange).slice(0, MOST_REPORTED);
  const rest = changes.filter((change) => !isChange(change)).slice(0, MOST_REPORTED - first.length);
  const shown = [...first, ...rest].map(({ table, line, code, action, fields }) => {
    return { table, line, code, action, fields: [...fields] };
  });
  return { applied, ...counts, changes: shown };
}
