import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LiveEvent } from '../../../core/contract/live.ts';
import { type LiveLine, openLive } from '../../../web/api/live.ts';
import { mergeLiveEvents, resourcesOf } from '../../../web/api/live-merge.ts';

class FakeSource extends EventTarget {
  readyState = 0;
  close(): void {
    this.readyState = 2;
  }
  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }
  /** `isFinal`: the browser gives up, as after an answer that is no stream. */
  fail(isFinal: boolean): void {
    this.readyState = isFinal ? 2 : 0;
    this.dispatchEvent(new Event('error'));
  }
  send(event: LiveEvent): void {
    this.dispatchEvent(new MessageEvent(event.type, { data: JSON.stringify(event) }));
  }
}

const down = {
  type: 'device-state',
  deviceId: 'd1',
  siteId: 's1',
  regionCode: '16.03.01.2001',
  state: 'down',
  previous: 'up',
  since: 1_000,
} as const satisfies LiveEvent;

let queryClient: QueryClient;
let sources: FakeSource[];
let line: LiveLine;

/** A question that someone looks at: it is asked again when it is invalidated. */
async function watch(key: string): Promise<void> {
  await queryClient.fetchQuery({ queryKey: [key], queryFn: () => key });
}

const staleKeys = (): string[] =>
  queryClient
    .getQueryCache()
    .getAll()
    .filter(({ state }) => state.isInvalidated)
    .map(({ queryKey }) => String(queryKey[0]))
    .sort();

beforeEach(() => {
  vi.useFakeTimers();
  queryClient = new QueryClient();
  sources = [];
  line = openLive({
    queryClient,
    createSource: () => {
      const source = new FakeSource();
      sources.push(source);
      return source as unknown as EventSource;
    },
    now: Date.now,
    random: () => 0.5,
  });
});
afterEach(() => {
  line.close();
  vi.useRealTimers();
});

describe('the live line', () => {
  test('wakes what a state is counted into, well within two seconds', async () => {
    for (const key of ['summary', 'coverage', 'map', 'series', 'shapes']) await watch(key);
    sources[0]?.open();

    sources[0]?.send(down);
    await vi.advanceTimersByTimeAsync(500);

    expect(staleKeys()).toEqual(['coverage', 'map', 'summary']);
  });

  test('asks once for a burst, and not more than once a second', async () => {
    await watch('summary');
    const invalidate = vi.spyOn(queryClient, 'invalidateQueries');
    sources[0]?.open();

    for (let n = 0; n < 500; n += 1) sources[0]?.send(down);
    await vi.advanceTimersByTimeAsync(500);
    for (let n = 0; n < 500; n += 1) sources[0]?.send(down);
    await vi.advanceTimersByTimeAsync(500);

    expect(invalidate).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(600);
    expect(invalidate).toHaveBeenCalledTimes(2);
  });

  test('does not take back a question that is not answered yet, and asks again once it is', async () => {
    const answers: ((value: string) => void)[] = [];
    const queryFn = () => new Promise<string>((done) => answers.push(done));
    queryClient.setQueryData(['summary'], 'old');
    const leave = new QueryObserver(queryClient, { queryKey: ['summary'], queryFn, staleTime: Infinity }).subscribe(
      () => {},
    );
    sources[0]?.open();

    sources[0]?.send(down);
    await vi.advanceTimersByTimeAsync(500);
    sources[0]?.send(down);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(answers).toHaveLength(1);
    answers[0]?.('new');
    await vi.advanceTimersByTimeAsync(1_200);

    expect(queryClient.getQueryData(['summary'])).toBe('new');
    expect(answers).toHaveLength(2);
    sources[0]?.send(down);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(answers.length).toBeGreaterThan(2);
    leave();
  });

  test('asks for everything but boundaries when events were missed', async () => {
    for (const key of ['summary', 'series', 'shapes']) await watch(key);
    sources[0]?.open();

    sources[0]?.send({ type: 'resync', at: 1 });
    await vi.advanceTimersByTimeAsync(500);

    expect(staleKeys()).toEqual(['series', 'summary']);
  });

  test('half an event counts as a missed one', async () => {
    await watch('summary');
    sources[0]?.open();

    sources[0]?.dispatchEvent(new MessageEvent('device-state', { data: '{"type":"dev' }));
    await vi.advanceTimersByTimeAsync(500);

    expect(staleKeys()).toEqual(['summary']);
  });

  test('lets the browser resume its own source, and says since when the line is lost', () => {
    vi.setSystemTime(5_000);
    sources[0]?.open();

    sources[0]?.fail(false);

    expect(line.state()).toEqual({ kind: 'lost', sinceAt: 5_000 });
    expect(sources).toHaveLength(1);
    sources[0]?.open();
    expect(line.state()).toEqual({ kind: 'open' });
  });

  test('opens a new source with growing waits where the browser gave up, and asks for all once it stands', async () => {
    await watch('summary');
    sources[0]?.open();

    sources[0]?.fail(true);
    await vi.advanceTimersByTimeAsync(1_000);
    sources[1]?.fail(true);
    await vi.advanceTimersByTimeAsync(1_900);

    expect(sources).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(200);
    expect(sources).toHaveLength(3);
    sources[2]?.open();
    await vi.advanceTimersByTimeAsync(1_200);
    expect(staleKeys()).toEqual(['summary']);
  });
});

describe('merging', () => {
  test('a device that is on the screen changes at once, others stay as they are', () => {
    const other = { id: 'd2', state: 'up', since: 1 };
    queryClient.setQueryData(['device', 'd1'], { id: 'd1', state: 'up', since: 1, name: 'a' });
    queryClient.setQueryData(['devices', {}], { items: [{ id: 'd1', state: 'up', since: 1 }, other], total: 2 });

    mergeLiveEvents(queryClient, [down]);

    expect(queryClient.getQueryData(['device', 'd1'])).toEqual({ id: 'd1', state: 'down', since: 1_000, name: 'a' });
    expect(queryClient.getQueryData(['devices', {}])).toEqual({
      items: [{ id: 'd1', state: 'down', since: 1_000 }, other],
      total: 2,
    });
  });

  test('a device that nobody looks at is not invented', () => {
    mergeLiveEvents(queryClient, [down]);

    expect(queryClient.getQueryData(['device', 'd1'])).toBeUndefined();
  });

  test('a village changes on the map', () => {
    queryClient.setQueryData(['map', null], { villages: [{ code: '16.03.01.2001', state: 'normal' }], sites: [] });

    mergeLiveEvents(queryClient, [
      {
        type: 'village-state',
        regionCode: '16.03.01.2001',
        state: 'partial',
        previous: 'normal',
        at: 1,
      },
    ]);

    expect(queryClient.getQueryData(['map', null])).toEqual({
      villages: [{ code: '16.03.01.2001', state: 'partial' }],
      sites: [],
    });
  });

  test('a changed inventory touches everything', () => {
    expect(resourcesOf({ type: 'inventory-changed', regionCode: '', at: 1 })).toEqual(['*']);
  });
});
