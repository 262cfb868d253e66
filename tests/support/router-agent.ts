import type { ProbeReport } from '../../collector/probe-host.ts';
import { loadReadingGroups, type ReadingGroups } from '../../collector/routeros/group.ts';
import { identifyRouterOs } from '../../collector/routeros/identify.ts';
import { keepConnection } from '../../collector/routeros/kept-connection.ts';
import { Secret } from '../../core/config/secret.ts';
import { startRouterAgent } from '../../provisioning/lab/agents/routeros/agent.ts';
import type { RouterModel, TableRow } from '../../provisioning/lab/agents/routeros/model.ts';

export type Tables = Readonly<Record<string, readonly TableRow[]>>;

/** A router of which a test gives the tables, by path. */
export const routerOf = (tables: Tables, options: Partial<RouterModel> = {}): RouterModel => ({
  user: 'noc',
  password: 'rahasia-desa',
  login: 'plain',
  saysEmpty: true,
  table: (path) => tables[path] ?? null,
  ...options,
});

/** What every router has. */
export const BARE: Tables = {
  '/system/resource': [{ uptime: '1d17h34m38s', version: '7.10.2 (stable)', 'board-name': 'cAP ac', 'cpu-load': '1' }],
  '/system/identity': [{ name: 'bukit-1' }],
  '/interface': [
    {
      '.id': '*1',
      name: 'ether1',
      type: 'ether',
      running: 'true',
      disabled: 'false',
      'rx-byte': '10',
      'tx-byte': '20',
    },
    { '.id': '*2', name: 'wlan1', type: 'wlan', running: 'true', disabled: 'false', 'rx-byte': '1', 'tx-byte': '2' },
  ],
};

/** Asks a router once for everything, over a socket of loopback. */
export async function identifyOnce(
  model: RouterModel,
  options: { readonly now?: number; readonly groups?: ReadingGroups } = {},
): Promise<ProbeReport> {
  const clock = (): number => options.now ?? Date.now();
  const agent = await startRouterAgent(model, { port: 0, clock });
  const { port } = agent;
  const address = '127.0.0.1';
  const { user, password } = model;
  const kept = keepConnection(
    { address, host: address, port, user, password: new Secret(password), tls: 'off', ca: null },
    { clock },
  );
  try {
    const groups = options.groups ?? (await loadReadingGroups());
    return await identifyRouterOs(kept.run, { groups, clock, timeoutMs: 5_000 });
  } finally {
    await kept.close();
    await agent.close();
  }
}
