import { spawn } from 'node:child_process';
import { ProbeError } from '../core/domain/errors.ts';

/** A line a host of at most some 60 characters; whatever goes beyond is not fping's usual answer. */
const MAX_OUTPUT_BYTES = 4 * 1024 * 1024;
/** What a round may take beyond its patience before the process is ended. */
const GRACE_MS = 5_000;
/** A line that has not ended by then is none of fping's. */
const MAX_LINE = 1_000;
const SUMMARY = /^(\S+)\s+: (-|\d+(?:\.\d+)?)\s*$/;
const ANSWER = /^(\S+)\s+: \[\d+\], .*?(\d+(?:\.\d+)?) ms \(/;

/**
 * One echo request to each address, by one process of `fping`, which ends when the last of them answered or its time is
 * over.
 * @param tell is told of each answer as it comes, the round trip in ms
 * @returns round trip in ms by address; null for those that did not answer
 * @throws ProbeError `not-supported` where fping is missing or may not send ICMP: that says nothing about the hosts
 */
export async function fpingRound(
  addresses: readonly string[],
  timeoutMs: number,
  { program = 'fping', tell }: { readonly program?: string; readonly tell?: Tell } = {},
): Promise<ReadonlyMap<string, number | null>> {
  const quiet = tell === undefined ? ['-q'] : [];
  const args = ['-C1', ...quiet, '-r0', '-i1', `-t${Math.round(timeoutMs)}`, '-f', '-'];
  const { output, code } = await run(program, args, {
    input: `${addresses.join('\n')}\n`,
    patienceMs: timeoutMs + addresses.length * 2 + GRACE_MS,
    tell,
  });
  const answers = parseFping(output);
  // 0 all answered, 1 some did not, 2 some names unknown; 3 and 4 are troubles of its own.
  if (answers.size === 0 && (code === null || code > 2)) {
    const said = output.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
    throw new ProbeError('not-supported', `fping cannot send ICMP here: ${said}`);
  }
  return answers;
}

export type Tell = (address: string, roundTripMs: number) => void;

/** Reads the summary that `fping -C1` ends with; lines of another form (ICMP errors on the way, warnings) are passed over. */
export function parseFping(output: string): Map<string, number | null> {
  const answers = new Map<string, number | null>();
  for (const line of output.split('\n')) {
    const match = SUMMARY.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    answers.set(match[1], match[2] === '-' ? null : Number(match[2]));
  }
  return answers;
}

/** Reads answers as they come, in pieces of any length; lines of another form (no answer) are passed over. */
export function followAnswers(tell: Tell): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const lines = (rest + piece).split('\n');
    rest = (lines.pop() ?? '').slice(-MAX_LINE);
    for (const line of lines) {
      const [, address, roundTripMs] = ANSWER.exec(line) ?? [];
      if (address !== undefined) tell(address, Number(roundTripMs));
    }
  };
}

function run(
  program: string,
  args: readonly string[],
  options: { readonly input: string; readonly patienceMs: number; readonly tell: Tell | undefined },
): Promise<{ output: string; code: number | null }> {
  const { input, patienceMs, tell } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const deadline = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (output.length < MAX_OUTPUT_BYTES) output += chunk;
    });
    // Read in any case: a pipe that nobody empties stops whoever writes into it.
    child.stdout.setEncoding('utf8').on('data', tell === undefined ? () => {} : followAnswers(tell));
    child.once('error', (cause: NodeJS.ErrnoException) => {
      clearTimeout(deadline);
      const why = cause.code === 'ENOENT' ? 'fping is not installed' : 'fping does not start';
      reject(new ProbeError('not-supported', why, { cause }));
    });
    child.once('close', (code) => {
      clearTimeout(deadline);
      resolve({ output, code });
    });
    // A process that is gone before it has read everything is dealt with by its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
