import { type DeviceIdentity, readIdentity } from './identity.ts';
import {
  type AskObject,
  chooseProfile,
  GENERIC_PROFILE,
  type ProbeReading,
  type Profiles,
  type ReadingTable,
} from './profile.ts';
import { readTable } from './read-table.ts';
import { type InterfaceReading, readInterfaces } from './readings/interfaces.ts';
import { withOwnPorts } from './readings/own-ports.ts';
import { readSystem, type System } from './readings/system.ts';
import { BadReadingError } from './snmp/bad-reading.ts';
import { readObjects } from './snmp/objects.ts';
import { textOf } from './snmp/value.ts';
import { type Table, type Walker, walkTables } from './snmp/walk.ts';

/** A table of the profile with the rows that the device has. */
export type ReadTable = { readonly table: ReadingTable; readonly rows: Table };

export type Identification = {
  readonly system: System;
  readonly device: DeviceIdentity;
  readonly interfaces: readonly InterfaceReading[];
  readonly tables: readonly ReadTable[];
  readonly readings: readonly ProbeReading[];
};

/**
 * Asks a device once for everything that its profile understands. A table that cannot be read costs that table.
 * @throws ProbeError where the device does not answer, or refuses
 */
export async function identify(walker: Walker, profiles: Profiles): Promise<Identification> {
  const system = await readSystem(walker);
  const id = await chooseProfile(profiles, system, askObject(walker));
  const profile = profiles.get(id);
  if (profile === undefined) throw new TypeError(`the profile ${GENERIC_PROFILE} is missing`);

  const device = await readIdentity(walker, profile, id, system);
  const listed = (await orNothing(() => readInterfaces(walker))) ?? [];
  const { ports } = profile;
  const interfaces =
    ports === undefined ? listed : ((await orNothing(() => withOwnPorts(walker, ports, listed))) ?? listed);
  const walked = await walkTables(
    walker,
    profile.readings.map(({ columns, maxRows }) => ({
      columns,
      ...(maxRows === undefined ? {} : { enough: maxRows }),
    })),
  );
  const tables: ReadTable[] = [];
  const readings: ProbeReading[] = [];
  for (const [at, table] of profile.readings.entries()) {
    const rows = walked[at] ?? null;
    if (rows === null || rows.size === 0) continue;
    tables.push({ table, rows });
    readings.push(...readTable(table, rows, { system, interfaces }, walker.count));
  }
  return { system, device, interfaces, tables, readings };
}

const askObject =
  (walker: Walker): AskObject =>
  async (oids) => {
    const objects = await readObjects(walker, oids);
    return new Map([...objects].map(([oid, value]) => [oid, value === null ? null : textOf(value).trim()]));
  };

async function orNothing<Result>(read: () => Promise<Result>): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    // Counted where it was found; the rest of the device may well be readable.
    if (error instanceof BadReadingError) return null;
    throw error;
  }
}
