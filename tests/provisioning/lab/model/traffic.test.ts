import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../../core/domain/clock.ts';
import { trafficMeter } from '../../../../provisioning/lab/model/traffic.ts';
import { labNetwork } from '../../../../provisioning/lab/network.ts';

const BOOT = 1_800_000_012_345;
const [device] = labNetwork().devices;
if (device === undefined) throw new Error('the lab has no device');
const { load } = device;

test('octets only grow, and how often they were asked for changes nothing', () => {
  const often = trafficMeter(load, { bootAt: BOOT, cuts: [] });
  const seldom = trafficMeter(load, { bootAt: BOOT, cuts: [] });
  let last = 0;

  for (let at = BOOT; at < BOOT + 3 * HOUR; at += 7_333) {
    const octets = often.downOctets(at);
    expect(octets).toBeGreaterThanOrEqual(last);
    last = octets;
  }

  expect(often.downOctets(BOOT + 3 * HOUR)).toBe(seldom.downOctets(BOOT + 3 * HOUR));
});

test('asking for an earlier moment gives what it gave before', () => {
  const meter = trafficMeter(load, { bootAt: BOOT, cuts: [] });
  const moments = [5 * MINUTE, 7 * HOUR, 2 * DAY].map((after) => BOOT + after);
  const forwards = moments.map((at) => meter.downOctets(at));

  const backwards = moments.toReversed().map((at) => meter.downOctets(at));

  expect(backwards.toReversed()).toEqual(forwards);
});

test('nothing flows before the start nor while the line is cut', () => {
  const cut = { from: BOOT + HOUR, to: BOOT + 2 * HOUR };
  const meter = trafficMeter(load, { bootAt: BOOT, cuts: [cut] });
  const whole = trafficMeter(load, { bootAt: BOOT, cuts: [] });

  expect(meter.downOctets(BOOT - DAY)).toBe(0);
  expect(meter.downOctets(cut.to)).toBe(meter.downOctets(cut.from));
  expect(meter.downOctets(cut.from)).toBe(whole.downOctets(cut.from));
  expect(meter.downOctets(cut.to + HOUR)).toBeLessThan(whole.downOctets(cut.to + HOUR));
});
