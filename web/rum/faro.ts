import {
  browserMeta,
  ErrorsInstrumentation,
  type ExceptionEvent,
  FetchTransport,
  InternalLoggerLevel,
  initializeFaro,
  type MeasurementEvent,
  type TransportItem,
  TransportItemType,
  WebVitalsInstrumentation,
} from '@grafana/faro-web-sdk';
import type { QueryClient } from '@tanstack/react-query';
import type * as rum from '../../core/contract/rum.ts';
import type { createSiteRouter } from '../router.ts';

type Router = ReturnType<typeof createSiteRouter>;

/** Pattern of the screen that is shown, never its address: `/devices/$deviceId`. */
const patternOf = (router: Router): string => router.state.matches.at(-1)?.fullPath ?? '/';

const URL = '/api/v1/rum' satisfies (typeof rum.collectRum)['url'];
const SEND_EVERY_MS = 15_000;
const MOST_AT_ONCE = 40;
const VITALS: readonly string[] = ['ready', 'lcp', 'inp', 'cls', 'fcp', 'ttfb'];
/** A screen that takes longer was left open in the background, or has failed and says so. */
const MOST_READY_MS = 60_000;

type NetworkNavigator = Navigator & { readonly connection?: { readonly effectiveType?: string } };
const connectionOf = (): string => (navigator as NetworkNavigator).connection?.effectiveType ?? 'unknown';

/** Only what is counted leaves the browser: no address, session, selector or stack. */
function bared(item: TransportItem): TransportItem | null {
  const { view, browser } = item.meta;
  const meta = {
    app: { name: 'simpul' },
    ...(view === undefined ? {} : { view: { name: view.name } }),
    ...(browser?.name === undefined ? {} : { browser: { name: browser.name } }),
  };
  const context = { connection: connectionOf() };
  if (item.type === TransportItemType.MEASUREMENT) {
    const { type, values, timestamp } = item.payload as MeasurementEvent;
    const kept = Object.fromEntries(Object.entries(values).filter(([name]) => VITALS.includes(name)));
    if (Object.keys(kept).length === 0) return null;
    return { type: item.type, meta, payload: { type, values: kept, timestamp, context } };
  }
  if (item.type === TransportItemType.EXCEPTION) {
    const { type, value, timestamp } = item.payload as ExceptionEvent;
    return { type: item.type, meta, payload: { type, value: value.slice(0, 300), timestamp, context } };
  }
  return null;
}

/** Starts Faro, bare of all that it could know of the reader, and times each screen until its figures are there. */
export function startFaro(router: Router, queryClient: QueryClient): void {
  const { api } = initializeFaro({
    app: { name: 'simpul' },
    transports: [new FetchTransport({ url: URL })],
    instrumentations: [new ErrorsInstrumentation(), new WebVitalsInstrumentation()],
    metas: [browserMeta],
    sessionTracking: { enabled: false },
    batching: { enabled: true, sendTimeout: SEND_EVERY_MS, itemLimit: MOST_AT_ONCE },
    isolate: true,
    preventGlobalExposure: true,
    internalLoggerLevel: InternalLoggerLevel.OFF,
    beforeSend: bared,
  });
  const enter = (): void => api.setView({ name: patternOf(router) });
  enter();

  let stopWaiting = (): void => {};
  router.subscribe('onBeforeNavigate', ({ pathChanged }) => {
    if (!pathChanged) return;
    stopWaiting();
    const startedAt = performance.now();
    let hasRendered = false;
    const settle = (): void => {
      if (!hasRendered || queryClient.isFetching() > 0) return;
      stopWaiting();
      const ready = performance.now() - startedAt;
      if (ready < MOST_READY_MS && document.visibilityState === 'visible')
        api.pushMeasurement({ type: 'screen', values: { ready } });
    };
    const stopRendered = router.subscribe('onRendered', () => {
      hasRendered = true;
      enter();
      // What the screen asks for is under way only after its effects.
      setTimeout(settle);
    });
    const stopCache = queryClient.getQueryCache().subscribe(() => setTimeout(settle));
    stopWaiting = () => {
      stopRendered();
      stopCache();
    };
  });
}
