import { type DeviceIdentity, readIdentity } from './identity.ts';
import {
  type AskObject,
  chooseProfile,
  GENERIC_PROFILE,
  type ProbeReading,
  type Profiles,
  type ReadingContext,
  type ReadingTable,
} from './profile.ts';
import { type InterfaceReading, readInterfaces } from './readings/interfaces.ts';
import { readSystem, type System } from './readings/system.ts';
import { BadReadingError } from './snmp/bad-reading.ts';
import { textOf } from './snmp/value.ts';
import { type Table, type Walker, walkTable } from './snmp/walk.ts';

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
  const system = await readSystem(walker.client, walker.target);
  const id = await chooseProfile(profiles, system, askObject(walker));
  const profile = profiles.get(id);
  if (profile === undefined) throw new TypeError(`the profile ${GENERIC_PROFILE} is missing`);

  const device = await readIdentity(walker, profile, id, system);
  const interfaces = (await orNothing(() => readInterfaces(walker))) ?? [];
  const tables: ReadTable[] = [];
  const readings: ProbeReading[] = [];
  for (const table of profile.readings) {
    const rows = await orNothing(() => walkTable(walker, table.columns));
    if (rows === null || rows.size === 0) continue;
    tables.push({ table, rows });
    readings.push(...(readTable(walker, table, rows, { system, interfaces }) ?? []));
  }
  return { system, device, interfaces, tables, readings };
}

/** What a table's rows mean; null, and counted, where they make no sense. */
function readTable(
  { count }: Pick<Walker, 'count'>,
  table: ReadingTable,
  rows: Table,
  context: ReadingContext,
): readonly ProbeReading[] | null {
  try {
    return table.read(rows, context);
  } catch (error) {
    if (!(error instanceof BadReadingError)) throw error;
    count(error.reason);
    return null;
  }
}

const askObject =
  ({ client, target }: Walker): AskObject =>
  async (oids) => {
    const values = await client.get(target, oids);
    return new Map(
      oids.map((oid, at) => {
        const value = values[at] ?? null;
        return [oid, value === null ? null : textOf(value).trim()];
      }),
    );
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
