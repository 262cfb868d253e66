import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router';
import { CAUSES } from '../core/domain/incident.ts';
import { isRegionCode } from '../core/domain/region.ts';
import { STATES, VILLAGE_STATES } from '../core/domain/state.ts';
import { MONTH_PATTERN } from '../core/domain/zone.ts';
import { NotFound } from './components/Screen.tsx';
import { Crash } from './frame/CrashBoundary.tsx';
import { Frame } from './frame/Frame.tsx';
import { MEASURE_IDS } from './map/measure-ids.ts';
import { SignInPage } from './pages/sign-in/SignInPage.tsx';
import {
  EXCLUSION_SCOPES,
  flagOf,
  intOf,
  MAX_MOMENT,
  oneOf,
  parseSearch,
  REGENCY_SORTS,
  SITE_LIST_KINDS,
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

const mapRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: (search: Search) => ({
    ...oneOf('measure', search, MEASURE_IDS),
    ...textOf('village', search, isRegionCode),
    ...textOf('site', search),
  }),
  component: lazyRouteComponent(() => import('./pages/map/MapPage.tsx'), 'MapPage'),
});

const regenciesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/regencies',
  validateSearch: (search: Search) => ({
    ...oneOf('sort', search, REGENCY_SORTS),
    ...oneOf('order', search, ['asc', 'desc'] as const),
  }),
  component: lazyRouteComponent(() => import('./pages/regencies/RegenciesPage.tsx'), 'RegenciesPage'),
});

const villagesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/villages',
  validateSearch: (search: Search) => ({
    ...oneOf('state', search, VILLAGE_STATES),
    ...flagOf('all', search),
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

const outagesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/outages',
  validateSearch: (search: Search) => ({
    ...oneOf('by', search, ['device'] as const),
    ...oneOf('status', search, ['open', 'closed', 'all'] as const),
    ...oneOf('cause', search, CAUSES),
    ...oneOf('handling', search, ['waiting', 'taken', 'mine'] as const),
    ...oneOf('range', search, RANGE_IDS),
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
    ...textOf('q', search),
    ...intOf('page', search),
  }),
  component: lazyRouteComponent(() => import('./pages/devices/DevicesPage.tsx'), 'DevicesPage'),
});

const deviceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/devices/$deviceId',
  validateSearch: (search: Search) => oneOf('range', search, RANGE_IDS),
  component: lazyRouteComponent(() => import('./pages/device/DevicePage.tsx'), 'DevicePage'),
});

const sitesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sites',
  validateSearch: (search: Search) => ({
    ...oneOf('state', search, STATES),
    ...oneOf('kind', search, SITE_LIST_KINDS),
    ...flagOf('planned', search),
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

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  validateSearch: (search: Search) => ({
    ...oneOf('tab', search, ['recipients', 'duty', 'policies'] as const),
    ...textOf('edit', search),
  }),
  component: lazyRouteComponent(() => import('./pages/settings/SettingsPage.tsx'), 'SettingsPage'),
});

const systemRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/system',
  component: lazyRouteComponent(() => import('./pages/system/SystemPage.tsx'), 'SystemPage'),
});

const accountsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts',
  component: lazyRouteComponent(() => import('./pages/accounts/AccountsPage.tsx'), 'AccountsPage'),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  /** Where the reader was going; only a place of this site. */
  validateSearch: (search: Search) => textOf('to', search, (to) => /^\/(?!\/|\\)/.test(to)),
  component: SignInPage,
});

function NotFoundPage() {
  return (
    <div className="page">
      <NotFound />
    </div>
  );
}

const routeTree = rootRoute.addChildren([
  mapRoute,
  regenciesRoute,
  villagesRoute,
  villageRoute,
  outagesRoute,
  incidentRoute,
  devicesRoute,
  deviceRoute,
  sitesRoute,
  siteRoute,
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
  settingsRoute,
  systemRoute,
  accountsRoute,
  signInRoute,
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
