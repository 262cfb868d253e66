import type { Link } from '../../contract/links.ts';
import type { Party } from '../../contract/statements.ts';
import { type Grant, isAgencyGrant, NO_REGION, type Place } from '../../domain/grant.ts';
import type { RegionCode } from '../../domain/region.ts';
import { Conditions, millisOrNull } from './query.ts';
import type { Sql } from './sql.ts';

/** A link as its contract names it, with where its ends stand. */
export type ContractedLink = Omit<Link, 'state' | 'since'> & {
  readonly fromRegion: RegionCode;
  readonly toRegion: RegionCode | null;
};

/** Where it stands: at both of its ends. */
export const endsOf = ({ fromRegion, fromSiteId, toRegion, toSiteId }: ContractedLink): readonly Place[] => [
  { regionCode: fromRegion, siteId: fromSiteId },
  ...(toRegion === null ? [] : [{ regionCode: toRegion, siteId: toSiteId }]),
];

const COLUMNS = `l.id, l.code, l.name, l.medium, l.from_site_id AS "fromSiteId", l.to_site_id AS "toSiteId",
  l.device_id AS "deviceId", l.if_index AS "ifIndex", l.provider, l.contract_mbps AS "contractMbps",
  l.sla_percent AS "slaPercent", l.contract_from::timestamp AT TIME ZONE 'UTC' AS "contractFrom",
  l.contract_to::timestamp AT TIME ZONE 'UTC' AS "contractTo", f.name AS "fromSiteName", t.name AS "toSiteName",
  f.region_code AS "fromRegion", t.region_code AS "toRegion"`;
const FROM = 'link l JOIN site f ON f.id = l.from_site_id LEFT JOIN site t ON t.id = l.to_site_id';

type Row = Omit<ContractedLink, 'contractFrom' | 'contractTo'> & { contractFrom: Date | null; contractTo: Date | null };
const shape = (row: Row): ContractedLink => ({
  ...row,
  contractFrom: millisOrNull(row.contractFrom),
  contractTo: millisOrNull(row.contractTo),
});

export type ContractedLinks = ReturnType<typeof contractedLinks>;

export function contractedLinks(sql: Sql) {
  const select = async (conditions: Conditions): Promise<readonly ContractedLink[]> =>
    (await sql.query<Row>(`SELECT ${COLUMNS} FROM ${FROM} ${conditions.where} ORDER BY l.code`, conditions.values)).map(
      shape,
    );

  return {
    async get(id: string): Promise<ContractedLink | null> {
      return (await select(new Conditions().equals('l.id', id)))[0] ?? null;
    },

    /** Of a provider; a link belongs to the region that it comes from. */
    ofProvider: (provider: string, region: RegionCode | '') =>
      select(new Conditions().equals('l.provider', provider).within('f.region_code', region)),

    /** With either end at a site. */
    ofSite(siteId: string): Promise<readonly ContractedLink[]> {
      const conditions = new Conditions();
      const site = conditions.value(siteId);
      return select(conditions.and(`l.from_site_id = ${site} OR l.to_site_id = ${site}`));
    },

    /** Providers with links from a region, and agencies in it that have links; by name. */
    async parties(grant: Grant): Promise<readonly { readonly party: Party; readonly links: number }[]> {
      const region = isAgencyGrant(grant) ? NO_REGION : grant;
      const ofProviders = new Conditions().within('f.region_code', region).and('l.provider IS NOT NULL');
      const providers = await sql.query<{ provider: string; links: number }>(
        `SELECT l.provider, count(*)::int AS links FROM ${FROM} ${ofProviders.where} GROUP BY l.provider ORDER BY l.provider`,
        ofProviders.values,
      );
      const ofAgencies = new Conditions().and("s.kind = 'agency' AND s.status <> 'planned'");
      if (isAgencyGrant(grant)) ofAgencies.equals('s.id', grant.agencySiteId);
      else ofAgencies.within('s.region_code', region);
      const agencies = await sql.query<{ siteId: string; name: string; links: number }>(
        `SELECT s.id AS "siteId", s.name, count(*)::int AS links
         FROM site s JOIN link l ON l.from_site_id = s.id OR l.to_site_id = s.id ${ofAgencies.where}
         GROUP BY s.id, s.name, s.code ORDER BY s.name, s.code`,
        ofAgencies.values,
      );
      return [
        ...providers.map(({ provider, links }) => ({ party: { kind: 'provider' as const, provider }, links })),
        ...agencies.map(({ siteId, name, links }) => ({ party: { kind: 'agency' as const, siteId, name }, links })),
      ];
    },
  };
}
