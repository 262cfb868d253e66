import { useMemo } from 'react';
import { useNow } from '../../components/now.ts';
import { StateMark } from '../../components/StateMark.tsx';
import { type Condition, countStates } from './condition.ts';
import { DEGRADED, DOWN, type Graph, stateOf } from './graph.ts';
import { useTopologyTexts } from './texts.ts';

const MOST = 14;

type Props = {
  readonly graph: Graph;
  readonly condition: Condition;
  readonly asOf: number | null;
  readonly isStale: boolean;
  readonly onNode: (node: number) => void;
};

/** Nothing chosen: how many are in each state, and those that take down most. */
export function Summary({ graph, condition, asOf, isStale, onNode }: Props) {
  const { t, p, f } = useTopologyTexts();
  const now = useNow();
  const counts = useMemo(() => countStates(condition.nodes), [condition]);
  const worst = useMemo(() => {
    const wrong: number[] = [];
    for (const [node, state] of condition.nodes.entries()) if (state === DOWN || state === DEGRADED) wrong.push(node);
    const rank = (node: number): number => (condition.nodes[node] === DOWN ? 1e6 : 0) + (graph.below[node] ?? 0);
    return wrong.toSorted((a, b) => rank(b) - rank(a));
  }, [graph, condition]);
  return (
    <section className="topology-panel-body">
      <header className="panel-head">
        <h2>{p.choose}</h2>
        <p className="secondary">{p.chooseHint}</p>
      </header>
      {asOf !== null && (
        <>
          <ul className="topology-counts">
            {counts.map((count, code) => (
              <li key={stateOf(code)}>
                <StateMark mark={stateOf(code)} />
                <span className="figure">{f.number(count)}</span>{' '}
                <span className="secondary">{t.state[stateOf(code)]}</span>
              </li>
            ))}
          </ul>
          <section className="panel-section">
            <h2>{p.worst}</h2>
            {worst.length === 0 ? (
              <p className="secondary">{p.worstNone}</p>
            ) : (
              <ul className="topology-ways">
                {worst.slice(0, MOST).map((node) => (
                  <li key={node}>
                    <button type="button" onClick={() => onNode(node)}>
                      <StateMark
                        mark={stateOf(condition.nodes[node])}
                        label={t.state[stateOf(condition.nodes[node])]}
                      />
                      <span className="ellipsis">{graph.devices.names[node]}</span>
                      {(graph.below[node] ?? 0) > 0 && (
                        <span className="small secondary">{p.hidden(f.number(graph.below[node] ?? 0))}</span>
                      )}
                    </button>
                  </li>
                ))}
              </ul>
            )}
            {worst.length > MOST && <p className="small muted">{p.more(f.number(worst.length - MOST))}</p>}
          </section>
          <p className="small muted panel-section">
            {isStale ? t.failure.staleTitle(p.title, f.ago(asOf, now)) : f.ago(asOf, now)}
          </p>
        </>
      )}
    </section>
  );
}
