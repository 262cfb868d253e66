/** What became of packets, for /metrics; each packet counts once under `received` and once under its end. */
export const COUNTED = [
  'received',
  // answered
  'accepted',
  'rejected',
  'accounted',
  'statusAnswered',
  'answeredAgain',
  // not answered: they are no packet
  'tooShort',
  'badLength',
  'badAttributes',
  // ... nobody we know, or not proven
  'unknownSource',
  'noSecret',
  'unexpectedCode',
  'unsigned',
  'unsignedProxy',
  'badSignature',
  'badAuthenticator',
  // ... in work already, or too much
  'pending',
  'busy',
  'closing',
  // ... no use
  'incomplete',
  'notReady',
  'policyFailed',
  'tooLate',
  'superseded',
  'unsendable',
  // RadSec
  'connections',
  'handshakeFailed',
  'unknownCertificate',
  'tooManyConnections',
  'idleClosed',
  'halfPacketClosed',
  'slowReaderClosed',
  'brokenStream',
] as const;
export type Counted = (typeof COUNTED)[number];

export type Counts = {
  add(what: Counted): void;
  all(): Readonly<Record<Counted, number>>;
};

export function createCounts(): Counts {
  const counts = Object.fromEntries(COUNTED.map((name) => [name, 0])) as Record<Counted, number>;
  return {
    add(what) {
      counts[what] += 1;
    },
    all: () => ({ ...counts }),
  };
}
