import { HEADER_OCTETS, MAX_PACKET_OCTETS } from './packet.ts';

/** Cuts a stream into packets by their lengths (RFC 6613 section 2.6.4). Holds at most one packet that is not whole. */
export type Framing = {
  /** @returns the packets that are whole now; null: this is no stream of packets, and nothing can be read of it any more */
  add(octets: Buffer): readonly Buffer[] | null;
  /** Octets of a packet that has begun. */
  begun(): number;
};

export function createFraming(): Framing {
  let kept: Buffer = Buffer.alloc(0);
  return {
    add(octets) {
      const all = kept.length === 0 ? octets : Buffer.concat([kept, octets]);
      const packets: Buffer[] = [];
      let at = 0;
      while (all.length - at >= 4) {
        const length = all.readUInt16BE(at + 2);
        if (length < HEADER_OCTETS || length > MAX_PACKET_OCTETS) return null;
        if (all.length - at < length) break;
        packets.push(all.subarray(at, at + length));
        at += length;
      }
      // A copy: a view would keep the whole of what was read.
      kept = Buffer.from(all.subarray(at));
      return packets;
    },
    begun: () => kept.length,
  };
}
