import { describe, expect, test } from 'vitest';
import { zoneOf } from '../../../core/domain/zone.ts';
import { localText, momentOf } from '../../../web/components/form/local-time.ts';
import { nthOf, ONCE, type Repeat, repeatOf, repeatText, ruleOf } from '../../../web/components/maintenance/repeat.ts';
import { lastTime, nextTimes } from '../../../web/components/maintenance/times.ts';
import { en as maintenanceEn } from '../../../web/components/maintenance/words/en.ts';
import { id as maintenanceId } from '../../../web/components/maintenance/words/id.ts';
import { en } from '../../../web/i18n/en.ts';
import { createFormat } from '../../../web/i18n/format.ts';
import { id } from '../../../web/i18n/id.ts';

const ZONE = zoneOf('16');
/** A Monday, the fourth of its month, at one in the morning of the province: the day before in UTC. */
const FIRST = Date.parse('2026-11-23T01:00+07:00');
const words = (rule: string | null) => repeatText(rule, FIRST, maintenanceId.repeat, createFormat('id', ZONE, id));
const inEnglish = (rule: string | null) => repeatText(rule, FIRST, maintenanceEn.repeat, createFormat('en', ZONE, en));

const CASES: readonly (readonly [Repeat, string | null, string])[] = [
  [ONCE, null, 'Sekali saja'],
  [{ ...ONCE, kind: 'daily' }, 'FREQ=DAILY', 'Setiap hari'],
  [
    { ...ONCE, kind: 'daily', interval: 3, end: { kind: 'count', count: 4 } },
    'FREQ=DAILY;INTERVAL=3;COUNT=4',
    'Setiap 3 hari, 4 kali',
  ],
  [{ ...ONCE, kind: 'weekly' }, 'FREQ=WEEKLY', 'Setiap minggu pada Sen'],
  [
    { ...ONCE, kind: 'weekly', interval: 2, weekdays: [1, 0], end: { kind: 'day', day: '2026-12-31' } },
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;UNTIL=20261231T165959Z',
    'Setiap 2 minggu pada Sen, Min, sampai 31 Des 2026',
  ],
  [{ ...ONCE, kind: 'monthly' }, 'FREQ=MONTHLY', 'Setiap bulan pada tanggal 23'],
  [{ ...ONCE, kind: 'monthly', nth: 4 }, 'FREQ=MONTHLY;BYDAY=4MO', 'Setiap bulan pada Sen ke-4'],
  [{ ...ONCE, kind: 'monthly', nth: -1 }, 'FREQ=MONTHLY;BYDAY=-1MO', 'Setiap bulan pada Sen terakhir'],
];

describe('a recurrence', () => {
  test.each(CASES)('becomes a rule, is read back from it and said in words (%#)', (repeat, rule, text) => {
    expect(ruleOf(repeat, FIRST, ZONE)).toBe(rule);
    expect(repeatOf(rule, ZONE)).toEqual(repeat);
    expect(words(rule)).toBe(text);
  });

  test('is said in English', () => {
    expect(inEnglish('FREQ=MONTHLY;BYDAY=2MO;COUNT=3')).toBe('Every month on the second Mon, 3 times');
  });

  test('that says more than the form can is left as it was written', () => {
    const rule = 'FREQ=MONTHLY;BYDAY=1MO,3MO';

    expect(repeatOf(rule, ZONE)).toBeNull();
    expect(words(rule)).toBe(rule);
    expect(repeatOf('FREQ=YEARLY', ZONE)).toBeNull();
  });

  test('counts the weekday of a day in its month, the fifth as the last', () => {
    expect(nthOf(Date.parse('2026-11-01T00:30+07:00'), ZONE)).toBe(1);
    expect(nthOf(FIRST, ZONE)).toBe(4);
    expect(nthOf(Date.parse('2026-11-30T12:00+07:00'), ZONE)).toBe(-1);
  });

  test('has its next times from the running one on, and the last that was', () => {
    const window = { startsAt: FIRST, endsAt: FIRST + 7_200_000, recurrence: 'FREQ=DAILY;COUNT=3', regionCode: '16' };
    const during = FIRST + 86_400_000 + 60_000;

    const next = nextTimes(window, during, 5).map(({ from }) => from);
    const last = lastTime(window, during);

    expect(next).toEqual([FIRST + 86_400_000, FIRST + 2 * 86_400_000]);
    expect(last?.from).toBe(FIRST);
    expect(nextTimes({ ...window, recurrence: 'nonsense' }, during, 5)).toEqual([]);
  });
});

describe('a field of day and time', () => {
  test('speaks the time of the province', () => {
    expect(localText(FIRST, ZONE)).toBe('2026-11-23T01:00');
    expect(momentOf('2026-11-23T01:00', ZONE)).toBe(FIRST);
    expect(momentOf('2026-11-23', ZONE)).toBeNull();
    expect(momentOf('', ZONE)).toBeNull();
  });
});
