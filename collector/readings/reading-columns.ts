import { defineTable, type ProbeReading, type ReadingTable } from '../profile.ts';
import { numberOf, type Oid, type SnmpValue, textOf } from '../snmp/value.ts';
import { unitOf } from './units.ts';

/** A column of figures, or a scalar: an object whose only row is `0`; all OIDs without the row. */
export type ReadingColumn = {
  readonly group: ProbeReading['group'];
  readonly class: string;
  readonly value: Oid;
  /** A column of names with the same rows, or one name for all; by default the class. */
  readonly label?: Oid | { readonly text: string };
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
  /** The figure lies within a text: its first number, or what this pattern's first group holds. */
  readonly inText?: true | RegExp;
  /**
   * Where scale does not do: the figure in its unit, or null where there is none.
   * @param cell another column of the row, which must be named in `uses`
   */
  readonly convert?: (value: number, cell: (column: Oid) => SnmpValue | undefined) => number | null;
  /** Columns beyond those above that `convert` looks at; asked for at every poll. */
  readonly uses?: readonly Oid[];
};

const FIRST_NUMBER = /-?\d+(?:\.\d+)?/;

/**
 * A table of readings as data: what each column is. Columns with the same rows belong in one list, scalars of one MIB
 * too: they are asked for side by side.
 */
export function readingColumns(specs: readonly ReadingColumn[]): ReadingTable {
  const columns: Record<string, Oid> = {};
  const add = (oid: Oid | undefined): void => {
    if (oid !== undefined) columns[oid] = oid;
  };
  const dynamic = new Set<Oid>();
  for (const { value, label, of, where, uses = [] } of specs) {
    for (const oid of [value, ...(of === undefined ? [] : [of]), ...uses]) {
      add(oid);
      dynamic.add(oid);
    }
    if (typeof label === 'string') add(label);
    add(where?.column);
  }
  return defineTable({
    columns,
    dynamic: [...dynamic],
    wants: (row) => specs.some((spec) => row[spec.value] !== undefined && isWanted(spec, row)),
    read: (rows) =>
      [...rows].flatMap(([index, row]) =>
        specs.flatMap((spec) => {
          const reading = isWanted(spec, row) ? readingOf(spec, row, index) : null;
          return reading === null ? [] : [reading];
        }),
      ),
  });
}

type Row = Readonly<Record<Oid, SnmpValue | undefined>>;

const isWanted = ({ where }: ReadingColumn, row: Row): boolean =>
  where === undefined || where.is.test(textOf(row[where.column]).trim());

function readingOf(spec: ReadingColumn, row: Row, index: string): ProbeReading | null {
  const { group, class: name, label, id, scale = 1, absent = [], of, convert } = spec;
  const figure = figureOf(spec, row[spec.value]);
  if (figure === null || absent.includes(figure)) return null;
  let value: number | null = convert === undefined ? figure * scale : convert(figure, (oid) => row[oid]);
  if (value !== null && of !== undefined) {
    const whole = figureOf(spec, row[of]);
    value = whole === null || whole <= 0 ? null : (100 * value) / (whole * scale);
  }
  if (value === null || !Number.isFinite(value)) return null;
  const text = label === undefined ? '' : typeof label === 'string' ? textOf(row[label]).trim() : label.text;
  return {
    group,
    class: name,
    index: id === undefined ? index : `${id}.${index}`,
    // Sums of decimal fractions leave tails that nobody measured.
    value: Number(value.toPrecision(12)),
    unit: unitOf(group, name),
    label: text === '' ? name : text,
  };
}

/** Null where the cell is missing or holds no figure: power supplies write "N/A" where a number belongs. */
function figureOf({ inText }: ReadingColumn, cell: SnmpValue | undefined): number | null {
  if (inText === undefined) {
    if (cell?.type === 'octets' && textOf(cell).trim() === '') return null;
    return numberOf(cell);
  }
  const match = (inText === true ? FIRST_NUMBER : inText).exec(textOf(cell));
  const number = match === null ? Number.NaN : Number(match[1] ?? match[0]);
  return Number.isFinite(number) ? number : null;
}
