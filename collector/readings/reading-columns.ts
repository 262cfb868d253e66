import { defineTable, type ProbeReading, type ReadingLimits, type ReadingTable } from '../profile.ts';
import { BadReadingError } from '../snmp/bad-reading.ts';
import { numberOf, type Oid, type SnmpValue, textOf } from '../snmp/value.ts';
import { unitOf } from './units.ts';

/** A column of figures, or a scalar: an object whose only row is `0`; all OIDs without the row. */
export type ReadingColumn = {
  readonly group: ProbeReading['group'];
  readonly class: string;
  readonly value: Oid;
  /**
   * A column of names with the same rows, one name for all, in which `$index` is the row, or the port's name where a
   * part of the row's index (0 is the first) is an ifIndex; by default the class.
   */
  readonly label?: Oid | { readonly text: string } | { readonly ifIndexAt: number };
  /** Said after the label, where several columns have the same. */
  readonly says?: string;
  /** Tells it from other columns of the same group and class and rows; comes before the row in the reading's index. */
  readonly id?: string;
  /** What the device's figure is multiplied by to come in the unit of its class. */
  readonly scale?: number;
  /** Figures by which the device says that it has none. */
  readonly absent?: readonly number[];
  /** Share in percent of this column's figure. */
  readonly of?: Oid;
  /** Rows that count: those where this column's text, or number as text, fits. */
  readonly where?: { readonly column: Oid; readonly is: RegExp };
  /** Rows that count: those whose index fits; the pattern's first group, if it has one, then stands for the index. */
  readonly rows?: RegExp;
  /** Left out where one of these columns, which tell the same better, has a value: in the same row, or in any row. */
  readonly unless?: { readonly columns: readonly Oid[]; readonly in: 'row' | 'device' };
  /** The figure lies within a text: its first number, or what this pattern's first group holds. */
  readonly inText?: true | RegExp;
  /**
   * Where scale does not do: the figure in its unit, or null where there is none.
   * @param cell another column of the row, which must be named in `uses`
   */
  readonly convert?: (value: number, cell: (column: Oid) => SnmpValue | undefined) => number | null;
  /** Columns beyond those above that `convert` looks at; asked for at every poll. */
  readonly uses?: readonly Oid[];
  /** Columns where the device keeps its own limits, in the same form as the figure. */
  readonly limits?: { readonly [Limit in keyof ReadingLimits]?: Oid };
};

const FIRST_NUMBER = /-?\d+(?:\.\d+)?/;

/**
 * A table of readings as data: what each column is. Columns with the same rows belong in one list, scalars of one MIB
 * too: they are asked for side by side.
 */
export function readingColumns(
  specs: readonly ReadingColumn[],
  options: Pick<ReadingTable, 'maxRows'> = {},
): ReadingTable {
  const columns: Record<string, Oid> = {};
  const add = (oid: Oid | undefined): void => {
    if (oid !== undefined) columns[oid] = oid;
  };
  const dynamic = new Set<Oid>();
  for (const { value, label, of, where, unless, uses = [], limits = {} } of specs) {
    for (const oid of [value, ...(of === undefined ? [] : [of]), ...uses]) {
      add(oid);
      dynamic.add(oid);
    }
    if (typeof label === 'string') add(label);
    add(where?.column);
    for (const column of unless?.columns ?? []) add(column);
    for (const limit of Object.values(limits)) add(limit);
  }
  const hasPorts = specs.some(({ label }) => typeof label === 'object' && 'ifIndexAt' in label);
  return defineTable({
    ...options,
    columns,
    dynamic: [...dynamic],
    wants: (row, index) =>
      specs.some((spec) => row[spec.value] !== undefined && isWanted(spec, row) && (spec.rows?.test(index) ?? true)),
    read(rows, { interfaces }) {
      const portNames = new Map(hasPorts ? interfaces.map(({ index, name }) => [String(index), name]) : []);
      const better = new Set<Oid>();
      for (const { unless } of specs) {
        if (unless?.in !== 'device') continue;
        for (const column of unless.columns)
          if ([...rows.values()].some((row) => hasValue(row[column]))) better.add(column);
      }
      return [...rows].flatMap(([index, row]) =>
        specs.flatMap((spec) => {
          if (!isWanted(spec, row) || spec.unless?.columns.some((column) => better.has(column)) === true) return [];
          const match = spec.rows?.exec(index);
          if (match === null) return [];
          const reading = readingOf(spec, row, match?.[1] ?? index, portNames);
          return reading === null ? [] : [reading];
        }),
      );
    },
  });
}

