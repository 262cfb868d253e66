import { setTimeout as pause } from 'node:timers/promises';

/** Of all the time, so much may go into one question that is asked without end; a share of 1 makes nobody wait. */
const SHARE = 0.25;
/** So much may go into it before that counts: a few who ask one after the other never wait. */
const FREE_MS = 500;
/** Nobody waits longer than that for the work to begin. */
const MOST_WAIT_MS = 1_000;
/** Questions remembered at a time; one that is forgotten is merely worked out once more. */
const MOST_QUESTIONS = 500;

type Options = {
  readonly now?: () => number;
  readonly wait?: (ms: number) => Promise<unknown>;
  readonly share?: number;
};
type Question = { running: Promise<unknown> | null; next: Promise<unknown> | null; debtMs: number; at: number };

/**
 * Works out once what many ask at once. An answer is never older than the question: who asks while it is being worked
 * out gets the next one, together with all who asked meanwhile. So five hundred screens that ask after each change cost
 * as much as one.
 * @param options.now milliseconds that only grow
 * @returns asks by key; who ask under the same key must mean the same
 */
export function sharedWork<Value>({ now = () => performance.now(), wait = pause, share = SHARE }: Options = {}) {
  const questions = new Map<string, Question>();

  function questionOf(key: string): Question {
    const question = questions.get(key) ?? { running: null, next: null, debtMs: 0, at: now() };
    // The one asked for longest ago goes first.
    questions.delete(key);
    questions.set(key, question);
    const [oldest] = questions.keys();
    if (questions.size > MOST_QUESTIONS && oldest !== undefined) questions.delete(oldest);
    return question;
  }

  async function begin(question: Question, work: () => Promise<Value>): Promise<Value> {
    // Its failure is told to those who asked for it.
    await question.running?.catch(() => {});
    const owedMs = question.debtMs - (now() - question.at) * share;
    if (owedMs > FREE_MS) await wait(Math.min(MOST_WAIT_MS, (owedMs - FREE_MS) / share));
    const startedAt = now();
    question.debtMs = Math.max(0, question.debtMs - (startedAt - question.at) * share);
    question.at = startedAt;
    // Who asks from here on is not answered by this.
    question.next = null;
    const running = work();
    question.running = running;
    try {
      return await running;
    } finally {
      question.debtMs += now() - startedAt;
      question.running = null;
    }
  }

  return (key: string, work: () => Promise<Value>): Promise<Value> => {
    const question = questionOf(key);
    question.next ??= begin(question, work);
    return question.next as Promise<Value>;
  };
}
