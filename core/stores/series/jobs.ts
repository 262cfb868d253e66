import type { Clock } from '../../domain/clock.ts';
import type { Jobs } from '../../services/jobs.ts';
import type { SpooledSeriesStore } from './spool.ts';

/** What the series store needs done by the clock. */
export function addSeriesJobs(jobs: Jobs, store: SpooledSeriesStore, clock: Clock): void {
  // Ten seconds past the minute the samples of its last seconds have come in, and no bucket is made twice.
  jobs.add({ id: 'series-roll-up', schedule: '10 * * * * *', run: () => store.rollUp(clock()) });
  jobs.add({ id: 'series-expire', schedule: '0 20 19 * * *', run: () => store.expire(clock()) });
  jobs.add({ id: 'series-spool', schedule: '*/15 * * * * *', run: () => store.drain() });
}
