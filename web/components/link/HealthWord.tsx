import type { LinkHealth } from '../../../core/domain/link-health.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { type Mark, StateMark, shapeOf } from '../StateMark.tsx';

const MARKS: Readonly<Record<LinkHealth, Mark>> = { good: 'up', watch: 'degraded', bad: 'down', unknown: 'unknown' };

/** Shape and word of a link's health; the shapes are those of states. */
export function HealthWord({ health, quiet = false }: { readonly health: LinkHealth; readonly quiet?: boolean }) {
  const { t } = useTexts();
  const mark = MARKS[health];
  return (
    <span className={`state-word ${quiet ? 'secondary' : `state-${shapeOf(mark)}`}`}>
      <StateMark mark={mark} />
      {t.link.health[health]}
    </span>
  );
}
