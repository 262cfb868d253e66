import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { ImportReport } from '../../core/contract/inventory-files.ts';
import { AppError, type Fault } from '../../core/domain/errors.ts';
import { isRegionCode } from '../../core/domain/region.ts';
import { FILE_LIMITS } from '../../core/inventory-files/limits.ts';
import type { InventoryFile } from '../../core/inventory-files/read-inventory-file.ts';
import { TABLES, type TableName } from '../../core/inventory-files/tables.ts';
import { exportInventory } from '../../core/services/export-inventory.ts';
import { applyInventoryImport, tryInventoryImport } from '../../core/services/import-inventory.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { oneLine, textTable } from './text-table.ts';
import { withInventory } from './with-inventory.ts';

export type InventoryDeps = {
  /** Opened for one command, and closed after it. */
  readonly openInventory: () => Promise<Pick<Inventory, 'sql' | 'devices' | 'clock' | 'close'>>;
  /** For what the command answers: standard output. */
  readonly print: (text: string) => void;
};

type ImportFlags = { readonly dryRun?: true; readonly json?: true };
type ExportFlags = {
  readonly format: 'csv' | 'xlsx';
  readonly table?: TableName;
  readonly region?: string;
  readonly out?: string;
  readonly json?: true;
};

const JSON_FLAG = ['--json', 'print JSON'] as const;
const BYTE_ORDER_MARK = /^\uFEFF/;

/** `simpul inventory import|export`: sites, devices and links as CSV or XLSX. */
export function inventoryCommand(deps: InventoryDeps): Command {
  const inventory = new Command('inventory').description('sites, devices and links: import and export them');

  inventory
    .command('import')
    .description('import CSV or XLSX; rows are known by their code, nothing is ever removed, all or nothing')
    .argument('<file>', 'CSV with one table, or XLSX with a sheet for each of sites, devices, links')
    .option('--dry-run', 'show what would change and store nothing')
    .option(...JSON_FLAG)
    .action(async (path: string, flags: ImportFlags) => {
      const file = await readInput(path);
      await withInventory(deps, async (opened) => {
        const importing = flags.dryRun ? tryInventoryImport : applyInventoryImport;
        const report = await importing(opened, file).catch((error: unknown) => refused(deps, flags, error));
        deps.print(flags.json ? JSON.stringify(report) : reportText(report));
      });
    });

  inventory
    .command('export')
    .description('write CSV or XLSX that, imported, changes nothing')
    .addOption(new Option('--format <format>', 'CSV holds one table').choices(['csv', 'xlsx']).default('csv'))
    .addOption(new Option('--table <table>', 'sites when absent in CSV, all of them in XLSX').choices(TABLES))
    .option('--region <code>', 'only what stands in it, e.g. 16.03', regionCode)
    .option('--out <file>', 'where to write it; CSV goes to standard output when absent')
    .option(...JSON_FLAG)
    .action(async ({ out, json, ...options }: ExportFlags) => {
      if (out === undefined && options.format === 'xlsx') throw new AppError('bad-input', 'an XLSX needs --out FILE');
      await withInventory(deps, async (opened) => {
        const { bytes, contentType } = await exportInventory(opened, options);
        if (out === undefined) return deps.print(bytes.toString('utf8').replace(BYTE_ORDER_MARK, ''));
        await writeFile(out, bytes).catch((error: unknown) => unusable(out, error));
        deps.print(json ? JSON.stringify({ file: out, contentType, bytes: bytes.length }) : `wrote ${out}`);
      });
    });

  return inventory;
}

async function readInput(path: string): Promise<InventoryFile> {
  const { size } = await stat(path).catch((error: unknown) => unusable(path, error));
  // What is far too large is not even read.
  if (size > FILE_LIMITS.bytes)
    throw new AppError('too-large', `${path} is larger than ${FILE_LIMITS.bytes / 1024 / 1024} MB`);
  return { name: basename(path), bytes: await readFile(path).catch((error: unknown) => unusable(path, error)) };
}

function unusable(path: string, cause: unknown): never {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  throw new AppError('bad-input', `${path} cannot be used (${code})`, { cause });
}

/** Prints every bad row before the command fails. */
function refused({ print }: InventoryDeps, { json }: ImportFlags, error: unknown): never {
  if (!(error instanceof AppError) || error.faults.length === 0) throw error;
  const { faults } = error;
  print(json ? JSON.stringify({ applied: false, faults }) : faultsText(faults));
  throw new AppError(error.code, error.message);
}

function faultsText(faults: readonly Fault[]): string {
  const rows = faults.map(({ file = '', line, field = '', reason }) => {
    return [oneLine(file, 30), line === undefined ? '' : String(line), oneLine(field, 30), oneLine(reason, 300)];
  });
  const hasSheets = faults.some(({ file }) => file !== undefined);
  const table = [['sheet', 'row', 'column', 'what is wrong'], ...rows];
  return textTable(hasSheets ? table : table.map((row) => row.slice(1)));
}

function reportText({ applied, created, updated, unchanged, changes }: ImportReport): string {
  const changed = changes.filter(({ action }) => action !== 'unchanged');
  const rows = changed.map(({ table, line, code, action, fields }) => {
    const what = fields.map(({ field, before, after }) =>
      action === 'create' ? `${field}: ${shown(after)}` : `${field}: ${shown(before)} → ${shown(after)}`,
    );
    return [table, String(line), oneLine(code), action, what.join('; ')];
  });
  const sum = `${created} created, ${updated} updated, ${unchanged} unchanged`;
  const rest = created + updated - changed.length;
  return [
    ...(rows.length === 0 ? [] : [textTable([['table', 'row', 'code', 'action', 'what'], ...rows])]),
    ...(rest === 0 ? [] : [`… and ${rest} rows more`]),
    applied ? sum : `${sum}; a dry run: nothing is stored`,
  ].join('\n');
}

const shown = (text: string): string => (text === '' ? '(empty)' : oneLine(text, 40));

function regionCode(text: string): string {
  if (!isRegionCode(text)) throw new InvalidArgumentError('It takes a region code such as 16.03.');
  return text;
}
