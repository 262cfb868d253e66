import type { ListedVillage } from '../../contract/villages.ts';
import type { VILLAGE_SORTS } from '../../domain/list-sorts.ts';
import type { RegionCode } from '../../domain/region.ts';
import type { VillageState } from '../../domain/state.ts';
import { Conditions, millisOrNull, type Page, type PageAsked, paged } from './query.ts';
import { type Sorting, type StateSorts, sortedByState } from './sorting.ts';
import type { Sql } from './sql.ts';

const COLUMNS = `r.code, r.name, d.name AS "districtName", g.name AS "regencyName", r.population AS people,
  v.state, v.office, v.public, v.since`;
/** @param inside limits the view, so that it is worked out for these villages only */
const from = (isAll: boolean, inside: string): string =>
  `region r ${isAll ? 'LEFT JOIN' : 'JOIN'} (SELECT * FROM village_state WHERE ${inside}) v ON v.code = r.code
   LEFT JOIN region d ON d.code = left(r.code, 8) LEFT JOIN region g ON g.code = left(r.code, 5)`;

type Row = Omit<ListedVillage, 'since'> & { since: Date | null };
const shape = (row: Row): ListedVillage => ({ ...row, since: millisOrNull(row.since) });

const SORTED: StateSorts<(typeof VILLAGE_SORTS)[number]> = {
  columns: { name: 'lower(r.name)', code: 'r.code', regency: 'lower(g.name)', people: 'r.population' },
  state: 'v.state',
  since: 'v.since',
  last: 'r.code',
};

export type VillageFilter = PageAsked &
  Sorting<(typeof VILLAGE_SORTS)[number]> & {
    readonly region?: RegionCode | '' | undefined;
    readonly state?: VillageState | undefined;
    /** Those outside the programme, too. */
    readonly all?: boolean | undefined;
    readonly q?: string | undefined;
  };

export type Villages = ReturnType<typeof villages>;

export function villages(sql: Sql) {
  return {
    list(filter: VillageFilter): Promise<Page<ListedVillage>> {
      const { region = '', state, all = false, q } = filter;
      const conditions = new Conditions()
        .within('r.code', region)
        .and("r.level = 'village' AND (r.retired_at IS NULL OR v.code IS NOT NULL)")
        .equals('v.state', state)
        .contains(['r.name', 'r.code'], q);
      // The same parameters again: the region comes first.
      const inside = region === '' ? 'true' : '(code = $1 OR code LIKE $2)';
      return paged(sql, {
        columns: COLUMNS,
        from: from(all, inside),
        conditions,
        orderBy: sortedByState(SORTED, filter),
        asked: filter,
        shape,
      });
    },
  };
}
