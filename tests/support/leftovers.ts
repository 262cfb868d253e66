/** Sockets and timers that this process holds, by kind; those of the test runner itself included. */
export function leftovers(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo())
    if (/TCP|UDP|TLS|Timeout|QUERY|GETADDR/i.test(kind)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Waits until no more of any kind is held than before: a socket that was destroyed goes a moment later. */
export async function untilNothingIsLeft(before: Readonly<Record<string, number>>): Promise<string[]> {
  let more: string[] = [];
  for (let turn = 0; turn < 400; turn++) {
    more = Object.entries(leftovers()).flatMap(([kind, count]) =>
      count > (before[kind] ?? 0) ? [`${kind}: ${count}, ${before[kind] ?? 0} before`] : [],
    );
    if (more.length === 0) return [];
    await new Promise((done) => setImmediate(done));
    await new Promise((done) => setTimeout(done, 5));
  }
  return more;
}
