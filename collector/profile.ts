import type { OperStatus } from '../core/domain/device.ts';
import { loadFolder } from '../core/load-folder.ts';
import type { InterfaceReading } from './readings/interfaces.ts';
import type { System } from './readings/system.ts';
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
  readonly limits?: ReadingLimits;
};
/** Where the device itself draws the line, in the unit of the reading. */
export type ReadingLimits = {
  readonly low?: number;
  readonly lowWarning?: number;
  readonly highWarning?: number;
  readonly high?: number;
};

/** What else is known of the device when a table is read. */
export type ReadingContext = { readonly system: System; readonly interfaces: readonly InterfaceReading[] };

/**
 * A table, or columns of several tables with the same index, and what its rows mean. A scalar is a column whose only
 * row is `0`.
 */
export type ReadingTable<Column extends string = string> = {
  readonly columns: Readonly<Record<Column, Oid>>;
  /** Columns asked for at every poll; what the others hold is remembered from the last identification. */
  readonly dynamic: readonly NoInfer<Column>[];
  /**
   * Rows that are read of a table that may have very many, such as one of subscribers' terminals; those beyond are left
   * out. Without it such a table is lost. Its columns must have the same rows.
   */
  readonly maxRows?: number;
  /** Rows that are worth asking for at every poll; all when absent. */
  wants?(row: TableRow<Column>, index: string): boolean;
  /**
   * Must bear any row in which any column is missing. No two readings of a device have the same group, class and index.
   * @throws BadReadingError
   */
  read(rows: Table<Column>, context: ReadingContext): readonly ProbeReading[];
};

/** Lets the compiler check a table's columns against its rows. */
export const defineTable = <Column extends string>(table: ReadingTable<Column>): ReadingTable => table;

/** What a device says of a port beside its counters. */
export type PortFacts = Partial<
  Pick<
    InterfaceReading,
    'name' | 'descr' | 'alias' | 'type' | 'speedBps' | 'adminStatus' | 'operStatus' | 'mtu' | 'mac'
  >
>;
/** Fields of a port that change: they are asked for at every poll. */
export const POLLED_FIELDS = [
  'operStatus',
  'inOctets',
  'outOctets',
  'inErrors',
  'outErrors',
  'inDiscards',
  'outDiscards',
] as const satisfies readonly (keyof InterfaceReading)[];
export type PolledField = (typeof POLLED_FIELDS)[number];

/**
 * A private table of ports: ports that IF-MIB does not list, or better figures of those that it lists (some radios leave
 * its counters at 0). A scalar is a column whose only row is `0`.
 */
export type PortTable<Column extends string = string> = {
  readonly columns: Readonly<Record<Column, Oid>>;
  /** Which column holds what changes. Counters are taken as the device gives them, in octets and events. */
  readonly polled: Readonly<Partial<Record<PolledField, NoInfer<Column>>>>;
  /** What the values of the column of `operStatus` mean; IF-MIB's numbers when absent. */
  readonly states?: Readonly<Record<string, OperStatus>>;
  /**
   * Which port a row is about, and what it says of it; null where it is about none. A port whose index is not among
   * `interfaces` (IF-MIB's) is added.
   * @throws BadReadingError
   */
  port(
    row: TableRow<Column>,
    index: string,
    interfaces: readonly InterfaceReading[],
  ): ({ readonly index: number } & PortFacts) | null;
};

/** Lets the compiler check a table's columns against its rows. */
export const definePorts = <Column extends string>(table: PortTable<Column>): PortTable => table;

/** What a make says of its ports in ways of its own. */
export type OwnPorts = {
  readonly tables?: readonly PortTable[];
  /** What the make's numbering tells of a port, such as the name on the case; comes before what IF-MIB says. */
  facts?(port: InterfaceReading): PortFacts;
};

/**
 * Where a text about the device is found. With a pattern its first group counts, or `text`, in which `$1` and `$2`
 * stand for the first two groups. `names` turns what was found, in lower case, into what it is called; what it does not
 * list is no text.
 */
export type TextSource =
  | ({ readonly oid: Oid } & TextReading)
  /** The first text of a column that fits. */
  | ({ readonly column: Oid } & TextReading)
  /** Texts of several objects in a row; nothing where the first is missing. */
  | ({ readonly oids: readonly Oid[]; readonly join: string } & TextReading)
  /** Texts one after the other; nothing where one is missing. */
  | { readonly parts: readonly TextSource[]; readonly join: string }
  | ({ readonly from: 'sysDescr' | 'sysObjectID' | 'sysName' } & TextReading)
  | { readonly text: string };
export type TextReading = {
  readonly pattern?: RegExp;
  readonly text?: string;
  readonly names?: Readonly<Record<string, string>>;
};

/**
 * Fits where all that it names fits. `object` is one more object to ask for where sysObjectID and sysDescr say too
 * little: many makers leave net-snmp's.
 */
export type ProfileMatch = {
  readonly objectId?: Oid;
  readonly descr?: RegExp;
  readonly object?: { readonly oid: Oid; readonly pattern?: RegExp };
};

/** A make or model as data: one file of `collector/profiles`, which exports `profile`; the file's name is the id. */
export type Profile = {
  /** Any one of them fits. The one that says more (longest sysObjectID, then a sysDescr or an object too) wins. */
  readonly match: readonly ProfileMatch[];
  /** Each list is tried in order; the first text that is not empty counts. */
  readonly identity: Readonly<Record<'vendor' | 'os' | 'model' | 'version' | 'serial', readonly TextSource[]>>;
  readonly readings: readonly ReadingTable[];
  /** For makes whose ports or counters are not, or not all, in IF-MIB, which is always read. */
  readonly ports?: OwnPorts;
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

/** Asks for single objects; null for those that the device does not have. */
export type AskObject = (oids: readonly Oid[]) => Promise<ReadonlyMap<Oid, string | null>>;

/** The profile that fits best; ties go to the id that sorts first. */
export async function chooseProfile(
  profiles: Profiles,
  system: Pick<System, 'sysObjectID' | 'sysDescr'>,
  ask: AskObject,
): Promise<string> {
  const fitting = [...profiles].flatMap(([id, { match }]) =>
    match.filter((rule) => fits(rule, system)).map((rule) => ({ id, rule, score: scoreOf(rule) })),
  );
  const oids = [...new Set(fitting.flatMap(({ rule }) => (rule.object === undefined ? [] : [rule.object.oid])))];
  const objects = oids.length === 0 ? new Map<Oid, string | null>() : await ask(oids);
  let best = { id: GENERIC_PROFILE, score: 0 };
  for (const { id, rule, score } of fitting) {
    if (score <= best.score) continue;
    if (rule.object !== undefined) {
      const text = objects.get(rule.object.oid) ?? null;
      if (text === null || rule.object.pattern?.test(text) === false) continue;
    }
    best = { id, score };
  }
  return best.id;
}

function fits({ objectId, descr }: ProfileMatch, system: Pick<System, 'sysObjectID' | 'sysDescr'>): boolean {
  const { sysObjectID, sysDescr } = system;
  if (objectId !== undefined && sysObjectID !== objectId && !sysObjectID.startsWith(`${objectId}.`)) return false;
  return descr === undefined || descr.test(sysDescr);
}

const scoreOf = ({ objectId, descr, object }: ProfileMatch): number =>
  (objectId === undefined ? 0 : 3 * objectId.split('.').length) +
  (descr === undefined ? 0 : 1) +
  (object === undefined ? 0 : 1);
