import { BadReadingError } from '../../../../collector/snmp/bad-reading.ts';
import { BerReader, TAG } from '../../../../collector/snmp/ber.ts';
import { PDU } from '../../../../collector/snmp/message.ts';
import { BackwardWriter, type MibValue } from './encoder.ts';
import type { Mib } from './mib.ts';

const SET = 0xa3;
/** RFC 3416, section 3. */
const STATUS = { noError: 0, tooBig: 1, noSuchName: 2, genErr: 5, notWritable: 17 } as const;
/** Largest answer: macOS sends no larger datagram than 9,216 octets unless told to. */
const MAX_ANSWER = 8_192;
const MAX_BINDINGS = 256;
const EMPTY = new Uint8Array(0);
const NULL: MibValue = { tag: TAG.null, value: EMPTY };

type Asked = { readonly oid: string; readonly name: Uint8Array };
type Binding = { readonly name: Uint8Array; readonly value: MibValue | number };
type Message = {
  readonly version: 0 | 1;
  readonly community: Uint8Array;
  readonly pdu: number;
  readonly requestId: number;
  /** non-repeaters and max-repetitions of a GETBULK. */
  readonly second: number;
  readonly third: number;
  readonly asked: readonly Asked[];
};

/**
 * Answers SNMP v1 and v2c as an agent must (RFC 1157, RFC 3416). Null: silence, which is what nonsense, a wrong
 * community and an unknown version get.
 */
export function createResponder(
  mib: () => Mib,
  community: string,
): (datagram: Uint8Array, at: number) => Buffer | null {
  const expected = Buffer.from(community);
  const writer = new BackwardWriter(2_048);

  return (datagram, at) => {
    const message = readMessage(datagram);
    if (message === null || !expected.equals(message.community)) return null;
    const answer = respond(mib(), message, at);
    if (answer === null) return null;
    const whole = write(writer, message, answer);
    if (whole.length <= MAX_ANSWER) return whole;
    // RFC 1157 gives the bindings back, RFC 3416 none.
    const asked = message.version === 0 ? message.asked.map(({ name }) => ({ name, value: NULL })) : [];
    return write(writer, message, { status: STATUS.tooBig, index: 0, bindings: asked });
  };
}

function readMessage(datagram: Uint8Array): Message | null {
  try {
    const whole = new BerReader(datagram).enter(TAG.sequence);
    const version = whole.integer();
    if (version !== 0 && version !== 1) return null;
    const community = whole.octets();
    const pdu = datagram[whole.at];
    if (pdu === undefined || (pdu === PDU.getBulk && version === 0)) return null;
    const body = whole.enter(pdu);
    const [requestId, second, third] = [body.integer(), body.integer(), body.integer()];
    const bindings = body.enter(TAG.sequence);
    const asked: Asked[] = [];
    while (!bindings.isAtEnd) {
      if (asked.length >= MAX_BINDINGS) return null;
      const binding = bindings.enter(TAG.sequence);
      const from = binding.at;
      const oid = binding.oid();
      asked.push({ oid, name: datagram.subarray(from, binding.at) });
      binding.value();
    }
    return { version, community, pdu, requestId, second, third, asked };
  } catch (error) {
    if (error instanceof BadReadingError) return null;
    throw error;
  }
}

type Answer = { readonly status: number; readonly index: number; readonly bindings: readonly Binding[] };

function respond(mib: Mib, message: Message, at: number): Answer | null {
  switch (message.pdu) {
    case PDU.get:
      return each(
        message,
        ({ oid, name }) => {
          const leaf = mib.at(mib.indexOf(oid));
          if (leaf === undefined || (message.version === 0 && leaf.isCounter64)) return null;
          return { name, value: leaf.read(at) };
        },
        (oid) => (hasColumnOf(mib, oid) ? TAG.noSuchInstance : TAG.noSuchObject),
      );
    case PDU.getNext:
      return each(
        message,
        ({ oid }) => next(mib, message.version, oid, at),
        () => TAG.endOfMibView,
      );
    case PDU.getBulk:
      return bulk(mib, message, at);
    case SET:
      return {
        status: message.version === 0 ? STATUS.noSuchName : STATUS.notWritable,
        index: message.asked.length === 0 ? 0 : 1,
        bindings: message.asked.map(({ name }) => ({ name, value: NULL })),
      };
    default:
      return null;
  }
}

