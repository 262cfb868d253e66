import type { Oid } from '../snmp/value.ts';
import type { ReadingColumn } from './reading-columns.ts';

type Light = Omit<ReadingColumn, 'group' | 'class' | 'label' | 'says' | 'id'>;

/** What a table of transceivers, PON ports or subscribers' terminals tells; parts that it lacks are left out. */
export type OpticsTable = {
  readonly label: NonNullable<ReadingColumn['label']>;
  /** Whose light it is, where a make has several such tables; comes before the part in the reading's index. */
  readonly id?: string;
  /** Figures by which the make says, in any of the columns, that there is none. */
  readonly absent?: readonly number[];
  readonly where?: { readonly column: Oid; readonly is: RegExp };
  /** Received and sent power, in dBm after scaling. */
  readonly rx?: Light;
  readonly tx?: Light;
  /** What the far side sent, as it arrives here. */
  readonly rxAtOlt?: Light;
  /** Current of the laser, in A after scaling. */
  readonly bias?: Light;
  readonly temperature?: Light;
  readonly voltage?: Light;
};

const PARTS = [
  ['rx', 'dbm', 'rx power'],
  ['tx', 'dbm', 'tx power'],
  ['rxAtOlt', 'dbm', 'rx power at the OLT'],
  ['bias', 'current', 'laser bias'],
  ['temperature', 'temperature', 'transceiver'],
  ['voltage', 'voltage', 'transceiver'],
] as const;

/** Columns of digital diagnostics (SFF-8472) under the same classes, names and indexes for every make. */
export const opticsColumns = ({ label, id, absent, where, ...parts }: OpticsTable): readonly ReadingColumn[] =>
  PARTS.flatMap(([part, name, says]) => {
    const light = parts[part];
    if (light === undefined) return [];
    const own = { ...(absent === undefined ? {} : { absent }), ...(where === undefined ? {} : { where }), ...light };
    return [{ group: 'sensor', class: name, label, says, id: id === undefined ? part : `${id}-${part}`, ...own }];
  });

/** What is printed for no light at all: the least that diagnostics tell (0.1 µW, SFF-8472). */
export const DARKNESS_DBM = -40;

/** @param milliwatts 0 where no light arrives */
export const dbmOfMilliwatts = (milliwatts: number): number | null =>
  milliwatts < 0 ? null : Math.max(DARKNESS_DBM, 10 * Math.log10(milliwatts));

/**
 * How many terminals of a PON are read, and asked for again at every poll: each figure is one that the OLT must itself
 * ask of a terminal over the fibre.
 */
export const MAX_TERMINALS = 512;
