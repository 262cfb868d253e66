import { RUM_LIMITS, type RumVital } from '../../../core/domain/rum.ts';
import { StateMark } from '../../components/StateMark.tsx';
import { useExperienceTexts } from './texts.ts';

/** Milliseconds below a second, seconds above it; of `cls` the number itself. */
export function useVitalText(): (vital: RumVital, value: number) => string {
  const { f } = useExperienceTexts();
  return (vital, value) =>
    vital === 'cls' ? f.number(value, 2) : value < 1_000 ? `${f.number(value)} ms` : `${f.number(value / 1_000, 1)} s`;
}

/** One figure with how it is to be taken: by shape, by colour and, for who sees neither, by word. */
export function Vital({ vital, value }: { readonly vital: RumVital; readonly value: number | null }) {
  const { x } = useExperienceTexts();
  const text = useVitalText();
  if (value === null) return <span className="zero">{x.none}</span>;
  const { good, poor } = RUM_LIMITS[vital];
  const [mark, word] =
    value <= good
      ? (['up', x.good] as const)
      : value <= poor
        ? (['degraded', x.fair] as const)
        : (['down', x.poor] as const);
  return (
    <span className="vital" title={word}>
      {mark !== 'up' && <StateMark mark={mark} size={10} />}
      {text(vital, value)}
      <span className="visually-hidden"> {word}</span>
    </span>
  );
}
