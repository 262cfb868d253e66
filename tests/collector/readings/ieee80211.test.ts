import { expect, test } from 'vitest';
import { channelMegahertz } from '../../../collector/readings/ieee80211.ts';

test.each([
  [1, undefined, 2412],
  [13, 2.4, 2472],
  [14, 2.4, 2484],
  [36, 5, 5180],
  [165, undefined, 5825],
  [184, 5, 4920],
  [1, 6, 5955],
  [233, 6, 7115],
] as const)('channel %d of band %s lies at %d MHz', (channel, band, expected) => {
  const frequency = channelMegahertz(channel, band);

  expect(frequency).toBe(expected);
});

test.each([0, -1, 15, 200, 234, 1.5, Number.NaN])('%d is no channel', (channel) => {
  const frequency = channelMegahertz(channel);

  expect(frequency).toBeNull();
});
