import { createRootRoute, retainSearchParams } from '@tanstack/react-router';
import { isRegionCode } from '../../core/domain/region.ts';
import { NotFound } from '../components/Screen.tsx';
import { Crash } from '../frame/CrashBoundary.tsx';
import { Frame } from '../frame/Frame.tsx';
import { type Search, textOf } from '../search-params.ts';

export function NotFoundPage() {
  return (
    <div className="page">
      <NotFound />
    </div>
  );
}

export const rootRoute = createRootRoute({
  component: Frame,
  notFoundComponent: NotFoundPage,
  errorComponent: Crash,
  /** The scope goes with the reader from screen to screen. */
  validateSearch: (search: Search) => textOf('region', search, isRegionCode),
  search: { middlewares: [retainSearchParams(['region'])] },
});
