import { Type } from 'typebox';
import { ProbeError } from '../../core/domain/errors.ts';
import type { ProbeKind } from '../../core/domain/probe-kind.ts';
import { fpingRound, type Tell } from '../fping.ts';
import type { OpenProbe, ReachAnswer } from '../probe.ts';

/** Hosts that come due within this time share a process. */
const GATHER_MS = 100;
/**
 * A process sends a packet each millisecond. While there are processes enough, rounds are small: the last packet of
 * a round must not leave so late that its answer is missed by then.
 */
const MAX_HOSTS_PER_ROUND = { usual: 150, busy: 2_000 };
/** A round with a silent host lasts as long as its patience, so that several are under way at once. */
const MAX_ROUNDS = 48;

type Waiting = { readonly settle: (answer: ReachAnswer | ProbeError) => void };
type Round = { readonly timeoutMs: number; readonly hosts: Map<string, Waiting[]> };

export const kind: ProbeKind = {
  title: { id: 'Ping (ICMP)', en: 'Ping (ICMP)' },
  settings: Type.Object({}, { additionalProperties: false }),
  credentials: [],
};

/** ICMP echo by `fping`: one process asks all hosts that come due together. */
export const open = (({ resolve }) => {
  const gathering = new Map<number, Round>();
  const ready: Round[] = [];
  const running = new Set<Promise<void>>();
  let isClosed = false;

  function gather(address: string, timeoutMs: number): Promise<ReachAnswer> {
    return new Promise((fulfil, reject) => {
      if (isClosed) return reject(new ProbeError('timeout', 'the probe is closed'));
      let round = gathering.get(timeoutMs);
      const { usual, busy } = MAX_HOSTS_PER_ROUND;
      const most = running.size + ready.length < MAX_ROUNDS / 2 ? usual : busy;
      if (round === undefined || round.hosts.size >= most) {
        const opened: Round = { timeoutMs, hosts: new Map() };
        gathering.set(timeoutMs, opened);
        setTimeout(() => dispatch(opened), GATHER_MS);
        round = opened;
      }
      const settle: Waiting['settle'] = (answer) => (answer instanceof ProbeError ? reject(answer) : fulfil(answer));
      const waiting = round.hosts.get(address);
      if (waiting === undefined) round.hosts.set(address, [{ settle }]);
      else waiting.push({ settle });
    });
  }

  function dispatch(round: Round): void {
    if (gathering.get(round.timeoutMs) === round) gathering.delete(round.timeoutMs);
    ready.push(round);
    drain();
  }

  function drain(): void {
    while (running.size < MAX_ROUNDS) {
      const round = ready.shift();
      if (round === undefined) return;
      const task: Promise<void> = run(round).finally(() => {
        running.delete(task);
        drain();
      });
      running.add(task);
    }
  }

  async function run({ hosts, timeoutMs }: Round): Promise<void> {
    // Nobody waits for the silent ones of the round: what is not answered soon is asked again.
    const tell: Tell = (address, roundTripMs) => {
      for (const { settle } of hosts.get(address) ?? []) settle({ roundTripMs });
    };
    const answers = await fpingRound([...hosts.keys()], timeoutMs, { tell }).catch((error: unknown) =>
      error instanceof ProbeError ? error : new ProbeError('not-supported', 'fping failed', { cause: error }),
    );
    for (const [address, waiting] of hosts) {
      const answer = answers instanceof ProbeError ? answers : answers.get(address);
      for (const { settle } of waiting) settle(outcome(address, answer));
    }
  }

  return {
    reach: async ({ host }, timeoutMs) => gather(await resolve(host), timeoutMs),
    async close() {
      isClosed = true;
      await Promise.all(running);
    },
  };
}) satisfies OpenProbe;

function outcome(address: string, answer: ProbeError | number | null | undefined): ReachAnswer | ProbeError {
  if (answer instanceof ProbeError) return answer;
  if (answer === undefined) return new ProbeError('not-supported', `fping said nothing about ${address}`);
  return answer === null ? new ProbeError('timeout', `${address} did not answer a ping`) : { roundTripMs: answer };
}
