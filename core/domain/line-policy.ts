import type { Medium } from './medium.ts';
import type { StatePolicy } from './next-state.ts';

/** How a device is judged, and how long a packet to it is waited for, ms; null = as usual for what is asked. */
export type LinePolicy = { readonly policy: Partial<StatePolicy>; readonly timeoutMs: number | null };

/**
 * What the line adds to the default. A geostationary satellite takes 600 to 700 ms for a round trip and loses packets
 * of its own in rain: nine packets at 10 % loss are a false fall in 1e9 checks, and are found to be silent
 * 0.98 + 7 · 0.5 + 1.8 = 6.3 s after the first of them left. Mobile networks hold packets back while a cell is busy.
 */
export const LINE_POLICIES: Readonly<Record<Medium, LinePolicy>> = {
  fibre: { policy: { roundTripMs: { enter: 500, leave: 350 } }, timeoutMs: null },
  copper: { policy: { roundTripMs: { enter: 600, leave: 450 } }, timeoutMs: null },
  radio: { policy: { roundTripMs: { enter: 600, leave: 450 } }, timeoutMs: null },
  lte: {
    policy: { roundTripMs: { enter: 1_000, leave: 700 }, lossPercent: { enter: 25, leave: 12 } },
    timeoutMs: 1_500,
  },
  vsat: {
    policy: {
      failures: 9,
      gapMs: 500,
      roundTripMs: { enter: 1_400, leave: 1_050 },
      lossPercent: { enter: 30, leave: 15 },
    },
    timeoutMs: 1_800,
  },
};

type Limit = StatePolicy['lossPercent'];
const milder = (one: Limit, other: Limit | undefined): Limit =>
  other === undefined || other.enter < one.enter ? one : other;

/**
 * The policy of one device: the default, changed by its line, by what it is asked by and by what kind it is, in this
 * order. Of two limits of delay or loss the milder counts: neither a satellite nor a web page gets faster by the other.
 */
export function policyOf(
  base: StatePolicy,
  line: Partial<StatePolicy> | undefined,
  ...changes: readonly (Partial<StatePolicy> | undefined)[]
): StatePolicy {
  let policy: StatePolicy = { ...base, ...line };
  for (const change of changes) {
    const { roundTripMs, lossPercent } = policy;
    policy = {
      ...policy,
      ...change,
      roundTripMs: milder(roundTripMs, change?.roundTripMs),
      lossPercent: milder(lossPercent, change?.lossPercent),
    };
  }
  return policy;
}
