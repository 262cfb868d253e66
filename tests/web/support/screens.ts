import type { Role } from '../../../core/contract/contract.ts';
import { WALL_SCENES } from '../../../core/domain/wall.ts';
import type { createSiteRouter } from '../../../web/router.ts';
import type { Look, StoreFacts } from './store-facts.ts';

/** Every path of the router: a screen that has no sample below does not compile, and is named by the test beside. */
export type RoutePath = keyof ReturnType<typeof createSiteRouter>['routesByPath'];

export type Screen = {
  /** Of a file: kebab-case, once among all screens. */
  readonly name: string;
  /** Who opens it; null: nobody is signed in. */
  readonly as: Role | null;
  /** Path with its search and hash, or a whole address where it is not the web's. */
  readonly at: (facts: StoreFacts, look: Look) => string | Promise<string>;
};

const screen = (name: string, as: Role | null, at: string | Screen['at']): Screen => ({
  name,
  as,
  at: typeof at === 'string' ? () => at : at,
});

/** Samples of each path of the web, with the role whose daily screen it is. */
export const SCREENS: Readonly<Record<RoutePath, readonly Screen[]>> = {
  '/': [screen('now', 'engineer', '/')],
  '/now': [screen('now', 'viewer', '/now')],
  '/agency': [screen('agency', 'agency', '/agency')],
  '/map': [
    screen('map', 'engineer', '/map'),
    screen('map-availability', 'planner', '/map?measure=availability'),
    screen('map-village', 'engineer', ({ village }) => `/map?village=${village}`),
  ],
  '/regencies': [screen('regencies', 'engineer', '/regencies')],
  '/villages': [screen('villages', 'engineer', '/villages?all=true')],
  '/villages/$code': [screen('village', 'engineer', ({ village }) => `/villages/${village}`)],
  '/coverage': [
    screen('coverage', 'planner', '/coverage'),
    screen('coverage-districts', 'planner', '/coverage?level=district'),
  ],
  '/coverage/villages': [screen('coverage-villages', 'planner', '/coverage/villages')],
  '/coverage/gaps': [screen('coverage-gaps', 'planner', '/coverage/gaps')],
  '/coverage/programme/$code': [screen('programme', 'planner', ({ village }) => `/coverage/programme/${village}`)],
  '/outages': [
    screen('incidents', 'engineer', '/outages?status=all'),
    screen('outages', 'engineer', '/outages?by=device&status=all'),
    screen('agency-incidents', 'agency', '/outages?status=all'),
  ],
  '/incidents/$incidentId': [screen('incident', 'engineer', ({ incident }) => `/incidents/${incident}`)],
  '/devices': [screen('devices', 'engineer', '/devices'), screen('agency-devices', 'agency', '/devices')],
  '/devices/$deviceId': [
    screen('device', 'engineer', ({ router }) => `/devices/${router}`),
    screen('device-hotspot', 'engineer', ({ accessPoint }) => `/devices/${accessPoint}?range=7d`),
  ],
  '/sites': [screen('sites', 'engineer', '/sites')],
  '/sites/$siteId': [screen('site', 'engineer', ({ villageSite }) => `/sites/${villageSite}`)],
  '/sites/new': [screen('site-new', 'engineer', '/sites/new')],
  '/sites/$siteId/edit': [screen('site-edit', 'engineer', ({ villageSite }) => `/sites/${villageSite}/edit`)],
  '/devices/new': [screen('device-new', 'engineer', ({ villageSite }) => `/devices/new?site=${villageSite}`)],
  '/devices/$deviceId/edit': [screen('device-edit', 'engineer', ({ router }) => `/devices/${router}/edit`)],
  '/links': [screen('links', 'engineer', '/links'), screen('link', 'engineer', ({ link }) => `/links?link=${link}`)],
  '/links/new': [screen('link-new', 'engineer', ({ villageSite }) => `/links/new?site=${villageSite}`)],
  '/links/$linkId/edit': [screen('link-edit', 'engineer', ({ link }) => `/links/${link}/edit`)],
  '/links/$linkId/terms': [screen('link-terms', 'engineer', ({ link }) => `/links/${link}/terms`)],
  '/credentials': [
    screen('credentials', 'engineer', '/credentials'),
    screen('credential-new', 'admin', '/credentials?edit=new'),
  ],
  '/import': [screen('import', 'engineer', '/import')],
  '/statements': [screen('statements', 'planner', '/statements')],
  '/exclusions': [screen('exclusions', 'engineer', '/exclusions')],
  '/maintenance': [screen('maintenance', 'engineer', '/maintenance')],
  '/maintenance/new': [
    screen('maintenance-new', 'engineer', ({ villageSite }) => `/maintenance/new?site=${villageSite}`),
  ],
  '/portal': [screen('portal', 'admin', '/portal')],
  '/portal/sessions': [screen('portal-sessions', 'admin', '/portal/sessions')],
  '/portal/sites': [screen('portal-sites', 'admin', '/portal/sites')],
  '/portal/sites/$siteId': [
    screen('portal-site', 'admin', ({ portalSite }) => `/portal/sites/${portalSite}`),
    screen('portal-site', 'officer', ({ portalSite }) => `/portal/sites/${portalSite}`),
  ],
  '/portal/gateways': [
    screen('portal-gateways', 'admin', '/portal/gateways'),
    screen('portal-gateway', 'admin', ({ gateway }) => `/portal/gateways?edit=${gateway.id}`),
  ],
  '/portal/plans': [
    screen('portal-plans', 'admin', '/portal/plans'),
    screen('portal-plan-new', 'admin', '/portal/plans?edit=new'),
  ],
  '/portal/vouchers': [
    screen('portal-vouchers', 'admin', '/portal/vouchers'),
    screen('portal-voucher-new', 'admin', '/portal/vouchers?edit=new'),
  ],
  '/portal/terms': [
    screen('portal-terms', 'admin', '/portal/terms'),
    screen('portal-terms-new', 'admin', '/portal/terms?edit=new'),
  ],
  '/portal/requests': [screen('portal-requests', 'admin', '/portal/requests')],
  '/topology': [
    screen('topology', 'engineer', '/topology'),
    screen('topology-rings', 'engineer', '/topology?mode=rings'),
    screen('topology-list', 'engineer', '/topology?mode=list'),
  ],
  '/settings': [
    screen('settings-channels', 'admin', '/settings'),
    screen('settings-recipients', 'admin', '/settings?tab=recipients'),
    screen('settings-duty', 'admin', '/settings?tab=duty'),
    screen('settings-policies', 'admin', '/settings?tab=policies'),
    screen('settings-reports', 'admin', '/settings?tab=reports'),
  ],
  '/system': [screen('system', 'admin', '/system')],
  '/system/experience': [screen('experience', 'admin', '/system/experience')],
  '/audit': [screen('audit', 'admin', '/audit')],
  '/accounts': [screen('accounts', 'admin', '/accounts'), screen('account-new', 'admin', '/accounts?edit=new')],
  '/walls': [screen('walls', 'admin', '/walls')],
  '/wall/$token': WALL_SCENES.map((scene) => screen(`wall-${scene}`, null, (facts, look) => facts.wall(scene, look))),
  '/ringkas': [screen('ringkas', 'viewer', '/ringkas')],
  '/security': [screen('security', 'viewer', '/security')],
  '/sign-in': [screen('sign-in', null, '/sign-in')],
  '/new-password': [screen('new-password', null, ({ passwordLink }) => passwordLink)],
};

