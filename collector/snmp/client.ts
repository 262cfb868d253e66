import type { Secret } from '../../core/config/secret.ts';
import type { AnswerSlots, SlotQuestion } from './answer-slots.ts';
import type { BadReading } from './bad-reading.ts';
import { createCommunityClient } from './community-client.ts';
import { createUsmClient } from './usm-client.ts';
import type { Oid, SnmpValue, VarBind } from './value.ts';

export const AUTH_PROTOCOLS = ['md5', 'sha', 'sha224', 'sha256', 'sha384', 'sha512'] as const;
export type AuthProtocol = (typeof AUTH_PROTOCOLS)[number];
/** `aes256b` and `aes256r` are the two ways (Blumenthal, Reeder) to lengthen a key for AES-256. */
export const PRIV_PROTOCOLS = ['des', 'aes', 'aes256b', 'aes256r'] as const;
export type PrivProtocol = (typeof PRIV_PROTOCOLS)[number];

export type CommunitySecurity = { readonly version: '1' | '2c'; readonly community: Secret };
/** SNMPv3 with the user-based security model (RFC 3414). */
export type UsmSecurity = {
  readonly version: '3';
  readonly user: string;
  readonly context: string;
} & (
  | { readonly level: 'noAuthNoPriv' }
  | { readonly level: 'authNoPriv'; readonly authProtocol: AuthProtocol; readonly authKey: Secret }
  | {
      readonly level: 'authPriv';
      readonly authProtocol: AuthProtocol;
      readonly authKey: Secret;
      readonly privProtocol: PrivProtocol;
      readonly privKey: Secret;
    }
);
export type SnmpSecurity = CommunitySecurity | UsmSecurity;

export type SnmpTarget<Security extends SnmpSecurity = SnmpSecurity> = {
  /** IPv4 or IPv6 address; names are resolved by the caller. */
  readonly address: string;
  readonly port: number;
  readonly security: Security;
  readonly timeoutMs: number;
  /** Times a question is repeated after the first. */
  readonly retries: number;
};

/**
 * Asks agents. All methods fail with ProbeError: `timeout`, `unreachable`, `auth`, or `bad-answer`
 * (BadReadingError, with its reason).
 */
export interface SnmpClient<Security extends SnmpSecurity = SnmpSecurity> {
  /**
   * Values in the order of `oids`, null for objects that the agent does not have. Any number of objects: an answer
   * that would be too big is asked for in parts. Passing the same array again spares encoding it again.
   */
  get(target: SnmpTarget<Security>, oids: readonly Oid[]): Promise<readonly (SnmpValue | null)[]>;
  /**
   * The fast form of `get`, for as many objects as go into one answer: fills `slots` from `first` on, then calls `done`
   * with null, or with what went wrong.
   */
  read(
    target: SnmpTarget<Security>,
    question: SlotQuestion,
    slots: AnswerSlots,
    first: number,
    done: (error: unknown) => void,
  ): void;
  /**
   * What follows each of `oids`, up to `repetitions` rows deep (one row with v1). Flat, row after row, each row in the
   * order of `oids`; the last row may be cut short. A null value says that the MIB ends there. 0 repetitions ask by
   * GETNEXT for one row, with agents that do not bear GETBULK.
   */
  next(target: SnmpTarget<Security>, oids: readonly Oid[], repetitions: number): Promise<readonly VarBind[]>;
  close(): Promise<void>;
}

export type SnmpClientOptions = { readonly count: (reason: BadReading) => void };

/** One client for every version: v1 and v2c on shared sockets, v3 by a session for each device. */
export function createSnmpClient(options: SnmpClientOptions): SnmpClient {
  const community = createCommunityClient(options);
  const usm = createUsmClient(options);
  return {
    get: (target, oids) =>
      isCommunity(target) ? community.get(target, oids) : isUsm(target) ? usm.get(target, oids) : never(),
    read: (target, question, slots, first, done) =>
      isCommunity(target)
        ? community.read(target, question, slots, first, done)
        : isUsm(target)
          ? usm.read(target, question, slots, first, done)
          : never(),
    next: (target, oids, repetitions) =>
      isCommunity(target)
        ? community.next(target, oids, repetitions)
        : isUsm(target)
          ? usm.next(target, oids, repetitions)
          : never(),
    async close() {
      await Promise.all([community.close(), usm.close()]);
    },
  };
}

const isCommunity = (target: SnmpTarget): target is SnmpTarget<CommunitySecurity> => target.security.version !== '3';
const isUsm = (target: SnmpTarget): target is SnmpTarget<UsmSecurity> => target.security.version === '3';
function never(): never {
  throw new TypeError('an SNMP version that does not exist');
}
