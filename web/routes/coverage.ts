import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { COVERAGE_FILTERS, VILLAGE_KINDS } from '../../core/domain/coverage.ts';
import { isRegionCode, REGION_LEVELS } from '../../core/domain/region.ts';
import { GAP_SORTS, PLAN_MEASURES, PLAN_SORTS } from '../pages/coverage/search.ts';
import { intOf, monthOf, oneOf, type Search, sortOf, textOf } from '../search-params.ts';
import { rootRoute } from './root.tsx';

const coverageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/coverage',
  validateSearch: (search: Search) => ({
    ...oneOf('of', search, VILLAGE_KINDS),
    ...oneOf('level', search, REGION_LEVELS),
    ...monthOf(search),
    ...sortOf(search, PLAN_SORTS),
    ...oneOf('measure', search, PLAN_MEASURES),
    ...textOf('pick', search, isRegionCode),
  }),
  component: lazyRouteComponent(() => import('../pages/coverage/CoveragePage.tsx'), 'CoveragePage'),
});

const coverageVillagesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/coverage/villages',
  validateSearch: (search: Search) => ({
    ...oneOf('of', search, VILLAGE_KINDS),
    ...oneOf('is', search, COVERAGE_FILTERS),
    ...monthOf(search),
    ...textOf('q', search),
    ...intOf('page', search),
  }),
  component: lazyRouteComponent(() => import('../pages/coverage/VillagesPage.tsx'), 'VillagesPage'),
});

const coverageGapsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/coverage/gaps',
  validateSearch: (search: Search) => ({
    ...oneOf('of', search, VILLAGE_KINDS),
    ...oneOf('sort', search, GAP_SORTS),
    ...intOf('page', search),
  }),
  component: lazyRouteComponent(() => import('../pages/coverage/GapsPage.tsx'), 'GapsPage'),
});

const programmeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/coverage/programme/$code',
  component: lazyRouteComponent(() => import('../pages/coverage/ProgrammePage.tsx'), 'ProgrammePage'),
});

/** What the planner asks. */
export const coverageRoutes = [coverageRoute, coverageVillagesRoute, coverageGapsRoute, programmeRoute] as const;
