import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../../core/domain/clock.ts';
import { clientsOf, dayCurve, downRate, loadAt, minuteLoad } from '../../../../provisioning/lab/model/load.ts';
import { labNetwork } from '../../../../provisioning/lab/network.ts';

/** Midnight of a Wednesday in western Indonesia. */
const WEDNESDAY = Date.UTC(2026, 10, 17, 17);
const hotspot = labNetwork().devices.find(({ code }) => code.endsWith('-public-ap'));
if (hotspot === undefined) throw new Error('the lab has no public hotspot');
const profile = hotspot.load;

test('a public hotspot is busiest from 19 to 22 and quiet from 1 to 5', () => {
  const hours = Array.from({ length: 24 }, (_, hour) => dayCurve('public', WEDNESDAY + (hour + 0.5) * HOUR));

  const evening = Math.min(...hours.slice(19, 22));
  const night = Math.max(...hours.slice(1, 5));

  expect(evening).toBeGreaterThan(Math.max(...hours.slice(0, 18)));
  expect(night).toBeLessThan(0.15);
});

test('agencies work on weekdays and rest at the weekend', () => {
  const at10 = (day: number): number => dayCurve('agency', WEDNESDAY + day * DAY + 10 * HOUR);

  expect(at10(0)).toBeGreaterThan(0.9);
  expect(at10(3)).toBeLessThan(0.2);
  expect(at10(4)).toBeLessThan(0.2);
  expect(at10(5)).toBeGreaterThan(0.9);
});

test('the curve has no steps, not even at midnight into a weekend', () => {
  for (const shape of ['public', 'office', 'shelter', 'agency', 'backbone'] as const) {
    for (let at = WEDNESDAY; at < WEDNESDAY + 7 * DAY; at += 5 * MINUTE) {
      const step = Math.abs(dayCurve(shape, at + 5 * MINUTE) - dayCurve(shape, at));
      expect(step, `${shape} ${new Date(at).toISOString()}`).toBeLessThan(0.08);
    }
  }
});

test('the same seed always gives the same load, another seed another one', () => {
  const at = WEDNESDAY + 20.3 * HOUR;

  expect(loadAt(profile, at)).toBe(loadAt({ ...profile }, at));
  expect(loadAt({ ...profile, seed: profile.seed + 1 }, at)).not.toBe(loadAt(profile, at));
  expect(clientsOf(profile, minuteLoad(profile, at))).toBe(clientsOf(profile, minuteLoad(profile, at + 1)));
});

test('traffic follows the load and never stands still', () => {
  const bps = downRate(profile);
  const minutes = Array.from({ length: 1440 }, (_, minute) => bps(WEDNESDAY / MINUTE + minute));

  const mean = (from: number, to: number): number =>
    minutes.slice(from * 60, to * 60).reduce((sum, value) => sum + value, 0) / ((to - from) * 60);

  expect(Math.min(...minutes)).toBeGreaterThan(0);
  expect(mean(19, 22)).toBeGreaterThan(5 * mean(1, 5));
});