/** A page that the server makes in the language it is asked for. */
const page = (
  name: string,
  as: Role | null,
  path: string | ((facts: StoreFacts) => string | Promise<string>),
): Screen =>
  screen(name, as, async (facts, { language }) => {
    const at = typeof path === 'string' ? path : await path(facts);
    return `${at}${at.includes('?') ? '&' : '?'}l=${language}`;
  });

/** Pages that the server makes, each under a policy of its own. */
export const PAGES: readonly Screen[] = [
  page('desa-villages', 'officer', '/desa'),
  page('desa', 'officer', ({ village }) => `/desa/${village}`),
  page('desa-announcement', 'officer', ({ village }) => `/desa/${village}/pengumuman`),
  page('desa-sign-in', null, '/desa/masuk'),
  page('desa-offline', null, '/desa/putus'),
  page('questions', null, (facts) => facts.questions()),
  page('questions-lamp', null, async (facts) => `${await facts.questions()}?s=lamp`),
  page('questions-photo', null, async (facts) => `${await facts.questions()}?s=photo`),
  screen(
    'citizen-preview',
    'admin',
    ({ portalSite }, { language }) => `/api/v1/portal/sites/${portalSite}/preview?language=${language}`,
  ),
];

const ofPortal = ({ portalUrl }: StoreFacts, path: string): string => {
  if (portalUrl === null) throw new Error('no portal runs');
  return portalUrl + path;
};

/** Pages of the captive portal itself, where one runs. */
export const CITIZEN_PAGES: readonly Screen[] = [
  screen('citizen-landing', null, (facts) => ofPortal(facts, '/')),
  screen('citizen-login', null, (facts) =>
    ofPortal(facts, `/g/${facts.gateway.ref}?mac=d2:00:00:00:00:01&ip=10.5.50.251`),
  ),
  screen('citizen-my-data', null, (facts) => ofPortal(facts, '/data-saya')),
];
