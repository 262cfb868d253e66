import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { VILLAGE_SORTS } from '../../core/domain/list-sorts.ts';
import { isRegionCode } from '../../core/domain/region.ts';
import { VILLAGE_STATES } from '../../core/domain/state.ts';
import { MEASURE_IDS } from '../map/measure-ids.ts';
import { HomePage } from '../pages/now/HomePage.tsx';
import { flagOf, intOf, oneOf, REGENCY_SORTS, type Search, sortOf, textOf } from '../search-params.ts';
import { rootRoute } from './root.tsx';

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
  component: lazyRouteComponent(() => import('../pages/now/NowPage.tsx'), 'NowPage'),
});

const agencyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/agency',
  component: lazyRouteComponent(() => import('../pages/agency/AgencyPage.tsx'), 'AgencyPage'),
});

const briefRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/ringkas',
  component: lazyRouteComponent(() => import('../pages/ringkas/BriefPage.tsx'), 'BriefPage'),
});

const mapRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/map',
  validateSearch: mapSearch,
  component: lazyRouteComponent(() => import('../pages/map/MapPage.tsx'), 'MapPage'),
});

const regenciesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/regencies',
  validateSearch: (search: Search) => ({
    ...sortOf(search, REGENCY_SORTS),
  }),
  component: lazyRouteComponent(() => import('../pages/regencies/RegenciesPage.tsx'), 'RegenciesPage'),
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
  component: lazyRouteComponent(() => import('../pages/villages/VillagesPage.tsx'), 'VillagesPage'),
});

const villageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/villages/$code',
  component: lazyRouteComponent(() => import('../pages/village/VillagePage.tsx'), 'VillagePage'),
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
  component: lazyRouteComponent(() => import('../pages/topology/TopologyPage.tsx'), 'TopologyPage'),
});

/** The province as it is: now, map, regencies, villages, and how it is wired. */
export const provinceRoutes = [
  homeRoute,
  nowRoute,
  agencyRoute,
  briefRoute,
  mapRoute,
  regenciesRoute,
  villagesRoute,
  villageRoute,
  topologyRoute,
] as const;
