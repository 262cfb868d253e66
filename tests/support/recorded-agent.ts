import { readFileSync } from 'node:fs';
import type { SnmpClient } from '../../collector/snmp/client.ts';
import { compareOids, type Oid, type SnmpValue, type VarBind } from '../../collector/snmp/value.ts';
import { readBy } from './rounds.ts';

/**
 * An agent that answers from a recording (`OID|tag|value` a line) without a network between.
 * @param path of a `.snmprec`
 */
export const recordedAgent = (path: string): SnmpClient =>
  agentHolding(
    readFileSync(path, 'latin1')
      .split('\n')
      .flatMap((line): VarBind[] => {
        const [oid = '', tag = '', ...rest] = line.replace(/\r$/, '').split('|');
        const value = tag === '' ? null : taggedValue(tag, rest.join('|'));
        return value === null ? [] : [{ oid, value }];
      }),
  );

/** An agent that holds these objects, without a network between. */
export function agentHolding(objects: readonly VarBind[]): SnmpClient {
  const binds = objects.toSorted((a, b) => compareOids(a.oid, b.oid));
  const byOid = new Map(binds.map((bind) => [bind.oid, bind.value]));

  function after(oid: Oid): number {
    let [low, high] = [0, binds.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareOids(binds[middle]?.oid ?? '', oid) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  const get: SnmpClient['get'] = async (_target, oids) => oids.map((oid) => byOid.get(oid) ?? null);
  return {
    get,
    read: readBy(get),
    async next(_target, oids, repetitions) {
      const starts = oids.map(after);
      return Array.from({ length: Math.max(1, repetitions) }, (_, depth) =>
        starts.map((start, at) => binds[start + depth] ?? { oid: oids[at] ?? '', value: null }),
      ).flat();
    },
    async close() {},
  };
}

/** Tags as snmpsim writes them; null for what holds no value. */
function taggedValue(tag: string, text: string): SnmpValue | null {
  const form = tag.at(-1);
  const octets = form === 'x' ? Buffer.from(text, 'hex') : Buffer.from(form === 'e' ? unescaped(text) : text, 'latin1');
  switch (Number.parseInt(tag, 10)) {
    case 2:
      return { type: 'integer', value: Number(text) };
    case 4:
      return { type: 'octets', value: octets };
    case 6:
      return { type: 'oid', value: text.replace(/^\./, '') };
    case 64:
      return { type: 'address', value: form === 'x' ? [...octets].join('.') : text };
    case 65:
      return { type: 'counter32', value: Number(text) };
    case 66:
      return { type: 'gauge32', value: Number(text) };
    case 67:
      return { type: 'timeticks', value: Number(text) };
    case 68:
      return opaqueOf(octets);
    case 70:
      return { type: 'counter64', value: BigInt(text.trim()) };
    default:
      return null;
  }
}

/** net-snmp wraps a float as 9f 78 04 and four octets. */
const opaqueOf = (octets: Buffer): SnmpValue =>
  octets.length === 7 && octets.readUIntBE(0, 3) === 0x9f7804
    ? { type: 'float', value: octets.readFloatBE(3) }
    : { type: 'opaque', value: octets };

const unescaped = (text: string): string =>
  text.replace(/\\(?:x([0-9a-fA-F]{2})|(.))/g, (_, hex: string | undefined, char: string | undefined) =>
    hex === undefined
      ? ({ n: '\n', r: '\r', t: '\t' }[char ?? ''] ?? char ?? '')
      : String.fromCharCode(parseInt(hex, 16)),
  );
