import { usePrefetchQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Answer, Empty, Skeleton } from '../../components/Screen.tsx';
import { Icon } from '../../frame/icons.tsx';
import { EdgePanel } from './EdgePanel.tsx';
import { type Graph, listOf, NONE, parentOf, stateOf } from './graph.ts';
import { kept } from './kept.ts';
import { Legend } from './Legend.tsx';
import { NodePanel } from './NodePanel.tsx';
import type { Picture } from './paint.ts';
import { topologyNowQuery, topologyQuery } from './queries.ts';
import { Summary } from './Summary.tsx';
import { type CanvasHandle, type Hit, TopologyCanvas } from './TopologyCanvas.tsx';
import { TopologyHead } from './TopologyHead.tsx';
import { TreeList } from './TreeList.tsx';
import { useTopologyTexts } from './texts.ts';
import { firstOpen } from './tree.ts';
import { unseen, useCondition } from './use-condition.ts';
import { slotStatesOf, useScene } from './use-scene.ts';
import '../../map/map.css';
import '../map/map-page.css';
import './topology.css';

export function TopologyPage() {
  const { p } = useTopologyTexts();
  const { region } = useSearch({ from: '/topology' });
  const query = useQuery(topologyQuery({ region }));
  // Asked for at the same time, so that the states are there when the structure is.
  usePrefetchQuery(topologyNowQuery({ region }));
  return (
    <div className="topology-page">
      <Answer
        query={query}
        what={p.title}
        waiting={
          <div className="page">
            <h1>{p.title}</h1>
            <Skeleton height={420} />
          </div>
        }
      >
        {(graph) =>
          graph.size === 0 ? (
            <div className="page">
              <h1>{p.title}</h1>
              <Empty title={p.empty}>{p.emptyHint}</Empty>
            </div>
          ) : (
            <Shown key={region ?? ''} graph={graph} region={region} onOutdated={() => void query.refetch()} />
          )
        }
      </Answer>
    </div>
  );
}

type ShownProps = { readonly graph: Graph; readonly region: string | undefined; readonly onOutdated: () => void };

