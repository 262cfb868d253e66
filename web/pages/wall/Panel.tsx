import type { ReactNode } from 'react';
import { MINUTE } from '../../../core/domain/clock.ts';
import { type Mark, StateMark } from '../../components/StateMark.tsx';
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
    readonly span: 4 | 8 | 12;
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

/** One sentence in the middle of a panel that has nothing to list. */
export function Well(props: { readonly mark?: Mark; readonly text: string; readonly quiet?: string | undefined }) {
  return (
    <div className="wall-well">
      {props.mark !== undefined && <StateMark mark={props.mark} />}
      <p>{props.text}</p>
      {props.quiet !== undefined && <p className="wall-quiet">{props.quiet}</p>}
    </div>
  );
}

/** What has a name, in two lines: what, and where or since when. */
export function Row(props: {
  readonly mark: Mark;
  readonly name: string;
  readonly text: string;
  readonly quiet?: string;
  readonly end?: string;
}) {
  return (
    <li>
      <StateMark mark={props.mark} />
      <strong>{props.name}</strong>
      <span className="wall-row-text">
        {props.text}
        {props.quiet !== undefined && <span className="wall-quiet"> · {props.quiet}</span>}
      </span>
      {props.end !== undefined && <span>{props.end}</span>}
    </li>
  );
}