/** Whether other rows of the same column exist: that tells a missing row from a missing object. */
function hasColumnOf(mib: Mib, oid: string): boolean {
  const column = `${oid.slice(0, oid.lastIndexOf('.'))}.`;
  const after = mib.indexAfter(oid);
  return [after - 1, after].some((index) => mib.at(index)?.oid.startsWith(column));
}

/** v1 fails as a whole at the first object that is missing; v2c says of each what is the matter. */
function each(
  { version, asked }: Message,
  find: (one: Asked) => Binding | null,
  exception: (oid: string) => number,
): Answer {
  const bindings: Binding[] = [];
  for (const [index, one] of asked.entries()) {
    const found = find(one);
    if (found !== null) bindings.push(found);
    else if (version === 1) bindings.push({ name: one.name, value: exception(one.oid) });
    else {
      const unchanged = asked.map(({ name }) => ({ name, value: NULL }));
      return { status: STATUS.noSuchName, index: index + 1, bindings: unchanged };
    }
  }
  return { status: STATUS.noError, index: 0, bindings };
}

function next(mib: Mib, version: 0 | 1, oid: string, at: number): Binding | null {
  // Counter64 does not exist in v1: such objects are passed over (RFC 3584, section 4.2.2.1).
  for (let index = mib.indexAfter(oid); ; index++) {
    const leaf = mib.at(index);
    if (leaf === undefined) return null;
    if (version === 1 || !leaf.isCounter64) return { name: leaf.name, value: leaf.read(at) };
  }
}

function bulk(mib: Mib, message: Message, at: number): Answer {
  const nonRepeaters = Math.max(0, message.second);
  const repetitions = Math.max(0, message.third);
  const bindings: Binding[] = [];
  const once = message.asked.slice(0, nonRepeaters);
  for (const { oid, name } of once) bindings.push(next(mib, 1, oid, at) ?? { name, value: TAG.endOfMibView });

  const columns = message.asked.slice(nonRepeaters).map(({ oid, name }) => ({ index: mib.indexAfter(oid), name }));
  let size = 0;
  for (let row = 0; row < repetitions && columns.length > 0; row++) {
    let hasMore = false;
    for (const column of columns) {
      const leaf = mib.at(column.index);
      if (leaf === undefined) bindings.push({ name: column.name, value: TAG.endOfMibView });
      else {
        hasMore = true;
        column.index++;
        column.name = leaf.name;
        const value = leaf.read(at);
        size += leaf.name.length + 12 + (typeof value.value === 'number' ? 0 : value.value.length);
        // As many whole bindings as fit: an answer may hold fewer than were asked for.
        if (size > MAX_ANSWER - 512) return { status: STATUS.noError, index: 0, bindings };
        bindings.push({ name: leaf.name, value });
      }
    }
    if (!hasMore) break;
  }
  return { status: STATUS.noError, index: 0, bindings };
}

function write(writer: BackwardWriter, message: Message, { status, index, bindings }: Answer): Buffer {
  for (let at = bindings.length - 1; at >= 0; at--) {
    const binding = bindings[at];
    if (binding === undefined) continue;
    const before = writer.length;
    if (typeof binding.value === 'number') writer.header(binding.value, writer.length);
    else writer.value(binding.value);
    writer.bytes(binding.name);
    writer.header(TAG.sequence, before);
  }
  writer.header(TAG.sequence, 0);
  writer.integer(index);
  writer.integer(status);
  writer.integer(message.requestId);
  writer.header(PDU.response, 0);
  writer.value({ tag: TAG.octets, value: message.community });
  writer.integer(message.version);
  writer.header(TAG.sequence, 0);
  return writer.take();
}
