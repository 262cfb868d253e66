import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from './api/endpoint.ts';
import { sessionQuery } from './api/queries.ts';
import { CrashBoundary } from './frame/CrashBoundary.tsx';
import { startTheme } from './frame/theme.ts';
import { TextsProvider } from './i18n/texts.tsx';
import { createSiteRouter } from './router.ts';
import './styles/tokens.css';
import './styles/base.css';

/** Failures that a moment may heal; all others are shown at once. */
const isPassing = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'offline' || error.code === 'store-unavailable');

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => isPassing(error) && failures < 2,
      retryDelay: 500,
      // Ask even where the browser believes to be offline: Simpul may stand in the same building.
      networkMode: 'always',
      staleTime: 2_000,
    },
    mutations: { networkMode: 'always' },
  },
});
queryClient.getQueryCache().subscribe(({ type, query }) => {
  if (type !== 'updated' || query.queryKey[0] === 'session') return;
  const { error } = query.state;
  if (error instanceof ApiError && error.code === 'not-signed-in')
    queryClient.setQueryData(sessionQuery.queryKey, { account: null, step: null });
});

// Every screen waits for who is signed in: asked before the first is drawn.
void queryClient.prefetchQuery(sessionQuery);
startTheme();
const router = createSiteRouter();
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <TextsProvider>
      <CrashBoundary>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </CrashBoundary>
    </TextsProvider>
  </StrictMode>,
);

/** How screens feel is measured where the server asks for it, and never before the first one stands. */
const whenIdle = (work: () => void): void => {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 10_000 });
  else setTimeout(work, 3_000);
};
whenIdle(() => void import('./rum/watch.ts').then(({ watchExperience }) => watchExperience(router, queryClient)));
