import type { ListedLink } from '../../../core/contract/links.ts';
import type { LinkHealth } from '../../../core/domain/link-health.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { type Mark, StateMark, StateWord, shapeOf } from '../StateMark.tsx';

const MARKS: Readonly<Record<LinkHealth, Mark>> = { good: 'up', watch: 'degraded', bad: 'down', unknown: 'unknown' };

/** Shape and word of a link's health; the shapes are those of states. */
function HealthWord({ health, quiet = false }: { readonly health: LinkHealth; readonly quiet?: boolean }) {
  const { t } = useTexts();
  const mark = MARKS[health];
  return (
    <span className={`state-word ${quiet ? 'secondary' : `state-${shapeOf(mark)}`}`}>
      <StateMark mark={mark} />
      {t.link.health[health]}
    </span>
  );
}

/** How a link does: one that is down has no health, whatever its last hour said. */
export function LinkWord({ link, health = link.health, quiet = false }: LinkWordProps) {
  return link.state === 'down' ? <StateWord state="down" /> : <HealthWord health={health} quiet={quiet} />;
}
type LinkWordProps = {
  readonly link: Pick<ListedLink, 'state' | 'health'>;
  /** A newer one than the link's. */
  readonly health?: LinkHealth | undefined;
  readonly quiet?: boolean;
};
