export type Attribute = { readonly type: number; readonly value: Buffer };

/** A packet as it came; the buffers are views of the one that was received. */
export type Packet = {
  readonly code: number;
  readonly id: number;
  readonly authenticator: Buffer;
  readonly attributes: readonly Attribute[];
  /** The whole of it, without what the sender put behind its length. */
  readonly octets: Buffer;
};

/** Why octets are no packet. */
export type Malformed = 'tooShort' | 'badLength' | 'badAttributes';

export const HEADER_OCTETS = 20;
export const MAX_PACKET_OCTETS = 4096;
/** Of one attribute's value (RFC 2865 section 5). */
export const MAX_VALUE_OCTETS = 253;

/**
 * Reads a packet (RFC 2865 section 3). Octets behind the length are padding; fewer than the length says, or an
 * attribute that reaches beyond it, make it malformed.
 */
export function decodePacket(octets: Buffer): Packet | Malformed {
  if (octets.length < HEADER_OCTETS) return 'tooShort';
  const length = octets.readUInt16BE(2);
  if (length < HEADER_OCTETS || length > MAX_PACKET_OCTETS || length > octets.length) return 'badLength';
  const attributes: Attribute[] = [];
  for (let at = HEADER_OCTETS; at < length; ) {
    const size = at + 1 < length ? octets[at + 1] : 0;
    if (size === undefined || size < 2 || at + size > length) return 'badAttributes';
    attributes.push({ type: octets[at] ?? 0, value: octets.subarray(at + 2, at + size) });
    at += size;
  }
  return {
    code: octets[0] ?? 0,
    id: octets[1] ?? 0,
    authenticator: octets.subarray(4, HEADER_OCTETS),
    attributes,
    octets: length === octets.length ? octets : octets.subarray(0, length),
  };
}

/**
 * Writes a packet, its attributes in the order given.
 * @throws RangeError where it does not fit
 */
export function encodePacket(
  code: number,
  id: number,
  authenticator: Buffer,
  attributes: readonly Attribute[],
): Buffer<ArrayBuffer> {
  let length = HEADER_OCTETS;
  for (const { value } of attributes) {
    if (value.length > MAX_VALUE_OCTETS) throw new RangeError('an attribute is longer than 253 octets');
    length += 2 + value.length;
  }
  if (length > MAX_PACKET_OCTETS) throw new RangeError('the packet is longer than 4096 octets');
  const octets = Buffer.allocUnsafeSlow(length);
  octets[0] = code;
  octets[1] = id;
  octets.writeUInt16BE(length, 2);
  authenticator.copy(octets, 4, 0, 16);
  let at = HEADER_OCTETS;
  for (const { type, value } of attributes) {
    octets[at] = type;
    octets[at + 1] = 2 + value.length;
    value.copy(octets, at + 2);
    at += 2 + value.length;
  }
  return octets;
}
