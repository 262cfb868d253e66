import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { flagOf, intOf, oneOf, type Search, textOf } from '../search-params.ts';
import { rootRoute } from './root.tsx';

const listWithEdit = (search: Search) => ({
  ...textOf('q', search),
  ...intOf('page', search),
  ...textOf('edit', search),
});

const portalRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal',
  validateSearch: (search: Search) => oneOf('days', search, ['7', '30'] as const),
  component: lazyRouteComponent(() => import('../pages/portal/OverviewPage.tsx'), 'OverviewPage'),
});

const portalSessionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal/sessions',
  validateSearch: (search: Search) => ({
    ...textOf('site', search),
    ...flagOf('ended', search),
    ...intOf('page', search),
  }),
  component: lazyRouteComponent(() => import('../pages/portal/SessionsPage.tsx'), 'SessionsPage'),
});

const portalSitesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal/sites',
  validateSearch: (search: Search) => ({ ...textOf('q', search), ...intOf('page', search) }),
  component: lazyRouteComponent(() => import('../pages/portal/SitesPage.tsx'), 'SitesPage'),
});

const portalSiteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal/sites/$siteId',
  component: lazyRouteComponent(() => import('../pages/portal/SitePage.tsx'), 'SitePage'),
});

const portalGatewaysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal/gateways',
  validateSearch: listWithEdit,
  component: lazyRouteComponent(() => import('../pages/portal/GatewaysPage.tsx'), 'GatewaysPage'),
});

const portalPlansRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal/plans',
  validateSearch: (search: Search) => textOf('edit', search),
  component: lazyRouteComponent(() => import('../pages/portal/PlansPage.tsx'), 'PlansPage'),
});

const portalVouchersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal/vouchers',
  validateSearch: listWithEdit,
  component: lazyRouteComponent(() => import('../pages/portal/VouchersPage.tsx'), 'VouchersPage'),
});

const portalTermsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal/terms',
  validateSearch: (search: Search) => textOf('edit', search),
  component: lazyRouteComponent(() => import('../pages/portal/TermsPage.tsx'), 'TermsPage'),
});

const portalRequestsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portal/requests',
  validateSearch: (search: Search) => ({
    ...flagOf('done', search),
    ...intOf('page', search),
    ...textOf('edit', search),
  }),
  component: lazyRouteComponent(() => import('../pages/portal/RequestsPage.tsx'), 'RequestsPage'),
});

/** The captive portal, for its operators. */
export const portalRoutes = [
  portalRoute,
  portalSessionsRoute,
  portalSitesRoute,
  portalSiteRoute,
  portalGatewaysRoute,
  portalPlansRoute,
  portalVouchersRoute,
  portalTermsRoute,
  portalRequestsRoute,
] as const;
