import type { Clock } from '../../core/domain/clock.ts';
import type { LiveHub } from '../live/hub.ts';
import type { ApiParts } from '../parts.ts';
import { memo } from '../read-models/memo.ts';
import type { Family, Labels } from './exposition.ts';

type Deps = Pick<ApiParts, 'inventory' | 'series' | 'collector' | 'jobs' | 'spool' | 'version'> & {
  readonly clock: Clock;
  readonly hub: LiveHub;
};
type Type = Family['type'];

/**
 * Figures of Simpul itself. A store that does not answer costs its own figures only. What the stores count is kept for
 * some seconds: the page is public.
 */
export function simpulFigures(deps: Deps): () => Promise<readonly Family[]> {
  const { inventory, series, collector, jobs, spool, hub, version, clock } = deps;
  const stored = memo<readonly Family[]>({ clock, freshMs: 5_000, entries: 2 });

  const inventoryFigures = async (): Promise<readonly Family[]> => {
    const [{ devices, villages, openOutages }, beats] = await Promise.all([
      inventory.coverage.summary(''),
      inventory.heartbeats.all(),
    ]);
    return [
      {
        name: 'simpul_collector_away',
        help: 'Whether nothing is heard of a collector any more.',
        type: 'gauge',
        samples: beats.map(({ collector, awaySince }) => ({
          labels: { collector },
          value: Number(awaySince !== null),
        })),
      },
      {
        name: 'simpul_collector_changes_lost_total',
        help: 'Changes of state that a collector could not keep while the inventory was away.',
        type: 'counter',
        samples: beats.map(({ collector, lost }) => ({ labels: { collector }, value: lost })),
      },
      byLabel('simpul_devices', 'Devices by state.', 'gauge', 'state', devices),
      byLabel('simpul_villages', 'Villages of the programme by state.', 'gauge', 'state', villages),
      one('simpul_outages_open', 'Outages that are open.', 'gauge', openOutages),
    ];
  };
  const seriesFigures = async (): Promise<readonly Family[]> => {
    const { ok, stored: samples, engine } = await series.status();
    return [
      one('simpul_samples_stored_total', 'Samples stored since the start.', 'counter', samples),
      one('simpul_series_store_up', 'Whether the series store answers.', 'gauge', Number(ok), { engine }),
    ];
  };

  return async () => {
    const [fromInventory, fromSeries] = await Promise.all([
      stored.get('inventory', inventoryFigures).catch(() => null),
      stored
        .get('series', seriesFigures)
        .catch(() => [one('simpul_series_store_up', 'Whether the series store answers.', 'gauge', 0)]),
    ]);
    const wait = spool.status();
    return [
      one('simpul_build_info', 'Version of Simpul.', 'gauge', 1, { version }),
      one('simpul_inventory_up', 'Whether the inventory answers.', 'gauge', Number(fromInventory !== null), {
        engine: inventory.engine,
      }),
      ...(fromInventory ?? []),
      ...fromSeries,
      one('simpul_spool_samples', 'Samples that wait on disk for the series store.', 'gauge', wait.samples),
      one('simpul_spool_bytes', 'Bytes that wait on disk for the series store.', 'gauge', wait.bytes),
      one('simpul_samples_dropped_total', 'Samples that could not even wait.', 'counter', wait.dropped),
      ...(collector === null ? [] : collectorFigures(collector)),
      {
        name: 'simpul_job_running',
        help: 'Whether a job runs now.',
        type: 'gauge',
        samples: jobs.status().map((job) => ({ labels: { job: job.id }, value: Number(job.running) })),
      },
      {
        name: 'simpul_job_last_finished_timestamp_seconds',
        help: 'When a job last finished.',
        type: 'gauge',
        samples: jobs
          .status()
          .flatMap(({ id, lastFinishedAt }) =>
            lastFinishedAt === null ? [] : [{ labels: { job: id }, value: lastFinishedAt / 1000 }],
          ),
      },
      {
        name: 'simpul_job_failed',
        help: 'Whether the last run of a job failed.',
        type: 'gauge',
        samples: jobs.status().map((job) => ({ labels: { job: job.id }, value: Number(job.lastError !== null) })),
      },
      one('simpul_live_clients', 'Open streams of live events.', 'gauge', hub.clients()),
      one(
        'simpul_live_clients_dropped_total',
        'Streams ended because the client read too slowly.',
        'counter',
        hub.dropped(),
      ),
    ];
  };
}

function collectorFigures(collector: NonNullable<ApiParts['collector']>): readonly Family[] {
  const { devices, inFlight, lagMsP95, overruns, badReadings, polls, failures, samples, byProbe, listeners } =
    collector.stats();
  return [
    one('simpul_collector_devices', 'Devices this collector asks.', 'gauge', devices),
    one('simpul_collector_in_flight', 'Devices being asked now.', 'gauge', inFlight),
    one('simpul_collector_lag_seconds', 'How late polls start, 95th percentile.', 'gauge', lagMsP95 / 1000),
    one('simpul_collector_overruns_total', 'Polls skipped because the one before still ran.', 'counter', overruns),
    one('simpul_collector_blind', 'Whether the collector itself cannot see.', 'gauge', Number(collector.isBlind())),
    one(
      'simpul_collector_first_round_done',
      'Whether every device was asked once.',
      'gauge',
      Number(collector.isFirstRoundDone()),
    ),
    byLabel('simpul_bad_readings_total', 'Readings thrown away, by reason.', 'counter', 'reason', badReadings),
    one('simpul_polls_total', 'Polls finished since the start.', 'counter', polls),
    byLabel('simpul_poll_failures_total', 'Polls that brought nothing, by why.', 'counter', 'failure', failures),
    one('simpul_samples_total', 'Samples that polls brought since the start.', 'counter', samples),
    byLabel('simpul_devices_by_probe', 'Devices by the probe that watches them.', 'gauge', 'probe', byProbe),
    {
      name: 'simpul_listener_total',
      help: 'What a listener took, refused or lost since the start, by what it counts.',
      type: 'counter',
      samples: Object.entries(listeners).flatMap(([listener, counts]) =>
        Object.entries(counts).map(([what, value]) => ({ labels: { listener, what }, value })),
      ),
    },
  ];
}

const one = (name: string, help: string, type: Type, value: number, labels: Labels = {}): Family => ({
  name,
  help,
  type,
  samples: [{ labels, value }],
});

const byLabel = (
  name: string,
  help: string,
  type: Type,
  label: string,
  values: Readonly<Record<string, number>>,
): Family => ({
  name,
  help,
  type,
  samples: Object.entries(values).map(([key, value]) => ({ labels: { [label]: key }, value })),
});
