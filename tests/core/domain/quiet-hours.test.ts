import { describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../../core/domain/clock.ts';
import { mayGoAt, type QuietHours } from '../../../core/domain/quiet-hours.ts';
import { zoneByLabel } from '../../../core/domain/zone.ts';
import { seededRandom } from '../../support/random.ts';

const WIB = zoneByLabel('WIB').offsetMs;
/** A moment of 21 November 2026 in western time. */
const at = (hour: number, minute = 0): number => Date.UTC(2026, 10, 21, hour, minute) - WIB;
const night: QuietHours = { from: 22 * 60, to: 6 * 60, except: ['critical'], exceptDuty: true };
const noon: QuietHours = { from: 12 * 60, to: 13 * 60, except: [], exceptDuty: false };
const asked = { severity: 'minor', isOnDuty: false, offsetMs: WIB } as const;

describe('quiet hours', () => {
  test.each([
    ['before they begin it goes at once', night, at(21, 59), at(21, 59)],
    ['from their first minute it waits for the morning', night, at(22), at(30)],
    ['at midnight too', night, at(24), at(30)],
    ['in the early morning it waits for the same morning', night, at(5, 59), at(6)],
    ['their end does not belong to them', night, at(6), at(6)],
    ['within one day they end on it', noon, at(12, 30), at(13)],
    ['that have no length hold nothing', { ...noon, to: noon.from }, at(12), at(12)],
  ])('%s', (_, quiet, now, expected) => {
    const leaves = mayGoAt(now, quiet, asked);

    expect(leaves).toBe(expected);
  });

  test('let through what is severe enough, and whoever is on duty', () => {
    const late = at(23);

    const leave = [
      mayGoAt(late, night, { ...asked, severity: 'critical' }),
      mayGoAt(late, night, { ...asked, severity: 'major' }),
      mayGoAt(late, night, { ...asked, isOnDuty: true }),
      mayGoAt(late, { ...night, exceptDuty: false }, { ...asked, isOnDuty: true }),
    ];

    expect(leave).toEqual([late, at(30), late, at(30)]);
  });

  test('are those of the zone of whoever reads', () => {
    const moment = at(21, 30);

    const leave = (['WIB', 'WITA', 'WIT'] as const).map((label) =>
      mayGoAt(moment, night, { ...asked, offsetMs: zoneByLabel(label).offsetMs }),
    );

    expect(leave).toEqual([moment, at(29), at(28)]);
  });

  test('never bring anything forward, hold less than a day, and hold nothing twice', () => {
    const random = seededRandom(7);
    for (let turn = 0; turn < 2_000; turn += 1) {
      const minute = () => Math.floor(random() * 1_440);
      const quiet = { ...night, from: minute(), to: minute() };
      const now = at(0) + Math.floor(random() * 7 * DAY);

      const leaves = mayGoAt(now, quiet, asked);

      expect(leaves - now).toBeGreaterThanOrEqual(0);
      expect(leaves - now).toBeLessThan(DAY);
      expect(mayGoAt(leaves, quiet, asked)).toBe(leaves);
      if (leaves > now) expect((leaves + WIB) % DAY).toBe(quiet.to * MINUTE);
    }
  });
});
