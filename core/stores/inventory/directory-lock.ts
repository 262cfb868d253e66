import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { AppError } from '../../domain/errors.ts';

/**
 * When a process began, as a text that no later process with the same number shares (numbers are used again, and in a
 * container they are always the same); `null` where it is gone.
 */
function birthOf(pid: number): string | null {
  if (process.platform === 'linux') {
    try {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // proc(5): the command in brackets may hold spaces; starttime is the 20th field after it.
      return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
    } catch {
      return null;
    }
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

type Holder = { readonly pid: number; readonly birth: string | null };

function readHolder(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || typeof value.pid !== 'number') return null;
    return { pid: value.pid, birth: 'birth' in value && typeof value.birth === 'string' ? value.birth : null };
  } catch {
    return null;
  }
}

const read = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/**
 * Keeps a second process off a directory that serves one. A lock whose process was killed is taken over.
 * @param file the lock, beside the directory
 * @returns a function that gives the lock back
 * @throws AppError `config` that names the process which holds it
 */
export function lockDirectory(file: string): () => void {
  const own = JSON.stringify({ pid: process.pid, birth: birthOf(process.pid), token: randomUUID() });
  const draft = `${file}.${process.pid}.${randomUUID()}`;
  writeFileSync(draft, own);
  try {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      try {
        // A link appears with its content at once, so nobody ever reads half a lock.
        linkSync(draft, file);
        return () => {
          if (read(file) === own) rmSync(file, { force: true });
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      dropStaleLock(file);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new AppError('config', `${file} cannot be taken: other processes keep taking it`);
}

function dropStaleLock(file: string): void {
  const text = read(file);
  if (text === null) return;
  const holder = readHolder(text);
  if (holder !== null && holder.birth !== null && birthOf(holder.pid) === holder.birth) {
    const directory = file.replace(/\.lock$/, '');
    throw new AppError(
      'config',
      `${directory} is open in process ${holder.pid}: stop that one, choose another SIMPUL_DATA_DIR, or set DATABASE_URL to a PostgreSQL server`,
    );
  }
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  // Between reading and moving, another process may have put its own fresh lock there: give it back.
  if (read(aside) !== text) {
    try {
      linkSync(aside, file);
    } catch {
      // A third process was faster.
    }
  }
  rmSync(aside, { force: true });
}
