import type { RegionCode } from './region.ts';

export const AUDIT_ACTORS = ['account', 'token', 'officer', 'system', 'nobody'] as const;
export const AUDIT_OUTCOMES = ['done', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** Who did it. `nobody`: someone who did not get in; `system`: the program itself, or its command line. */
export type AuditActor = {
  readonly kind: (typeof AUDIT_ACTORS)[number];
  /** Of the account or the token. */
  readonly id: string | null;
  /** As it was at the time. */
  readonly name: string;
};

/** One deed, as whoever did it tells it. Never holds a secret: `before` and `after` are cleaned again on the way in. */
export type AuditEntry = {
  readonly actor: AuditActor;
  /** `METHOD /api/v1/…` with the names of its parameters, or a stable code such as `sign-in`. */
  readonly action: string;
  readonly target?: { readonly kind: string; readonly id?: string | null; readonly name?: string | null } | undefined;
  /** Covers all that the entry tells of; empty or absent: every region. */
  readonly regionCode?: RegionCode | '' | undefined;
  /** Where it came from. */
  readonly address?: string | undefined;
  readonly agent?: string | undefined;
  readonly outcome: AuditOutcome;
  /** The thing before and after: only the fields that differ are kept. */
  readonly before?: unknown;
  readonly after?: unknown;
};

/** Bytes of JSON that are kept of one side. */
export const AUDIT_SIDE_BYTES = 8_192;
const MAX_DEPTH = 6;
const MAX_ITEMS = 50;
const MAX_TEXT = 500;

export const HIDDEN = '[secret]';
const SECRET_NAME =
  /pass(word|phrase|wd)?$|secret|token|community|(auth|priv|private|api|shared|signing|secret)_?key$|^key$|^pin$|otp|cookie|recovery|^codes$|^sealed$|hash$/i;
/** An international or local telephone number and nothing else. */
const PHONE = /^\+?\d[\d ()-]{7,18}$/;
const KEPT_NUMBERS = /^(id|ref|code|serial|seq|month|.*Code|.*Id|.*Ids|.*At)$/;

/** Its last three digits tell one number from the next. */
const shortNumber = (text: string): string => `…${text.replace(/\D/g, '').slice(-3)}`;

/** A thing without its secrets, and without whole telephone numbers; bounded in depth and length. */
export function cleaned(value: unknown, name = '', depth = 0): unknown {
  if (value === undefined || typeof value === 'function') return undefined;
  if (value !== null && value !== false && SECRET_NAME.test(name) && typeof value !== 'boolean') return HIDDEN;
  if (typeof value === 'string') {
    if (PHONE.test(value) && !KEPT_NUMBERS.test(name)) return shortNumber(value);
    return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
  }
  if (typeof value === 'bigint') return String(value);
  if (value === null || typeof value !== 'object') return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} B]`;
  if (value instanceof Date) return value.getTime();
  if (depth >= MAX_DEPTH) return '…';
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ITEMS).map((item) => cleaned(item, name, depth + 1));
    return value.length > MAX_ITEMS ? [...items, `… ${value.length - MAX_ITEMS}`] : items;
  }
  const fields = Object.entries(value).slice(0, 200);
  return Object.fromEntries(fields.map(([key, inner]) => [key, cleaned(inner, key, depth + 1)]));
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** The fields that differ, on both sides; whole things where one side is missing. */
export function changedFields(before: unknown, after: unknown): { readonly before: unknown; readonly after: unknown } {
  if (!isFields(before) || !isFields(after)) return { before, after };
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const differ = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const side = (all: Fields): Fields =>
    Object.fromEntries(differ.filter((name) => all[name] !== undefined).map((name) => [name, all[name]]));
  return { before: side(before), after: side(after) };
}

/** Text of one side as it is kept; empty for nothing. What is too large loses its largest fields first. */
export function sideText(value: unknown): string {
  if (value === undefined || value === null || (isFields(value) && Object.keys(value).length === 0)) return '';
  const text = JSON.stringify(value);
  if (sizeOf(text) <= AUDIT_SIDE_BYTES) return text;
  if (!isFields(value)) return JSON.stringify(`… ${sizeOf(text)} B`);
  const bySize = Object.entries(value)
    .map(([name, inner]) => ({ name, inner, size: sizeOf(JSON.stringify(inner) ?? '') }))
    .sort((a, b) => a.size - b.size);
  let left = AUDIT_SIDE_BYTES - 64;
  const kept: Record<string, unknown> = {};
  for (const { name, inner, size } of bySize) {
    const isFitting = size + sizeOf(name) + 8 <= left;
    const shown = isFitting ? inner : `… ${size} B`;
    left -= sizeOf(name) + 8 + (isFitting ? size : 16);
    if (left < 0) break;
    kept[name] = shown;
  }
  return JSON.stringify(kept);
}

const sizeOf = (text: string): number => new TextEncoder().encode(text).byteLength;

/** The narrowest region that covers both; empty where only every region does. */
export function commonRegion(one: RegionCode | '', other: RegionCode | ''): RegionCode | '' {
  const [a, b] = [one.split('.'), other.split('.')];
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared += 1;
  return a.slice(0, shared).join('.');
}
