import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { STATES } from '../../../core/domain/state.ts';
import { onLiveEvents } from '../../api/live-events.ts';
import { type Condition, conditionOf } from './condition.ts';
import { type Graph, UNKNOWN } from './graph.ts';
import { topologyNowQuery } from './queries.ts';

/** News of thousands of nodes is drawn so often; of a few it is drawn as it comes. */
const MANY = 1_500;
const MANY_MS = 1_000;
const FEW_MS = 120;

/** States and loads of a graph, kept new by the live line; null until the first answer. */
export function useCondition(graph: Graph, region: string | undefined) {
  const now = useQuery(topologyNowQuery({ region }));
  const changed = useRef(new Map<number, number>());
  const [news, setNews] = useState(0);
  const { data, dataUpdatedAt } = now;

  useEffect(() => {
    const changes = changed.current;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onLiveEvents((events) => {
      let isTold = false;
      for (const event of events) {
        if (event.type !== 'device-state') continue;
        const node = graph.nodeOf.get(event.deviceId);
        if (node === undefined) continue;
        changes.set(node, Math.max(0, STATES.indexOf(event.state)));
        isTold = true;
      }
      if (isTold) {
        timer ??= setTimeout(
          () => {
            timer = undefined;
            setNews((count) => count + 1);
          },
          graph.size > MANY ? MANY_MS : FEW_MS,
        );
      }
    });
    return () => {
      stop();
      clearTimeout(timer);
      changes.clear();
    };
  }, [graph]);

  // An answer knows all that came before it was asked for. What comes while it travels comes again by the next.
  const answered = useRef(0);
  const condition = useMemo((): Condition | null => {
    if (data === undefined) return null;
    if (answered.current !== dataUpdatedAt) {
      answered.current = dataUpdatedAt;
      changed.current.clear();
    }
    const isOfGraph = data.version === graph.version;
    void news;
    return conditionOf(
      graph,
      isOfGraph ? data : { ...data, devices: '', links: '', bps: [], peakBps: [] },
      changed.current,
    );
  }, [graph, data, dataUpdatedAt, news]);
  return { now, condition, isOtherVersion: data !== undefined && data.version !== graph.version };
}

/** Nothing known yet: the structure is drawn before the states are here. */
export const unseen = (graph: Graph): Condition => ({
  asOf: 0,
  nodes: new Uint8Array(graph.size).fill(UNKNOWN),
  edges: new Uint8Array(graph.edgeCount).fill(UNKNOWN),
  shares: new Float32Array(graph.edgeCount).fill(Number.NaN),
  peaks: new Float32Array(graph.edgeCount).fill(Number.NaN),
  troubled: new Int32Array(graph.size),
  worstBelow: new Uint8Array(graph.size),
});
