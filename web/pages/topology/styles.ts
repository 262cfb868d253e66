import type { State } from '../../../core/domain/state.ts';

/** Pixels beyond the picture's edge at which something may still reach into it. */
export const EDGE_PX = 60;
/** Pixels between neighbours from which marks have their shapes, and from which names are written. */
export const SHAPES_FROM = 7;
export const NAMES_FROM = 15;

/** Colour token and dashes of a line. A busy one is up, and told apart by width, colour and its figure. */
export const LINE_STYLES: Readonly<Record<State | 'busy', { readonly ink: string; readonly dash: number[] }>> = {
  up: { ink: 'line-strong', dash: [] },
  busy: { ink: 'degraded-line', dash: [] },
  degraded: { ink: 'degraded-line', dash: [9, 4] },
  down: { ink: 'down-line', dash: [4, 4] },
  unknown: { ink: 'unknown', dash: [2, 4] },
};

/** Pixels of a line by its share of the capacity: each step can be told from the next. */
export function widthOf(share: number): number {
  if (Number.isNaN(share)) return 1.25;
  return share < 0.2 ? 1.75 : share < 0.5 ? 2.75 : share < 0.8 ? 4 : 6;
}
export const WIDTH_STEPS = [0.1, 0.3, 0.6, 0.9] as const;
