import { BadReadingError } from '../bad-reading.ts';
import type { UsmSecurity } from '../client.ts';
import { decrypt, isAuthentic, usmKeys } from '../usm/keys.ts';
import type { Engine } from './engine.ts';
import {
  decodeCommunityNotification,
  decodeNotification,
  NOTIFICATION_PDU,
  type Notification,
} from './notification.ts';
import type { SenderMarks } from './senders.ts';
import {
  decodeScopedPdu,
  decodeUsmMessage,
  encodeUsmMessage,
  reportPdu,
  USM_STATS,
  type UsmMessage,
} from './usm-message.ts';

/** Why a datagram was not taken for a notification. */
export type Refusal =
  | 'unreadable'
  | 'unknownUser'
  | 'unauthenticated'
  | 'weakSecurity'
  | 'notInTimeWindow'
  | 'undecryptable';

/** What a datagram comes to, and what is sent back for it, if anything. */
export type Received =
  | {
      readonly type: 'notification';
      readonly notification: Notification;
      readonly mark: SenderMarks['mark'];
      readonly answer: Buffer | null;
    }
  /** A sender of informs asked for our engine's name or clock, or went by a wrong one: it is told. */
  | { readonly type: 'report'; readonly answer: Buffer }
  | { readonly type: 'refused'; readonly why: Refusal };

export type ReceiveTools = {
  readonly engine: Engine;
  readonly usersNamed: (user: string) => readonly UsmSecurity[];
};

const MIN_ENGINE_ID = 5;
const MAX_ENGINE_ID = 32;
const refused = (why: Refusal): Received => ({ type: 'refused', why });

/** Reads a notification of any version. Nothing that it is given makes it throw. */
export function receiveNotification(datagram: Buffer, tools: ReceiveTools): Received {
  try {
    return versionOf(datagram) === 3 ? receiveV3(datagram, tools) : receiveCommunity(datagram);
  } catch (error) {
    if (!(error instanceof BadReadingError)) throw error;
    return refused('unreadable');
  }
}

/** The version is the first part of every message: SEQUENCE, its length, INTEGER 1 octet. */
function versionOf(datagram: Buffer): number | undefined {
  const lengthByte = datagram[1] ?? 0;
  const at = 2 + (lengthByte > 0x80 ? lengthByte & 0x7f : 0);
  return datagram[at + 2];
}

function receiveCommunity(datagram: Buffer): Received {
  const { community, notification, response } = decodeCommunityNotification(datagram);
  return { type: 'notification', notification, mark: { community }, answer: response };
}

function receiveV3(datagram: Buffer, tools: ReceiveTools): Received {
  const { engine } = tools;
  const message = decodeUsmMessage(datagram);
  const isOurs = Buffer.from(message.engineId).equals(engine.id);
  const received = readV3(datagram, message, isOurs, tools);
  // Who waits for an answer has to go by our engine; at first nobody knows it (RFC 3414, section 4).
  const isAsking = received.type === 'refused' || (received.type === 'notification' && received.notification.isInform);
  if (message.isReportable && !isOurs && isAsking) return report(engine, message, null, USM_STATS.unknownEngineIds);
  return received;
}

function readV3(
  datagram: Buffer,
  message: UsmMessage,
  isOurs: boolean,
  { engine, usersNamed }: ReceiveTools,
): Received {
  if (message.engineId.length < MIN_ENGINE_ID || message.engineId.length > MAX_ENGINE_ID) return refused('unreadable');
  const candidates = usersNamed(message.user);
  if (candidates.length === 0) return refused('unknownUser');
  const strong = candidates.filter(({ level }) => message.isAuthenticated || level === 'noAuthNoPriv');
  if (strong.length === 0) return refused('weakSecurity');
  const security = strong.find((one) => isFrom(datagram, message, one));
  if (security === undefined) return refused('unauthenticated');

  if (message.isAuthenticated && isOurs && !engine.isOfNow(message))
    return report(engine, message, lowered(security), USM_STATS.notInTimeWindows);
  if (message.isAuthenticated && !isOurs && !engine.isNew(message)) return refused('notInTimeWindow');

  try {
    return readScoped(message, security, engine);
  } catch (error) {
    // What was encrypted with another key looks like nothing at all.
    if (!message.isEncrypted || !(error instanceof BadReadingError)) throw error;
    return refused('undecryptable');
  }
}

function readScoped(message: UsmMessage, security: UsmSecurity, engine: Engine): Received {
  const data = plainOf(message, security);
  if (data === null) return refused('undecryptable');
  const { contextName, pdu } = decodeScopedPdu(data);
  const pduAt = pdu.at;
  const notification = decodeNotification(pdu);
  const mark = { security, contextName };
  if (!notification.isInform) return { type: 'notification', notification, mark, answer: null };
  const scopedPdu = Buffer.from(data.subarray(0, pdu.end));
  scopedPdu[pduAt] = NOTIFICATION_PDU.response;
  const { messageId, user } = message;
  const level = message.isEncrypted ? security : message.isAuthenticated ? lowered(security) : null;
  const answer = encodeUsmMessage({ messageId, user, scopedPdu }, level, engine.now());
  return { type: 'notification', notification, mark, answer };
}

/** A message without a digest is from anyone: only users who have no key may send it. */
function isFrom(datagram: Buffer, message: UsmMessage, security: UsmSecurity): boolean {
  const { isAuthenticated, engineId, digestAt, digestEnd } = message;
  if (!isAuthenticated || security.level === 'noAuthNoPriv')
    return !isAuthenticated && security.level === 'noAuthNoPriv';
  const { auth } = usmKeys(security, engineId);
  // A copy, since the digest is taken out of it, and there may be another user of that name.
  return auth !== null && isAuthentic(auth, Buffer.from(datagram), digestAt, digestEnd);
}

function plainOf(message: UsmMessage, security: UsmSecurity): Uint8Array | null {
  const { isEncrypted, data, engineId, boots, time, salt } = message;
  if (!isEncrypted) return data;
  const { priv } = usmKeys(security, engineId);
  return priv === null ? null : decrypt(priv, data, boots, time, salt);
}

/** The same user, without encryption: as reports about the clock are sent (RFC 3414, section 3.2, 7a). */
function lowered(security: UsmSecurity): UsmSecurity {
  if (security.level !== 'authPriv') return security;
  const { version, user, context, authProtocol, authKey } = security;
  return { version, user, context, level: 'authNoPriv', authProtocol, authKey };
}

function report(engine: Engine, { messageId, user }: UsmMessage, security: UsmSecurity | null, oid: string): Received {
  const scopedPdu = reportPdu(engine.id, oid, engine.countReport());
  return { type: 'report', answer: encodeUsmMessage({ messageId, user, scopedPdu }, security, engine.now()) };
}
