/** Bytes that are no protobuf message; the payload is dropped as a whole. */
export class ProtobufError extends Error {}

/** One field: its number and what it holds; `bytes` is a view into the message. */
export type Field =
  | { readonly number: number; readonly type: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly type: 'fixed32' | 'fixed64' | 'bytes'; readonly bytes: Buffer };

/** More fields than any message that is meant well. */
const MAX_FIELDS = 20_000;

/** The fields of a message in their order (protobuf encoding, wire types 0, 1, 2 and 5). @throws ProtobufError */
export function* fieldsOf(message: Buffer): Generator<Field> {
  let at = 0;
  for (let count = 0; at < message.length; count++) {
    if (count >= MAX_FIELDS) throw new ProtobufError('too many fields');
    const key = varint(message, at);
    at = key.end;
    const number = Number(key.value >> 3n);
    if (number < 1 || number > 0x1fff_ffff) throw new ProtobufError('no field number');
    const wire = Number(key.value & 7n);
    if (wire === 0) {
      const { value, end } = varint(message, at);
      at = end;
      yield { number, type: 'varint', value };
      continue;
    }
    const { start, end, type } = extent(message, at, wire);
    at = end;
    yield { number, type, bytes: message.subarray(start, end) };
  }
}

function extent(
  message: Buffer,
  at: number,
  wire: number,
): { readonly start: number; readonly end: number; readonly type: 'fixed32' | 'fixed64' | 'bytes' } {
  const within = (start: number, length: number, type: 'fixed32' | 'fixed64' | 'bytes') => {
    if (length > message.length - start) throw new ProtobufError('cut off');
    return { start, end: start + length, type };
  };
  switch (wire) {
    case 1:
      return within(at, 8, 'fixed64');
    case 5:
      return within(at, 4, 'fixed32');
    case 2: {
      const { value, end } = varint(message, at);
      if (value > BigInt(message.length)) throw new ProtobufError('cut off');
      return within(end, Number(value), 'bytes');
    }
    default:
      throw new ProtobufError('no wire type of today');
  }
}

function varint(message: Buffer, from: number): { readonly value: bigint; readonly end: number } {
  let value = 0n;
  for (let at = from; at < from + 10; at++) {
    const octet = message[at];
    if (octet === undefined) throw new ProtobufError('cut off');
    value |= BigInt(octet & 0x7f) << BigInt(7 * (at - from));
    if (octet < 0x80) return { value: BigInt.asUintN(64, value), end: at + 1 };
  }
  throw new ProtobufError('a number without an end');
}

/** Writes what little we say ourselves. */
export function encodeVarint(number: number, value: bigint): Buffer {
  return Buffer.concat([varintBytes(BigInt(number) << 3n), varintBytes(value)]);
}

export function encodeBytes(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([varintBytes((BigInt(number) << 3n) | 2n), varintBytes(BigInt(bytes.length)), bytes]);
}

function varintBytes(value: bigint): Buffer {
  const octets: number[] = [];
  let rest = value;
  do {
    const octet = Number(rest & 0x7fn);
    rest >>= 7n;
    octets.push(rest === 0n ? octet : octet | 0x80);
  } while (rest !== 0n);
  return Buffer.from(octets);
}
