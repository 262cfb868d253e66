import type { Device } from '../../core/contract/devices.ts';
import type { SiteKind } from '../../core/domain/site.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';

export const VILLAGE = '16.03.11.2009';

export type WatchedVillage = {
  readonly credentialId: string;
  addDevice(
    site: 'office' | 'public',
    device: { host?: string; port?: number; reachability?: string; tcpPort?: number },
  ): Promise<Device>;
};

/** A village with its two sites, to hang devices on that answer SNMP v2c with community `public`. */
export async function layVillage(inventory: Inventory): Promise<WatchedVillage> {
  const chain = ['16', '16.03', '16.03.11', VILLAGE];
  const levels = ['province', 'regency', 'district', 'village'];
  for (const [at, code] of chain.entries()) {
    await inventory.sql.run(
      'INSERT INTO region (code, level, parent_code, name, edition) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
      [code, levels[at], chain[at - 1] ?? null, `Region ${code}`, 'test'],
    );
  }
  const kinds: Record<'office' | 'public', SiteKind> = { office: 'village-office', public: 'village-public' };
  const site = (kind: SiteKind) =>
    inventory.sites.create({ code: `${VILLAGE}-${kind}`, name: kind, kind, regionCode: VILLAGE, status: 'active' });
  const sites = { office: await site(kinds.office), public: await site(kinds.public) };
  const credential = await inventory.credentials.create({
    name: 'public',
    kind: 'snmp-v2c',
    settings: { community: 'public' },
  });
  let count = 0;
  return {
    credentialId: credential.id,
    addDevice(where, { host = '127.0.0.1', port = 161, reachability = 'snmp', tcpPort }) {
      count++;
      return inventory.devices.create({
        code: `device-${count}`,
        name: `Device ${count}`,
        kind: 'router',
        siteId: sites[where].id,
        host,
        reachability,
        snmpPort: port,
        credentialId: credential.id,
        ...(tcpPort === undefined ? {} : { tcpPort }),
      });
    },
  };
}
