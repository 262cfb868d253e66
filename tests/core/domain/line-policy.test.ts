import { expect, test } from 'vitest';
import { LINE_POLICIES, policyOf } from '../../../core/domain/line-policy.ts';
import { fastestOf, MEDIA, slowestOf } from '../../../core/domain/medium.ts';
import { DEFAULT_STATE_POLICY } from '../../../core/domain/next-state.ts';
import { SINGLE_QUESTION } from '../../../core/domain/probe-kind.ts';

test('a satellite line is judged more mildly than fibre, and asked with more patience', () => {
  const { fibre, vsat } = LINE_POLICIES;

  const [onFibre, onVsat] = [fibre, vsat].map(({ policy }) => policyOf(DEFAULT_STATE_POLICY, policy));

  expect(onVsat?.roundTripMs.enter).toBeGreaterThan(2 * (onFibre?.roundTripMs.enter ?? 0));
  // What is usual for a geostationary satellite is well, with room to spare.
  expect(onVsat?.roundTripMs.leave).toBeGreaterThan(1_000);
  expect(onVsat?.lossPercent.enter).toBeGreaterThan(onFibre?.lossPercent.enter ?? 0);
  expect(vsat.timeoutMs).toBeGreaterThan(1_350);
});

test('on every line a fall is found within 12 s of the last answer at its usual round trip', () => {
  const usualMs = { fibre: 5, copper: 20, radio: 10, lte: 50, vsat: 680 };

  const foundMs = MEDIA.map((medium) => {
    const { policy, timeoutMs } = LINE_POLICIES[medium];
    const { failures, gapMs } = policyOf(DEFAULT_STATE_POLICY, policy);
    const gap = gapMs ?? 0;
    return 5_500 + Math.max(gap, 1.5 * usualMs[medium]) + (failures - 2) * gap + (timeoutMs ?? 1_350);
  });

  expect(Math.max(...foundMs)).toBeLessThan(12_000);
});

test('of two limits the milder counts, whoever set it', () => {
  const page = { roundTripMs: { enter: 5_000, leave: 3_500 } };
  const strict = { roundTripMs: { enter: 100, leave: 50 } };

  const [slowPage, strictVsat] = [page, strict].map((kind) =>
    policyOf(DEFAULT_STATE_POLICY, LINE_POLICIES.vsat.policy, SINGLE_QUESTION, kind),
  );

  expect(slowPage?.roundTripMs).toEqual(page.roundTripMs);
  expect(strictVsat?.roundTripMs).toEqual(LINE_POLICIES.vsat.policy.roundTripMs);
});

test('a protocol that takes care of lost packets is asked one question on every line', () => {
  const policies = MEDIA.map((medium) =>
    policyOf(DEFAULT_STATE_POLICY, LINE_POLICIES[medium].policy, SINGLE_QUESTION, undefined),
  );

  for (const { failures, gapMs } of policies) expect([failures, gapMs]).toEqual([3, null]);
});

test('ways side by side are as good as the best, stretches one after another as the worst', () => {
  expect([fastestOf(['vsat', 'fibre']), fastestOf(['vsat', 'lte']), fastestOf([])]).toEqual(['fibre', 'lte', null]);
  expect([slowestOf(['fibre', 'vsat', null]), slowestOf([null, 'radio']), slowestOf([null])]).toEqual([
    'vsat',
    'radio',
    null,
  ]);
});
