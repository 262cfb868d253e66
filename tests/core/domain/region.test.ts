import { expect, test } from 'vitest';
import {
  ancestorCode,
  covers,
  isInIndonesia,
  isRegionCode,
  parentCode,
  regencyType,
  regionLevel,
  villageType,
} from '../../../core/domain/region.ts';

test.each(['16', '16.03', '11.10', '16.03.11', '16.03.11.2009'])('%s is a code', (code) => {
  expect(isRegionCode(code)).toBe(true);
});

test.each(['', '1', '16.3', '16.03.', '16.03.11.209', '16,03', '16.03.11.2009.1', ' 16', '16\n'])(
  '%j is no code',
  (text) => {
    expect(isRegionCode(text)).toBe(false);
  },
);

test('the number of parts tells the level', () => {
  expect(['16', '16.03', '16.03.11', '16.03.11.2009'].map(regionLevel)).toEqual([
    'province',
    'regency',
    'district',
    'village',
  ]);
  expect(() => regionLevel('16.3')).toThrow(TypeError);
});

test('a right on a regency covers what lies in it and nothing that merely looks like it', () => {
  expect(covers('16.03', '16.03')).toBe(true);
  expect(covers('16.03', '16.03.11.2009')).toBe(true);
  expect(covers('16.03', '16.04')).toBe(false);
  expect(covers('16.03', '16')).toBe(false);
  expect(covers('1', '16')).toBe(false);
  expect(covers('', '16')).toBe(true);
});

test('ancestors are prefixes', () => {
  expect(parentCode('16.03.11.2009')).toBe('16.03.11');
  expect(parentCode('16')).toBeNull();
  expect(ancestorCode('16.03.11.2009', 'regency')).toBe('16.03');
  expect(ancestorCode('16', 'regency')).toBeNull();
});

test('the code tells kota from kabupaten, and kelurahan from desa', () => {
  expect([regencyType('16.71'), regencyType('16.13')]).toEqual(['kota', 'kabupaten']);
  expect(['16.71.01.1001', '16.03.11.2009', '91.01.01.3001'].map(villageType)).toEqual([
    'kelurahan',
    'desa',
    'desa-adat',
  ]);
});

test('a swapped coordinate is outside Indonesia', () => {
  expect(isInIndonesia(-2.97, 104.74)).toBe(true);
  expect(isInIndonesia(104.74, -2.97)).toBe(false);
});
