import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../core/domain/clock.ts';
import { zoneOf } from '../../../core/domain/zone.ts';
import { en } from '../../../web/i18n/en.ts';
import { createFormat } from '../../../web/i18n/format.ts';
import { id } from '../../../web/i18n/id.ts';

const f = createFormat('id', zoneOf('16'), id);
/** 21 November 2026, 14.05.30 in western time. */
const AT = Date.UTC(2026, 10, 21, 7, 5, 30);

describe('Indonesian figures', () => {
  test('numbers have a dot for thousands and a comma for parts', () => {
    expect(f.number(1234.5, 1)).toBe('1.234,5');
    expect(f.number(28_561)).toBe('28.561');
  });

  test('a share is never rounded up to all nor down to nothing', () => {
    expect(f.percent(46 / 3259)).toBe('1,4 %');
    expect(f.percent(0.99999)).toBe('99,9 %');
    expect(f.percent(0.00001)).toBe('0,1 %');
    expect(f.percent(1)).toBe('100 %');
    expect(f.percent(0)).toBe('0 %');
  });

  test('rates and sizes take the unit that keeps them short', () => {
    expect(f.bitRate(12_400_000)).toEqual({ value: '12,4', unit: 'Mbit/s' });
    expect(f.bitRate(940)).toEqual({ value: '940', unit: 'bit/s' });
    expect(f.bytes(1_500)).toEqual({ value: '1,5', unit: 'kB' });
  });
});

describe('times', () => {
  test('since names the moment in the province and how long it lasts', () => {
    expect(f.since(AT, AT + 2 * HOUR + 10 * MINUTE)).toBe('sejak 14.05 (2 jam 10 menit)');
  });

  test('another day is named with its date', () => {
    expect(f.since(AT, AT + DAY + 3 * HOUR)).toBe('sejak 21 Nov 14.05 (1 hari 3 jam)');
  });

  test('the exact moment carries weekday, second and zone', () => {
    expect(f.exact(AT)).toBe('Sabtu, 21 November 2026, 14.05.30 WIB');
  });

  test('a duration names at most two units and skips what is nothing', () => {
    expect(f.lasting(30_000)).toBe('kurang dari 1 menit');
    expect(f.lasting(3 * DAY)).toBe('3 hari');
    expect(f.lasting(DAY + 5 * MINUTE)).toBe('1 hari');
    expect(f.ago(AT, AT + 20_000)).toBe('baru saja');
  });

  test('each province has the zone it lives in', () => {
    expect([zoneOf('16.03').label, zoneOf('73').label, zoneOf('94.01').label]).toEqual(['WIB', 'WITA', 'WIT']);
    expect(createFormat('id', zoneOf('73'), id).clock(AT)).toBe('15.05');
  });

  test('English says the same in its own way', () => {
    const english = createFormat('en', zoneOf('16'), en);

    expect(english.since(AT, AT + 130 * MINUTE)).toBe('since 14:05 (2 h 10 min)');
    expect(english.number(1234.5, 1)).toBe('1,234.5');
  });
});
