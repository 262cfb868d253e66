import { spawn } from 'node:child_process';
import { ProbeError } from '../core/domain/errors.ts';

/** A line a host of at most some 60 characters; whatever goes beyond is not fping's usual answer. */
const MAX_OUTPUT_BYTES = 4 * 1024 * 1024;
/** What a round may take beyond its patience before the process is ended. */
const GRACE_MS = 5_000;
const ANSWER = /^(\S+)\s+: (-|\d+(?:\.\d+)?)\s*$/;

/**
 * One echo request to each address, by one process of `fping`.
 * @returns round trip in ms by address; null for those that did not answer
 * @throws ProbeError `not-supported` where fping is missing or may not send ICMP: that says nothing about the hosts
 */
export async function fpingRound(
  addresses: readonly string[],
  timeoutMs: number,
  program = 'fping',
): Promise<ReadonlyMap<string, number | null>> {
  const { output, code } = await run(program, ['-C1', '-q', '-r0', '-i1', `-t${Math.round(timeoutMs)}`, '-f', '-'], {
    input: `${addresses.join('\n')}\n`,
    patienceMs: timeoutMs + addresses.length * 2 + GRACE_MS,
  });
  const answers = parseFping(output);
  // 0 all answered, 1 some did not, 2 some names unknown; 3 and 4 are troubles of its own.
  if (answers.size === 0 && (code === null || code > 2)) {
    const said = output.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
    throw new ProbeError('not-supported', `fping cannot send ICMP here: ${said}`);
  }
  return answers;
}

/** Reads the summary of `fping -C1 -q`; lines of another form (ICMP errors on the way, warnings) are passed over. */
export function parseFping(output: string): Map<string, number | null> {
  const answers = new Map<string, number | null>();
  for (const line of output.split('\n')) {
    const match = ANSWER.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    answers.set(match[1], match[2] === '-' ? null : Number(match[2]));
  }
  return answers;
}

function run(
  program: string,
  args: readonly string[],
  { input, patienceMs }: { readonly input: string; readonly patienceMs: number },
): Promise<{ output: string; code: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
    const deadline = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (output.length < MAX_OUTPUT_BYTES) output += chunk;
    });
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
