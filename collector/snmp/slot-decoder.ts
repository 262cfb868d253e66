import type { AnswerSlots, SlotQuestion } from './answer-slots.ts';
import { BerReader, TAG } from './ber.ts';
import { decodeResponse, decodeValues, type EncodedOids, PDU } from './message.ts';

/**
 * Reads what a usual agent sends, without an object for each part of it. What it does not take, by its length of length,
 * its type or its order, it leaves to the plain decoders of `message.ts`, which alone say what is wrong with an answer.
 */

/** Head of an answer: where its parts lie in the datagram. Written anew by each reading. */
export class ResponseHead {
  version = 0;
  communityAt = 0;
  communityEnd = 0;
  requestId = 0;
  errorStatus = 0;
  errorIndex = 0;
  bindingsAt = 0;
  bindingsEnd = 0;
}

/** @throws BadReadingError as `decodeResponse` */
export function readHead(datagram: Uint8Array, head: ResponseHead): void {
  if (readUsualHead(datagram, head)) return;
  const { version, community, requestId, errorStatus, errorIndex, bindings } = decodeResponse(datagram);
  head.version = version === '1' ? 0 : 1;
  head.communityAt = community.byteOffset - datagram.byteOffset;
  head.communityEnd = head.communityAt + community.length;
  head.requestId = requestId;
  head.errorStatus = errorStatus;
  head.errorIndex = errorIndex;
  head.bindingsAt = bindings.at;
  head.bindingsEnd = bindings.end;
}

function readUsualHead(datagram: Uint8Array, head: ResponseHead): boolean {
  const all = partAt(datagram, 0, datagram.length, TAG.sequence);
  if (all < 0) return false;
  const end = endOf(all);
  let at = startOf(all);
  if (datagram[at] !== TAG.integer || datagram[at + 1] !== 1 || at + 3 > end) return false;
  const version = datagram[at + 2] ?? 0xff;
  if (version > 1) return false;
  const community = partAt(datagram, at + 3, end, TAG.octets);
  if (community < 0) return false;
  const pdu = partAt(datagram, endOf(community), end, PDU.response);
  if (pdu < 0) return false;
  const pduEnd = endOf(pdu);
  at = startOf(pdu);
  // Our own ids fill four octets and are positive.
  if (datagram[at] !== TAG.integer || datagram[at + 1] !== 4 || at + 12 > pduEnd || byte(datagram, at + 2) > 0x7f)
    return false;
  const requestId = unsigned(datagram, at + 2, at + 6);
  at += 6;
  if (datagram[at] !== TAG.integer || datagram[at + 1] !== 1 || byte(datagram, at + 2) > 0x7f) return false;
  if (datagram[at + 3] !== TAG.integer || datagram[at + 4] !== 1 || byte(datagram, at + 5) > 0x7f) return false;
  const bindings = partAt(datagram, at + 6, pduEnd, TAG.sequence);
  if (bindings < 0) return false;
  head.version = version;
  head.communityAt = startOf(community);
  head.communityEnd = endOf(community);
  head.requestId = requestId;
  head.errorStatus = byte(datagram, at + 2);
  head.errorIndex = byte(datagram, at + 5);
  head.bindingsAt = startOf(bindings);
  head.bindingsEnd = endOf(bindings);
  return true;
}

/**
 * Values of an answer whose objects are those that were asked for.
 * @param first slot of the first of them
 * @throws BadReadingError as `decodeValues`
 */
export function readSlots(
  bindings: BerReader,
  asked: EncodedOids,
  question: SlotQuestion,
  slots: AnswerSlots,
  first: number,
): void {
  if (readUsualSlots(bindings, asked, question, slots, first)) return;
  const values = decodeValues(bindings, asked);
  for (let place = 0; place < values.length; place++) slots.setValue(first + place, values[place] ?? null);
}

