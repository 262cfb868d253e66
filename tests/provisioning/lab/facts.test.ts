import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { covers, parentCode, regencyType } from '../../../core/domain/region.ts';
import { AGENCY_BRANCHES, PLANNED_AGENCIES } from '../../../provisioning/lab/facts/agencies.ts';
import { DISTRICTS } from '../../../provisioning/lab/facts/districts.ts';
import { PROVINCE } from '../../../provisioning/lab/facts/province.ts';
import { REGENCIES } from '../../../provisioning/lab/facts/regencies.ts';
import { VILLAGES } from '../../../provisioning/lab/facts/villages.ts';
import { root } from '../../support/process.ts';

const PACK = join(root, '../shared/data');
const hasPack = existsSync(join(PACK, 'provinces.csv'));
if (!hasPack)
  console.warn('the lab facts are not compared: there is no region pack beside the project (../shared/data)');

test('the programme covers 12 of 17 regencies with 46 villages, each in a district of its own', () => {
  const covered = REGENCIES.filter(({ programme }) => programme === 'covered').map(({ code }) => code);

  const ofVillages = new Set(VILLAGES.map(({ code }) => code.slice(0, 5)));

  expect(REGENCIES).toHaveLength(17);
  expect(covered).toHaveLength(12);
  expect([...ofVillages].sort()).toEqual(covered);
  expect(VILLAGES).toHaveLength(46);
  expect(new Set(VILLAGES.map(({ code }) => parentCode(code))).size).toBe(46);
  expect(covered.filter((code) => regencyType(code) === 'kota')).toHaveLength(4);
});

test('four regencies are blocked by terrain and one has proposed nothing', () => {
  const codesOf = (status: string) => REGENCIES.filter(({ programme }) => programme === status).map(({ code }) => code);

  expect(codesOf('blocked-by-terrain')).toEqual(['16.09', '16.11', '16.12', '16.13']);
  expect(codesOf('not-proposed')).toEqual(['16.06']);
});

test('every village lies in a district that is named, and every place in Sumatera Selatan', () => {
  const districts = new Set(DISTRICTS.map(({ code }) => code));

  const homeless = VILLAGES.filter(({ code }) => !districts.has(parentCode(code) ?? ''));

  expect(homeless).toEqual([]);
  for (const { code, lat, lng } of [...REGENCIES, ...DISTRICTS, ...VILLAGES]) {
    expect(covers(PROVINCE.code, code)).toBe(true);
    expect(lat > -4.95 && lat < -1.6 && lng > 102 && lng < 106.3, code).toBe(true);
  }
});

test('of 55 agencies 19 are on fibre, and one branch carries exactly 7 of them', () => {
  const connected = AGENCY_BRANCHES.flatMap(({ agencies }) => agencies);

  expect(connected).toHaveLength(19);
  expect(new Set([...connected, ...PLANNED_AGENCIES]).size).toBe(55);
  expect(AGENCY_BRANCHES.filter(({ agencies }) => agencies.length === 7)).toHaveLength(1);
});

describe.skipIf(!hasPack)('compared with the region pack beside the project', () => {
  const table = (file: string): Map<string, Record<string, string>> => {
    const [header = '', ...lines] = readFileSync(join(PACK, file), 'utf8').trim().split('\n');
    const names = header.trim().split(',');
    return new Map(
      lines.map((line) => {
        const row = Object.fromEntries(
          line
            .trim()
            .split(',')
            .map((cell, index) => [names[index] ?? '', cell]),
        );
        return [row['code'] ?? '', row];
      }),
    );
  };

  test('the regencies have the official names and figures', () => {
    const official = table('regencies.csv');

    for (const fact of REGENCIES) {
      const row = official.get(fact.code);
      expect({ ...fact, programme: null, programmeNote: null }).toEqual({
        code: row?.['code'],
        name: row?.['name'],
        type: row?.['type'],
        population: Number(row?.['population']),
        areaKm2: Number(row?.['area_km2']),
        desaCount: Number(row?.['desa']),
        kelurahanCount: Number(row?.['kelurahan']),
        lat: Number(row?.['lat']),
        lng: Number(row?.['lng']),
        programme: null,
        programmeNote: null,
      });
    }
  });

  test("the villages and districts have the official names and points, none of them only its district's", () => {
    const villages = table('villages/16.csv');
    const districts = table('districts.csv');

    for (const [facts, official] of [
      [VILLAGES, villages],
      [DISTRICTS, districts],
    ] as const) {
      for (const { code, name, lat, lng } of facts) {
        const row = official.get(code);
        expect([name, lat, lng], code).toEqual([row?.['name'], Number(row?.['lat']), Number(row?.['lng'])]);
        expect(row?.['point']).not.toBe('d');
      }
    }
  });
});
