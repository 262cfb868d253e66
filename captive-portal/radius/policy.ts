import type { Secret } from '../../core/config/secret.ts';
import type { ReplyAttribute } from '../gateway.ts';
import type { Attribute } from './packet.ts';

/** Where a packet came from: who a NAS is follows from its address, or over RadSec from its certificate. */
export type Source =
  /** IPv4 in dotted form, also where the socket is of IPv6. */
  | { readonly kind: 'udp'; readonly address: string }
  /** One of the names in its certificate, lower case; each is asked for until one is known. */
  | { readonly kind: 'radsec'; readonly name: string };

/** What the engine must know of a NAS; the policy gets back whatever `nasOf` gave. */
export type RadiusNas = {
  readonly id: string;
  /** Of its UDP packets; null: it speaks RadSec only. */
  readonly secret: Secret | null;
  /**
   * Whether its Access-Requests must carry a Message-Authenticator (CVE-2024-3596). `auto`: from the first right one
   * on, until it is set to `no` once. Over RadSec TLS does its work, and only `required` asks for it.
   */
  readonly messageAuthenticator: 'auto' | 'required' | 'no';
  /** With `auto`: a right one was seen before. */
  readonly authenticatorSeen: boolean;
  /** Its Input octets are what the citizen received. */
  readonly swapOctets: boolean;
};

/** An Access-Request. Texts hold no control characters; what the NAS did not say is null, a missing name is empty. */
export type RadiusRequest = {
  readonly userName: string;
  /** How the password came. With `none` and `other` no `check` succeeds. */
  readonly credential: 'pap' | 'chap' | 'none' | 'other';
  /** Whether the password is this one; in constant time. */
  readonly check: (password: string) => boolean;
  readonly callingStationId: string | null;
  readonly calledStationId: string | null;
  readonly nasIdentifier: string | null;
  readonly framedIp: string | null;
  readonly acctSessionId: string | null;
  /** Address that the packet came from: where a Disconnect can be tried. */
  readonly from: string;
  readonly attributes: readonly Attribute[];
};

export type RadiusOutcome =
  | { readonly kind: 'accept'; readonly attributes: readonly ReplyAttribute[] }
  /** The message is for the person: shown as Reply-Message. */
  | { readonly kind: 'reject'; readonly message: string };

export type RecordStatus = 'start' | 'interim' | 'stop' | 'on' | 'off';

/** An Accounting-Request. Of `on` and `off` only the NAS and the moment count. */
export type RadiusRecord = {
  readonly status: RecordStatus;
  readonly acctSessionId: string;
  readonly userName: string;
  /** The first Class attribute as text. */
  readonly classText: string | null;
  readonly callingStationId: string | null;
  readonly calledStationId: string | null;
  readonly nasIdentifier: string | null;
  readonly framedIp: string | null;
  /** When it happened: the moment it came less the delay that the NAS told, UTC ms. */
  readonly at: number;
  /** Of the session so far. */
  readonly seconds: number;
  /** From and to the citizen, with gigawords and the swap of the NAS; a count above 2^53 is nonsense and reads 0. */
  readonly upOctets: bigint;
  readonly downOctets: bigint;
  /** Name of the Acct-Terminate-Cause, or its number as text. */
  readonly cause: string | null;
  readonly from: string;
  readonly attributes: readonly Attribute[];
};

/** Who decides and who keeps books, behind the engine. */
export type RadiusPolicy<Nas extends RadiusNas = RadiusNas> = {
  /** Where it throws the NAS gets no answer, and asks again or asks another server. */
  authenticate(nas: Nas, request: RadiusRequest): Promise<RadiusOutcome>;
  /** Resolves once the record is safe; only then the NAS is told so. Where it throws the NAS keeps it and tells it again. */
  account(nas: Nas, record: RadiusRecord): Promise<void>;
  /** False: Status-Server gets no answer, so that a NAS with a second server turns to it. */
  isReady?(): boolean;
};
