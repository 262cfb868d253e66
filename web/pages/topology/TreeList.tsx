import { useState } from 'react';
import { StateMark } from '../../components/StateMark.tsx';
import type { Condition } from './condition.ts';
import { type Graph, listOf, stateOf } from './graph.ts';
import { useTopologyTexts } from './texts.ts';

/** Rows of a branch that are shown at a time. */
const PAGE = 60;

type Props = {
  readonly graph: Graph;
  readonly condition: Condition;
  readonly open: ReadonlySet<number>;
  readonly selected: number;
  readonly onToggle: (node: number) => void;
  readonly onPick: (node: number) => void;
};

/** The tree as text: what is closed is not in the page at all. */
export function TreeList(props: Props) {
  return (
    <div className="topology-list">
      <Branch {...props} nodes={props.graph.roots} />
    </div>
  );
}

function Branch({ nodes, ...props }: Props & { readonly nodes: ArrayLike<number> }) {
  const { p, f } = useTopologyTexts();
  const [shown, setShown] = useState(PAGE);
  const visible = Array.from(nodes).slice(0, shown);
  const left = nodes.length - visible.length;
  return (
    <ul>
      {visible.map((node) => (
        <Row key={node} node={node} {...props} />
      ))}
      {left > 0 && (
        <li>
          <button type="button" className="button quiet" onClick={() => setShown(shown + PAGE)}>
            {p.page} ({f.number(left)})
          </button>
        </li>
      )}
    </ul>
  );
}

function Row({ node, ...props }: Props & { readonly node: number }) {
  const { t, p, f } = useTopologyTexts();
  const { graph, condition, open, selected, onToggle, onPick } = props;
  const name = graph.devices.names[node] ?? '';
  const state = stateOf(condition.nodes[node]);
  const below = graph.below[node] ?? 0;
  const troubled = condition.troubled[node] ?? 0;
  const isOpen = open.has(node);
  return (
    <li>
      <div className="topology-row" data-selected={node === selected}>
        {below > 0 ? (
          <button
            type="button"
            className="topology-twist"
            aria-expanded={isOpen}
            aria-label={`${isOpen ? p.closeBranch : p.openBranch}: ${name}`}
            onClick={() => onToggle(node)}
          >
            {isOpen ? '−' : '+'}
          </button>
        ) : (
          <span className="topology-twist" />
        )}
        <button
          type="button"
          className="topology-name"
          aria-current={node === selected ? 'true' : undefined}
          onClick={() => onPick(node)}
        >
          <StateMark mark={state} />
          <span className="ellipsis">{name}</span>
          {state !== 'up' && <span className={`small state-${state}`}>{t.state[state]}</span>}
          {below > 0 && <span className="small muted">{p.hidden(f.number(below))}</span>}
          {troubled > 0 && !isOpen && (
            <span className="small secondary topology-trouble">
              <StateMark
                mark={stateOf(condition.worstBelow[node])}
                size={10}
                label={t.state[stateOf(condition.worstBelow[node])]}
              />
              {f.number(troubled)}
            </span>
          )}
        </button>
      </div>
      {isOpen && below > 0 && <Branch {...props} nodes={listOf(graph.children, node)} />}
    </li>
  );
}
