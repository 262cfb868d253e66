/** The named fields of `from` that are given at all: what else a caller sent along never reaches the store. */
export function pick<T extends object, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  const picked: Partial<Pick<T, K>> = {};
  for (const name of names) if (name in from && from[name] !== undefined) picked[name] = from[name];
  return picked as Pick<T, K>;
}
