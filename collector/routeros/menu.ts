import type { BadReading } from '../snmp/bad-reading.ts';
import { type Cells, cellsOf } from './cells.ts';
import type { Run } from './kept-connection.ts';
import { TrapError } from './trap.ts';
import { counterIn } from './values.ts';

/** A command that gives rows, and the columns that are asked for. */
export type Menu<Prop extends string = string> = {
  readonly command: string;
  /** Null = all columns. */
  readonly props: readonly Prop[] | null;
  readonly words: readonly string[];
};

/** Rows of a table. `props` null is for small tables whose columns differ from board to board. */
export const table = <const Prop extends string>(path: string, props: readonly Prop[] | null): Menu<Prop> => ({
  command: `${path}/print`,
  props,
  words: [],
});

/** What the router measures now, once, of the items that `numbersOf` names. */
export const monitor = <const Prop extends string>(path: string, props: readonly Prop[]): Menu<Prop> => ({
  command: `${path}/monitor`,
  props,
  words: ['=once='],
});

/** Names of items for a monitor. */
export const numbersOf = (names: readonly string[]): string => `=numbers=${names.join(',')}`;

export type Ask = {
  /** @returns null where the device has no such menu, or the user may not read it @throws ProbeError */
  rows<Prop extends string>(menu: Menu<Prop>, ...words: readonly string[]): Promise<readonly Cells<Prop>[] | null>;
  /** How many rows fit, counted by the router. @returns null as above @throws ProbeError */
  count(path: string, ...queries: readonly string[]): Promise<number | null>;
};

/**
 * @param missing commands that the device does not have: they are not asked again, and those found missing are added
 */
export function askRouter(
  run: Run,
  options: {
    readonly timeoutMs: number;
    readonly missing: Set<string>;
    readonly count: (reason: BadReading) => void;
  },
): Ask {
  const { timeoutMs, missing, count } = options;

  async function orMissing<Result>(command: string, ask: () => Promise<Result>): Promise<Result | null> {
    if (missing.has(command)) return null;
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof TrapError) || !error.isMissingMenu) throw error;
      missing.add(command);
      return null;
    }
  }

  return {
    rows: ({ command, props, words: own }, ...words) =>
      orMissing(command, async () => {
        const proplist = props === null ? [] : [`=.proplist=${props.join(',')}`];
        const { rows } = await run([command, ...own, ...words, ...proplist], { timeoutMs });
        return rows.map((row) => cellsOf(row, count));
      }),
    count: (path, ...queries) =>
      orMissing(`${path}/print`, async () => {
        const { done } = await run([`${path}/print`, '=count-only=', ...queries], { timeoutMs });
        const counted = counterIn(done.get('ret') ?? '');
        return counted === null ? null : Number(counted);
      }),
  };
}
