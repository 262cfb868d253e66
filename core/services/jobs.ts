import { createTask, type ScheduledTask, validate } from 'node-cron';
import type { Clock } from '../domain/clock.ts';
import { AppError } from '../domain/errors.ts';
import type { Log } from '../log/log.ts';

export type Job = {
  readonly id: string;
  /** Cron expression in UTC, with seconds as an optional first field. */
  readonly schedule: string;
  run(): Promise<void>;
};

export type JobStatus = {
  readonly id: string;
  readonly schedule: string;
  readonly running: boolean;
  readonly lastStartedAt: number | null;
  readonly lastFinishedAt: number | null;
  /** Why the last run failed, in one sentence; `null` where it did not. */
  readonly lastError: string | null;
  readonly nextAt: number | null;
};

export type Jobs = {
  /** @throws AppError `config` for a schedule that is none, `conflict` for an id that is taken */
  add(job: Job): void;
  list(): readonly JobStatus[];
  /** Runs a job now, or waits for the run that is under way. Never rejects: how it went is in `list`. */
  runNow(id: string): Promise<void>;
  /** No job starts any more; resolves when those under way have ended. */
  stop(): Promise<void>;
};

type Entry = {
  readonly job: Job;
  readonly task: ScheduledTask;
  running: Promise<void> | null;
  lastStartedAt: number | null;
  lastFinishedAt: number | null;
  lastError: string | null;
};

/** Work that comes round by the clock. A job never runs beside itself: a run that is due meanwhile is left out. */
export function createJobs({ clock, log }: { readonly clock: Clock; readonly log: Log }): Jobs {
  const entries = new Map<string, Entry>();
  let isStopped = false;

  async function run(entry: Entry): Promise<void> {
    const { id } = entry.job;
    entry.lastStartedAt = clock();
    try {
      await entry.job.run();
      entry.lastError = null;
    } catch (error) {
      entry.lastError = error instanceof Error ? error.message : String(error);
      log.error({ job: id, reason: entry.lastError }, 'job failed');
    } finally {
      entry.lastFinishedAt = clock();
      entry.running = null;
    }
  }

  function start(entry: Entry): Promise<void> {
    if (isStopped) return entry.running ?? Promise.resolve();
    entry.running ??= run(entry);
    return entry.running;
  }

  return {
    add(job) {
      if (entries.has(job.id)) throw new AppError('conflict', `there is a job ${job.id} already`);
      if (!validate(job.schedule)) throw new AppError('config', `job ${job.id}: ${job.schedule} is no schedule`);
      const task = createTask(
        job.schedule,
        () => {
          const entry = entries.get(job.id);
          if (entry?.running === null) void start(entry);
        },
        { timezone: 'UTC', name: job.id, suppressMissedWarning: true },
      );
      entries.set(job.id, {
        job,
        task,
        running: null,
        lastStartedAt: null,
        lastFinishedAt: null,
        lastError: null,
      });
      void task.start();
    },

    list: () =>
      [...entries.values()].map(({ job, task, running, lastStartedAt, lastFinishedAt, lastError }) => ({
        id: job.id,
        schedule: job.schedule,
        running: running !== null,
        lastStartedAt,
        lastFinishedAt,
        lastError,
        nextAt: isStopped ? null : (task.getNextRun()?.getTime() ?? null),
      })),

    async runNow(id) {
      const entry = entries.get(id);
      if (entry === undefined) throw new AppError('not-found', `there is no job ${id}`);
      await start(entry);
    },

    async stop() {
      isStopped = true;
      for (const { task } of entries.values()) await task.destroy();
      await Promise.all([...entries.values()].map(({ running }) => running));
    },
  };
}
