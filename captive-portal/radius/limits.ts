/** Bounds of the engine. Those that a NAS can reach are per NAS, so that none takes another's share. */
export type RadiusLimits = {
  /** Access-Requests, and as many accounting requests, of one NAS that wait for the policy at a time. */
  readonly inFlightPerNas: number;
  /** The same over all NAS. */
  readonly inFlight: number;
  /** After so long a request is given up: no answer, and its place is free. */
  readonly answerMs: number;
  /** For so long the same request gets the same answer (RFC 5080: 5 to 30 s). */
  readonly duplicateMs: number;
  readonly duplicatesPerNas: number;
  /** On closing, what is under way may take so long. */
  readonly closeMs: number;
  /** RadSec: TLS must be done by then, and a packet that has begun must be whole. */
  readonly handshakeMs: number;
  readonly halfPacketMs: number;
  /** RadSec: a connection without a packet is closed; the NAS opens another when it needs one. */
  readonly idleMs: number;
  /** RadSec: connections that have shown no certificate yet, in all and of one address. */
  readonly strangers: number;
  readonly strangersPerAddress: number;
  readonly connections: number;
  /** RadSec: of one NAS; the oldest goes first, which is a dead one after a restart. */
  readonly connectionsPerNas: number;
  /** RadSec: requests of one connection in work; beyond, it is not read. */
  readonly inFlightPerConnection: number;
  /** RadSec: octets of answers that a peer leaves unread. */
  readonly unreadOctets: number;
};

export const LIMITS: RadiusLimits = {
  inFlightPerNas: 512,
  inFlight: 4_096,
  answerMs: 15_000,
  duplicateMs: 15_000,
  duplicatesPerNas: 8_192,
  closeMs: 5_000,
  handshakeMs: 15_000,
  halfPacketMs: 15_000,
  idleMs: 10 * 60_000,
  strangers: 512,
  strangersPerAddress: 64,
  connections: 4_096,
  connectionsPerNas: 4,
  inFlightPerConnection: 64,
  unreadOctets: 256 * 1024,
};
