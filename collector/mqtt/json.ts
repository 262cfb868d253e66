/** What JSON holds at its ends: a number, a text or a yes or no, and the names that lead there. */
export type Leaf = { readonly path: readonly string[]; readonly value: number | string | boolean };

/** A message has this many at most; what comes after them is left out. */
const MAX_LEAVES = 500;
const MAX_DEPTH = 12;
/** C's printf writes these where a measurement failed, which no JSON allows. */
const NOT_A_NUMBER = /([:,[]\s*)[-+]?(?:nan|inf(?:inity)?)\b(?=\s*[,\]}])/gi;

/** @returns undefined where it is no JSON even with the numbers mended that firmware writes as `nan` or `inf` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Tried again below.
  }
  // Texts with such words inside are JSON already, and never come here unless something else is broken too.
  const mended = text.replace(NOT_A_NUMBER, '$1null');
  if (mended === text) return undefined;
  try {
    return JSON.parse(mended);
  } catch {
    return undefined;
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The leaves of a value, in its order. Null stands for nothing, and is none. */
export function leavesOf(value: unknown, prefix: readonly string[] = []): readonly Leaf[] {
  const leaves: Leaf[] = [];
  collect(value, prefix, leaves);
  return leaves;
}

function collect(value: unknown, path: readonly string[], leaves: Leaf[]): void {
  if (leaves.length >= MAX_LEAVES || path.length > MAX_DEPTH) return;
  switch (typeof value) {
    case 'number':
      if (Number.isFinite(value)) leaves.push({ path, value });
      return;
    case 'string':
    case 'boolean':
      leaves.push({ path, value });
      return;
    case 'object':
      if (value === null) return;
      for (const [name, inner] of Object.entries(value)) {
        if (leaves.length >= MAX_LEAVES) return;
        collect(inner, [...path, name.slice(0, 80)], leaves);
      }
      return;
    default:
  }
}

/** What stands at the end of some names; undefined where they lead nowhere. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (!isObject(found) || !Object.hasOwn(found, name)) return undefined;
    found = found[name];
  }
  return found;
}
