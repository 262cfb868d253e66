import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { AppError } from '../../core/domain/errors.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { loadGatewayTemplates } from '../gateway-files.ts';
import { withInventory } from './with-inventory.ts';

export type GatewayDeps = {
  readonly openInventory: () => Promise<Inventory>;
  readonly print: (text: string) => void;
  /** What the portal is set up with. */
  readonly portal: () => {
    readonly portalUrl: string | null;
    readonly radiusAuthPort: number;
    readonly radiusAcctPort: number;
  };
};

type Options = { readonly out: string; readonly portal?: string; readonly radius?: string };

/** `simpul gateway files REF --out DIR`. */
export function gatewayCommand({ openInventory, print, portal }: GatewayDeps): Command {
  const command = new Command('gateway').description('gateways of the captive portal');
  command
    .command('files')
    .description("write a gateway's own pages, configuration and commands, with its secrets")
    .argument('<ref>', 'the gateway, as in the address of its login page')
    .requiredOption('--out <dir>', 'folder to write to')
    .option('--portal <url>', 'where browsers reach the portal, if not SIMPUL_PORTAL_URL')
    .option('--radius <host>', "where the gateway sends RADIUS, if not the portal's host")
    .action(async (ref: string, options: Options) => {
      const { portalUrl, radiusAuthPort, radiusAcctPort } = portal();
      const origin = (options.portal ?? portalUrl ?? '').replace(/\/+$/, '');
      if (!/^https?:\/\/[^/]+$/.test(origin) || !URL.canParse(origin))
        throw new AppError('config', 'SIMPUL_PORTAL_URL or --portal must say where browsers reach the portal');
      await withInventory({ openInventory }, async ({ portal: stores, sites }) => {
        const gateway = await stores.gateways.openByRef(ref);
        if (gateway === null) throw new AppError('not-found', 'there is no such gateway, or it is switched off');
        const [template, shown, site] = await Promise.all([
          loadGatewayTemplates().then((templates) => templates.get(gateway.family)),
          stores.sites.get(gateway.siteId),
          sites.get(gateway.siteId),
        ]);
        if (template === undefined) throw new AppError('not-supported', `there are no files for ${gateway.family}`);
        const radiusHost = options.radius ?? new URL(origin).hostname;
        const files = template({
          gateway,
          site: { name: site?.name ?? gateway.name, fallback: shown?.fallback ?? 'trial' },
          portal: { origin, radiusHost, authPort: radiusAuthPort, acctPort: radiusAcctPort },
        });
        for (const { path, text, isSecret = false, isProgram = false } of files) {
          const file = join(options.out, path);
          await mkdir(dirname(file), { recursive: true });
          await writeFile(file, text, { mode: (isSecret ? 0o600 : 0o644) | (isProgram ? 0o100 : 0) });
          print(file);
        }
      });
    });
  return command;
}
