import { stableId } from '../../../core/delivery/stable-id.ts';
import type { Inventory } from '../../../core/stores/inventory/inventory.ts';
import type { Plan } from './plan.ts';
import { SIMULATED } from './probe.ts';

/** Leaves tables as a fresh store has them. */
export async function clearInventory({ sql }: Inventory): Promise<void> {
  const tables = [
    'message_outbox',
    'recipient',
    'channel',
    'incident',
    'maintenance_window',
    'exclusion',
    'device',
    'site',
  ];
  const all = [...tables, 'notice_policy', 'credential', 'region', 'account', 'setting', 'collector_heartbeat'];
  await sql.run(all.map((table) => `DELETE FROM ${table}`).join(';'));
}

/**
 * Writes a plan into an empty inventory. Ids follow from names, for the moments of checks follow from ids.
 * @returns ids of devices by name
 */
export async function layOut(inventory: Inventory, plan: Plan): Promise<ReadonlyMap<string, string>> {
  const { sql } = inventory;
  const { id: credentialId } = await inventory.credentials.create({
    name: 'simulated',
    kind: 'snmp-v2c',
    settings: { community: 'simulated' },
  });
  const codes = new Set(
    plan.sites.flatMap(({ regionCode }) => regionCode.split('.').map((_, at, all) => all.slice(0, at + 1).join('.'))),
  );
  const regions = [...codes].sort().map((code) => ({
    code,
    level: ['province', 'regency', 'district', 'village'][code.split('.').length - 1],
    parent: code.replace(/\.?\d+$/, '') || null,
  }));
  const siteIds = new Map(plan.sites.map(({ name }) => [name, stableId('site', name)]));
  const ids = new Map(plan.devices.map(({ name }) => [name, stableId('device', name)]));
  const sites = plan.sites.map((site) => ({ ...site, id: siteIds.get(site.name), region: site.regionCode }));
  const devices = plan.devices.map(({ name, site, kind = 'router', isPolled = false }) => ({
    id: ids.get(name),
    name,
    kind,
    site: siteIds.get(site),
    credential: isPolled ? credentialId : null,
  }));
  const ways = plan.devices.flatMap(({ name, parents = [] }) =>
    parents.map((parent) => ({ child: ids.get(name), parent: ids.get(parent) })),
  );
  await sql.run(
    `INSERT INTO region (code, level, parent_code, name, population, edition)
     SELECT code, level, parent, 'Wilayah ' || code, 500, 'test'
     FROM jsonb_to_recordset($1::jsonb) AS r(code text, level text, parent text)`,
    [JSON.stringify(regions)],
  );
  await sql.run(
    `INSERT INTO site (id, code, name, kind, status, region_code) SELECT id, name, name, kind, 'active', region
     FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, name text, kind text, region text)`,
    [JSON.stringify(sites)],
  );
  await sql.run(
    `INSERT INTO device (id, code, name, kind, site_id, host, reachability, credential_id)
     SELECT id, name, name, kind, site, '127.0.0.1', '${SIMULATED}', credential
     FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, name text, kind text, site uuid, credential uuid)`,
    [JSON.stringify(devices)],
  );
  await sql.run(
    `INSERT INTO dependency (child_id, parent_id) SELECT child, parent
     FROM jsonb_to_recordset($1::jsonb) AS r(child uuid, parent uuid)`,
    [JSON.stringify(ways)],
  );
  return ids;
}
