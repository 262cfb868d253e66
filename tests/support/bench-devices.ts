import type { WatchedDevice } from '../../collector/pipeline/watched-device.ts';
import { GENERIC_PROFILE, type Profiles } from '../../collector/profile.ts';
import { hrProcessors, hrStorage } from '../../collector/readings/host-resources.ts';
import type { SnmpClient, SnmpTarget } from '../../collector/snmp/client.ts';
import type { Oid, VarBind } from '../../collector/snmp/value.ts';
import { createWalkPace, DEFAULT_WALK_LIMITS, walkTable } from '../../collector/snmp/walk.ts';
import { watchedDevice } from './probe-tools.ts';
import { agentHolding } from './recorded-agent.ts';

/** Tables of which a few rows are kept, so that every machine's agent gives the same number of objects. */
const TABLES: readonly { readonly columns: readonly Oid[]; readonly rows: number }[] = [
  { columns: columnsOf('1.3.6.1.2.1.2.2.1', 1, 22), rows: 2 },
  { columns: columnsOf('1.3.6.1.2.1.31.1.1.1', 1, 19), rows: 2 },
  { columns: ['1.3.6.1.2.1.25.3.3.1.2'], rows: 1 },
  { columns: ['1.3.6.1.2.1.25.3.2.1.3'], rows: 1 },
  { columns: columnsOf('1.3.6.1.2.1.25.2.3.1', 2, 6), rows: 4 },
];
const SCALARS: readonly Oid[] = [1, 2, 3, 5, 6].map((column) => `1.3.6.1.2.1.1.${column}.0`);
const HOST_UPTIME = '1.3.6.1.2.1.25.1.1.0';

function columnsOf(entry: Oid, from: number, to: number): readonly Oid[] {
  return Array.from({ length: to - from + 1 }, (_, at) => `${entry}.${from + at}`);
}

/** Ports, processors and stores: what a router tells. */
export const benchProfiles: Profiles = new Map([
  [
    GENERIC_PROFILE,
    {
      match: [],
      identity: { vendor: [], os: [], model: [], version: [], serial: [] },
      readings: [hrProcessors, hrStorage],
    },
  ],
]);

/**
 * A client that identifies each device by what one agent told, and polls it over the network: so that thousands are
 * known in no time, and each poll asks for the same few objects.
 */
export async function benchClient(client: SnmpClient, target: SnmpTarget): Promise<SnmpClient> {
  const objects: VarBind[] = [];
  const scalars = [...SCALARS, HOST_UPTIME];
  for (const [at, value] of (await client.get(target, scalars)).entries())
    objects.push({ oid: scalars[at] ?? '', value });
  const walker = { client, target, pace: createWalkPace(), limits: DEFAULT_WALK_LIMITS, count: () => {} };
  for (const { columns, rows } of TABLES) {
    const table = await walkTable(walker, Object.fromEntries(columns.map((column) => [column, column])));
    for (const [index, row] of [...table].slice(0, rows))
      for (const [column, value] of Object.entries(row))
        if (value !== undefined) objects.push({ oid: `${column}.${index}`, value });
  }
  return { ...agentHolding(objects), read: client.read, close: client.close };
}

/** An address of 127.0.0.0/8 for each. */
export const benchDevices = (
  count: number,
  port: number,
  credential: WatchedDevice['credential'],
): readonly WatchedDevice[] =>
  Array.from({ length: count }, (_, at) =>
    watchedDevice({
      id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      host: `127.${1 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}`,
      reachability: 'snmp',
      snmpPort: port,
      credential,
    }),
  );
