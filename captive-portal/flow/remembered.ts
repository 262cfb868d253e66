import type { Clock } from '../../core/domain/clock.ts';

/**
 * Keeps what was asked of a slow place for a few seconds: many citizens ask the same. While that place fails, what is
 * known of old is answered; several who ask at once share one question.
 * @param most entries beyond which the oldest go
 */
export function remembered<T>(
  clock: Clock,
  { freshMs, staleMs, most = 5_000 }: { readonly freshMs: number; readonly staleMs: number; readonly most?: number },
) {
  const kept = new Map<string, { readonly at: number; readonly value: T }>();
  const asked = new Map<string, Promise<T>>();

  async function fetched(key: string, ask: () => Promise<T>): Promise<T> {
    const value = await ask();
    kept.delete(key);
    kept.set(key, { at: clock(), value });
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return value;
  }

  return {
    async get(key: string, ask: () => Promise<T>): Promise<T> {
      const known = kept.get(key);
      const age = known === undefined ? Number.POSITIVE_INFINITY : clock() - known.at;
      if (known !== undefined && age < freshMs) return known.value;
      const underWay = asked.get(key) ?? fetched(key, ask).finally(() => asked.delete(key));
      asked.set(key, underWay);
      try {
        return await underWay;
      } catch (error) {
        if (known !== undefined && age < staleMs) return known.value;
        throw error;
      }
    },
    forget: () => kept.clear(),
  };
}
