import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { CAUSES } from '../../core/domain/incident.ts';
import { INCIDENT_SORTS } from '../../core/domain/list-sorts.ts';
import {
  EXCLUSION_SCOPES,
  flagOf,
  intOf,
  MAX_MOMENT,
  monthOf,
  oneOf,
  type Search,
  sortOf,
  textOf,
} from '../search-params.ts';
import { RANGE_IDS } from '../span.ts';
import { rootRoute } from './root.tsx';

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
  component: lazyRouteComponent(() => import('../pages/outages/OutagesPage.tsx'), 'OutagesPage'),
});

const incidentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/incidents/$incidentId',
  component: lazyRouteComponent(() => import('../pages/incident/IncidentPage.tsx'), 'IncidentPage'),
});

const maintenanceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/maintenance',
  validateSearch: (search: Search) => ({ ...oneOf('which', search, ['past'] as const), ...intOf('page', search) }),
  component: lazyRouteComponent(() => import('../pages/maintenance/MaintenancePage.tsx'), 'MaintenancePage'),
});

const newMaintenanceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/maintenance/new',
  validateSearch: (search: Search) => ({
    ...textOf('change', search),
    ...textOf('device', search),
    ...textOf('site', search),
  }),
  component: lazyRouteComponent(() => import('../pages/maintenance/NewMaintenancePage.tsx'), 'NewMaintenancePage'),
});

const statementsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/statements',
  validateSearch: (search: Search) => ({
    ...monthOf(search),
    ...textOf('provider', search),
    ...textOf('agency', search),
  }),
  component: lazyRouteComponent(() => import('../pages/statements/StatementsPage.tsx'), 'StatementsPage'),
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
  component: lazyRouteComponent(() => import('../pages/statements/ExclusionsPage.tsx'), 'ExclusionsPage'),
});

const linkTermsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/links/$linkId/terms',
  component: lazyRouteComponent(() => import('../pages/statements/LinkTermsPage.tsx'), 'LinkTermsPage'),
});

/** What is broken, what is planned, and what it costs. */
export const outagesRoutes = [
  outagesRoute,
  incidentRoute,
  maintenanceRoute,
  newMaintenanceRoute,
  statementsRoute,
  exclusionsRoute,
  linkTermsRoute,
] as const;
