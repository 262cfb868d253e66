import type { ReactNode } from 'react';
import { MINUTE } from '../../../core/domain/clock.ts';
import type { Mark } from '../../components/StateMark.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import type { WallTexts } from './texts.ts';

/** Older than this, what a panel shows is no longer now: screens ask every five seconds. */
const STALE_MS = 2 * MINUTE;

export type PanelTexts = { readonly texts: WallTexts; readonly now: number };

/** One thing of a scene, with the age of its data in the corner; old data is greyed and says so. */
export function Panel(
  props: PanelTexts & {
    readonly title: string;
    readonly asOf: number | null;
    /** Columns of twelve. */
    readonly span: 3 | 4 | 8 | 9 | 12;
    readonly children: ReactNode;
  },
) {
  const { texts, now, title, asOf, span } = props;
  const { f, w } = texts;
  const isStale = asOf !== null && now - asOf > STALE_MS;
  return (
    <section className={`wall-panel wall-span-${span}`} data-kind={isStale ? 'stale' : undefined}>
      <header>
        <h2>{title}</h2>
        {asOf === null ? (
          <span className="wall-age">{w.none}</span>
        ) : isStale ? (
          <strong className="wall-stale">{w.stale(f.moment(asOf, now))}</strong>
        ) : (
          <span className="wall-age">{f.ago(asOf, now)}</span>
        )}
      </header>
      <div className="wall-panel-body">{asOf === null ? null : props.children}</div>
    </section>
  );
}

/** A figure to be read from afar: its shape, itself, what it is and of how many. */
export function Big(props: {
  readonly mark?: Mark;
  readonly value: string;
  readonly what: string;
  readonly of?: string;
}) {
  return (
    <div className="wall-big">
      <span className="wall-big-value">
        {props.mark !== undefined && <StateMark mark={props.mark} />}
        {props.value}
      </span>
      <span>{props.what}</span>
      {props.of !== undefined && <span className="wall-quiet">{props.of}</span>}
    </div>
  );
}

/** A strip as wide as all, cut by states: the worst stand at the right. */
export function Strip({ parts }: { readonly parts: readonly { readonly mark: Mark; readonly count: number }[] }) {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  return (
    <span className="wall-strip" aria-hidden="true">
      {parts
        .filter(({ count }) => count > 0)
        .map(({ mark, count }) => (
          <span key={mark} className={`wall-cut wall-cut-${mark}`} style={{ flexGrow: count / total }} />
        ))}
    </span>
  );
}
