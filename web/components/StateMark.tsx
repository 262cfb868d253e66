import type { State, VillageState } from '../../core/domain/state.ts';
import { useTexts } from '../i18n/texts.tsx';
import './state-mark.css';

/** Everything that has a shape and a colour of its own. */
export type Mark = State | VillageState | 'planned' | 'not-proposed' | 'blocked-by-terrain';
type Shape = 'up' | 'degraded' | 'down' | 'unknown' | 'planned' | 'not-proposed' | 'blocked-by-terrain';

export function shapeOf(mark: Mark): Shape {
  if (mark === 'normal') return 'up';
  return mark === 'partial' ? 'degraded' : mark;
}

function ShapePath({ shape }: { readonly shape: Shape }) {
  switch (shape) {
    case 'up':
      return <circle cx="8" cy="8" r="6" />;
    case 'degraded':
      return <path d="M8 1.5 15 14H1Z" />;
    case 'down':
      return <path d="M2 2h12v12H2Z" />;
    case 'unknown':
      return <circle cx="8" cy="8" r="5.6" className="mark-ring" />;
    case 'planned':
      return <path d="M2 3h3v10H2ZM6.500 3h3v10h-3ZM11 3h3v10h-3Z" />;
    case 'not-proposed':
      return <path d="M2.500 2.500h11v11h-11Z" className="mark-outline" />;
    case 'blocked-by-terrain':
      return (
        <path
          d="M2.500 2.500h11v11h-11ZM2.500 8 8 2.500M2.500 13.500l11-11M8 13.500 13.500 8M2.500 8 8 13.500M2.500 2.500l11 11M8 2.500 13.500 8"
          className="mark-outline"
        />
      );
  }
}

/** The shape of a state; beside words it is silent, alone it carries them. */
export function StateMark({
  mark,
  size = 12,
  label,
}: {
  readonly mark: Mark;
  readonly size?: number;
  readonly label?: string;
}) {
  const shape = shapeOf(mark);
  return (
    <svg
      className={`mark mark-${shape}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      role="img"
      aria-hidden={label === undefined}
      aria-label={label}
    >
      <ShapePath shape={shape} />
    </svg>
  );
}

/** Shape and word together, as everywhere in lists. */
export function StateWord({
  state,
  quiet = false,
}: {
  readonly state: State | VillageState;
  readonly quiet?: boolean;
}) {
  const { t } = useTexts();
  return (
    <span className={`state-word ${quiet ? 'secondary' : `state-${shapeOf(state)}`}`}>
      <StateMark mark={state} />
      {t.state[state]}
    </span>
  );
}
