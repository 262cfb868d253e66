import { randomUUID } from 'node:crypto';
import type { Static } from 'typebox';
import type { Link, NewLink } from '../../contract/links.ts';
import type { Place } from '../../domain/grant.ts';
import type { LINK_SORTS } from '../../domain/list-sorts.ts';
import type { Medium } from '../../domain/medium.ts';
import type { RegionCode } from '../../domain/region.ts';
import type { State } from '../../domain/state.ts';
import { requireExpected } from './expected.ts';
import { pick } from './fields.ts';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { Conditions, dateOrNull, millisOrNull, type Page, type PageAsked, paged } from './query.ts';
import { type Sorting, type StateSorts, sortedByState } from './sorting.ts';
import type { Sql } from './sql.ts';
import { raise } from './store-error.ts';

const FIELDS = [
  'code',
  'name',
  'medium',
  'fromSiteId',
  'toSiteId',
  'deviceId',
  'ifIndex',
  'provider',
  'contractMbps',
  'slaPercent',
] as const;
// A link is as its measuring device is, and down where that device says so of the port; else as the site it serves is.
export const LINK_STATE = `CASE WHEN l.device_id IS NULL THEN coalesce(fs.state, 'unknown')
       WHEN ds.state = 'up' AND i.oper_status IN ('down', 'lowerLayerDown', 'notPresent') THEN 'down'
       ELSE coalesce(ds.state, 'unknown') END`;
/** Since when; a port says what it is, and not since when. */
const LINK_SINCE = `CASE WHEN l.device_id IS NULL THEN fs.since
       WHEN ds.state = 'up' AND i.oper_status IN ('down', 'lowerLayerDown', 'notPresent') THEN NULL
       ELSE ds.since END`;
const COLUMNS = `l.id, l.code, l.name, l.medium, l.from_site_id AS "fromSiteId", l.to_site_id AS "toSiteId",
  l.device_id AS "deviceId", l.if_index AS "ifIndex", l.provider, l.contract_mbps AS "contractMbps",
  l.sla_percent AS "slaPercent",
  -- date columns are read as midnight UTC, whatever the zone of the process
  l.contract_from::timestamp AT TIME ZONE 'UTC' AS "contractFrom", l.contract_to::timestamp AT TIME ZONE 'UTC' AS "contractTo",
  f.name AS "fromSiteName", t.name AS "toSiteName",
  ${LINK_STATE} AS state, ${LINK_SINCE} AS since`;
export const LINK_FROM = `link l JOIN site f ON f.id = l.from_site_id LEFT JOIN site t ON t.id = l.to_site_id
  JOIN site_state fs ON fs.site_id = f.id
  LEFT JOIN device_status ds ON ds.device_id = l.device_id
  LEFT JOIN interface i ON i.device_id = l.device_id AND i.index = l.if_index`;

type Row = Omit<Link, 'since' | 'contractFrom' | 'contractTo'> & {
  since: Date | null;
  contractFrom: Date | null;
  contractTo: Date | null;
};
const shape = (row: Row): Link => ({
  ...row,
  since: millisOrNull(row.since),
  contractFrom: millisOrNull(row.contractFrom),
  contractTo: millisOrNull(row.contractTo),
});
const store = (link: Partial<Static<typeof NewLink>>) => ({
  ...pick(link, FIELDS),
  ...(link.contractFrom === undefined ? {} : { contractFrom: dateOrNull(link.contractFrom) }),
  ...(link.contractTo === undefined ? {} : { contractTo: dateOrNull(link.contractTo) }),
});

const SORTED: StateSorts<(typeof LINK_SORTS)[number]> = {
  columns: {
    name: 'lower(l.name)',
    code: 'l.code',
    medium: 'l.medium',
    provider: 'lower(l.provider)',
    contract: 'l.contract_mbps',
  },
  state: LINK_STATE,
  since: LINK_SINCE,
  last: 'l.code',
};

