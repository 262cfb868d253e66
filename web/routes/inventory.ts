import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { DEVICE_SORTS, LINK_SORTS, SITE_SORTS } from '../../core/domain/list-sorts.ts';
import { MEDIA } from '../../core/domain/medium.ts';
import { SITE_LIST_KINDS } from '../../core/domain/site.ts';
import { STATES } from '../../core/domain/state.ts';
import { flagOf, intOf, MAX_MOMENT, oneOf, type Search, sortOf, textOf } from '../search-params.ts';
import { RANGE_IDS } from '../span.ts';
import { rootRoute } from './root.tsx';

const siteOf = (search: Search) => textOf('site', search);

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
  component: lazyRouteComponent(() => import('../pages/devices/DevicesPage.tsx'), 'DevicesPage'),
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
  component: lazyRouteComponent(() => import('../pages/device/DevicePage.tsx'), 'DevicePage'),
});

const newDeviceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/devices/new',
  validateSearch: siteOf,
  component: lazyRouteComponent(() => import('../pages/editing/DeviceFormPage.tsx'), 'DeviceFormPage'),
});

const editDeviceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/devices/$deviceId/edit',
  component: lazyRouteComponent(() => import('../pages/editing/DeviceFormPage.tsx'), 'DeviceFormPage'),
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
  component: lazyRouteComponent(() => import('../pages/sites/SitesPage.tsx'), 'SitesPage'),
});

const siteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sites/$siteId',
  component: lazyRouteComponent(() => import('../pages/site/SitePage.tsx'), 'SitePage'),
});

const newSiteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sites/new',
  component: lazyRouteComponent(() => import('../pages/editing/SiteFormPage.tsx'), 'SiteFormPage'),
});

const editSiteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sites/$siteId/edit',
  component: lazyRouteComponent(() => import('../pages/editing/SiteFormPage.tsx'), 'SiteFormPage'),
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
  component: lazyRouteComponent(() => import('../pages/links/LinksPage.tsx'), 'LinksPage'),
});

const newLinkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/links/new',
  validateSearch: siteOf,
  component: lazyRouteComponent(() => import('../pages/editing/LinkFormPage.tsx'), 'LinkFormPage'),
});

const editLinkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/links/$linkId/edit',
  component: lazyRouteComponent(() => import('../pages/editing/LinkFormPage.tsx'), 'LinkFormPage'),
});

const credentialsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/credentials',
  validateSearch: (search: Search) => textOf('edit', search),
  component: lazyRouteComponent(() => import('../pages/editing/CredentialsPage.tsx'), 'CredentialsPage'),
});

const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/import',
  component: lazyRouteComponent(() => import('../pages/editing/ImportPage.tsx'), 'ImportPage'),
});

/** Sites, devices and links, and their forms. */
export const inventoryRoutes = [
  devicesRoute,
  deviceRoute,
  newDeviceRoute,
  editDeviceRoute,
  sitesRoute,
  siteRoute,
  newSiteRoute,
  editSiteRoute,
  linksRoute,
  newLinkRoute,
  editLinkRoute,
  credentialsRoute,
  importRoute,
] as const;
