import { useSyncExternalStore } from 'react';

/** What was just saved, and the way back. */
export type Saved = {
  readonly id: number;
  readonly text: string;
  readonly undo: () => Promise<unknown>;
};

let current: Saved | null = null;
let next = 1;
const listeners = new Set<() => void>();

function set(saved: Saved | null): void {
  current = saved;
  for (const listener of listeners) listener();
}

/** Shows what was saved on whatever screen comes next; the one before can no longer be undone from there. */
export function tellSaved(text: string, undo: () => Promise<unknown>): void {
  set({ id: next++, text, undo });
}

export const forgetSaved = (): void => set(null);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useSaved = (): Saved | null => useSyncExternalStore(subscribe, () => current);