type Row = Readonly<Record<Oid, SnmpValue | undefined>>;

const isWanted = ({ where, unless }: ReadingColumn, row: Row): boolean =>
  (where === undefined || where.is.test(textOf(row[where.column]).trim())) &&
  (unless?.in !== 'row' || !unless.columns.some((column) => hasValue(row[column])));

const hasValue = (cell: SnmpValue | undefined): boolean => textOf(cell).trim() !== '';

function readingOf(
  spec: ReadingColumn,
  row: Row,
  index: string,
  portNames: ReadonlyMap<string, string>,
): ProbeReading | null {
  const { group, class: name, id, scale = 1, of } = spec;
  let value = inUnit(spec, row[spec.value], row);
  if (value !== null && of !== undefined) {
    const whole = figureOf(spec, row[of]);
    value = whole === null || whole <= 0 ? null : (100 * value) / (whole * scale);
  }
  if (value === null || !Number.isFinite(value)) return null;
  const limits = limitsOf(spec, row);
  return {
    group,
    class: name,
    index: id === undefined ? index : `${id}.${index}`,
    value: measured(value),
    unit: unitOf(group, name),
    label: labelOf(spec, row, index, portNames),
    ...(limits === null ? {} : { limits }),
  };
}

function labelOf(
  { label, says, class: name }: ReadingColumn,
  row: Row,
  index: string,
  portNames: ReadonlyMap<string, string>,
): string {
  let text = '';
  if (typeof label === 'string') text = textOf(row[label]).trim();
  else if (label !== undefined && 'text' in label) text = label.text.replaceAll('$index', index);
  else if (label !== undefined) {
    const parts = index.split('.');
    const port = parts[label.ifIndexAt] ?? '';
    // What follows the port tells its terminals apart.
    text = [portNames.get(port) ?? port, ...parts.slice(label.ifIndexAt + 1)].join(':');
  }
  return [text || (says === undefined ? name : ''), says].filter(Boolean).join(' ');
}

/** In the unit of the class, but for shares. */
function inUnit(spec: ReadingColumn, cell: SnmpValue | undefined, row: Row): number | null {
  const { scale = 1, absent = [], convert } = spec;
  const figure = figureOf(spec, cell);
  if (figure === null || absent.includes(figure)) return null;
  return convert === undefined ? figure * scale : convert(figure, (oid) => row[oid]);
}

// Products of decimal fractions leave tails that nobody measured.
const measured = (value: number): number => Number(value.toPrecision(12));

function limitsOf(spec: ReadingColumn, row: Row): ReadingLimits | null {
  const { low, lowWarning, highWarning, high } = spec.limits ?? {};
  const limits: Record<string, number> = {};
  for (const [name, oid] of Object.entries({ low, lowWarning, highWarning, high })) {
    const value = oid === undefined ? null : inUnit(spec, row[oid], row);
    if (value !== null && Number.isFinite(value)) limits[name] = measured(value);
  }
  return Object.keys(limits).length === 0 ? null : limits;
}

/** Null where the cell is missing or holds no figure: power supplies write "N/A" where a number belongs. */
function figureOf({ inText }: ReadingColumn, cell: SnmpValue | undefined): number | null {
  if (inText === undefined) {
    try {
      return numberOf(cell);
    } catch (error) {
      if (error instanceof BadReadingError) return null;
      throw error;
    }
  }
  const match = (inText === true ? FIRST_NUMBER : inText).exec(textOf(cell));
  const number = match === null ? Number.NaN : Number(match[1] ?? match[0]);
  return Number.isFinite(number) ? number : null;
}
