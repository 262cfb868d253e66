import { createHash } from 'node:crypto';
import { type Clock, MINUTE, SECOND } from '../../core/domain/clock.ts';
import type { Answer } from './answer.ts';
import { FORM_LIFE_MS } from './form-state.ts';

/** A button that is pressed twice within this gives the same answer twice; the login it earned lives two minutes. */
const SAME_ANSWER_MS = 60 * SECOND;
const MOST_PAGES = 50_000;

/** How a page's button was used so far. `admitted`: it let somebody in, so it never does again. */
export type PageUse = {
  readonly at: number;
  readonly form: string;
  readonly answer: Promise<{ readonly answer: Answer; readonly admitted: boolean }>;
  admitted: boolean;
};

/**
 * Pages whose button was pressed, by their nonce. An impatient second press waits for the first one's answer; a page
 * that has let somebody in is of no use afterwards. What a restart forgets lets the same device in once more, no other.
 */
export function pagesUsed(clock: Clock) {
  const used = new Map<string, PageUse>();

  function forgetOld(): void {
    for (const [nonce, { at }] of used) {
      if (used.size <= MOST_PAGES && clock() - at <= FORM_LIFE_MS) return;
      used.delete(nonce);
    }
  }

  return {
    /**
     * @param filled the form as it came; a digest of it is kept
     * @returns null: the page has let somebody in before
     */
    async press(
      nonce: string,
      filled: string,
      enter: () => Promise<{ readonly answer: Answer; readonly admitted: boolean }>,
    ): Promise<Answer | null> {
      const form = createHash('sha256').update(filled).digest('base64');
      const before = used.get(nonce);
      if (before !== undefined) {
        const isSame = before.form === form && clock() - before.at < SAME_ANSWER_MS;
        if (isSame) return (await before.answer).answer;
        await before.answer.catch(() => {});
        if (before.admitted) return null;
      }
      forgetOld();
      const answer = enter();
      const use: PageUse = { at: clock(), form, answer, admitted: false };
      used.delete(nonce);
      used.set(nonce, use);
      try {
        const result = await answer;
        use.admitted = result.admitted;
        return result.answer;
      } catch (error) {
        // What failed is tried again by the next press.
        if (used.get(nonce) === use) used.delete(nonce);
        throw error;
      }
    },
    get size() {
      return used.size;
    },
  };
}

/** So many logins of one device within the time, and it still comes back: its gateway does not open. */
const BOUNCES = 3;
const BOUNCE_MS = 5 * MINUTE;
const MOST_DEVICES = 20_000;

/** Devices whose gateway keeps sending them back after they were let in. */
export function bounces(clock: Clock) {
  const issued = new Map<string, number[]>();
  return {
    released(gatewayId: string, macHash: string): void {
      const key = `${gatewayId} ${macHash}`;
      const recent = (issued.get(key) ?? []).filter((at) => clock() - at < BOUNCE_MS);
      issued.delete(key);
      issued.set(key, [...recent, clock()].slice(-BOUNCES));
      for (const oldest of issued.keys()) {
        if (issued.size <= MOST_DEVICES) break;
        issued.delete(oldest);
      }
    },
    online(gatewayId: string, macHash: string): void {
      issued.delete(`${gatewayId} ${macHash}`);
    },
    /** Said once; then it starts anew, so that the next arrival can try again. */
    isGoingRound(gatewayId: string, macHash: string): boolean {
      const key = `${gatewayId} ${macHash}`;
      const recent = (issued.get(key) ?? []).filter((at) => clock() - at < BOUNCE_MS);
      if (recent.length < BOUNCES) return false;
      issued.delete(key);
      return true;
    },
  };
}

const MOST_FIRSTS = 50_000;

/** Whether something is seen for the first time, for as long as it is remembered. */
export function firsts() {
  const seen = new Set<string>();
  return {
    isFirst(id: string): boolean {
      if (seen.has(id)) return false;
      seen.add(id);
      for (const oldest of seen) {
        if (seen.size <= MOST_FIRSTS) break;
        seen.delete(oldest);
      }
      return true;
    },
  };
}

/** Whether something is new within the time: bounded in memory, the longest known goes first. */
export function lately(clock: Clock, ms: number) {
  const seen = new Map<string, number>();
  return {
    isNew(id: string): boolean {
      const now = clock();
      const before = seen.get(id);
      if (before !== undefined && now - before < ms) return false;
      seen.delete(id);
      seen.set(id, now);
      for (const [oldest, at] of seen) {
        if (seen.size <= MOST_FIRSTS && now - at < ms) break;
        seen.delete(oldest);
      }
      return true;
    },
  };
}
