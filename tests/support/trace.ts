import type { CDPSession, Page } from 'playwright-core';
import { rounded } from './bench.ts';

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly dur?: number;
  readonly tid?: number;
  readonly args?: { readonly name?: string };
};

export type Traced = {
  /** Of the page's own animation frames. */
  readonly framesPerSecond: number;
  /** The frame that took longest, and how many took more than two of sixty a second. */
  readonly longestFrameMs: number;
  readonly lateFrames: number;
  /** As the compositor counts: a frame dropped is one that was due and not ready. */
  readonly drawn: number;
  readonly dropped: number;
  /** Tasks of the main thread above 50 ms. */
  readonly longTasks: number;
  readonly longestTaskMs: number;
};

const CATEGORIES = 'disabled-by-default-devtools.timeline,disabled-by-default-devtools.timeline.frame';
const LONG_MS = 50;
const LATE_MS = 34;

/** As text, so that no tool rewrites what runs in the page. */
const COUNT_FRAMES = `(() => {
  const times = [];
  window.frameTimes = times;
  const tick = (at) => {
    times.push(at);
    if (window.frameTimes === times) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
})()`;

async function tracing(session: CDPSession, work: () => Promise<void>): Promise<readonly TraceEvent[]> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise<void>((done) => session.once('Tracing.tracingComplete', () => done()));
  await session.send('Tracing.start', { categories: CATEGORIES, transferMode: 'ReportEvents' });
  await work();
  await session.send('Tracing.end');
  await complete;
  return events;
}

/** How smoothly a page runs while something is done to it, by the browser's own trace. */
export async function traced(page: Page, work: () => Promise<void>): Promise<Traced> {
  const session = await page.context().newCDPSession(page);
  try {
    await page.evaluate(COUNT_FRAMES);
    const events = await tracing(session, work);
    const times: readonly number[] = await page.evaluate(
      '(() => { const all = window.frameTimes; window.frameTimes = null; return all; })()',
    );
    const gaps = times.slice(1).map((at, n) => at - (times[n] ?? at));
    const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
    const main = events.find(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')?.tid;
    const tasks = events
      .filter(
        ({ name, tid }) => (name === 'RunTask' || name.endsWith('::RunTask')) && (main === undefined || tid === main),
      )
      .map(({ dur = 0 }) => dur / 1000);
    const count = (of: string): number => events.filter(({ name }) => name === of).length;
    const longTasks = tasks.filter((ms) => ms > LONG_MS);
    return {
      framesPerSecond: rounded(spanMs === 0 ? 0 : (1000 * gaps.length) / spanMs),
      longestFrameMs: rounded(gaps.reduce((most, gap) => Math.max(most, gap), 0)),
      lateFrames: gaps.filter((gap) => gap > LATE_MS).length,
      drawn: count('DrawFrame'),
      dropped: count('DroppedFrame'),
      longTasks: longTasks.length,
      longestTaskMs: rounded(tasks.reduce((most, ms) => Math.max(most, ms), 0)),
    };
  } finally {
    await session.detach();
  }
}

/** Drags from the middle of an element around and back, in small steps, for about as long as asked. */
export async function drag(page: Page, selector: string, forMs: number): Promise<void> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`${selector} is not to be seen`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const until = performance.now() + forMs;
  for (let step = 0; performance.now() < until; step += 1) {
    await page.mouse.move(x + 180 * Math.sin(step / 24), y + 120 * Math.sin(step / 17));
  }
  await page.mouse.up();
}

/** Turns the wheel over the middle of an element, so many times in and out again. */
export async function wheel(page: Page, selector: string, forMs: number, delta: number): Promise<void> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`${selector} is not to be seen`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const until = performance.now() + forMs;
  for (let step = 0; performance.now() < until; step += 1) {
    await page.mouse.wheel(0, Math.floor(step / 14) % 2 === 0 ? -delta : delta);
  }
}
