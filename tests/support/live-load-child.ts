import { get, type IncomingMessage } from 'node:http';
import { rounded } from './bench.ts';

/** What this process is asked for, as JSON in its first argument. */
export type LiveLoad = {
  readonly url: string;
  readonly cookies: readonly string[];
  readonly clients: number;
  readonly forMs: number;
};
/** What it writes when it is done. */
export type LiveLoadDone = {
  readonly clients: number;
  readonly events: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  /** Lines that ended before the end. */
  readonly lost: number;
};

/** Open browsers as the server sees them: each holds a line and reads it to the end of every event. */
async function run({ url, cookies, clients, forMs }: LiveLoad): Promise<LiveLoadDone> {
  const delays: number[] = [];
  let events = 0;
  let lost = 0;
  let isOver = false;
  const lines = await Promise.all(
    Array.from({ length: clients }, async (_, at) => {
      const response = await new Promise<IncomingMessage>((done, failed) => {
        get(url, { headers: { cookie: cookies[at % cookies.length] ?? '' }, agent: false }, done).on('error', failed);
      });
      response.setEncoding('utf8');
      let rest = '';
      response.on('data', (chunk: string) => {
        const now = Date.now();
        const parts = (rest + chunk).split('\n\n');
        rest = parts.pop() ?? '';
        for (const part of parts) {
          const since = /"since":(\d+)/.exec(part)?.[1];
          if (since === undefined) continue;
          events += 1;
          // One of ten is enough for a spread.
          if (events % 10 === 0) delays.push(now - Number(since));
        }
      });
      response.on('close', () => {
        if (!isOver) lost += 1;
      });
      response.on('error', () => undefined);
      return response;
    }),
  );
  process.stdout.write('open\n');
  await new Promise((done) => setTimeout(done, forMs));
  isOver = true;
  for (const line of lines) line.destroy();
  delays.sort((a, b) => a - b);
  const at = (share: number): number => rounded(delays[Math.ceil(share * delays.length) - 1] ?? 0);
  return { clients, events, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1), lost };
}

process.stdout.write(`${JSON.stringify(await run(JSON.parse(process.argv[2] ?? '{}') as LiveLoad))}\n`);
