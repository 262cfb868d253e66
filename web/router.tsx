import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router';
import { AUDIT_OUTCOMES } from '../core/domain/audit.ts';
import { COVERAGE_FILTERS, VILLAGE_KINDS } from '../core/domain/coverage.ts';
import { CAUSES } from '../core/domain/incident.ts';
import { DEVICE_SORTS, INCIDENT_SORTS, LINK_SORTS, SITE_SORTS, VILLAGE_SORTS } from '../core/domain/list-sorts.ts';
import { MEDIA } from '../core/domain/medium.ts';
import { isRegionCode, REGION_LEVELS } from '../core/domain/region.ts';
import { RUM_CONNECTIONS } from '../core/domain/rum.ts';
import { SITE_LIST_KINDS } from '../core/domain/site.ts';
import { STATES, VILLAGE_STATES } from '../core/domain/state.ts';
import { MONTH_PATTERN } from '../core/domain/zone.ts';
import { NotFound } from './components/Screen.tsx';
import { Crash } from './frame/CrashBoundary.tsx';
import { Frame } from './frame/Frame.tsx';
import { MEASURE_IDS } from './map/measure-ids.ts';
import { GAP_SORTS, PLAN_MEASURES, PLAN_SORTS } from './pages/coverage/search.ts';
import { HomePage } from './pages/now/HomePage.tsx';
import { SignInPage } from './pages/sign-in/SignInPage.tsx';
import { Reloading } from './pages/wall/Reloading.tsx';
import {
  EXCLUSION_SCOPES,
  flagOf,
  intOf,
  MAX_MOMENT,
  oneOf,
  parseSearch,
  REGENCY_SORTS,
  sortOf,
  stringifySearch,
  textOf,
} from './search-params.ts';
import { RANGE_IDS } from './span.ts';

type Search = Record<string, unknown>;
const MONTH = new RegExp(MONTH_PATTERN);

const rootRoute = createRootRoute({
  component: Frame,
  notFoundComponent: NotFoundPage,
  errorComponent: Crash,
  /** The scope goes with the reader from screen to screen. */
  validateSearch: (search: Search) => textOf('region', search, isRegionCode),
  search: { middlewares: [retainSearchParams(['region'])] },
});

const mapSearch = (search: Search) => ({
  ...oneOf('measure', search, MEASURE_IDS),
  ...textOf('village', search, isRegionCode),
  ...textOf('site', search),
});

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  /** Of the map, which stood here once. */
  validateSearch: mapSearch,
  component: HomePage,
});

const nowRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/now',
  component: lazyRouteComponent(() => import('./pages/now/NowPage.tsx'), 'NowPage'),
});

const agencyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/agency',
  component: lazyRouteComponent(() => import('./pages/agency/AgencyPage.tsx'), 'AgencyPage'),
});

const mapRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/map',
  validateSearch: mapSearch,
  component: lazyRouteComponent(() => import('./pages/map/MapPage.tsx'), 'MapPage'),
});

const regenciesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/regencies',
  validateSearch: (search: Search) => ({
    ...sortOf(search, REGENCY_SORTS),
  }),
  component: lazyRouteComponent(() => import('./pages/regencies/RegenciesPage.tsx'), 'RegenciesPage'),
});

const villagesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/villages',
  validateSearch: (search: Search) => ({
    ...oneOf('state', search, VILLAGE_STATES),
    ...flagOf('all', search),
    ...sortOf(search, VILLAGE_SORTS),
    ...textOf('q', search),
    ...intOf('page', search),
  }),
  component: lazyRouteComponent(() => import('./pages/villages/VillagesPage.tsx'), 'VillagesPage'),
});

const villageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/villages/$code',
  component: lazyRouteComponent(() => import('./pages/village/VillagePage.tsx'), 'VillagePage'),
});

const coverageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/coverage',
  validateSearch: (search: Search) => ({
    ...oneOf('of', search, VILLAGE_KINDS),
    ...oneOf('level', search, REGION_LEVELS),
    ...textOf('month', search, (text) => MONTH.test(text)),
    ...sortOf(search, PLAN_SORTS),
    ...oneOf('measure', search, PLAN_MEASURES),
    ...textOf('pick', search, isRegionCode),
  }),
  component: lazyRouteComponent(() => import('./pages/coverage/CoveragePage.tsx'), 'CoveragePage'),
});

const coverageVillagesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/coverage/villages',
  validateSearch: (search: Search) => ({
    ...oneOf('of', search, VILLAGE_KINDS),
    ...oneOf('is', search, COVERAGE_FILTERS),
    ...textOf('month', search, (text) => MONTH.test(text)),
    ...textOf('q', search),
    ...intOf('page', search),
  }),
  component: lazyRouteComponent(() => import('./pages/coverage/VillagesPage.tsx'), 'VillagesPage'),
});

const coverageGapsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/coverage/gaps',
  validateSearch: (search: Search) => ({
    ...oneOf('of', search, VILLAGE_KINDS),
    ...oneOf('sort', search, GAP_SORTS),
    ...intOf('page', search),
  }),
  component: lazyRouteComponent(() => import('./pages/coverage/GapsPage.tsx'), 'GapsPage'),
});

const programmeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/coverage/programme/$code',
  component: lazyRouteComponent(() => import('./pages/coverage/ProgrammePage.tsx'), 'ProgrammePage'),
});

const outagesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/outages',
  validateSearch: (search: Search) => ({
    ...oneOf('by', search, ['device'] as const),
    ...oneOf('status', search, ['open', 'closed', 'all'] as const),
    ...oneOf('cause', search, CAUSES),
    ...oneOf('handling', search, ['waiting', 'taken', 'mine'] as const),
    ...oneOf('range', search, RANGE_IDS),
    ...sortOf(search, INCIDENT_SORTS),
    ...textOf('q', search),
    ...intOf('page', search),
  }),
  component: lazyRouteComponent(() => import('./pages/outages/OutagesPage.tsx'), 'OutagesPage'),
});

const incidentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/incidents/$incidentId',
  component: lazyRouteComponent(() => import('./pages/incident/IncidentPage.tsx'), 'IncidentPage'),
});

const devicesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/devices',
  validateSearch: (search: Search) => ({
    ...oneOf('state', search, STATES),
    ...textOf('kind', search),
    ...sortOf(search, DEVICE_SORTS),
    ...textOf('q', search),
    ...intOf('page', search),
  }),
  component: lazyRouteComponent(() => import('./pages/devices/DevicesPage.tsx'), 'DevicesPage'),
});

const deviceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/devices/$deviceId',
  validateSearch: (search: Search) => ({
    ...oneOf('range', search, RANGE_IDS),
    ...intOf('from', search, MAX_MOMENT),
    ...intOf('to', search, MAX_MOMENT),
    ...oneOf('compare', search, ['day', 'week'] as const),
    ...textOf('with', search),
    ...textOf('port', search),
    ...textOf('poll', search),
  }),
  component: lazyRouteComponent(() => import('./pages/device/DevicePage.tsx'), 'DevicePage'),
});

const sitesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sites',
  validateSearch: (search: Search) => ({
    ...oneOf('state', search, STATES),
    ...oneOf('kind', search, SITE_LIST_KINDS),
    ...flagOf('planned', search),
    ...sortOf(search, SITE_SORTS),
    ...textOf('q', search),
    ...intOf('page', search),
  }),
  component: lazyRouteComponent(() => import('./pages/sites/SitesPage.tsx'), 'SitesPage'),
});

const siteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sites/$siteId',
  component: lazyRouteComponent(() => import('./pages/site/SitePage.tsx'), 'SitePage'),
});

const siteOf = (search: Search) => textOf('site', search);

const newSiteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sites/new',
  component: lazyRouteComponent(() => import('./pages/editing/SiteFormPage.tsx'), 'SiteFormPage'),
});

const editSiteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sites/$siteId/edit',
  component: lazyRouteComponent(() => import('./pages/editing/SiteFormPage.tsx'), 'SiteFormPage'),
});

const newDeviceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/devices/new',
  validateSearch: siteOf,
  component: lazyRouteComponent(() => import('./pages/editing/DeviceFormPage.tsx'), 'DeviceFormPage'),
});

const editDeviceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/devices/$deviceId/edit',
  component: lazyRouteComponent(() => import('./pages/editing/DeviceFormPage.tsx'), 'DeviceFormPage'),
});

const linksRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/links',
  validateSearch: (search: Search) => ({
    ...oneOf('state', search, STATES),
    ...oneOf('medium', search, MEDIA),
    ...textOf('agency', search),
    ...sortOf(search, LINK_SORTS),
    ...textOf('q', search),
    ...intOf('page', search),
    /** The one that is open. */
    ...textOf('link', search),
  }),
  component: lazyRouteComponent(() => import('./pages/links/LinksPage.tsx'), 'LinksPage'),
});

const newLinkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/links/new',
  validateSearch: siteOf,
  component: lazyRouteComponent(() => import('./pages/editing/LinkFormPage.tsx'), 'LinkFormPage'),
});

const editLinkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/links/$linkId/edit',
  component: lazyRouteComponent(() => import('./pages/editing/LinkFormPage.tsx'), 'LinkFormPage'),
});

const credentialsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/credentials',
  validateSearch: (search: Search) => textOf('edit', search),
  component: lazyRouteComponent(() => import('./pages/editing/CredentialsPage.tsx'), 'CredentialsPage'),
});

const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/import',
  component: lazyRouteComponent(() => import('./pages/editing/ImportPage.tsx'), 'ImportPage'),
});

const statementsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/statements',
  validateSearch: (search: Search) => ({
    ...textOf('month', search, (text) => MONTH.test(text)),
    ...textOf('provider', search),
    ...textOf('agency', search),
  }),
  component: lazyRouteComponent(() => import('./pages/statements/StatementsPage.tsx'), 'StatementsPage'),
});

const exclusionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/exclusions',
  validateSearch: (search: Search) => ({
    ...flagOf('revoked', search),
    ...intOf('page', search),
    /** What a new one is filled with. */
    ...oneOf('of', search, EXCLUSION_SCOPES),
    ...textOf('id', search),
    ...textOf('name', search),
    ...intOf('from', search, MAX_MOMENT),
    ...intOf('to', search, MAX_MOMENT),
  }),
  component: lazyRouteComponent(() => import('./pages/statements/ExclusionsPage.tsx'), 'ExclusionsPage'),
});

const linkTermsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/links/$linkId/terms',
  component: lazyRouteComponent(() => import('./pages/statements/LinkTermsPage.tsx'), 'LinkTermsPage'),
});

const maintenanceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/maintenance',
  validateSearch: (search: Search) => ({ ...oneOf('which', search, ['past'] as const), ...intOf('page', search) }),
  component: lazyRouteComponent(() => import('./pages/maintenance/MaintenancePage.tsx'), 'MaintenancePage'),
});

const newMaintenanceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/maintenance/new',
  validateSearch: (search: Search) => ({
    ...textOf('change', search),
    ...textOf('device', search),
    ...textOf('site', search),
  }),
  component: lazyRouteComponent(() => import('./pages/maintenance/NewMaintenancePage.tsx'), 'NewMaintenancePage'),
});

const portalRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal',
  validateSearch: (search: Search) => oneOf('days', search, ['7', '30'] as const),
  component: lazyRouteComponent(() => import('./pages/portal/OverviewPage.tsx'), 'OverviewPage'),
});

const portalSessionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal/sessions',
  validateSearch: (search: Search) => ({
    ...textOf('site', search),
    ...flagOf('ended', search),
    ...intOf('page', search),
  }),
  component: lazyRouteComponent(() => import('./pages/portal/SessionsPage.tsx'), 'SessionsPage'),
});

const portalSitesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal/sites',
  validateSearch: (search: Search) => ({ ...textOf('q', search), ...intOf('page', search) }),
  component: lazyRouteComponent(() => import('./pages/portal/SitesPage.tsx'), 'SitesPage'),
});

const portalSiteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal/sites/$siteId',
  component: lazyRouteComponent(() => import('./pages/portal/SitePage.tsx'), 'SitePage'),
});

const listWithEdit = (search: Search) => ({
  ...textOf('q', search),
  ...intOf('page', search),
  ...textOf('edit', search),
});

const portalGatewaysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal/gateways',
  validateSearch: listWithEdit,
  component: lazyRouteComponent(() => import('./pages/portal/GatewaysPage.tsx'), 'GatewaysPage'),
});

const portalPlansRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal/plans',
  validateSearch: (search: Search) => textOf('edit', search),
  component: lazyRouteComponent(() => import('./pages/portal/PlansPage.tsx'), 'PlansPage'),
});

const portalVouchersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal/vouchers',
  validateSearch: listWithEdit,
  component: lazyRouteComponent(() => import('./pages/portal/VouchersPage.tsx'), 'VouchersPage'),
});

const portalTermsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal/terms',
  validateSearch: (search: Search) => textOf('edit', search),
  component: lazyRouteComponent(() => import('./pages/portal/TermsPage.tsx'), 'TermsPage'),
});

const portalRequestsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal/requests',
  validateSearch: (search: Search) => ({
    ...flagOf('done', search),
    ...intOf('page', search),
    ...textOf('edit', search),
  }),
  component: lazyRouteComponent(() => import('./pages/portal/RequestsPage.tsx'), 'RequestsPage'),
});

const topologyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/topology',
  validateSearch: (search: Search) => ({
    ...oneOf('mode', search, ['map', 'rings', 'list'] as const),
    ...oneOf('load', search, ['peak'] as const),
    ...textOf('node', search),
    ...textOf('link', search),
    ...flagOf('all', search),
  }),
  component: lazyRouteComponent(() => import('./pages/topology/TopologyPage.tsx'), 'TopologyPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  validateSearch: (search: Search) => ({
    ...oneOf('tab', search, ['recipients', 'duty', 'policies', 'reports'] as const),
    ...textOf('edit', search),
  }),
  component: lazyRouteComponent(() => import('./pages/settings/SettingsPage.tsx'), 'SettingsPage'),
});

const systemRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/system',
  component: lazyRouteComponent(() => import('./pages/system/SystemPage.tsx'), 'SystemPage'),
});

const experienceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/system/experience',
  validateSearch: (search: Search) => ({
    ...oneOf('days', search, ['1', '30', '90'] as const),
    ...oneOf('connection', search, RUM_CONNECTIONS),
    ...textOf('route', search, (text) => text.length <= 80),
  }),
  component: lazyRouteComponent(() => import('./pages/experience/ExperiencePage.tsx'), 'ExperiencePage'),
});

const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/audit',
  validateSearch: (search: Search) => ({
    ...textOf('q', search),
    ...oneOf('range', search, RANGE_IDS),
    ...oneOf('outcome', search, AUDIT_OUTCOMES),
    ...textOf('actor', search),
    ...textOf('who', search),
    ...textOf('target', search),
    ...textOf('name', search),
    ...textOf('open', search, (text) => /^\d{1,15}$/.test(text)),
  }),
  component: lazyRouteComponent(() => import('./pages/audit/AuditPage.tsx'), 'AuditPage'),
});

const accountsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts',
  validateSearch: (search: Search) => ({ ...textOf('q', search), ...textOf('edit', search) }),
  component: lazyRouteComponent(() => import('./pages/accounts/AccountsPage.tsx'), 'AccountsPage'),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  /** Where the reader was going; only a place of this site. */
  validateSearch: (search: Search) => ({
    ...textOf('to', search, (to) => /^\/(?!\/|\\)/.test(to)),
    /** Why somebody came back from the identity provider. */
    ...textOf('wrong', search),
  }),
  component: SignInPage,
});

const newPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/new-password',
  component: lazyRouteComponent(() => import('./pages/sign-in/NewPasswordPage.tsx'), 'NewPasswordPage'),
});

const wallRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/wall/$token',
  component: lazyRouteComponent(
    // The router would load the page anew at once, whether or not the server is there.
    () => import('./pages/wall/WallPage.tsx').catch(() => ({ WallPage: Reloading })),
    'WallPage',
  ),
  errorComponent: Reloading,
});

const wallsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/walls',
  component: lazyRouteComponent(() => import('./pages/walls/WallsPage.tsx'), 'WallsPage'),
});

const briefRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/ringkas',
  component: lazyRouteComponent(() => import('./pages/ringkas/BriefPage.tsx'), 'BriefPage'),
});

const securityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/security',
  component: lazyRouteComponent(() => import('./pages/security/SecurityPage.tsx'), 'SecurityPage'),
});

function NotFoundPage() {
  return (
    <div className="page">
      <NotFound />
    </div>
  );
}

const routeTree = rootRoute.addChildren([
  homeRoute,
  nowRoute,
  agencyRoute,
  mapRoute,
  regenciesRoute,
  villagesRoute,
  villageRoute,
  coverageRoute,
  coverageVillagesRoute,
  coverageGapsRoute,
  programmeRoute,
  outagesRoute,
  incidentRoute,
  devicesRoute,
  deviceRoute,
  sitesRoute,
  siteRoute,
  newSiteRoute,
  editSiteRoute,
  newDeviceRoute,
  editDeviceRoute,
  linksRoute,
  newLinkRoute,
  editLinkRoute,
  credentialsRoute,
  importRoute,
  statementsRoute,
  exclusionsRoute,
  linkTermsRoute,
  maintenanceRoute,
  newMaintenanceRoute,
  portalRoute,
  portalSessionsRoute,
  portalSitesRoute,
  portalSiteRoute,
  portalGatewaysRoute,
  portalPlansRoute,
  portalVouchersRoute,
  portalTermsRoute,
  portalRequestsRoute,
  topologyRoute,
  settingsRoute,
  systemRoute,
  experienceRoute,
  auditRoute,
  wallRoute,
  wallsRoute,
  briefRoute,
  accountsRoute,
  securityRoute,
  signInRoute,
  newPasswordRoute,
]);

export const createSiteRouter = () =>
  createRouter({
    routeTree,
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultErrorComponent: Crash,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
    scrollToTopSelectors: ['#content'],
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createSiteRouter>;
  }
}
