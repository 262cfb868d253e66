import type { Stretch } from './chart-span.ts';

/** Where the lines are drawn, in px from the same edge as the fingers. */
export type Plot = { readonly left: number; readonly width: number };

/** Closer together than this, two fingers move as one. */
const LEAST_SPREAD_PX = 24;
/** A finger trembles: less than this is a tap. */
const TAP_PX = 6;

/**
 * The stretch after fingers moved: what was under a finger stays under it. One finger moves in time, two look closer.
 * @param before the stretch when they came down
 * @param was where they came down, px
 * @param is where they are now, as many
 */
export function stretchUnder(
  before: Stretch,
  { left, width }: Plot,
  was: readonly number[],
  is: readonly number[],
): Stretch {
  const msPerPx = (before.to - before.from) / Math.max(1, width);
  const timeAt = (px: number): number => before.from + (px - left) * msPerPx;
  const [wasFirst, wasSecond] = was;
  const [isFirst, isSecond] = is;
  if (wasFirst === undefined || isFirst === undefined) return before;
  const isTwo = wasSecond !== undefined && isSecond !== undefined && Math.abs(wasSecond - wasFirst) >= LEAST_SPREAD_PX;
  if (!isTwo) {
    const from = timeAt(wasFirst) - (isFirst - left) * msPerPx;
    return { from, to: from + (before.to - before.from) };
  }
  // Fingers do not pass each other.
  const spread = Math.max(LEAST_SPREAD_PX, Math.abs(isSecond - isFirst));
  const scale = Math.abs(timeAt(wasSecond) - timeAt(wasFirst)) / spread;
  const middle = (timeAt(wasFirst) + timeAt(wasSecond)) / 2;
  const from = middle - ((isFirst + isSecond) / 2 - left) * scale;
  return { from, to: from + width * scale };
}

export type Touches = {
  readonly stretch: () => Stretch;
  readonly plot: () => Plot;
  /** While fingers move, at most once a frame; null: it was none after all. */
  readonly onMove: (stretch: Stretch | null) => void;
  /** The fingers left. */
  readonly onEnd: (stretch: Stretch) => void;
};

/** Follows fingers on a chart; a mouse draws a stretch of its own there. Returns how to stop. */
export function followTouch(node: HTMLElement, { stretch, plot, onMove, onEnd }: Touches): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const is = new Map<number, number>();
  let was: readonly number[] = [];
  let before: Stretch | null = null;
  let now: Stretch | null = null;
  let frame = 0;
  const place = ({ clientX }: PointerEvent): number => clientX - node.getBoundingClientRect().left;
  /** Another finger came or went: what stands now is where the next begins. */
  const begin = () => {
    before = now ?? stretch();
    was = [...is.values()];
  };
  const show = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => onMove(now));
  };

  node.addEventListener(
    'pointerdown',
    (event) => {
      if (event.pointerType !== 'touch' || is.size === 2) return;
      if (is.size === 0) now = null;
      is.set(event.pointerId, place(event));
      begin();
    },
    { signal },
  );
  node.addEventListener(
    'pointermove',
    (event) => {
      if (!is.has(event.pointerId) || before === null) return;
      is.set(event.pointerId, place(event));
      const at = [...is.values()];
      const moved = Math.max(...at.map((px, index) => Math.abs(px - (was[index] ?? px))));
      if (now === null && moved < TAP_PX) return;
      now = stretchUnder(before, plot(), was, at);
      show();
    },
    { signal },
  );
  node.addEventListener(
    'pointerup',
    (event) => {
      if (!is.delete(event.pointerId)) return;
      if (is.size > 0) begin();
      else if (now !== null) onEnd(now);
    },
    { signal },
  );
  // The page was scrolled instead.
  node.addEventListener(
    'pointercancel',
    (event) => {
      if (!is.delete(event.pointerId)) return;
      now = null;
      is.clear();
      show();
    },
    { signal },
  );
  return () => {
    cancelAnimationFrame(frame);
    stop.abort();
  };
}
