import { ProbeError } from '../core/domain/errors.ts';
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
import { type Table, type Walk, type Walker, walkTables } from './snmp/walk.ts';

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
  const interfaces = ports === undefined ? listed : await withOwnPorts(walker, ports, listed);
  const own = profile.readings.filter(({ maxRows }) => maxRows === undefined);
  const terminals = profile.readings.filter(({ maxRows }) => maxRows !== undefined);
  const walked = await walkTables(walker, own);
  const behind = await orSilence(() => walkTables(walker, terminals.map(boundedWalk)));
  const tables: ReadTable[] = [];
  const readings: ProbeReading[] = [];
  for (const [at, table] of [...own, ...terminals].entries()) {
    const rows = (at < own.length ? walked[at] : behind?.[at - own.length]) ?? null;
    if (rows === null || rows.size === 0) continue;
    tables.push({ table, rows });
    readings.push(...readTable(table, rows, { system, interfaces }, walker.count));
  }
  return { system, device, interfaces, tables, readings };
}

const boundedWalk = ({ columns, maxRows }: ReadingTable): Walk => ({
  columns,
  ...(maxRows === undefined ? {} : { enough: maxRows }),
});

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

/** Figures that a device must itself ask for may come too late: that costs those alone. */
async function orSilence<Result>(read: () => Promise<Result>): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ProbeError && error.failure === 'timeout') return null;
    throw error;
  }
}
