import { Agent, get, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { cpuSince, rounded, spread } from './bench.ts';

/** What this process is asked for, as JSON in its first argument. */
export type LiveLoad = {
  readonly url: string;
  readonly cookies: readonly string[];
  readonly clients: number;
  readonly forMs: number;
  /** Whether they ask again after a change, as open screens do. */
  readonly asks: boolean;
};
type Spread = ReturnType<typeof spread>;
/** What it writes when it is done; delays from a change to its receipt, and from a question to its answer. */
export type LiveLoadDone = {
  readonly clients: number;
  readonly events: number;
  readonly delay: Spread;
  /** Lines that ended before the end. */
  readonly lost: number;
  readonly asked: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly answer: Spread;
  /** What all of them took of the processor. */
  readonly clientCores: number;
};

/** What open screens ask for when devices change: half are on the first screen, others on the map and on lists. */
const SCREENS = [
  ['summary', 'now', 'coverage', 'map'],
  ['summary', 'now', 'coverage', 'map'],
  ['summary', 'coverage', 'map'],
  ['summary', 'devices?page=1&pageSize=100'],
] as const;
/** As `web/api/live.ts` spaces its questions. */
const GATHER_MS = 150;
const SPREAD_MS = 500;
const SPACING_MS = 1_000;
const MOST_SPACING_MS = 2_000;

/** As browsers hold their connections: so many for questions, kept for the next ones. */
const connections = () => new Agent({ keepAlive: true, maxSockets: 6 });
const open = (url: string, headers: OutgoingHttpHeaders, agent: Agent | false): Promise<IncomingMessage> =>
  new Promise((done, failed) => {
    get(url, { headers, agent }, done).on('error', failed);
  });

/** Open browsers as the server sees them: each holds a line, reads it to the end of every event, and asks again. */
async function run({ url, cookies, clients, forMs, asks }: LiveLoad): Promise<LiveLoadDone> {
  const delays: number[] = [];
  const answers: number[] = [];
  const count = { events: 0, lost: 0, asked: 0, unchanged: 0, failed: 0 };
  const agents: Agent[] = [];
  let isOver = false;

  async function ask(path: string, cookie: string, etags: Map<string, string>, agent: Agent): Promise<void> {
    const startedAt = performance.now();
    const etag = etags.get(path);
    count.asked += 1;
    try {
      const headers = {
        cookie,
        'accept-encoding': 'gzip, br',
        ...(etag === undefined ? {} : { 'if-none-match': etag }),
      };
      const response = await open(`${url}/api/v1/${path}`, headers, agent);
      for await (const _ of response);
      if (isOver) return;
      answers.push(performance.now() - startedAt);
      if (response.statusCode === 304) count.unchanged += 1;
      else if (response.statusCode !== 200) count.failed += 1;
      if (response.headers.etag !== undefined) etags.set(path, response.headers.etag);
    } catch {
      if (!isOver) count.failed += 1;
    }
  }

  function screen(at: number, cookie: string): () => void {
    const paths = SCREENS[at % SCREENS.length] ?? [];
    const etags = new Map<string, string>();
    const agent = connections();
    agents.push(agent);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let askedAt = Number.NEGATIVE_INFINITY;
    let spacingMs = SPACING_MS;
    let [isAwake, isAsking] = [false, false];
    async function askAll(): Promise<void> {
      timer = undefined;
      [isAwake, isAsking] = [false, true];
      await Promise.all(paths.map((path) => ask(path, cookie, etags, agent)));
      isAsking = false;
      askedAt = performance.now();
      if (isAwake) schedule();
    }
    function schedule(): void {
      if (isOver) return;
      const sinceMs = performance.now() - askedAt;
      if (sinceMs > 2 * spacingMs) spacingMs = SPACING_MS;
      const waitMs = spacingMs - sinceMs;
      if (waitMs > GATHER_MS) spacingMs = Math.min(MOST_SPACING_MS, 2 * spacingMs);
      timer = setTimeout(askAll, Math.max(GATHER_MS + Math.random() * SPREAD_MS, waitMs * (0.75 + Math.random() / 2)));
    }
    return () => {
      isAwake = asks;
      if (asks && timer === undefined && !isAsking) schedule();
    };
  }

  const lines = await Promise.all(
    Array.from({ length: clients }, async (_, at) => {
      const cookie = cookies[at % cookies.length] ?? '';
      const wake = screen(at, cookie);
      const response = await open(`${url}/api/v1/live`, { cookie }, false);
      if (response.statusCode !== 200) throw new Error(`a line was answered ${response.statusCode}`);
      response.setEncoding('utf8');
      let rest = '';
      response.on('data', (chunk: string) => {
        const now = Date.now();
        const parts = (rest + chunk).split('\n\n');
        rest = parts.pop() ?? '';
        for (const part of parts) {
          const since = /"since":(\d+)/.exec(part)?.[1];
          if (since === undefined) continue;
          count.events += 1;
          // One of ten is enough for a spread.
          if (count.events % 10 === 0) delays.push(now - Number(since));
          wake();
        }
      });
      response.on('close', () => {
        if (!isOver) count.lost += 1;
      });
      response.on('error', () => undefined);
      return response;
    }),
  );
  process.stdout.write('open\n');
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await new Promise((done) => setTimeout(done, forMs));
  const clientCores = rounded(cpuSince(cpu) / 1000 / (performance.now() - startedAt), 2);
  isOver = true;
  for (const line of lines) line.destroy();
  for (const agent of agents) agent.destroy();
  return { clients, ...count, delay: spread(delays), answer: spread(answers), clientCores };
}

process.stdout.write(`${JSON.stringify(await run(JSON.parse(process.argv[2] ?? '{}') as LiveLoad))}\n`);
