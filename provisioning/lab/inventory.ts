import { DAY } from '../../core/domain/clock.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { Sql } from '../../core/stores/inventory/sql.ts';
import { askingOf, labCredentials } from './asking.ts';
import { PROVINCE } from './facts/province.ts';
import type { LabDevice, LabNetwork } from './network-builder.ts';
import type { LabThing } from './things.ts';

const CONTRACT_DAYS = 365;

/**
 * Tells the inventory of the lab: sites, devices, what they depend on, links with their contracts, the deployment's
 * province. Rows that are there stay as people have made them; only the ports, which may differ from one start to the
 * next, follow the agents. The regions must be there, and SIMPUL_SECRET_KEY set.
 * @param ports UDP port of each device's agent on 127.0.0.1, by device code
 * @returns ids of the devices, by code
 */
export async function seedLab(
  inventory: Inventory,
  { network, ports }: { network: LabNetwork; ports: ReadonlyMap<string, number> },
): Promise<ReadonlyMap<string, string>> {
  const credentialIds = await labCredentials(inventory, network.things);
  if ((await inventory.settings.get('province')) === undefined) await inventory.settings.set('province', PROVINCE.code);

  return await inventory.sql.transaction(async (sql) => {
    await insertSites(sql, network);
    const inserted = await insertDevices(sql, network, { ports, credentialIds });
    const codes = played(network).map(({ code }) => code);
    const rows = await sql.query<{ id: string; code: string }>('SELECT id, code FROM device WHERE code = ANY($1)', [
      codes,
    ]);
    const ids = new Map(rows.map(({ id, code }) => [code, id]));
    await setPorts(sql, network, ports);
    // A dependency that someone took away stays away: only new devices are told what they hang on.
    await insertDependencies(sql, network, ids, new Set(inserted));
    await insertLinks(sql, network, ids, inventory.clock());
    return ids;
  });
}

const played = ({ devices, things }: LabNetwork): readonly (LabDevice | LabThing)[] => [...devices, ...things];

async function insertSites(sql: Sql, { sites }: LabNetwork): Promise<void> {
  await sql.run(
    `INSERT INTO site (id, code, name, kind, status, region_code, lat, lng, address)
     SELECT id, code, name, kind, status, "regionCode", lat, lng, address
     FROM jsonb_to_recordset($1::jsonb) AS s(id uuid, code text, name text, kind text, status text, "regionCode" text,
       lat float8, lng float8, address text)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(sites)],
  );
}

/** @returns codes of those that were not there */
async function insertDevices(
  sql: Sql,
  network: LabNetwork,
  { ports, credentialIds }: { ports: ReadonlyMap<string, number>; credentialIds: ReadonlyMap<string, string> },
): Promise<string[]> {
  const rows = played(network).map((device) => {
    const { id, code, name, kind, siteCode } = device;
    const { credential, ...asking } = askingOf(device, ports.get(code));
    const credentialId = credential === null ? null : credentialIds.get(credential);
    return { id, code, name, kind, siteCode, mac: 'mac' in device ? device.mac : null, ...asking, credentialId };
  });
  // The kernel answers pings for every loopback address: only the agent itself tells that a lab device lives.
  const inserted = await sql.query<{ code: string }>(
    `INSERT INTO device (id, code, name, kind, site_id, host, mac, reachability, settings, snmp_port, credential_id,
       reach_interval_s)
     SELECT d.id, d.code, d.name, d.kind, s.id, '127.0.0.1', d.mac, d.reachability, d.settings, d."snmpPort",
       d."credentialId", d."reachIntervalS"
     FROM jsonb_to_recordset($1::jsonb) AS d(id uuid, code text, name text, kind text, "siteCode" text, mac text,
       reachability text, settings jsonb, "snmpPort" int, "credentialId" uuid, "reachIntervalS" float8)
     JOIN site s ON s.code = d."siteCode"
     ON CONFLICT DO NOTHING RETURNING code`,
    [JSON.stringify(rows)],
  );
  return inserted.map(({ code }) => code);
}

async function setPorts(sql: Sql, network: LabNetwork, ports: ReadonlyMap<string, number>): Promise<void> {
  const rows = played(network).map((device) => {
    const { reachability, settings, snmpPort } = askingOf(device, ports.get(device.code));
    return { code: device.code, reachability, settings, snmpPort };
  });
  await sql.run(
    `UPDATE device SET host = '127.0.0.1', snmp_port = p."snmpPort", settings = device.settings || p.settings
     FROM jsonb_to_recordset($1::jsonb) AS p(code text, reachability text, settings jsonb, "snmpPort" int)
     WHERE device.code = p.code AND device.reachability = p.reachability
       AND (device.snmp_port <> p."snmpPort" OR device.host <> '127.0.0.1' OR NOT device.settings @> p.settings)`,
    [JSON.stringify(rows)],
  );
}

async function insertDependencies(
  sql: Sql,
  network: LabNetwork,
  ids: ReadonlyMap<string, string>,
  inserted: ReadonlySet<string>,
): Promise<void> {
  const rows = played(network)
    .filter(({ code }) => inserted.has(code))
    .flatMap(({ code, parentCodes }) =>
      parentCodes.map((parent) => ({ childId: ids.get(code), parentId: ids.get(parent) })),
    );
  await sql.run(
    `INSERT INTO dependency (child_id, parent_id)
     SELECT "childId", "parentId" FROM jsonb_to_recordset($1::jsonb) AS d("childId" uuid, "parentId" uuid)
     WHERE "childId" IS NOT NULL AND "parentId" IS NOT NULL
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}

async function insertLinks(
  sql: Sql,
  { links }: LabNetwork,
  ids: ReadonlyMap<string, string>,
  now: number,
): Promise<void> {
  const contractFrom = new Date(now - (now % DAY) - (CONTRACT_DAYS / 2) * DAY).toISOString().slice(0, 10);
  const contractTo = new Date(now - (now % DAY) + (CONTRACT_DAYS / 2) * DAY).toISOString().slice(0, 10);
  const rows = links.map((link) => ({ ...link, deviceId: ids.get(link.deviceCode), contractFrom, contractTo }));
  await sql.run(
    `INSERT INTO link (id, code, name, medium, from_site_id, to_site_id, device_id, if_index, provider, contract_mbps,
       sla_percent, contract_from, contract_to)
     SELECT l.id, l.code, l.name, l.medium, f.id, t.id, l."deviceId", l."ifIndex", l.provider, l."contractMbps",
       l."slaPercent", l."contractFrom", l."contractTo"
     FROM jsonb_to_recordset($1::jsonb) AS l(id uuid, code text, name text, medium text, "fromSiteCode" text,
       "toSiteCode" text, "deviceId" uuid, "ifIndex" int, provider text, "contractMbps" float8, "slaPercent" float8,
       "contractFrom" date, "contractTo" date)
     JOIN site f ON f.code = l."fromSiteCode" LEFT JOIN site t ON t.code = l."toSiteCode"
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}
