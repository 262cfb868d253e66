import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { AUDIT_OUTCOMES } from '../../core/domain/audit.ts';
import { RUM_CONNECTIONS } from '../../core/domain/rum.ts';
import { SignInPage } from '../pages/sign-in/SignInPage.tsx';
import { Reloading } from '../pages/wall/Reloading.tsx';
import { oneOf, type Search, textOf } from '../search-params.ts';
import { RANGE_IDS } from '../span.ts';
import { rootRoute } from './root.tsx';

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  validateSearch: (search: Search) => ({
    ...oneOf('tab', search, ['recipients', 'duty', 'policies', 'reports'] as const),
    ...textOf('edit', search),
  }),
  component: lazyRouteComponent(() => import('../pages/settings/SettingsPage.tsx'), 'SettingsPage'),
});

const systemRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/system',
  component: lazyRouteComponent(() => import('../pages/system/SystemPage.tsx'), 'SystemPage'),
});

const experienceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/system/experience',
  validateSearch: (search: Search) => ({
    ...oneOf('days', search, ['1', '30', '90'] as const),
    ...oneOf('connection', search, RUM_CONNECTIONS),
    ...textOf('route', search, (text) => text.length <= 80),
  }),
  component: lazyRouteComponent(() => import('../pages/experience/ExperiencePage.tsx'), 'ExperiencePage'),
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
  component: lazyRouteComponent(() => import('../pages/audit/AuditPage.tsx'), 'AuditPage'),
});

const accountsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts',
  validateSearch: (search: Search) => ({ ...textOf('q', search), ...textOf('edit', search) }),
  component: lazyRouteComponent(() => import('../pages/accounts/AccountsPage.tsx'), 'AccountsPage'),
});

const securityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/security',
  component: lazyRouteComponent(() => import('../pages/security/SecurityPage.tsx'), 'SecurityPage'),
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
  component: lazyRouteComponent(() => import('../pages/sign-in/NewPasswordPage.tsx'), 'NewPasswordPage'),
});

const wallsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/walls',
  component: lazyRouteComponent(() => import('../pages/walls/WallsPage.tsx'), 'WallsPage'),
});

const wallRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/wall/$token',
  component: lazyRouteComponent(
    // The router would load the page anew at once, whether or not the server is there.
    () => import('../pages/wall/WallPage.tsx').catch(() => ({ WallPage: Reloading })),
    'WallPage',
  ),
  errorComponent: Reloading,
});

/** Simpul itself: who may do what, whom it tells, and how it runs. */
export const managementRoutes = [
  settingsRoute,
  systemRoute,
  experienceRoute,
  auditRoute,
  accountsRoute,
  securityRoute,
  signInRoute,
  newPasswordRoute,
  wallsRoute,
  wallRoute,
] as const;