export type LinkFilter = PageAsked &
  Sorting<(typeof LINK_SORTS)[number]> & {
    /** Either end stands in it. */
    readonly region?: RegionCode | '' | undefined;
    /** Either end is it. */
    readonly siteId?: string | undefined;
    /** Measured by it. */
    readonly deviceId?: string | undefined;
    readonly medium?: Medium | undefined;
    readonly state?: State | undefined;
    /** Of its own name, code or provider: an end that whoever asks may not see is found by nothing. */
    readonly q?: string | undefined;
  };

export type Links = ReturnType<typeof links>;

export function links(prisma: PrismaClient, sql: Sql) {
  async function one(id: string): Promise<Link | null> {
    const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM ${LINK_FROM} WHERE l.id = $1`, [id]);
    return rows[0] === undefined ? null : shape(rows[0]);
  }
  async function stored(id: string): Promise<Link> {
    const link = await one(id);
    if (link === null) throw new Error('a link that was just stored is gone');
    return link;
  }

  return {
    get: one,

    list(filter: LinkFilter): Promise<Page<Link>> {
      const conditions = new Conditions()
        .withinAny(['f.region_code', 't.region_code'], filter.region)
        .equals('l.device_id', filter.deviceId)
        .equals('l.medium', filter.medium)
        .equals(LINK_STATE, filter.state)
        .contains(['l.name', 'l.code', 'l.provider'], filter.q);
      if (filter.siteId !== undefined) {
        const site = conditions.value(filter.siteId);
        conditions.and(`l.from_site_id = ${site} OR l.to_site_id = ${site}`);
      }
      const orderBy = sortedByState(SORTED, filter);
      return paged(sql, { columns: COLUMNS, from: LINK_FROM, conditions, orderBy, asked: filter, shape });
    },

    /** Where sites and devices stand, by id. */
    async places(siteIds: readonly string[], deviceIds: readonly string[]): Promise<ReadonlyMap<string, Place>> {
      const rows = await sql.query<Place & { id: string }>(
        `SELECT s.id, s.id AS "siteId", s.region_code AS "regionCode" FROM site s WHERE s.id = ANY($1::uuid[])
         UNION ALL
         SELECT d.id, s.id, s.region_code FROM device d JOIN site s ON s.id = d.site_id WHERE d.id = ANY($2::uuid[])`,
        [siteIds, deviceIds],
      );
      return new Map(rows.map(({ id, regionCode, siteId }) => [id, { regionCode, siteId }]));
    },

    /** Mbit/s contracted for what a device measures; null where nothing is known. */
    async contractMbps(deviceId: string): Promise<number | null> {
      const rows = await sql.query<{ mbps: number | null }>(
        'SELECT max(contract_mbps) AS mbps FROM link WHERE device_id = $1',
        [deviceId],
      );
      return rows[0]?.mbps ?? null;
    },

    /** @throws AppError `conflict` for a code that is taken, or a site or device that does not exist */
    async create(link: Static<typeof NewLink>): Promise<Link> {
      const id = randomUUID();
      const { code, name, medium, fromSiteId } = link;
      await prisma.link.create({ data: { ...store(link), id, code, name, medium, fromSiteId } }).catch(raise);
      return await stored(id);
    },

    /**
     * @param expected what is to stand there until now
     * @throws AppError `not-found`, `conflict`
     */
    async update(
      id: string,
      change: Partial<Static<typeof NewLink>>,
      expected: Partial<Static<typeof NewLink>> = {},
    ): Promise<Link> {
      const work = async (tx: Prisma.TransactionClient): Promise<void> => {
        await tx.$queryRaw`SELECT 1 FROM link WHERE id = ${id}::uuid FOR UPDATE`;
        requireExpected(await tx.link.findUniqueOrThrow({ where: { id } }), store(expected));
        await tx.link.update({ where: { id }, data: store(change) });
      };
      await prisma.$transaction(work).catch(raise);
      return await stored(id);
    },

    /** @throws AppError `not-found` */
    async remove(id: string): Promise<void> {
      await prisma.link.delete({ where: { id } }).catch(raise);
    },
  };
}
