import type { CSSProperties, ReactNode } from 'react';
import type { StateCounts } from '../../../core/contract/common.ts';
import type { VillageState } from '../../../core/domain/state.ts';
import { type Mark, StateMark } from '../../components/StateMark.tsx';
import type { WallTexts } from './texts.ts';

export const totalOf = ({ up, degraded, down, unknown }: StateCounts): number => up + degraded + down + unknown;
export const sumOf = (counts: readonly StateCounts[]): StateCounts =>
  counts.reduce(
    (sum, one) => ({
      up: sum.up + one.up,
      degraded: sum.degraded + one.degraded,
      down: sum.down + one.down,
      unknown: sum.unknown + one.unknown,
    }),
    { up: 0, degraded: 0, down: 0, unknown: 0 },
  );

/** A figure to be read from afar, with its shape and what it counts; one of nothing is quiet. */
export function Figure(props: {
  readonly mark: Mark;
  readonly count: number;
  readonly what: string;
  readonly texts: WallTexts;
}) {
  const { mark, count, what, texts } = props;
  const value = texts.f.number(count);
  return (
    <li className="wall-figure" data-none={count === 0} data-long={value.length > 3}>
      <StateMark mark={mark} />
      <strong>{value}</strong>
      <span>{what}</span>
    </li>
  );
}

type StateFiguresProps = {
  readonly counts: StateCounts;
  /** Of how many, in words. */
  readonly foot: string;
  readonly planned?: number;
  readonly texts: WallTexts;
};

/** How many are in each state, one below the other. */
export function StateFigures({ counts, foot, planned, texts }: StateFiguresProps) {
  const { t } = texts;
  return (
    <>
      <ul className="wall-figures">
        {(['up', 'degraded', 'down', 'unknown'] as const).map((state) => (
          <Figure key={state} mark={state} count={counts[state]} what={t.state[state]} texts={texts} />
        ))}
        {planned !== undefined && <Figure mark="planned" count={planned} what={t.state.planned} texts={texts} />}
      </ul>
      <p className="wall-foot wall-quiet">{foot}</p>
    </>
  );
}

type Cut = { readonly mark: VillageState | keyof StateCounts; readonly count: number };

export const cutsOf = ({ up, degraded, down, unknown }: StateCounts): readonly Cut[] => [
  { mark: 'up', count: up },
  { mark: 'unknown', count: unknown },
  { mark: 'degraded', count: degraded },
  { mark: 'down', count: down },
];

/** A region, its strip cut by states with the worst at the right, and how many of it are well. */
export function StripRow(props: { readonly name: string; readonly cuts: readonly Cut[]; readonly texts: WallTexts }) {
  const { name, cuts, texts } = props;
  const { f, w } = texts;
  const total = cuts.reduce((sum, { count }) => sum + count, 0);
  return (
    <li>
      <span className="wall-region-name">{name}</span>
      <span className="wall-strip" aria-hidden="true">
        {cuts
          .filter(({ count }) => count > 0)
          .map(({ mark, count }, place) => (
            <span key={mark} className={`wall-cut wall-${mark}`} style={{ flexGrow: count }}>
              {(place > 0 || mark !== cuts[0]?.mark) && <StateMark mark={mark} />}
            </span>
          ))}
      </span>
      <span className="wall-region-count">
        {f.number(cuts[0]?.count ?? 0)} <span className="wall-quiet">{w.outOf(f.number(total))}</span>
      </span>
    </li>
  );
}

/** Columns of a list of regions, filled downwards: two where one would be too long. */
export function StripRows({ children }: { readonly children: readonly ReactNode[] }) {
  const columns = children.length > 8 ? 2 : 1;
  const rows = Math.ceil(children.length / columns);
  return (
    <ul className="wall-regions" style={{ '--rows': rows, '--columns': columns } as CSSProperties}>
      {children}
    </ul>
  );
}
