import { addressOf, integerOf, textOf } from './attributes.ts';
import { TYPE } from './codes.ts';
import { TERMINATE_CAUSE } from './dictionary/standard.ts';
import type { Packet } from './packet.ts';
import type { RadiusRecord, RecordStatus } from './policy.ts';

const STATUS: ReadonlyMap<number, RecordStatus> = new Map([
  [1, 'start'],
  [2, 'stop'],
  [3, 'interim'],
  [7, 'on'],
  [8, 'off'],
]);
const GIGAWORD = 2n ** 32n;
const MAX_OCTETS = BigInt(Number.MAX_SAFE_INTEGER);
/** A gateway that says it waited longer has a broken clock. */
const MAX_DELAY_SECONDS = 31 * 24 * 60 * 60;

/** What an accounting packet is: a record, one that lacks what RFC 2866 demands, or of a kind that is not kept. */
export type Read =
  | { readonly kind: 'record'; readonly record: RadiusRecord }
  | { readonly kind: 'incomplete' | 'other' };

/**
 * @param swapOctets the NAS counts Input to the citizen
 * @param now when it came, UTC ms
 */
export function readRecord(packet: Packet, from: string, swapOctets: boolean, now: number): Read {
  const type = integerOf(packet, TYPE.acctStatusType);
  if (type === null) return { kind: 'incomplete' };
  const status = STATUS.get(type);
  if (status === undefined) return { kind: 'other' };
  const acctSessionId = textOf(packet, TYPE.acctSessionId) ?? '';
  if (acctSessionId === '' && status !== 'on' && status !== 'off') return { kind: 'incomplete' };
  const input = octetsOf(packet, TYPE.acctInputOctets, TYPE.acctInputGigawords);
  const output = octetsOf(packet, TYPE.acctOutputOctets, TYPE.acctOutputGigawords);
  const delaySeconds = Math.min(integerOf(packet, TYPE.acctDelayTime) ?? 0, MAX_DELAY_SECONDS);
  return {
    kind: 'record',
    record: {
      status,
      acctSessionId,
      userName: textOf(packet, TYPE.userName) ?? '',
      classText: textOf(packet, TYPE.class),
      callingStationId: textOf(packet, TYPE.callingStationId),
      calledStationId: textOf(packet, TYPE.calledStationId),
      nasIdentifier: textOf(packet, TYPE.nasIdentifier),
      framedIp: addressOf(packet, TYPE.framedIpAddress),
      at: now - delaySeconds * 1_000,
      seconds: integerOf(packet, TYPE.acctSessionTime) ?? 0,
      upOctets: swapOctets ? output : input,
      downOctets: swapOctets ? input : output,
      cause: causeOf(packet),
      from,
      attributes: packet.attributes,
    },
  };
}

function octetsOf(packet: Packet, low: number, high: number): bigint {
  const octets = BigInt(integerOf(packet, high) ?? 0) * GIGAWORD + BigInt(integerOf(packet, low) ?? 0);
  return octets > MAX_OCTETS ? 0n : octets;
}

function causeOf(packet: Packet): string | null {
  const cause = integerOf(packet, TYPE.acctTerminateCause);
  return cause === null ? null : (TERMINATE_CAUSE[cause] ?? String(cause));
}