function readUsualSlots(
  { bytes, at: from, end }: BerReader,
  { oids, names, nameEnds }: EncodedOids,
  { wholeFrom, wholeTo }: SlotQuestion,
  slots: AnswerSlots,
  first: number,
): boolean {
  let at = from;
  let inNames = 0;
  for (let place = 0; place < oids.length; place++) {
    let bindingEnd: number;
    const short = byte(bytes, at + 1);
    if (short <= 0x7f && bytes[at] === TAG.sequence) {
      at += 2;
      bindingEnd = at + short;
      if (bindingEnd > end) return false;
    } else {
      const binding = partAt(bytes, at, end, TAG.sequence);
      if (binding < 0) return false;
      at = startOf(binding);
      bindingEnd = endOf(binding);
    }
    const nameEnd = nameEnds[place] ?? 0;
    if (at + nameEnd - inNames > bindingEnd) return false;
    // Tag and length of the name among them.
    while (inNames < nameEnd) if (bytes[at++] !== names[inNames++]) return false;

    const valueAt = at;
    const length = byte(bytes, at + 1);
    if (at + 2 > bindingEnd || length > 0x7f || at + 2 + length !== bindingEnd) return false;
    if (place >= wholeFrom && place < wholeTo) {
      const value = new BerReader(bytes, valueAt, bindingEnd);
      slots.setValue(first + place, value.value());
      if (!value.isAtEnd) return false;
    } else if (!readNumber(bytes, valueAt, bindingEnd, slots, first + place)) return false;
    at = bindingEnd;
  }
  return at === end;
}

/** @returns false where it is no number, or one of an unusual length */
function readNumber(bytes: Uint8Array, at: number, end: number, slots: AnswerSlots, slot: number): boolean {
  const tag = bytes[at] ?? 0;
  let body = at + 2;
  switch (tag) {
    case TAG.integer: {
      const length = end - body;
      if (length === 0 || length > 4) return false;
      const value = unsigned(bytes, body, end);
      slots.setNumber(slot, tag, byte(bytes, body) > 0x7f ? value - 2 ** (8 * length) : value);
      return true;
    }
    case TAG.counter32:
    case TAG.gauge32:
    case TAG.unsigned32:
    case TAG.timeticks:
      if (end - body === 5 && bytes[body] === 0) body++;
      if (body === end || end - body > 4) return false;
      slots.setNumber(slot, tag, unsigned(bytes, body, end));
      return true;
    case TAG.counter64: {
      if (end - body === 9 && bytes[body] === 0) body++;
      if (body === end || end - body > 8) return false;
      const low = Math.max(body, end - 4);
      // Rounded once, as the whole number would be.
      slots.setNumber(slot, tag, unsigned(bytes, body, low) * 2 ** 32 + unsigned(bytes, low, end));
      return true;
    }
    case TAG.null:
    case TAG.noSuchObject:
    case TAG.noSuchInstance:
    case TAG.endOfMibView:
      slots.setMissing(slot);
      return true;
    default:
      return false;
  }
}

const byte = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;

/** Of at most four octets. */
function unsigned(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 256 + byte(bytes, at);
  return value;
}

/** Datagrams are shorter than this: start and end of a part go into one number. */
const SPAN = 2 ** 17;
const startOf = (part: number): number => Math.floor(part / SPAN);
const endOf = (part: number): number => part % SPAN;

/** Start and end of the inside of a part that has this tag and fits; -1 where it does not, or its length is unusual. */
function partAt(bytes: Uint8Array, at: number, end: number, tag: number): number {
  if (at + 2 > end || bytes[at] !== tag) return -1;
  let start = at + 2;
  let length = byte(bytes, at + 1);
  if (length > 0x7f) {
    const count = length & 0x7f;
    if (count === 0 || count > 2 || start + count > end) return -1;
    length = unsigned(bytes, start, start + count);
    start += count;
  }
  return start + length > end ? -1 : start * SPAN + start + length;
}
