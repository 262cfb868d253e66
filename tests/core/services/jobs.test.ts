import { expect, test } from 'vitest';
import { silentLog } from '../../../core/log/log.ts';
import { createJobs } from '../../../core/services/jobs.ts';

/** A promise and the hand that resolves it. */
function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}
const YEARLY = '0 0 1 1 *';

test('a job runs by its schedule', async () => {
  const ran = gate();
  const jobs = createJobs({ clock: Date.now, log: silentLog });

  jobs.add({ id: 'each-second', schedule: '* * * * * *', run: async () => ran.open() });

  await ran.passed;
  await jobs.stop();
});

test('a job shows when it ran, how it went and when it comes again', async () => {
  let now = 1_000;
  const jobs = createJobs({ clock: () => now, log: silentLog });
  jobs.add({
    id: 'expire',
    schedule: YEARLY,
    run: async () => {
      now += 50;
    },
  });

  const before = jobs.list();
  await jobs.runNow('expire');
  const after = jobs.list();

  expect(before).toMatchObject([{ id: 'expire', running: false, lastStartedAt: null, lastError: null }]);
  expect(before[0]?.nextAt).toBeGreaterThan(Date.now());
  expect(after).toMatchObject([{ lastStartedAt: 1_000, lastFinishedAt: 1_050, lastError: null }]);
  await jobs.stop();
});

test('a job never runs beside itself', async () => {
  const started: number[] = [];
  const hold = gate();
  const jobs = createJobs({ clock: Date.now, log: silentLog });
  jobs.add({
    id: 'slow',
    schedule: YEARLY,
    run: () => {
      started.push(1);
      return hold.passed;
    },
  });

  const [one, two] = [jobs.runNow('slow'), jobs.runNow('slow')];
  expect(jobs.list()[0]?.running).toBe(true);
  hold.open();
  await Promise.all([one, two]);

  expect(started).toHaveLength(1);
  expect(jobs.list()[0]?.running).toBe(false);
  await jobs.stop();
});

test('a job that fails says why, and runs again', async () => {
  let fails = true;
  const jobs = createJobs({ clock: Date.now, log: silentLog });
  jobs.add({
    id: 'moody',
    schedule: YEARLY,
    run: async () => {
      if (fails) throw new Error('the store is away');
    },
  });

  await jobs.runNow('moody');
  const failed = jobs.list()[0]?.lastError;
  fails = false;
  await jobs.runNow('moody');

  expect(failed).toBe('the store is away');
  expect(jobs.list()[0]?.lastError).toBeNull();
  await jobs.stop();
});

test('stopping waits for what is under way, and nothing starts after it', async () => {
  const hold = gate();
  let runs = 0;
  const jobs = createJobs({ clock: Date.now, log: silentLog });
  jobs.add({
    id: 'slow',
    schedule: YEARLY,
    run: () => {
      runs += 1;
      return hold.passed;
    },
  });
  const running = jobs.runNow('slow');

  let isStopped = false;
  const stopping = jobs.stop().then(() => {
    isStopped = true;
  });
  await Promise.resolve();
  expect(isStopped).toBe(false);
  hold.open();
  await Promise.all([running, stopping]);
  await jobs.runNow('slow');

  expect(runs).toBe(1);
});

test('an id that is taken, a schedule that is none and a job that is not there are refused', async () => {
  const jobs = createJobs({ clock: Date.now, log: silentLog });
  const run = () => Promise.resolve();
  jobs.add({ id: 'one', schedule: YEARLY, run });

  expect(() => jobs.add({ id: 'one', schedule: YEARLY, run })).toThrow(expect.objectContaining({ code: 'conflict' }));
  expect(() => jobs.add({ id: 'two', schedule: 'now and then', run })).toThrow(
    expect.objectContaining({ code: 'config' }),
  );
  await expect(jobs.runNow('three')).rejects.toMatchObject({ code: 'not-found' });
  await jobs.stop();
});
