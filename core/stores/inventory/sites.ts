import { randomUUID } from 'node:crypto';
import type { Static } from 'typebox';
import type { NewSite, Site, SiteChange } from '../../contract/sites.ts';
import type { SITE_SORTS } from '../../domain/list-sorts.ts';
import type { RegionCode } from '../../domain/region.ts';
import type { SiteListKind, SiteStatus } from '../../domain/site.ts';
import type { State } from '../../domain/state.ts';
import { requireExpected } from './expected.ts';
import { pick } from './fields.ts';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { Conditions, HOTSPOT, millisOrNull, type Page, type PageAsked, paged } from './query.ts';
import { type Sorting, type StateSorts, sortedByState } from './sorting.ts';
import type { Sql } from './sql.ts';
import { raise } from './store-error.ts';

const FIELDS = ['code', 'name', 'kind', 'status', 'regionCode', 'lat', 'lng', 'address', 'contact'] as const;
const COLUMNS = `s.id, s.code, s.name, s.kind, s.status, s.region_code AS "regionCode", r.name AS "regionName", s.lat, s.lng,
  s.address, s.contact, coalesce(st.state, 'unknown') AS state, st.since`;
const FROM = 'site s JOIN region r ON r.code = s.region_code JOIN site_state st ON st.site_id = s.id';

type Row = Omit<Site, 'since'> & { since: Date | null };
const shape = (row: Row): Site => ({ ...row, since: millisOrNull(row.since) });

const SORTED: StateSorts<(typeof SITE_SORTS)[number]> = {
  columns: { name: 'lower(s.name)', code: 's.code', kind: 's.kind', region: 'lower(r.name)' },
  state: 'st.state',
  since: 'st.since',
  last: 's.code',
};

export type SiteFilter = PageAsked &
  Sorting<(typeof SITE_SORTS)[number]> & {
    readonly region?: RegionCode | '' | undefined;
    /** That one alone. */
    readonly siteId?: string | undefined;
    readonly kind?: SiteListKind | undefined;
    readonly status?: SiteStatus | undefined;
    /** Only active sites have a state. */
    readonly state?: State | undefined;
    readonly q?: string | undefined;
  };

export type Sites = ReturnType<typeof sites>;

export function sites(prisma: PrismaClient, sql: Sql) {
  async function one(column: 's.id' | 's.code', value: string): Promise<Site | null> {
    const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM ${FROM} WHERE ${column} = $1`, [value]);
    return rows[0] === undefined ? null : shape(rows[0]);
  }
  async function stored(id: string): Promise<Site> {
    const site = await one('s.id', id);
    if (site === null) throw new Error('a site that was just stored is gone');
    return site;
  }

  return {
    get: (id: string): Promise<Site | null> => one('s.id', id),
    getByCode: (code: string): Promise<Site | null> => one('s.code', code),

    list(filter: SiteFilter): Promise<Page<Site>> {
      const { kind } = filter;
      const conditions = new Conditions()
        // Of the view, so that it is worked out for these sites only.
        .within('st.region_code', filter.region)
        .equals('s.id', filter.siteId)
        .equals('s.kind', kind === 'hotspot' ? undefined : kind)
        .equals('s.status', filter.status)
        .equals('st.state', filter.state)
        .contains(['s.name', 's.code', 'r.name', 's.address'], filter.q);
      if (kind === 'hotspot') conditions.and(`s.${HOTSPOT}`);
      return paged(sql, {
        columns: COLUMNS,
        from: FROM,
        conditions,
        orderBy: sortedByState(SORTED, filter),
        asked: filter,
        shape,
      });
    },

    /** Sites that stand in exactly this region (a village's office and public hotspot), office first. */
    async standingIn(code: RegionCode): Promise<Site[]> {
      const rows = await sql.query<Row>(
        `SELECT ${COLUMNS} FROM ${FROM} WHERE s.region_code = $1 AND s.status <> 'retired' ORDER BY s.kind, s.code`,
        [code],
      );
      return rows.map(shape);
    },

    /** @throws AppError `conflict` for a code that is taken or a region that does not exist */
    async create(site: Static<typeof NewSite>): Promise<Site> {
      const id = randomUUID();
      await prisma.site.create({ data: { ...pick(site, FIELDS), id } }).catch(raise);
      return await stored(id);
    },

    /**
     * @param expected what is to stand there until now
     * @throws AppError `not-found`, `conflict`
     */
    async update(
      id: string,
      change: Static<typeof SiteChange>,
      expected: Static<typeof SiteChange> = {},
    ): Promise<Site> {
      const work = async (tx: Prisma.TransactionClient): Promise<void> => {
        await tx.$queryRaw`SELECT 1 FROM site WHERE id = ${id}::uuid FOR UPDATE`;
        requireExpected(await tx.site.findUniqueOrThrow({ where: { id } }), pick(expected, FIELDS));
        await tx.site.update({ where: { id }, data: pick(change, FIELDS) });
      };
      await prisma.$transaction(work).catch(raise);
      return await stored(id);
    },

    /** @throws AppError `not-found`, or `conflict` while devices or links use it */
    async remove(id: string): Promise<void> {
      await prisma.site.delete({ where: { id } }).catch(raise);
    },
  };
}
