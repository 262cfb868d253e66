import { Value } from 'typebox/value';
import { type PortalSite, type PortalSiteChange, PortalSiteFields } from '../../../contract/portal/site.ts';
import { AppError, type Fault } from '../../../domain/errors.ts';
import type { PortalKinds } from '../../../domain/portal/kinds.ts';
import { logoFault } from '../../../domain/portal/logo-svg.ts';
import type { RegionCode } from '../../../domain/region.ts';
import { Conditions, millis, type Page, type PageAsked, paged } from '../query.ts';
import type { Sql } from '../sql.ts';

export type PortalSiteFilter = PageAsked & {
  readonly region?: RegionCode | '' | undefined;
  /** Part of the site's name or code. */
  readonly q?: string | undefined;
  /** Also sites that have no gateway and no setting of their own. */
  readonly all?: boolean | undefined;
};

type Row = Omit<PortalSite, 'updatedAt'> & { updatedAt: Date };
const shape = (row: Row): PortalSite => ({ ...row, updatedAt: millis(row.updatedAt) });

/** What holds where nobody has set anything: click-through. */
const DEFAULT_METHODS = `'[{"kind": "terms", "planId": null, "settings": {}}]'::jsonb`;
const FROM = 'site s LEFT JOIN portal_sites p ON p.site_id = s.id';
const COLUMNS = `s.id AS "siteId", s.name AS "siteName", s.region_code AS "regionCode", p.plan_id AS "planId",
  coalesce(p.methods, ${DEFAULT_METHODS}) AS methods, coalesce(p.announcement, '') AS announcement,
  coalesce(p.survey_question, '') AS "surveyQuestion", coalesce(p.logo_svg, '') AS "logoSvg",
  coalesce(p.family_dns, '') AS "familyDns", coalesce(p.fallback, 'trial') AS fallback, coalesce(p.news, false) AS news,
  coalesce(p.enabled, true) AS enabled, coalesce(p.updated_at, '1970-01-01Z') AS "updatedAt"`;

/**
 * What the portal shows and allows at each site; a site that nobody has set up offers click-through without limits.
 * @param methods null: any way in and any settings are taken
 */
export function portalSites(sql: Sql, methods: PortalKinds | null) {
  async function one(siteId: string, within: Sql = sql): Promise<PortalSite | null> {
    const rows = await within.query<Row>(`SELECT ${COLUMNS} FROM ${FROM} WHERE s.id = $1`, [siteId]);
    return rows[0] === undefined ? null : shape(rows[0]);
  }

  return {
    /** With defaults where it was never set up (`updatedAt` 0 then); null = there is no such site. */
    get: (siteId: string): Promise<PortalSite | null> => one(siteId),

    /** Sites that were set up or have a gateway. */
    list(filter: PortalSiteFilter): Promise<Page<PortalSite>> {
      const conditions = new Conditions()
        .within('s.region_code', filter.region)
        .contains(['s.name', 's.code'], filter.q)
        .and("s.status <> 'retired'");
      if (filter.all !== true)
        conditions.and('p.site_id IS NOT NULL OR EXISTS (SELECT 1 FROM portal_gateways g WHERE g.site_id = s.id)');
      return paged(sql, { columns: COLUMNS, from: FROM, conditions, orderBy: 's.name, s.id', asked: filter, shape });
    },

    /** @throws AppError `not-found`, `conflict` for a plan that does not exist, `bad-input` with the fields at fault */
    async update(siteId: string, change: PortalSiteChange, at: number): Promise<PortalSite> {
      return await sql.transaction(async (tx) => {
        await tx.query('SELECT 1 FROM site WHERE id = $1 FOR UPDATE', [siteId]);
        const before = await one(siteId, tx);
        if (before === null) throw new AppError('not-found', 'there is no such site');
        const next = { ...before, ...change };
        const faults = faultsOf(change, methods);
        if (faults.length > 0) throw new AppError('bad-input', 'the portal of this site cannot be so', { faults });
        await tx.run(
          `INSERT INTO portal_sites (site_id, plan_id, methods, announcement, survey_question, logo_svg, family_dns,
             fallback, news, enabled, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
           ON CONFLICT (site_id) DO UPDATE SET plan_id = excluded.plan_id, methods = excluded.methods,
             announcement = excluded.announcement, survey_question = excluded.survey_question,
             logo_svg = excluded.logo_svg, family_dns = excluded.family_dns, fallback = excluded.fallback,
             news = excluded.news, enabled = excluded.enabled, updated_at = excluded.updated_at`,
          [
            siteId,
            next.planId,
            JSON.stringify(next.methods),
            next.announcement.trim(),
            next.surveyQuestion.trim(),
            next.logoSvg.trim(),
            next.familyDns.trim(),
            next.fallback,
            next.news,
            next.enabled,
            new Date(at),
          ],
        );
        const after = await one(siteId, tx);
        if (after === null) throw new Error('a site that was just stored is gone');
        return after;
      });
    },
  };
}

function faultsOf(change: PortalSiteChange, methods: PortalKinds | null): Fault[] {
  const faults: Fault[] = [];
  const logo = change.logoSvg === undefined ? null : logoFault(change.logoSvg.trim());
  if (logo !== null) faults.push({ field: '/logoSvg', reason: logo });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: plain text is what has none of them but the line break
  const control = /[\u0000-\u0009\u000b-\u001f\u007f]/;
  for (const field of ['announcement', 'surveyQuestion', 'familyDns'] as const) {
    const text = change[field];
    if (text !== undefined && control.test(text)) faults.push({ field: `/${field}`, reason: 'it is no plain text' });
  }
  if (change.methods === undefined) return faults;
  if (!Value.Check(PortalSiteFields.properties.methods, change.methods))
    return [...faults, { field: '/methods', reason: 'at most 6 ways in, each with kind, planId and settings' }];
  change.methods.forEach(({ kind, settings }, index) => {
    const field = `/methods/${index}`;
    if (change.methods?.some((other, place) => place < index && other.kind === kind))
      faults.push({ field, reason: `${kind} stands there twice` });
    const known = methods?.get(kind);
    if (methods !== null && known === undefined) faults.push({ field, reason: `there is no way in called ${kind}` });
    if (known === undefined) return;
    if (!Value.Check(known.settings, settings))
      faults.push({ field: `${field}/settings`, reason: `these do not fit ${kind}` });
    const fault = known.check?.(settings) ?? null;
    if (fault !== null) faults.push({ field: `${field}/settings/${fault.field}`, reason: fault.reason });
  });
  return faults;
}
