import { BadReadingError } from '../bad-reading.ts';
import { BerReader, TAG } from '../ber.ts';
import { decodeVarBinds } from '../message.ts';
import { type Oid, textOf, type VarBind } from '../value.ts';

/** PDUs by which agents speak first: v1 (RFC 1157), v2 (RFC 3416); and the answer to an inform. */
export const NOTIFICATION_PDU = { trapV1: 0xa4, response: 0xa2, inform: 0xa6, trapV2: 0xa7 } as const;

/** What an agent announced. It is not to be believed: anyone can send it. */
export type Notification = {
  /** snmpTrapOID; that of v1 in the form of v2 (RFC 3584, section 3.1). */
  readonly trapOid: Oid;
  /** The sender wants to know that it came. */
  readonly isInform: boolean;
  /** Where it began, if it was handed on: agent-addr of v1, snmpTrapAddress. */
  readonly origin: string | null;
  readonly varBinds: readonly VarBind[];
};

const MAX_VAR_BINDS = 200;
const SNMP_TRAPS = '1.3.6.1.6.3.1.1.5';
const SNMP_TRAP_OID = '1.3.6.1.6.3.1.1.4.1.0';
const SNMP_TRAP_ADDRESS = '1.3.6.1.6.3.18.1.3.0';
const ENTERPRISE_SPECIFIC = 6;

/** Reads the PDU at which the reader stands. @throws BadReadingError; `unreadable` for a PDU that announces nothing */
export function decodeNotification(reader: BerReader): Notification {
  const tag = reader.bytes[reader.at];
  switch (tag) {
    case NOTIFICATION_PDU.trapV1:
      return trapV1(reader.enter(tag));
    case NOTIFICATION_PDU.inform:
    case NOTIFICATION_PDU.trapV2:
      return trapV2(reader.enter(tag), tag === NOTIFICATION_PDU.inform);
    default:
      throw new BadReadingError('unreadable');
  }
}

function trapV1(pdu: BerReader): Notification {
  const enterprise = pdu.oid();
  const address = pdu.value();
  const generic = pdu.integer();
  const specific = pdu.integer();
  const uptime = pdu.value();
  if (address?.type !== 'address' || uptime?.type !== 'timeticks') throw new BadReadingError('wrong-type');
  const varBinds = decodeVarBinds(pdu.enter(TAG.sequence), MAX_VAR_BINDS);
  return {
    trapOid: generic === ENTERPRISE_SPECIFIC ? `${enterprise}.0.${specific}` : `${SNMP_TRAPS}.${generic + 1}`,
    isInform: false,
    origin: originOf(address.value),
    varBinds,
  };
}

function trapV2(pdu: BerReader, isInform: boolean): Notification {
  pdu.integer();
  pdu.integer();
  pdu.integer();
  const varBinds = decodeVarBinds(pdu.enter(TAG.sequence), MAX_VAR_BINDS);
  const find = (oid: Oid) => varBinds.find((one) => one.oid === oid)?.value;
  const trapOid = find(SNMP_TRAP_OID);
  if (trapOid?.type !== 'oid') throw new BadReadingError('wrong-oid');
  return { trapOid: trapOid.value, isInform, origin: originOf(textOf(find(SNMP_TRAP_ADDRESS))), varBinds };
}

const originOf = (address: string): string | null =>
  /^\d+(\.\d+){3}$/.test(address) && address !== '0.0.0.0' ? address : null;

/** v1 and v2c: the community and what stands in it. */
export type CommunityNotification = {
  readonly community: string;
  readonly notification: Notification;
  /** What the sender of an inform waits for: the same message as a response (RFC 3416, section 4.2.7). */
  readonly response: Buffer | null;
};

/** @throws BadReadingError; `wrong-version` for v3 */
export function decodeCommunityNotification(datagram: Buffer): CommunityNotification {
  const message = new BerReader(datagram).enter(TAG.sequence);
  const version = message.integer();
  if (version !== 0 && version !== 1) throw new BadReadingError('wrong-version');
  const community = Buffer.from(message.octets()).toString('utf8');
  const pduAt = message.at;
  const notification = decodeNotification(message);
  if (!notification.isInform) return { community, notification, response: null };
  const response = Buffer.from(datagram);
  response[pduAt] = NOTIFICATION_PDU.response;
  return { community, notification, response };
}

/** What a notification announces, as far as it matters for asking. */
export type Announcement =
  | 'cold-start'
  | 'warm-start'
  | 'link-down'
  | 'link-up'
  | 'authentication-failure'
  | 'power'
  | 'other';

const STANDARD: Readonly<Record<Oid, Announcement>> = {
  [`${SNMP_TRAPS}.1`]: 'cold-start',
  [`${SNMP_TRAPS}.2`]: 'warm-start',
  [`${SNMP_TRAPS}.3`]: 'link-down',
  [`${SNMP_TRAPS}.4`]: 'link-up',
  [`${SNMP_TRAPS}.5`]: 'authentication-failure',
};

/** Branches that hold notifications of power alone. */
const POWER: readonly Oid[] = [
  // UPS-MIB (RFC 1628) upsTraps
  '1.3.6.1.2.1.33.2',
  // POWER-ETHERNET-MIB (RFC 3621) pethNotifications
  '1.3.6.1.2.1.105.0',
  // PowerNet-MIB (APC), XUPS-MIB (Eaton), MG-SNMP-UPS-MIB (MGE)
  '1.3.6.1.4.1.318.0',
  '1.3.6.1.4.1.534.1.11',
  '1.3.6.1.4.1.705.1.11',
  // CISCO-ENVMON-MIB ciscoEnvMonMIBNotifications
  '1.3.6.1.4.1.9.9.13.3',
];

export const announcementOf = ({ trapOid }: Notification): Announcement =>
  STANDARD[trapOid] ?? (POWER.some((branch) => trapOid.startsWith(`${branch}.`)) ? 'power' : 'other');
