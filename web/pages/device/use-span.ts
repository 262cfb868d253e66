import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { serverNow } from '../../api/endpoint.ts';
import type { RangeId } from '../../span.ts';
import { type ChartSpan, panned, type Stretch, spanOf, stretchOf, zoomed } from './chart-span.ts';

export const COMPARED = ['day', 'week'] as const;
export type Compared = (typeof COMPARED)[number];

export type SpanControl = {
  readonly span: ChartSpan;
  readonly range: RangeId;
  readonly compare: Compared | undefined;
  /** Device whose lines are drawn beside this one's. */
  readonly withId: string | undefined;
  readonly show: (stretch: Stretch) => void;
  readonly zoom: (factor: number, at?: number) => void;
  readonly pan: (share: number) => void;
  /** The range that was looked into, or another. */
  readonly reset: (range?: RangeId) => void;
  readonly compareTo: (compare: Compared | undefined) => void;
  readonly compareWith: (deviceId: string | undefined) => void;
};

/** The span of the charts lives in the address: Back leaves a zoom, and a link shows what was seen. */
export function useSpan(): SpanControl {
  const { range = '24h', from, to, compare, with: withId } = useSearch({ from: '/devices/$deviceId' });
  const navigate = useNavigate({ from: '/devices/$deviceId' });
  const span = useMemo(() => spanOf({ range, from, to }), [range, from, to]);
  return useMemo(() => {
    const now = serverNow;
    const show = (stretch: Stretch): void => {
      if (span.kind === 'fixed' && span.from === stretch.from && span.to === stretch.to) return;
      void navigate({ search: (previous) => ({ ...previous, ...stretch }), resetScroll: false });
    };
    return {
      span,
      range,
      compare,
      withId,
      show,
      zoom: (factor, at) => show(zoomed(stretchOf(span, now()), factor, now(), at)),
      pan: (share) => show(panned(stretchOf(span, now()), share, now())),
      reset: (next = range) =>
        void navigate({
          search: ({ from: _from, to: _to, ...previous }) => ({
            ...previous,
            range: next === '24h' ? undefined : next,
          }),
          resetScroll: false,
        }),
      compareTo: (next) =>
        void navigate({ search: (previous) => ({ ...previous, compare: next }), replace: true, resetScroll: false }),
      compareWith: (next) =>
        void navigate({ search: (previous) => ({ ...previous, with: next }), replace: true, resetScroll: false }),
    };
  }, [span, range, compare, withId, navigate]);
}
