import type { AuditEntry } from '../domain/audit.ts';
import { type Clock, DAY, MINUTE } from '../domain/clock.ts';
import type { Log } from '../log/log.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';

export type AuditParts = {
  readonly inventory: Pick<Inventory, 'audit'>;
  readonly clock: Clock;
  readonly log: Log;
};

type Waiting = { readonly entry: AuditEntry; readonly at: number };
type Backlog = { readonly waiting: Waiting[]; lost: number; triedAt: number };

/** What is held while the log cannot be written; about 20 KB each at most. */
const MOST_WAITING = 1_000;
const RETRY_MS = MINUTE / 6;
const backlogs = new WeakMap<object, Backlog>();

function backlogOf({ audit }: AuditParts['inventory']): Backlog {
  const known = backlogs.get(audit);
  if (known !== undefined) return known;
  const made = { waiting: [], lost: 0, triedAt: 0 };
  backlogs.set(audit, made);
  return made;
}

/**
 * Adds one deed to the audit log. Never throws: a row that cannot be written waits in memory for the next one, and
 * `auditBacklog` says how many do. Where the deed is one transaction, `inventory.audit.add(entry, at, tx)` keeps both
 * together instead.
 */
export async function recordAudit(parts: AuditParts, entry: AuditEntry): Promise<void> {
  const backlog = backlogOf(parts.inventory);
  const at = parts.clock();
  if (backlog.waiting.length > 0) await drain(parts, backlog);
  try {
    if (backlog.waiting.length > 0) throw new Error('rows before it wait');
    await parts.inventory.audit.add(entry, at);
  } catch (error) {
    if (backlog.waiting.length < MOST_WAITING) backlog.waiting.push({ entry, at });
    else backlog.lost += 1;
    const reason = error instanceof Error ? error.message : String(error);
    parts.log.error({ reason, waiting: backlog.waiting.length, lost: backlog.lost }, 'audit log cannot be written');
  }
}

/** Rows that wait to be written, after another try now and then. */
export async function auditBacklog(parts: AuditParts): Promise<{ readonly waiting: number; readonly lost: number }> {
  const backlog = backlogOf(parts.inventory);
  const now = parts.clock();
  if (backlog.waiting.length > 0 && Math.abs(now - backlog.triedAt) >= RETRY_MS) await drain(parts, backlog);
  return { waiting: backlog.waiting.length, lost: backlog.lost };
}

async function drain(parts: AuditParts, backlog: Backlog): Promise<void> {
  backlog.triedAt = parts.clock();
  for (let next = backlog.waiting.shift(); next !== undefined; next = backlog.waiting.shift()) {
    try {
      await parts.inventory.audit.add(next.entry, next.at);
    } catch {
      backlog.waiting.unshift(next);
      return;
    }
  }
}

/**
 * Lets rows go that are older than `days`, and notes the last hash in the log of the program: kept elsewhere, it tells
 * of rows cut off the end.
 */
export async function forgetAudit({ inventory: { audit }, clock, log }: AuditParts, days: number): Promise<void> {
  const now = clock();
  const forgotten = await audit.forget(now - days * DAY, now);
  const { rows, brokenAt, reason, head } = await audit.verify();
  if (brokenAt !== null) log.error({ brokenAt, reason }, 'the audit log was changed');
  else log.info({ forgotten, rows, seq: head?.seq ?? 0, hash: head?.hash ?? '' }, 'audit log is whole');
}
