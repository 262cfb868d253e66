import type { QueryClient } from '@tanstack/react-query';
import type * as rum from '../../core/contract/rum.ts';
import { endpoint } from '../api/endpoint.ts';
import { sessionQuery } from '../api/queries.ts';
import type { createSiteRouter } from '../router.ts';

const getRumSetting = endpoint<typeof rum.getRumSetting>('GET', '/api/v1/rum');

type Router = ReturnType<typeof createSiteRouter>;

/**
 * Measures how screens feel, where somebody is signed in and the server asks for it. Called once the first screen is
 * there; what it takes is loaded only then.
 */
export function watchExperience(router: Router, queryClient: QueryClient): void {
  const begin = async (): Promise<void> => {
    const { isOn } = await getRumSetting({});
    if (isOn) (await import('./faro.ts')).startFaro(router, queryClient);
  };
  const isSignedIn = (): boolean => (queryClient.getQueryData(sessionQuery.queryKey)?.account ?? null) !== null;
  const tryOnce = (): boolean => {
    if (!isSignedIn()) return false;
    // Without an answer nothing is measured, and nobody needs to know.
    void begin().catch(() => {});
    return true;
  };
  if (tryOnce()) return;
  const stop = queryClient.getQueryCache().subscribe(({ query }) => {
    if (query.queryKey[0] === 'session' && tryOnce()) stop();
  });
}
