import { useEffect, useState } from 'react';
import type { WallView } from '../../../core/contract/walls.ts';
import { SECOND } from '../../../core/domain/clock.ts';
import { ApiError, serverNow } from '../../api/endpoint.ts';
import { getWall, getWallShapes } from '../../api/walls.ts';
import { renewPage } from './renew.ts';

const ASK_MS = 5 * SECOND;
const PAUSE_MOST_MS = 60 * SECOND;
/** A server that is being replaced may answer once that it knows no wall: a picture is dropped only when it insists. */
const GONE_AFTER = 3;

export type WallLine = {
  /** What was answered last, however long ago. */
  readonly view: WallView | null;
  readonly trouble: 'none' | 'offline' | 'gone';
};

/**
 * Asks for ever: every five seconds while answers come, in growing pauses of a minute at most while none do. An answer
 * of another build of the web has it taken.
 */
export function useWall(token: string): WallLine {
  const [line, setLine] = useState<WallLine>({ view: null, trouble: 'none' });
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let unknowns = 0;
    let build: string | null = null;
    async function ask(): Promise<void> {
      try {
        const view = await getWall({ params: { wallToken: token } }, stop.signal);
        // What stands between the wall and its server may say something else, and call it an answer.
        if (!Array.isArray(view?.wall?.scenes)) throw new Error('this is not a wall');
        failures = 0;
        unknowns = 0;
        build ??= view.build;
        setLine({ view, trouble: 'none' });
        if (view.build !== build) await renewPage();
      } catch (error) {
        if (stop.signal.aborted) return;
        failures += 1;
        const isUnknown = error instanceof ApiError && (error.code === 'not-found' || error.code === 'bad-input');
        unknowns = isUnknown ? unknowns + 1 : 0;
        setLine(({ view }) => {
          const isGone = isUnknown && (view === null || unknowns >= GONE_AFTER);
          return { view: isGone ? null : view, trouble: isGone ? 'gone' : 'offline' };
        });
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
