import { createSocket, type RemoteInfo, type SocketType } from 'node:dgram';
import { type BadReading, BadReadingError } from '../../collector/snmp/bad-reading.ts';
import { BerReader, TAG } from '../../collector/snmp/ber.ts';

export type Guard = {
  readonly address: string;
  readonly port: number;
  /** Bits of msgFlags that an answer must carry: 1 authenticated, 2 encrypted. */
  readonly flags: number;
  readonly count: (reason: BadReading) => void;
};

const REPORT = 0xa8;

/**
 * Stands between a session of `net-snmp` and the network: lets through only what comes from the asked peer and is as
 * protected as was asked for (reports excepted, RFC 3414 section 3.2 sends them plain), and keeps an error in reading
 * an answer from leaving the socket's event, where it would end the process.
 */
export function guardedDgram(guard: Guard): { createSocket(type: SocketType): object } {
  return {
    createSocket(type) {
      const socket = createSocket({
        type,
        lookup: (host, _options, done) => done(null, host, type === 'udp6' ? 6 : 4),
      });
      // Without a listener of its own, an error of the socket would be thrown.
      socket.on('error', () => guard.count('unreadable'));
      const receive = (handle: (message: Buffer) => void) => (message: Buffer, from: RemoteInfo) => {
        if (from.port !== guard.port || from.address !== guard.address) return guard.count('wrong-peer');
        try {
          if (!isProtected(message, guard.flags)) return guard.count('weak-security');
          handle(message);
        } catch (error) {
          guard.count(error instanceof BadReadingError ? error.reason : 'unreadable');
        }
      };
      return {
        on(event: string, handle: (...args: unknown[]) => void) {
          if (event === 'message') socket.on('message', receive(handle));
          else if (event === 'close') socket.on('close', handle);
        },
        send: socket.send.bind(socket),
        close: () => socket.close(),
        ref: () => socket.ref(),
        unref: () => socket.unref(),
      };
    },
  };
}

/** @throws BadReadingError where the header of the message (RFC 3412 section 6) cannot be read */
function isProtected(datagram: Uint8Array, wanted: number): boolean {
  const message = new BerReader(datagram).enter(TAG.sequence);
  if (message.integer() !== 3) throw new BadReadingError('wrong-version');
  const header = message.enter(TAG.sequence);
  header.integer();
  header.integer();
  const flags = header.octets()[0] ?? 0;
  if ((flags & wanted) === wanted) return true;
  if ((flags & 2) !== 0) return false;
  message.octets();
  const scoped = message.enter(TAG.sequence);
  scoped.octets();
  scoped.octets();
  return scoped.byte() === REPORT;
}
