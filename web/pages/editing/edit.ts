/** What somebody changed of a thing, and what stood there when they began to: only fields that differ. */
export type Edit<T extends object> = { readonly changes: Partial<T>; readonly seen: Partial<T> };

export const noEdit = <T extends object>(): Edit<T> => ({ changes: {}, seen: {} });

export const isSame = (a: unknown, b: unknown): boolean =>
  a === b || JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** Keys in one order; a list of ids is a set. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => JSON.stringify(sorted(each))).sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

/** A field that is set back to what was seen is no change any more. */
export function changed<T extends object>(edit: Edit<T>, current: T, change: Partial<T>): Edit<T> {
  const changes = { ...edit.changes };
  const seen = { ...edit.seen };
  for (const name of Object.keys(change) as (keyof T)[]) {
    const before = name in seen ? seen[name] : current[name];
    if (isSame(change[name], before)) {
      delete changes[name];
      delete seen[name];
    } else {
      changes[name] = change[name] as T[keyof T];
      seen[name] = before as T[keyof T];
    }
  }
  return { changes, seen };
}

export const isEmpty = ({ changes }: Edit<object>): boolean => Object.keys(changes).length === 0;

/** The fields of the edit that somebody else wrote meanwhile, as they are now. */
export function rebased<T extends object>(edit: Edit<T>, current: T, fields: readonly string[]): Edit<T> {
  const names = (Object.keys(edit.changes) as (keyof T & string)[]).filter((name) => fields.includes(name));
  const seen = { ...edit.seen };
  for (const name of names) seen[name] = current[name];
  return { changes: edit.changes, seen };
}

/** Without the fields that somebody else wrote meanwhile. */
export function without<T extends object>({ changes, seen }: Edit<T>, fields: readonly string[]): Edit<T> {
  const keep = <P extends Partial<T>>(all: P): P =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !fields.includes(name))) as P;
  return { changes: keep(changes), seen: keep(seen) };
}

const PREFIX = 'simpul.edit.';
/** A form has less; what is longer is none of ours. */
const MOST_CHARS = 100_000;

/** What was entered and not saved, kept for this tab over a reload. Secrets never come here. */
export function keepEdit<T extends object>(key: string, edit: Edit<T>): void {
  try {
    if (isEmpty(edit)) sessionStorage.removeItem(PREFIX + key);
    else sessionStorage.setItem(PREFIX + key, JSON.stringify(edit));
  } catch {
    // A browser that keeps nothing loses it with the tab.
  }
}

export function keptEdit<T extends object>(key: string, fields: readonly string[]): Edit<T> | null {
  try {
    const text = sessionStorage.getItem(PREFIX + key);
    if (text === null || text.length > MOST_CHARS) return null;
    const { changes, seen } = JSON.parse(text) as Partial<Edit<T>>;
    if (typeof changes !== 'object' || typeof seen !== 'object' || changes === null || seen === null) return null;
    const known = ([name]: [string, unknown]) => fields.includes(name);
    const kept = {
      changes: Object.fromEntries(Object.entries(changes).filter(known)) as Partial<T>,
      seen: Object.fromEntries(Object.entries(seen).filter(known)) as Partial<T>,
    };
    return isEmpty(kept) ? null : kept;
  } catch {
    return null;
  }
}
