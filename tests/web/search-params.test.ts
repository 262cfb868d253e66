import { describe, expect, test } from 'vitest';
import { isRegionCode } from '../../core/domain/region.ts';
import { flagOf, intOf, oneOf, parseSearch, stringifySearch, textOf } from '../../web/search-params.ts';

describe('search parameters', () => {
  test('a region code is text and keeps its last nought', () => {
    const search = parseSearch('?region=16.10&page=3&all=true');

    expect(textOf('region', search, isRegionCode)).toEqual({ region: '16.10' });
    expect(intOf('page', search)).toEqual({ page: 3 });
    expect(flagOf('all', search)).toEqual({ all: true });
    expect(stringifySearch({ region: '16.10', page: 3, q: undefined })).toBe('?region=16.10&page=3');
  });

  test('what is not valid is as good as absent', () => {
    const search = parseSearch('?region=abc&state=broken&page=-4&all=yes');

    expect(textOf('region', search, isRegionCode)).toEqual({});
    expect(oneOf('state', search, ['up', 'down'])).toEqual({});
    expect(intOf('page', search)).toEqual({});
    expect(flagOf('all', search)).toEqual({});
  });
});