function Shown({ graph, region, onOutdated }: ShownProps) {
  const { t, p, f } = useTopologyTexts();
  const { mode = 'tree', load = 'now', node: nodeId, link: linkId, all } = useSearch({ from: '/topology' });
  const navigate = useNavigate({ from: '/topology' });
  const { now, condition: known, isOtherVersion } = useCondition(graph, region);
  useEffect(() => {
    if (isOtherVersion) onOutdated();
  }, [isOtherVersion, onOutdated]);
  const nothing = useMemo(() => unseen(graph), [graph]);
  const condition = known ?? nothing;

  const [opened, setOpened] = useState<ReadonlySet<number>>(() => firstOpen(graph));
  const everything = useMemo(() => (all === true ? new Set(graph.order) : null), [graph, all]);
  const open = everything ?? opened;
  const node = nodeId === undefined ? NONE : (graph.nodeOf.get(nodeId) ?? NONE);
  const edge = linkId === undefined ? NONE : (graph.edgeOfLink[graph.linkOf.get(linkId) ?? NONE] ?? NONE);

  // What is chosen must be in the picture: the branches above it open.
  useEffect(() => {
    const from = node === NONE ? (edge === NONE ? NONE : (graph.edges.from[edge] ?? NONE)) : node;
    if (from === NONE) return;
    setOpened((before) => {
      const missing: number[] = [];
      for (let at = parentOf(graph, from); at !== NONE && missing.length < graph.size; at = parentOf(graph, at)) {
        if (!before.has(at)) missing.push(at);
      }
      return missing.length === 0 ? before : new Set([...before, ...missing]);
    });
  }, [graph, node, edge]);

  const drawn = useScene(graph, mode, open, condition.edges);
  const scene = drawn?.scene ?? null;
  const canvas = useRef<CanvasHandle>(null);

  const choose = useCallback(
    (chosen: { readonly node?: string | undefined; readonly link?: string | undefined }) =>
      void navigate({
        search: (before) => ({ ...before, node: undefined, link: undefined, ...chosen }),
        replace: true,
      }),
    [navigate],
  );
  const onNode = useCallback((at: number) => choose({ node: graph.devices.ids[at] }), [graph, choose]);
  const onEdge = useCallback(
    (at: number) => {
      const id = graph.links.ids[graph.edges.links[at] ?? NONE];
      choose(id === undefined ? { node: graph.devices.ids[graph.edges.from[at] ?? NONE] } : { link: id });
    },
    [graph, choose],
  );
  const onPick = useCallback(
    (hit: Hit | null) => {
      if (hit === null || scene === null) choose({});
      else if (hit.kind === 'slot') onNode(scene.nodes[hit.slot] ?? NONE);
      else onEdge(scene.edges[hit.line] ?? NONE);
    },
    [scene, choose, onNode, onEdge],
  );
  const toggle = useCallback(
    (at: number) =>
      setOpened((before) => {
        const next = new Set(before);
        if (!next.delete(at)) next.add(at);
        return next;
      }),
    [],
  );
  const tipOf = useCallback(
    (hit: Hit): string => {
      if (scene === null) return '';
      if (hit.kind === 'slot') {
        const at = scene.nodes[hit.slot] ?? NONE;
        const site = graph.sites.names[graph.devices.sites[at] ?? 0] ?? '';
        return `${graph.devices.names[at]}\n${site}\n${t.state[stateOf(condition.nodes[at])]}`;
      }
      const at = scene.edges[hit.line] ?? NONE;
      const link = graph.links.names[graph.edges.links[at] ?? NONE];
      const share = condition.shares[at] ?? Number.NaN;
      const lines = [
        link,
        t.state[stateOf(condition.edges[at])],
        Number.isNaN(share) ? undefined : f.percent(share, 0),
      ];
      return lines.filter((line) => line !== undefined).join('\n');
    },
    [scene, graph, condition, t, f],
  );

  const picture = useMemo((): Omit<Picture, 'font'> | null => {
    if (scene === null || drawn === null) return null;
    const line = edge === NONE ? NONE : scene.edges.indexOf(edge);
    return {
      graph,
      scene,
      condition,
      slotStates: slotStatesOf(graph, scene, condition.nodes),
      land: drawn.land,
      shares: load === 'peak' ? condition.peaks : condition.shares,
      selectedSlot: node === NONE ? NONE : (scene.slotOf[node] ?? NONE),
      selectedLine: line,
      kept: kept(graph, scene, node),
      nameOf: (slot) => {
        const at = scene.nodes[slot] ?? NONE;
        return (scene.kind === 'map' ? graph.sites.names[graph.devices.sites[at] ?? 0] : graph.devices.names[at]) ?? '';
      },
      shareText: (share) => f.percent(share, 0),
      countText: (count) => (scene.kind === 'map' ? '' : p.hidden(f.number(count))),
      countOf: (count) => f.number(count),
    };
  }, [graph, scene, drawn, condition, load, node, edge, f, p]);

  const savePng = async () => {
    const blob = (await canvas.current?.png()) ?? null;
    if (blob === null) return;
    const url = URL.createObjectURL(blob);
    const anchor = document.createElement('a');
    anchor.href = url;
    anchor.download = `topologi-${mode}-${new Date().toISOString().slice(0, 10)}.png`;
    anchor.click();
    URL.revokeObjectURL(url);
  };

  return (
    <>
      <TopologyHead
        graph={graph}
        onNode={onNode}
        onLink={(at) => choose({ link: graph.links.ids[at] })}
        onPng={() => void savePng()}
      />
      <div className="topology-body">
        <div className="topology-box" data-kind={now.isError ? 'stale' : undefined}>
          {mode === 'list' ? (
            <TreeList
              graph={graph}
              condition={condition}
              open={opened}
              selected={node}
              onToggle={toggle}
              onPick={onNode}
            />
          ) : picture === null ? (
            <Skeleton height={320} />
          ) : mode === 'rings' && picture.scene.count === 0 ? (
            <div className="page">
              <Empty title={p.noRings}>{p.noRingsHint}</Empty>
            </div>
          ) : (
            <>
              <TopologyCanvas
                ref={canvas}
                label={p.label(f.number(graph.size), f.number(graph.edgeCount))}
                picture={picture}
                tipOf={tipOf}
                onPick={onPick}
                onToggle={(slot) => {
                  const at = picture.scene.nodes[slot] ?? NONE;
                  if (mode === 'tree' && listOf(graph.children, at).length > 0) toggle(at);
                }}
                onOpen={(slot) =>
                  void navigate({
                    to: '/devices/$deviceId',
                    params: { deviceId: graph.devices.ids[picture.scene.nodes[slot] ?? NONE] ?? '' },
                  })
                }
              />
              <Legend hasBranches={mode === 'tree'} />
              <div className="map-zoom">
                <button
                  type="button"
                  className="button"
                  aria-label={t.map.zoomIn}
                  onClick={() => canvas.current?.zoom(1.6)}
                >
                  <Icon name="plus" />
                </button>
                <button
                  type="button"
                  className="button"
                  aria-label={t.map.zoomOut}
                  onClick={() => canvas.current?.zoom(1 / 1.6)}
                >
                  <Icon name="minus" />
                </button>
                <button
                  type="button"
                  className="button"
                  aria-label={t.map.fit}
                  onClick={() => canvas.current?.showAll()}
                >
                  <Icon name="fit" />
                </button>
              </div>
              {(drawn?.unplaced ?? 0) > 0 && (
                <p className="topology-note">{p.unplaced(f.number(drawn?.unplaced ?? 0))}</p>
              )}
            </>
          )}
        </div>
        <aside className="topology-panel" data-open={node !== NONE || edge !== NONE}>
          {(node !== NONE || edge !== NONE) && (
            <button
              type="button"
              className="button quiet map-close"
              aria-label={t.action.close}
              onClick={() => choose({})}
            >
              <Icon name="close" />
            </button>
          )}
          <div aria-live="polite">
            {node !== NONE ? (
              <NodePanel graph={graph} condition={condition} node={node} onNode={onNode} onEdge={onEdge} />
            ) : edge !== NONE ? (
              <EdgePanel key={edge} graph={graph} condition={condition} edge={edge} onNode={onNode} />
            ) : (
              <Summary
                graph={graph}
                condition={condition}
                asOf={known?.asOf ?? null}
                isStale={now.isError}
                onNode={onNode}
              />
            )}
          </div>
        </aside>
      </div>
    </>
  );
}
