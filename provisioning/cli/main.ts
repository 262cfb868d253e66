import { createInterface } from 'node:readline/promises';
import { Command, CommanderError } from 'commander';
import { loadProbeKinds } from '../../collector/probe.ts';
import { readConfig } from '../../core/config/config.ts';
import { AppError, type Fault } from '../../core/domain/errors.ts';
import { createLog } from '../../core/log/log.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { openInventory } from '../../core/stores/inventory/open.ts';
import { DEMO_DATA_DIR } from '../demo-data-dir.ts';
import { packageVersion } from '../package-version.ts';
import { auditCommand } from './audit.ts';
import { gatewayCommand } from './gateway.ts';
import { inventoryCommand } from './inventory.ts';
import { labCommand } from './lab.ts';
import { probeCommand } from './probe.ts';
import { regionsCommand } from './regions.ts';
import { userCommand } from './user.ts';

const MOST_FAULTS = 50;

const log = createLog('warn');
const clock = Date.now;
const print = (text: string): void => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
/** Beside a running process, the command works through it. */
const open = async (): Promise<Inventory> => {
  const probes = await loadProbeKinds();
  return openInventory(readConfig(process.env, { bind: '0.0.0.0' }), { log, clock, probes, joinRunning: true });
};

async function readLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) return line;
  throw new AppError('bad-input', 'standard input is empty');
}

const program = new Command('simpul')
  .description('Runs the networks of a province. Data: SIMPUL_DATA_DIR (default ./data), or DATABASE_URL.')
  .version(packageVersion())
  .showHelpAfterError('(--help shows what it takes)')
  .addCommand(regionsCommand({ openInventory: open, print }))
  .addCommand(inventoryCommand({ openInventory: open, print }))
  .addCommand(
    gatewayCommand({ openInventory: open, print, portal: () => readConfig(process.env, { bind: '0.0.0.0' }) }),
  )
  .addCommand(auditCommand({ openInventory: open, print }))
  .addCommand(probeCommand())
  .addCommand(userCommand({ openInventory: open, clock, print, readLine }))
  .addCommand(labCommand({ dataDir: process.env['SIMPUL_DATA_DIR'] || DEMO_DATA_DIR }));

const where = ({ file, line, field }: Fault): string =>
  [file, line === undefined ? undefined : `line ${line}`, field].filter((part) => part !== undefined).join(', ');

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else if (error instanceof AppError) {
    process.stderr.write(`error: ${error.message}\n`);
    for (const fault of error.faults.slice(0, MOST_FAULTS))
      process.stderr.write(`  ${where(fault)}: ${fault.reason}\n`);
    if (error.faults.length > MOST_FAULTS) process.stderr.write(`  … and ${error.faults.length - MOST_FAULTS} more\n`);
    process.exitCode = 1;
  } else throw error;
}
