import type { PortalSiteChange } from '../core/contract/portal/site.ts';
import { AppError } from '../core/domain/errors.ts';
import { minuteOfDay } from '../core/domain/portal/day.ts';
import { closesAtOf } from '../core/domain/portal/decide.ts';
import { logoFault } from '../core/domain/portal/logo-svg.ts';
import { zoneOf } from '../core/domain/zone.ts';
import { placeName } from './flow/context.ts';
import type { Gateway } from './gateway.ts';
import { loginPage, refusalNotice } from './pages/login-page.ts';
import type { Language } from './pages/words.ts';
import type { PortalParts } from './parts.ts';

type Parts = Pick<PortalParts, 'inventory' | 'methods' | 'clock'> & {
  readonly config: Pick<PortalParts['config'], 'helpPhone'>;
};

/** Stands for the gateway that nobody arrived at: forms are drawn for it and lead nowhere. */
const gatewayOf = (siteId: string): Gateway => ({
  id: '00000000-0000-0000-0000-000000000000',
  ref: 'pratinjau',
  siteId,
  name: '',
  family: '',
  settings: {},
  lanAddress: null,
  nasIdentifier: null,
});

/**
 * The login page of a site for whoever sets it up, with changes that are not kept yet. Its forms carry no state: nobody
 * gets in by it.
 */
export const portalPreview =
  ({ inventory, methods, clock, config }: Parts) =>
  /** @throws AppError `not-found`, `bad-input` */
  async (siteId: string, language: Language, draft: PortalSiteChange = {}): Promise<string> => {
    const now = clock();
    const [stored, site] = await Promise.all([inventory.portal.sites.get(siteId), inventory.sites.get(siteId)]);
    if (stored === null || site === null) throw new AppError('not-found', 'there is no such site');
    const fault = draft.logoSvg === undefined ? null : logoFault(draft.logoSvg.trim());
    if (fault !== null)
      throw new AppError('bad-input', 'the logo cannot be shown', { faults: [{ field: '/logoSvg', reason: fault }] });
    const portal = { ...stored, ...draft };
    const [terms, plans, province] = await Promise.all([
      inventory.portal.terms.current(now),
      inventory.portal.plans.list(),
      inventory.regions.get(site.regionCode.slice(0, 2)),
    ]);
    const zone = zoneOf(site.regionCode);
    const planOf = (id: string | null) => plans.find((plan) => plan.id === id) ?? null;
    const gateway = gatewayOf(siteId);
    const form = new URLSearchParams();
    const ways = portal.methods.flatMap(({ kind, planId, settings }) => {
      const method = methods.get(kind);
      if (method === undefined) return [];
      const plan = planOf(planId ?? portal.planId);
      const entering = { site: portal, plan, gateway, settings, macHash: '', language, step: null };
      return [
        {
          id: kind,
          title: method.title[language],
          plan,
          form: method.form(entering, { refused: null, notice: null, form }),
        },
      ];
    });
    const first = ways[0]?.plan ?? null;
    const closesAt = first === null ? null : closesAtOf(first, now, zone);
    return loginPage({
      language,
      ...placeName({ portal, site, province: province?.name ?? null }, language),
      site: portal,
      termsText: language === 'en' ? terms.textEn : terms.textId,
      ways,
      openWay: null,
      state: '',
      action: '#',
      notice: ways.length === 0 || !portal.enabled ? refusalNotice(language, 'portal-off') : null,
      closesAt: closesAt !== null && Number.isFinite(closesAt) ? minuteOfDay(closesAt, zone) : null,
      form,
      foot: {
        province: province?.name ?? null,
        helpPhone: config.helpPhone,
        otherLanguage: null,
        myDataUrl: '#',
      },
    }).markup;
  };
