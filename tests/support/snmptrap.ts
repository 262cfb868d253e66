import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from './program.ts';

/**
 * Sends by Debian's `snmptrap`, with a state of its own.
 * @param args all but the program; an inform fails where no answer comes
 */
export async function snmptrap(args: readonly string[]): Promise<void> {
  const path = program('snmptrap', 'snmp');
  const dir = await mkdtemp(join(tmpdir(), 'simpul-snmptrap-'));
  const env = { PATH: process.env['PATH'], SNMP_PERSISTENT_DIR: dir, SNMPCONFPATH: dir, MIBS: '' };
  try {
    await new Promise<void>((resolve, reject) => {
      execFile(path, [...args], { env }, (error, _stdout, stderr) => {
        if (error === null && !stderr.includes('Timeout')) resolve();
        else reject(new Error(`snmptrap ${args.join(' ')}: ${stderr || error?.message}`));
      });
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
