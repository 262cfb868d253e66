import { isIPv4 } from 'node:net';
import type { ReplyAttribute } from './gateway.ts';
import { isChapRight, isSamePassword } from './radius/passwords.ts';
import type { RadiusRecord, RadiusRequest, RecordStatus } from './radius/policy.ts';

/** Attributes of a request by the names of FreeRADIUS' dictionary, the first value of each, as text. */
export type AttributesAsked = ReadonlyMap<string, string>;

const MOST_ATTRIBUTES = 200;
const MOST_TEXT = 1_024;

/**
 * Reads what `rlm_rest` sends with `body = 'json'`: `{"User-Name": {"type": "string", "value": ["warga"]}}`.
 * @returns null for anything else
 */
export function attributesOf(json: string): AttributesAsked | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  const found = new Map<string, string>();
  for (const [name, entry] of Object.entries(parsed)) {
    if (found.size >= MOST_ATTRIBUTES) return null;
    const value: unknown = Array.isArray(entry?.value) ? entry.value[0] : entry?.value;
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    found.set(name, String(value).slice(0, MOST_TEXT));
  }
  return found;
}

/** Octets are written as `0x` and hex. */
const octetsOf = (text: string | undefined): Buffer | null =>
  text !== undefined && /^0x(?:[0-9a-f]{2})*$/i.test(text) ? Buffer.from(text.slice(2), 'hex') : null;

const PLAIN = /^[^\p{Cc}]+$/u;
const textOf = (text: string | undefined): string | null => (text !== undefined && PLAIN.test(text) ? text : null);
const addressOf = (text: string | undefined): string | null => (text !== undefined && isIPv4(text) ? text : null);

const common = (asked: AttributesAsked, from: string) => ({
  userName: textOf(asked.get('User-Name')) ?? '',
  callingStationId: textOf(asked.get('Calling-Station-Id')),
  calledStationId: textOf(asked.get('Called-Station-Id')),
  nasIdentifier: textOf(asked.get('NAS-Identifier')),
  framedIp: addressOf(asked.get('Framed-IP-Address')),
  from,
  attributes: [],
});

/** @param vector authenticator of the request in hex: the challenge where no CHAP-Challenge is sent */
export function requestOf(asked: AttributesAsked, from: string, vector: string): RadiusRequest {
  return {
    ...common(asked, from),
    ...credentialOf(asked, vector),
    acctSessionId: textOf(asked.get('Acct-Session-Id')),
  };
}

function credentialOf(asked: AttributesAsked, vector: string): Pick<RadiusRequest, 'credential' | 'check'> {
  const password = asked.get('User-Password');
  const chap = octetsOf(asked.get('CHAP-Password'));
  if (password !== undefined && chap === null) {
    const given = Buffer.from(password, 'utf8');
    return { credential: 'pap', check: (right) => isSamePassword(given, Buffer.from(right, 'utf8')) };
  }
  const challenge = octetsOf(asked.get('CHAP-Challenge') ?? vector);
  if (password === undefined && chap !== null && challenge !== null)
    return { credential: 'chap', check: (right) => isChapRight(chap, challenge, Buffer.from(right, 'utf8')) };
  return { credential: password === undefined && chap === null ? 'none' : 'other', check: () => false };
}

const STATUS: Readonly<Record<string, RecordStatus>> = {
  Start: 'start',
  Stop: 'stop',
  'Interim-Update': 'interim',
  'Accounting-On': 'on',
  'Accounting-Off': 'off',
};
const GIGAWORD = 2n ** 32n;
const MAX_OCTETS = BigInt(Number.MAX_SAFE_INTEGER);
const MAX_DELAY_SECONDS = 31 * 86_400;

const numberOf = (text: string | undefined): number =>
  text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : 0;

/** @param now when it came, UTC ms @returns null for what lacks what RFC 2866 demands, or is of a kind that is not kept */
export function recordOf(asked: AttributesAsked, from: string, swapOctets: boolean, now: number): RadiusRecord | null {
  const status = STATUS[asked.get('Acct-Status-Type') ?? ''];
  const acctSessionId = textOf(asked.get('Acct-Session-Id')) ?? '';
  if (status === undefined || (acctSessionId === '' && status !== 'on' && status !== 'off')) return null;
  const octets = (name: string): bigint => {
    const count =
      BigInt(numberOf(asked.get(`Acct-${name}-Gigawords`))) * GIGAWORD +
      BigInt(numberOf(asked.get(`Acct-${name}-Octets`)));
    return count > MAX_OCTETS ? 0n : count;
  };
  const [input, output] = [octets('Input'), octets('Output')];
  const delaySeconds = Math.min(numberOf(asked.get('Acct-Delay-Time')), MAX_DELAY_SECONDS);
  return {
    ...common(asked, from),
    status,
    acctSessionId,
    classText: textOf(octetsOf(asked.get('Class'))?.toString('utf8')),
    at: now - delaySeconds * 1_000,
    seconds: numberOf(asked.get('Acct-Session-Time')),
    upOctets: swapOctets ? output : input,
    downOctets: swapOctets ? input : output,
    cause: textOf(asked.get('Acct-Terminate-Cause')),
  };
}

/** An answer as `rlm_rest` reads it. @param authType what FreeRADIUS does with the request, without asking anybody else */
export function replyJson(attributes: readonly ReplyAttribute[], authType?: string): object {
  const one = (name: string, value: string | number): [string, object] => [name, { op: ':=', value: [value] }];
  return Object.fromEntries([
    ...(authType === undefined ? [] : [one('control:Auth-Type', authType)]),
    ...attributes.map(({ name, value }) =>
      // Class is of octets: text would be taken for hex.
      one(`reply:${name}`, name === 'Class' ? `0x${Buffer.from(String(value)).toString('hex')}` : value),
    ),
  ]);
}
