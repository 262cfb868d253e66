import { Command } from 'commander';
import { AppError } from '../../core/domain/errors.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { withInventory } from './with-inventory.ts';

type Deps = { readonly openInventory: () => Promise<Inventory>; readonly print: (text: string) => void };

/** `simpul audit verify`. */
export function auditCommand({ openInventory, print }: Deps): Command {
  const audit = new Command('audit').description('the log of changes and sign-ins');
  audit
    .command('verify')
    .description('go through the chain of the log; note its last hash elsewhere, and rows cut off the end show too')
    .action(async () => {
      await withInventory({ openInventory }, async ({ audit }) => {
        const { rows, brokenAt, reason, head } = await audit.verify();
        if (brokenAt !== null) throw new AppError('conflict', `the audit log is broken at row ${brokenAt}: ${reason}`);
        print(`whole: ${rows} rows${head === null ? '' : `, the last is ${head.seq} ${head.hash}`}`);
      });
    });
  return audit;
}
