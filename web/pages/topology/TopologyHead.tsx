import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useId, useMemo, useState } from 'react';
import { type Found, find } from './find.ts';
import type { Graph } from './graph.ts';
import { useTopologyTexts } from './texts.ts';

const MODES = ['tree', 'map', 'rings', 'list'] as const;
const LOADS = ['now', 'peak'] as const;

type Props = {
  readonly graph: Graph;
  readonly onNode: (node: number) => void;
  readonly onLink: (link: number) => void;
  readonly onPng: () => void;
};

/** Title, ways of looking, search within, and what can be done with the picture. */
export function TopologyHead(props: Props) {
  const { p, f } = useTopologyTexts();
  const { graph } = props;
  const { mode = 'tree', load = 'now', all } = useSearch({ from: '/topology' });
  const navigate = useNavigate({ from: '/topology' });
  return (
    <header className="topology-head">
      <div className="topology-title">
        <h1>{p.title}</h1>
        <p className="secondary">{p.summary(f.number(graph.size), f.number(graph.links.ids.length))}</p>
        {graph.leftOut > 0 && <p className="small state-degraded">{p.leftOut(f.number(graph.leftOut))}</p>}
      </div>
      <fieldset className="segments choice" aria-label={p.modes}>
        {MODES.map((id) => (
          <button
            key={id}
            type="button"
            aria-pressed={id === mode}
            onClick={() => void navigate({ search: (before) => ({ ...before, mode: id === 'tree' ? undefined : id }) })}
          >
            {p.mode[id]}
          </button>
        ))}
      </fieldset>
      {mode !== 'list' && (
        <fieldset className="segments choice" aria-label={p.load}>
          {LOADS.map((id) => (
            <button
              key={id}
              type="button"
              aria-pressed={id === load}
              onClick={() =>
                void navigate({ search: (before) => ({ ...before, load: id === 'now' ? undefined : id }) })
              }
            >
              {p.loads[id]}
            </button>
          ))}
        </fieldset>
      )}
      <Search {...props} />
      <div className="topology-actions">
        {mode === 'tree' && (
          <button
            type="button"
            className="button"
            onClick={() => void navigate({ search: (before) => ({ ...before, all: all === true ? undefined : true }) })}
          >
            {all === true ? p.closeAll : p.openAll}
          </button>
        )}
        {mode !== 'list' && (
          <button type="button" className="button wide-only" onClick={props.onPng}>
            {p.png}
          </button>
        )}
        <button type="button" className="button wide-only" onClick={() => print()}>
          {p.print}
        </button>
      </div>
    </header>
  );
}

function Search({ graph, onNode, onLink }: Props) {
  const { p, f } = useTopologyTexts();
  const [text, setText] = useState('');
  const asked = useDeferredValue(text);
  const found = useMemo(() => find(graph, asked), [graph, asked]);
  const listId = useId();
  const isAsked = asked.trim().length >= 2;
  const go = ({ kind, at }: Found) => {
    setText('');
    (kind === 'node' ? onNode : onLink)(at);
  };
  return (
    <search className="topology-search">
      <input
        type="search"
        className="field"
        placeholder={p.search}
        aria-label={p.search}
        aria-controls={listId}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          const [first] = found;
          if (event.key === 'Enter' && first !== undefined) go(first);
          if (event.key === 'Escape') setText('');
        }}
      />
      <div id={listId}>
        {isAsked && (
          <div className="topology-found">
            <p className="small muted" role="status">
              {found.length === 0 ? p.notFound : p.found(f.number(found.length))}
            </p>
            <ul>
              {found.map((one) => (
                <li key={`${one.kind} ${one.at}`}>
                  <button type="button" onClick={() => go(one)}>
                    <span className="ellipsis">{one.name}</span>
                    <span className="small muted ellipsis">{one.detail}</span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </search>
  );
}
