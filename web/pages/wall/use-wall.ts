import { useEffect, useState } from 'react';
import type { WallView } from '../../../core/contract/walls.ts';
import { SECOND } from '../../../core/domain/clock.ts';
import { ApiError, serverNow } from '../../api/endpoint.ts';
import { getWall, getWallShapes } from '../../api/walls.ts';

const ASK_MS = 5 * SECOND;
const PAUSE_MOST_MS = 60 * SECOND;

export type WallLine = {
  /** What was answered last, however long ago. */
  readonly view: WallView | null;
  readonly trouble: 'none' | 'offline' | 'gone';
};

/** The page of a new build can be had: a server that is still starting would leave the wall with nothing. */
async function isHealthy(): Promise<boolean> {
  try {
    const answer = await fetch('/', { cache: 'no-store', signal: AbortSignal.timeout(10 * SECOND) });
    return answer.ok && (await answer.text()).includes('/assets/');
  } catch {
    return false;
  }
}

/** Asks for ever: every five seconds while answers come, in growing pauses of a minute at most while none do. */
export function useWall(token: string): WallLine {
  const [line, setLine] = useState<WallLine>({ view: null, trouble: 'none' });
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let build: string | null = null;
    async function ask(): Promise<void> {
      try {
        const view = await getWall({ params: { wallToken: token } }, stop.signal);
        failures = 0;
        build ??= view.build;
        if (view.build !== build && (await isHealthy())) location.reload();
        setLine({ view, trouble: 'none' });
      } catch (error) {
        if (stop.signal.aborted) return;
        failures += 1;
        const isGone = error instanceof ApiError && (error.code === 'not-found' || error.code === 'bad-input');
        setLine(({ view }) => ({ view: isGone ? null : view, trouble: isGone ? 'gone' : 'offline' }));
      }
      const pause = failures === 0 ? ASK_MS : Math.min(PAUSE_MOST_MS, ASK_MS * 2 ** Math.min(failures - 1, 6));
      if (!stop.signal.aborted) timer = setTimeout(() => void ask(), pause);
    }
    void ask();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [token]);
  return line;
}

/** Polygons of the wall's map: undefined until it is known, null where none are loaded. */
export function useWallShapes(token: string, regionCode: string | undefined): object | null | undefined {
  const [shapes, setShapes] = useState<object | null>();
  useEffect(() => {
    if (regionCode === undefined) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function ask(): Promise<void> {
      try {
        setShapes(await getWallShapes({ params: { wallToken: token } }, stop.signal));
      } catch (error) {
        if (stop.signal.aborted) return;
        if (error instanceof ApiError && error.code === 'not-found') setShapes(null);
        else timer = setTimeout(() => void ask(), PAUSE_MOST_MS);
      }
    }
    void ask();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [token, regionCode]);
  return shapes;
}

/** The server's time, every second or so: what decides the scene, the clock and the ages. */
export function useTick(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), SECOND);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Keeps the screen on where the browser can; it lets go whenever the page was hidden. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let isOver = false;
    async function take(): Promise<void> {
      if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') return;
      try {
        lock = await navigator.wakeLock.request('screen');
        if (isOver) await lock.release();
      } catch {
        // A screen without that right stays on by its own settings.
      }
    }
    const again = () => void take();
    document.addEventListener('visibilitychange', again);
    void take();
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', again);
      void lock?.release().catch(() => undefined);
    };
  }, []);
}
