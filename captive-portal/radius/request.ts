import { addressOf, hasAttribute, rawOf, textOf } from './attributes.ts';
import type { Key } from './authenticators.ts';
import { TYPE } from './codes.ts';
import type { Packet } from './packet.ts';
import { isChapRight, isSamePassword, revealPassword } from './passwords.ts';
import type { RadiusRequest } from './policy.ts';

/** Microsoft's vendor number: its attributes carry MS-CHAP, which hotspots do not use. */
const MICROSOFT = 311;

/** An Access-Request as the policy sees it. */
export function readRequest(packet: Packet, key: Key, from: string): RadiusRequest {
  return {
    userName: textOf(packet, TYPE.userName) ?? '',
    ...readCredential(packet, key),
    callingStationId: textOf(packet, TYPE.callingStationId),
    calledStationId: textOf(packet, TYPE.calledStationId),
    nasIdentifier: textOf(packet, TYPE.nasIdentifier),
    framedIp: addressOf(packet, TYPE.framedIpAddress),
    acctSessionId: textOf(packet, TYPE.acctSessionId),
    from,
    attributes: packet.attributes,
  };
}

function readCredential(packet: Packet, key: Key): Pick<RadiusRequest, 'credential' | 'check'> {
  const hidden = rawOf(packet, TYPE.userPassword);
  const chap = rawOf(packet, TYPE.chapPassword);
  // RFC 2865 section 4.1 forbids both in one request.
  if (hidden !== null && chap !== null) return { credential: 'other', check: never };
  if (hidden !== null) {
    const shown = revealPassword(hidden, key, packet.authenticator);
    const check = (password: string) => shown !== null && isSamePassword(shown, Buffer.from(password, 'utf8'));
    return { credential: 'pap', check };
  }
  if (chap !== null) {
    const challenge = rawOf(packet, TYPE.chapChallenge) ?? packet.authenticator;
    return { credential: 'chap', check: (password) => isChapRight(chap, challenge, Buffer.from(password, 'utf8')) };
  }
  const isOther = hasAttribute(packet, TYPE.eapMessage) || hasMicrosoft(packet);
  return { credential: isOther ? 'other' : 'none', check: never };
}

const never = (): boolean => false;

const hasMicrosoft = ({ attributes }: Packet): boolean =>
  attributes.some(
    ({ type, value }) => type === TYPE.vendorSpecific && value.length >= 4 && value.readUInt32BE(0) === MICROSOFT,
  );
