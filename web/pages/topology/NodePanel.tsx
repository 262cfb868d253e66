import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { StateMark, StateWord } from '../../components/StateMark.tsx';
import type { Condition } from './condition.ts';
import { cutOffBy, DOWN, type Graph, listOf, NONE, pathToCore, reachOf, stateOf } from './graph.ts';
import { useTopologyTexts } from './texts.ts';

const MOST_WAYS = 12;

type Props = {
  readonly graph: Graph;
  readonly condition: Condition;
  readonly node: number;
  readonly onNode: (node: number) => void;
  readonly onEdge: (edge: number) => void;
};

/** One device: how it does, its way to the core, what hangs on it alone, and what it is joined with. */
export function NodePanel(props: Props) {
  const { graph, condition, node } = props;
  const { t, p } = useTopologyTexts();
  const { devices, sites } = graph;
  const site = devices.sites[node] ?? 0;
  const kinds: Readonly<Record<string, string>> = t.deviceKind;
  const kind = devices.kinds[node] ?? '';
  const deviceId = devices.ids[node] ?? '';
  const siteId = sites.ids[site] ?? '';
  return (
    <article className="topology-panel-body">
      <header className="panel-head">
        <h2>{devices.names[node]}</h2>
        <p>
          <StateWord state={stateOf(condition.nodes[node])} />
        </p>
        <p className="secondary">
          {kinds[kind] ?? kind} · {sites.names[site]} · {t.siteKind[sites.kinds[site] ?? 'pop']}
        </p>
      </header>
      <Path {...props} />
      <Behind {...props} />
      <Ways {...props} />
      <p className="panel-foot topology-buttons">
        <Link to="/devices/$deviceId" params={{ deviceId }} className="button primary">
          {p.openDevice}
        </Link>
        <Link to="/sites/$siteId" params={{ siteId }} className="button">
          {p.openSite}
        </Link>
      </p>
    </article>
  );
}

function Path({ graph, condition, node, onNode }: Props) {
  const { p } = useTopologyTexts();
  const path = useMemo(() => pathToCore(graph, node), [graph, node]);
  const last = path.at(-1) ?? node;
  const isCut = [...listOf(graph.edgesOf, last)].some(
    (edge) => graph.edges.from[edge] === last && graph.edges.to[edge] === NONE && graph.edges.depends[edge] === '1',
  );
  return (
    <section className="panel-section">
      <h2>{p.path}</h2>
      <ol className="topology-path">
        {path.map((at) => (
          <li key={at}>
            <button type="button" aria-current={at === node ? 'true' : undefined} onClick={() => onNode(at)}>
              <StateMark mark={stateOf(condition.nodes[at])} />
              <span className="ellipsis">{graph.devices.names[at]}</span>
            </button>
          </li>
        ))}
      </ol>
      {isCut && <p className="small muted">{p.pathCut}</p>}
      {graph.hasSecondWay[node] === 1 && <p className="small secondary">{p.secondWay}</p>}
    </section>
  );
}

function Behind({ graph, condition, node }: Props) {
  const { p, f } = useTopologyTexts();
  const reach = useMemo(() => reachOf(graph, cutOffBy(graph, node)), [graph, node]);
  const isDown = condition.nodes[node] === DOWN;
  const parts = (['people', 'villages', 'agencies', 'sites', 'devices'] as const).flatMap((kind) => {
    const count = reach[kind];
    return count === null || count === 0 ? [] : [{ kind, text: p.reach[kind](f.number(count)) }];
  });
  return (
    <section className="panel-section">
      <h2>{isDown ? p.takesDown : p.behind}</h2>
      {parts.length === 0 ? (
        <p className="secondary">{p.behindNone}</p>
      ) : (
        <ul className={`topology-reach ${isDown ? 'state-down' : ''}`}>
          {parts.map(({ kind, text }) => (
            <li key={kind}>{text}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Ways({ graph, condition, node, onEdge }: Props) {
  const { t, p, f } = useTopologyTexts();
  const { edges, devices, links } = graph;
  const all = [...listOf(graph.edgesOf, node)];
  const shown = all.slice(0, MOST_WAYS);
  if (all.length === 0) return null;
  return (
    <section className="panel-section">
      <h2>{p.ways}</h2>
      <ul className="topology-ways">
        {shown.map((edge) => {
          const isOwn = edges.from[edge] === node;
          const other = (isOwn ? edges.to[edge] : edges.from[edge]) ?? NONE;
          const word = edges.depends[edge] === '0' ? 'joins' : isOwn ? 'depends' : 'carries';
          const share = condition.shares[edge] ?? Number.NaN;
          const link = edges.links[edge] ?? NONE;
          return (
            <li key={edge}>
              <button type="button" onClick={() => onEdge(edge)}>
                <StateMark mark={stateOf(condition.edges[edge])} label={t.state[stateOf(condition.edges[edge])]} />
                <span className="ellipsis">
                  <span className="muted">{p.way[word]}</span> {other === NONE ? p.outside : devices.names[other]}
                </span>
                <span className="small secondary">
                  {Number.isNaN(share) ? (link === NONE ? '' : '–') : f.percent(share, 0)}
                </span>
              </button>
              {link !== NONE && <span className="small muted ellipsis">{links.names[link]}</span>}
            </li>
          );
        })}
      </ul>
      {all.length > shown.length && <p className="small muted">{p.more(f.number(all.length - shown.length))}</p>}
    </section>
  );
}
