import type { Oid, SnmpValue } from './value.ts';
import { objectsPerRequest } from './walk-pace.ts';
import { takeStep, type Walker } from './walk-step.ts';

/**
 * Single objects, null for those that the device has not, all in as few requests as they fit.
 * @throws ProbeError
 */
export async function readObjects(walker: Walker, oids: readonly Oid[]): Promise<ReadonlyMap<Oid, SnmpValue | null>> {
  const { client, target, pace } = walker;
  const asked = [...new Set(oids)];
  const values = new Map<Oid, SnmpValue | null>();
  if (target.security.version !== '1') {
    const got = asked.length === 0 ? [] : await client.get(target, asked);
    for (const [at, oid] of asked.entries()) values.set(oid, got[at] ?? null);
    return values;
  }
  // GET of v1 refuses all for each object that is missing; GETNEXT from just before them answers.
  for (let at = 0; at < asked.length; at += objectsPerRequest(pace)) {
    const part = asked.slice(at, at + objectsPerRequest(pace));
    const row = await takeStep(walker, { oids: part.map(before), table: '', objectBytes: 1 });
    for (const [position, oid] of part.entries()) {
      const found = row[position];
      values.set(oid, found?.oid === oid ? found.value : null);
    }
  }
  return values;
}

/** What GETNEXT passes on its way to an object: its column, or the row before it. */
function before(oid: Oid): Oid {
  const dot = oid.lastIndexOf('.');
  const last = Number(oid.slice(dot + 1));
  return last === 0 ? oid.slice(0, dot) : `${oid.slice(0, dot)}.${last - 1}`;
}
