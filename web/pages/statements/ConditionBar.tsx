import type { ConditionStretch } from '../../../core/contract/availability.ts';
import { CONDITIONS } from '../../../core/domain/availability.ts';
import { useStatementTexts } from './texts.ts';

type Props = {
  readonly timeline: readonly ConditionStretch[];
  readonly from: number;
  readonly to: number;
};

const WIDTH = 1000;
const HEIGHT = 24;
/** Narrower than this nothing is seen: what is short and matters must be. */
const LEAST = 1.5;
/** As on paper: each condition has a height of its own. */
const HEIGHTS = {
  up: 0.35,
  degraded: 0.65,
  down: 1,
  unknown: 0.2,
  'cut-off': 0.2,
  planned: 0.5,
  'force-majeure': 0.5,
  power: 0.5,
  other: 0.5,
} as const;
/** What matters is drawn last, over the rest. */
const ORDER = CONDITIONS.toSorted((a, b) => weight(a) - weight(b));

function weight(condition: ConditionStretch['condition']): number {
  switch (condition) {
    case 'down':
      return 3;
    case 'degraded':
      return 2;
    case 'unknown':
    case 'cut-off':
    case 'up':
      return 0;
    case 'planned':
    case 'force-majeure':
    case 'power':
    case 'other':
      return 1;
  }
}

/** A month of one link from left to right. */
export function ConditionBar({ timeline, from, to }: Props) {
  const { s } = useStatementTexts();
  const present = CONDITIONS.filter((condition) => timeline.some((stretch) => stretch.condition === condition));
  const x = (at: number): number => ((at - from) / (to - from)) * WIDTH;
  return (
    <svg
      className="condition-bar"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={s.bar(present.map((condition) => s.condition[condition]).join(', '))}
    >
      {ORDER.flatMap((condition) =>
        timeline
          .filter((stretch) => stretch.condition === condition)
          .map((stretch) => (
            <rect
              key={stretch.from}
              className={`condition-${condition}`}
              x={x(stretch.from)}
              y={HEIGHT * (1 - HEIGHTS[condition])}
              width={Math.max(LEAST, x(stretch.to) - x(stretch.from))}
              height={HEIGHT * HEIGHTS[condition]}
            />
          )),
      )}
    </svg>
  );
}
