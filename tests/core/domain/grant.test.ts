import { describe, expect, test } from 'vitest';
import { grantCovers, grantOf, NO_REGION } from '../../../core/domain/grant.ts';

const place = (regionCode: string, siteId: string | null = null) => ({ regionCode, siteId });

describe('what a grant covers', () => {
  test('a region and all below it, and none beside it whose code only begins alike', () => {
    const covered = ['16.07', '16.07.01', '16.07.01.2001', '16', '16.071', '16.08.07', ''].filter((code) =>
      grantCovers('16.07', place(code)),
    );

    expect(covered).toEqual(['16.07', '16.07.01', '16.07.01.2001']);
  });

  test('everything, where it names no region', () => {
    expect(grantCovers('', place('94.01', 'any'))).toBe(true);
  });

  test("an agency's own site wherever it stands, and nothing else of its region", () => {
    const grant = { agencySiteId: 'own' };

    expect(grantCovers(grant, place('16.07', 'own'))).toBe(true);
    expect(grantCovers(grant, place('16.07', 'next-door'))).toBe(false);
    expect(grantCovers(grant, place('16.07'))).toBe(false);
  });
});

describe('the grant of an account', () => {
  test('is its region, or its agency alone: the region that stands beside gives nothing', () => {
    expect(grantOf({ role: 'viewer', regionCode: '16.07', agencySiteId: null })).toBe('16.07');
    expect(grantOf({ role: 'agency', regionCode: '16.07', agencySiteId: 'own' })).toEqual({ agencySiteId: 'own' });
  });

  test('is nothing where an agency has no site', () => {
    const grant = grantOf({ role: 'agency', regionCode: '', agencySiteId: null });

    expect(grant).toBe(NO_REGION);
    expect(grantCovers(grant, place('16.07'))).toBe(false);
  });
});
