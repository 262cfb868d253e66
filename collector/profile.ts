import { loadFolder } from '../core/load-folder.ts';
import type { Oid } from './snmp/value.ts';
import type { Table, TableRow } from './snmp/walk.ts';

/** One thing a profile understands of a device; groups, classes and units as the probe command prints them. */
export type ProbeReading = {
  readonly group: 'wireless' | 'sensor' | 'usage';
  readonly class: string;
  readonly index: string;
  readonly value: number;
  readonly unit: string;
  readonly label: string;
};

/**
 * A table, or columns of several tables with the same index, and what its rows mean. A scalar is a column whose only
 * row is `0`.
 */
export type ReadingTable<Column extends string = string> = {
  readonly columns: Readonly<Record<Column, Oid>>;
  /** Columns asked for at every poll; what the others hold is remembered from the last identification. */
  readonly dynamic: readonly NoInfer<Column>[];
  /** Rows that are worth asking for at every poll; all when absent. */
  wants?(row: TableRow<Column>, index: string): boolean;
  /** Must bear any row in which any column is missing. @throws BadReadingError */
  read(rows: Table<Column>): readonly ProbeReading[];
};

/** Lets the compiler check a table's columns against its rows. */
export const defineTable = <Column extends string>(table: ReadingTable<Column>): ReadingTable => table;

/** Where a text about the device is found. With a pattern its first group counts, or `text` where it matches. */
export type TextSource =
  | { readonly oid: Oid; readonly pattern?: RegExp; readonly text?: string }
  | { readonly from: 'sysDescr' | 'sysObjectID' | 'sysName'; readonly pattern: RegExp; readonly text?: string }
  | { readonly text: string };

/** A make or model as data: one file of `collector/profiles`, which exports `profile`; the file's name is the id. */
export type Profile = {
  /** Any one of them fits. The one that says more (longest sysObjectID, then a sysDescr too) wins over others. */
  readonly match: readonly { readonly objectId?: Oid; readonly descr?: RegExp }[];
  /** Each list is tried in order; the first text that is not empty counts. */
  readonly identity: Readonly<Record<'vendor' | 'os' | 'model' | 'version' | 'serial', readonly TextSource[]>>;
  readonly readings: readonly ReadingTable[];
};

export type Profiles = ReadonlyMap<string, Profile>;
/** Fits every device that answers SNMP at all. */
export const GENERIC_PROFILE = 'generic';

/** Every profile, by id. */
export const loadProfiles = (): Promise<Profiles> =>
  loadFolder(new URL('./profiles/', import.meta.url), (module, id) => {
    const { profile } = module;
    if (!isProfile(profile)) throw new TypeError(`collector/profiles/${id} exports no profile`);
    return profile;
  });

const isProfile = (value: unknown): value is Profile =>
  typeof value === 'object' && value !== null && 'match' in value && 'identity' in value && 'readings' in value;

/** The profile that fits best; ties go to the id that sorts first. */
export function chooseProfile(profiles: Profiles, system: { sysObjectID: Oid; sysDescr: string }): string {
  let best = GENERIC_PROFILE;
  let bestScore = 0;
  for (const [id, { match }] of profiles) {
    for (const rule of match) {
      const score = scoreOf(rule, system);
      if (score <= bestScore) continue;
      best = id;
      bestScore = score;
    }
  }
  return best;
}

function scoreOf(rule: Profile['match'][number], system: { sysObjectID: Oid; sysDescr: string }): number {
  const { objectId, descr } = rule;
  if (objectId !== undefined && system.sysObjectID !== objectId && !system.sysObjectID.startsWith(`${objectId}.`))
    return 0;
  if (descr !== undefined && !descr.test(system.sysDescr)) return 0;
  return (objectId === undefined ? 0 : 2 * objectId.split('.').length) + (descr === undefined ? 0 : 1);
}
