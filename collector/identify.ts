import {
  chooseProfile,
  GENERIC_PROFILE,
  type ProbeReading,
  type Profile,
  type Profiles,
  type ReadingTable,
  type TextSource,
} from './profile.ts';
import { type InterfaceReading, readInterfaces } from './readings/interfaces.ts';
import { readSystem, type System } from './readings/system.ts';
import { BadReadingError } from './snmp/bad-reading.ts';
import { type Oid, textOf } from './snmp/value.ts';
import { type Table, type Walker, walkTable } from './snmp/walk.ts';

export type DeviceIdentity = {
  readonly vendor: string | null;
  readonly os: string | null;
  readonly model: string | null;
  readonly version: string | null;
  readonly name: string | null;
  readonly serial: string | null;
  readonly uptimeS: number | null;
  readonly profile: string;
};

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
  const id = chooseProfile(profiles, system);
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
    readings.push(...(readTable(walker, table, rows) ?? []));
  }
  return { system, device, interfaces, tables, readings };
}

/** What a table's rows mean; null, and counted, where they make no sense. */
function readTable({ count }: Pick<Walker, 'count'>, table: ReadingTable, rows: Table): readonly ProbeReading[] | null {
  try {
    return table.read(rows);
  } catch (error) {
    if (!(error instanceof BadReadingError)) throw error;
    count(error.reason);
    return null;
  }
}

async function readIdentity(
  { client, target }: Walker,
  profile: Profile,
  id: string,
  system: System,
): Promise<DeviceIdentity> {
  const sources = Object.values(profile.identity).flat();
  const oids = [...new Set(sources.flatMap((source) => ('oid' in source ? [source.oid] : [])))];
  const values = oids.length === 0 ? [] : await client.get(target, oids);
  const texts = new Map(oids.map((oid, at) => [oid, textOf(values[at]).trim()]));
  const find = (candidates: readonly TextSource[]): string | null => {
    for (const source of candidates) {
      const text = textFrom(source, system, texts);
      if (text !== '') return text;
    }
    return null;
  };
  return {
    vendor: find(profile.identity.vendor),
    os: find(profile.identity.os),
    model: find(profile.identity.model),
    version: find(profile.identity.version),
    name: system.sysName === '' ? null : system.sysName,
    serial: find(profile.identity.serial),
    uptimeS: system.uptimeS === null ? null : Math.floor(system.uptimeS),
    profile: id,
  };
}

function textFrom(source: TextSource, system: System, texts: ReadonlyMap<Oid, string>): string {
  if (!('oid' in source) && !('from' in source)) return source.text;
  const whole = 'oid' in source ? (texts.get(source.oid) ?? '') : system[source.from];
  if (source.pattern === undefined) return whole;
  const match = source.pattern.exec(whole);
  return match === null ? '' : (source.text ?? match[1] ?? match[0]).trim();
}

async function orNothing<Result>(read: () => Promise<Result>): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    // Counted where it was found; the rest of the device may well be readable.
    if (error instanceof BadReadingError) return null;
    throw error;
  }
}
