import { encodeOid, TAG } from '../../../../collector/snmp/ber.ts';
import type { MibValue } from './encoder.ts';

/** A leaf of the tree. Values are read at the moment of the request. */
export type MibObject = { readonly oid: string; readonly read: (at: number) => MibValue };

type Leaf = MibObject & {
  readonly parts: readonly number[];
  /** Encoded identifier with its header. */
  readonly name: Uint8Array;
  readonly isCounter64: boolean;
};

/** Objects in the order of the tree. */
export type Mib = {
  readonly size: number;
  /** Where an object stands; -1 where there is none. */
  indexOf(oid: string): number;
  /** Where the first object after `oid` stands; `size` at the end. */
  indexAfter(oid: string): number;
  at(index: number): Leaf | undefined;
};

/** @throws Error where two objects have the same identifier */
export function createMib(objects: readonly MibObject[]): Mib {
  const leaves: Leaf[] = objects
    .map((object) => {
      const body = encodeOid(object.oid);
      return {
        ...object,
        parts: object.oid.split('.').map(Number),
        name: Uint8Array.from([TAG.oid, body.length, ...body]),
        isCounter64: object.read(0).tag === TAG.counter64,
      };
    })
    .sort((a, b) => compareParts(a.parts, b.parts));
  const positions = new Map(leaves.map(({ oid }, index) => [oid, index]));
  if (positions.size !== leaves.length) throw new Error('two objects with one identifier');

  return {
    size: leaves.length,
    indexOf: (oid) => positions.get(oid) ?? -1,
    indexAfter(oid) {
      const exact = positions.get(oid);
      if (exact !== undefined) return exact + 1;
      const parts = oid.split('.').map(Number);
      let low = 0;
      let high = leaves.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (compareParts(leaves[middle]?.parts ?? [], parts) <= 0) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    at: (index) => leaves[index],
  };
}

function compareParts(a: readonly number[], b: readonly number[]): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export const integer = (value: number): MibValue => ({ tag: TAG.integer, value });
export const gauge32 = (value: number): MibValue => ({ tag: TAG.gauge32, value });
export const counter32 = (value: number): MibValue => ({ tag: TAG.counter32, value });
export const counter64 = (value: number): MibValue => ({ tag: TAG.counter64, value });
export const timeticks = (ms: number): MibValue => ({ tag: TAG.timeticks, value: Math.max(0, Math.floor(ms / 10)) });
export const octets = (text: string): MibValue => ({ tag: TAG.octets, value: Buffer.from(text, 'utf8') });
export const hardwareAddress = (mac: string): MibValue => ({
  tag: TAG.octets,
  value: Uint8Array.from(mac === '' ? [] : mac.split(':').map((octet) => Number.parseInt(octet, 16))),
});
export const objectId = (oid: string): MibValue => ({ tag: TAG.oid, value: encodeOid(oid) });
