import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../core/domain/clock.ts';
import { isTarget, timesOf } from '../../../core/domain/maintenance.ts';
import { parseRecurrence, startsOf } from '../../../core/domain/recurrence.ts';

const WIB = 7 * HOUR;
const wib = (text: string): number => Date.parse(`${text}:00+07:00`);
const starts = (first: string, rule: string, before = '2027-12-31T00:00', most = 6): string[] => {
  const found: string[] = [];
  for (const at of startsOf(wib(first), parseRecurrence(rule, WIB), { offsetMs: WIB, before: wib(before) })) {
    found.push(new Date(at + WIB).toISOString().slice(0, 16));
    if (found.length === most) break;
  }
  return found;
};

describe('times that come again', () => {
  test('each day, and each third', () => {
    expect(starts('2026-11-21T23:30', 'FREQ=DAILY;COUNT=3')).toEqual([
      '2026-11-21T23:30',
      '2026-11-22T23:30',
      '2026-11-23T23:30',
    ]);
    expect(starts('2026-11-29T01:00', 'FREQ=DAILY;INTERVAL=3;COUNT=2')).toEqual([
      '2026-11-29T01:00',
      '2026-12-02T01:00',
    ]);
  });

  test('each day of some weekdays', () => {
    expect(starts('2026-11-21T02:00', 'FREQ=DAILY;BYDAY=SA,SU;COUNT=3')).toEqual([
      '2026-11-21T02:00',
      '2026-11-22T02:00',
      '2026-11-28T02:00',
    ]);
  });

  test('each week on the day of the first, though it is another day in UTC', () => {
    expect(starts('2026-11-22T01:00', 'FREQ=WEEKLY;COUNT=2')).toEqual(['2026-11-22T01:00', '2026-11-29T01:00']);
  });

  test('each second week on named days, in weeks that begin on Monday (RFC 5545, WKST)', () => {
    expect(starts('2026-11-25T22:00', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU')).toEqual([
      '2026-11-25T22:00',
      '2026-11-29T22:00',
      '2026-12-07T22:00',
      '2026-12-09T22:00',
      '2026-12-13T22:00',
      '2026-12-21T22:00',
    ]);
  });

  test('each month by its day, and months without that day are passed over', () => {
    expect(starts('2026-12-31T00:30', 'FREQ=MONTHLY', '2027-12-31T00:00', 4)).toEqual([
      '2026-12-31T00:30',
      '2027-01-31T00:30',
      '2027-03-31T00:30',
      '2027-05-31T00:30',
    ]);
  });

  test('each month on its second Tuesday and its last Friday', () => {
    expect(starts('2026-11-01T03:00', 'RRULE:FREQ=MONTHLY;BYDAY=2TU,-1FR', '2027-12-31T00:00', 4)).toEqual([
      '2026-11-10T03:00',
      '2026-11-27T03:00',
      '2026-12-08T03:00',
      '2026-12-25T03:00',
    ]);
  });

  test('each Monday of each second month', () => {
    expect(starts('2026-11-23T03:00', 'FREQ=MONTHLY;INTERVAL=2;BYDAY=MO', '2027-12-31T00:00', 3)).toEqual([
      '2026-11-23T03:00',
      '2026-11-30T03:00',
      '2027-01-04T03:00',
    ]);
  });

  test('until a moment, and until a day whose evening still counts', () => {
    expect(starts('2026-11-21T20:00', 'FREQ=DAILY;UNTIL=20261122T130000Z')).toEqual([
      '2026-11-21T20:00',
      '2026-11-22T20:00',
    ]);
    expect(starts('2026-11-21T20:00', 'FREQ=DAILY;UNTIL=20261122')).toHaveLength(2);
  });

  test('that never come end the search', () => {
    expect(starts('2026-11-21T20:00', 'FREQ=DAILY;INTERVAL=7;BYDAY=SU', '2126-01-01T00:00', 2)).toHaveLength(0);
  });

  test.each([
    'FREQ=YEARLY',
    'FREQ=DAILY;BYHOUR=3',
    'FREQ=DAILY;COUNT=2;UNTIL=20270101',
    'FREQ=DAILY;COUNT=0',
    'FREQ=DAILY;INTERVAL=-1',
    'FREQ=WEEKLY;BYDAY=2MO',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=WEEKLY;WKST=SU',
    'FREQ=DAILY;FREQ=DAILY',
    'FREQ=DAILY;UNTIL=20270231',
    'FREQ=DAILY;UNTIL=tomorrow',
    'every night',
    '',
    `FREQ=DAILY;${'X'.repeat(400)}`,
  ])('are refused as %s', (rule) => {
    expect(() => parseRecurrence(rule, WIB)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('a maintenance window', () => {
  const window = {
    startsAt: wib('2026-11-21T23:00'),
    endsAt: wib('2026-11-22T02:00'),
    recurrence: null as string | null,
    regionCode: '16',
  };
  const inRange = (recurrence: string | null, from: string, to: string) =>
    timesOf({ ...window, recurrence }, { from: wib(from), to: wib(to) });

  test('once touches what it overlaps, and not what it only meets', () => {
    expect(inRange(null, '2026-11-22T01:59', '2026-11-22T05:00')).toHaveLength(1);
    expect(inRange(null, '2026-11-22T02:00', '2026-11-22T05:00')).toHaveLength(0);
    expect(inRange(null, '2026-11-21T20:00', '2026-11-21T23:00')).toHaveLength(0);
  });

  test('again and again gives each time whole, also one that began before the range', () => {
    expect(inRange('FREQ=DAILY', '2026-12-01T01:00', '2026-12-02T00:00')).toEqual([
      { from: wib('2026-11-30T23:00'), to: wib('2026-12-01T02:00') },
      { from: wib('2026-12-01T23:00'), to: wib('2026-12-02T02:00') },
    ]);
  });

  test('whose times follow without a pause is one long one', () => {
    const allDay = { ...window, endsAt: window.startsAt + DAY, recurrence: 'FREQ=DAILY;COUNT=3' };

    expect(timesOf(allDay, { from: window.startsAt, to: window.startsAt + 9 * DAY })).toEqual([
      { from: window.startsAt, to: window.startsAt + 3 * DAY },
    ]);
  });

  test('counts its days in the zone of its province', () => {
    const papua = { ...window, startsAt: Date.parse('2026-11-30T00:30:00+09:00'), regionCode: '94' };
    const rule = { ...papua, endsAt: papua.startsAt + HOUR, recurrence: 'FREQ=MONTHLY;COUNT=2' };

    const times = timesOf(rule, { from: papua.startsAt, to: papua.startsAt + 90 * DAY });

    expect(times.map(({ from }) => from)).toEqual([
      Date.parse('2026-11-30T00:30:00+09:00'),
      Date.parse('2026-12-30T00:30:00+09:00'),
    ]);
  });

  test('is of devices, of sites, and of all that stands in a region', () => {
    const device = { deviceId: 'd', siteId: 's', regionCode: '16.03.11.2009' };
    const none = { deviceIds: [], siteIds: [], regionCodes: [] };

    expect(isTarget({ ...none, deviceIds: ['d'] }, device)).toBe(true);
    expect(isTarget({ ...none, siteIds: ['s'] }, device)).toBe(true);
    expect(isTarget({ ...none, regionCodes: ['16.03'] }, device)).toBe(true);
    expect(isTarget({ ...none, regionCodes: ['16.0', '16.04'] }, device)).toBe(false);
    expect(isTarget(none, device)).toBe(false);
  });
});
