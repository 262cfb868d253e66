import { createRouter } from '@tanstack/react-router';
import { Crash } from './frame/CrashBoundary.tsx';
import { coverageRoutes } from './routes/coverage.ts';
import { inventoryRoutes } from './routes/inventory.ts';
import { managementRoutes } from './routes/management.ts';
import { outagesRoutes } from './routes/outages.ts';
import { portalRoutes } from './routes/portal.ts';
import { provinceRoutes } from './routes/province.ts';
import { NotFoundPage, rootRoute } from './routes/root.tsx';
import { parseSearch, stringifySearch } from './search-params.ts';

const routeTree = rootRoute.addChildren([
  ...provinceRoutes,
  ...coverageRoutes,
  ...outagesRoutes,
  ...inventoryRoutes,
  ...portalRoutes,
  ...managementRoutes,
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
