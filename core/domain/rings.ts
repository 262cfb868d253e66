type Edges = ReadonlyMap<string, readonly string[]>;

/** Rings of parents, each in order, at most `most`: others may show when these are gone. */
export function findRings(parents: Edges, most: number): readonly (readonly string[])[] {
  const left = new Map([...parents].map(([child, of]) => [child, new Set(of)]));
  const rings: string[][] = [];
  for (;;) {
    stripLeaves(left);
    const start = left.keys().next().value;
    if (start === undefined || rings.length === most) return rings;
    const ring = walkToRing(left, start);
    rings.push(ring);
    for (const code of ring) left.delete(code);
  }
}

/** Takes away, again and again, what depends on nothing that is left. */
function stripLeaves(left: Map<string, Set<string>>): void {
  const children = new Map<string, string[]>();
  const free: string[] = [];
  for (const [child, parents] of left) {
    for (const parent of parents) {
      const others = children.get(parent);
      if (!left.has(parent)) parents.delete(parent);
      else if (others === undefined) children.set(parent, [child]);
      else others.push(child);
    }
    if (parents.size === 0) free.push(child);
  }
  for (let code = free.pop(); code !== undefined; code = free.pop()) {
    left.delete(code);
    for (const child of children.get(code) ?? []) {
      const parents = left.get(child);
      parents?.delete(code);
      if (parents?.size === 0) free.push(child);
    }
  }
}

/** Everything left depends on something left, so that the way up must come back to where it was. */
function walkToRing(left: ReadonlyMap<string, ReadonlySet<string>>, start: string): string[] {
  const path: string[] = [];
  const places = new Map<string, number>();
  let code = start;
  while (!places.has(code)) {
    places.set(code, path.push(code) - 1);
    const [parent] = left.get(code) ?? [];
    if (parent === undefined) throw new Error('a device without parents is left among those in rings');
    code = parent;
  }
  return path.slice(places.get(code));
}
