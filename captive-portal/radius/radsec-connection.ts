import type { TLSSocket } from 'node:tls';
import type { Timers } from '../../core/timers.ts';
import type { Counted } from './counts.ts';
import { createFraming } from './framing.ts';
import type { RadiusLimits } from './limits.ts';
import type { RadiusNas } from './policy.ts';
import type { Responder } from './responder.ts';
import { plainAddress } from './udp.ts';

/** RFC 6614 section 2.3: TLS protects, and this is the secret. */
const RADSEC_KEY = Buffer.from('radsec');
/** What a peer that keeps to the protocol never sends: its stream cannot be trusted after it (RFC 6613 section 2.6.4). */
const VIOLATIONS: ReadonlySet<Counted> = new Set([
  'tooShort',
  'badLength',
  'badAttributes',
  'badSignature',
  'badAuthenticator',
]);

type Parts<Nas extends RadiusNas> = {
  readonly responder: Responder<Nas>;
  readonly limits: RadiusLimits;
  readonly timers: Timers;
  readonly count: (what: Counted) => void;
  /** The NAS as it is now; null: it was removed. */
  readonly nasNow: () => Nas | null;
  /** Its name among all connections there ever were. */
  readonly name: string;
};

/** Serves the packets of one connection until it ends. */
export function serveConnection<Nas extends RadiusNas>(socket: TLSSocket, parts: Parts<Nas>): void {
  const { responder, limits, timers, count, nasNow, name } = parts;
  const framing = createFraming();
  const from = plainAddress(socket.remoteAddress ?? '');
  const queue: Buffer[] = [];
  let inWork = 0;
  let hasBegun = false;
  let isServing = false;
  let cancel = timers.after(limits.idleMs, idle);

  function end(why: Counted): void {
    if (socket.destroyed) return;
    count(why);
    socket.destroy();
  }

  function idle(): void {
    if (inWork > 0) cancel = timers.after(limits.idleMs, idle);
    else end('idleClosed');
  }

  function half(): void {
    // While the peer is not read, it is not the peer that is slow.
    if (socket.isPaused()) cancel = timers.after(limits.halfPacketMs, half);
    else end('halfPacketClosed');
  }

  function watch(hasWhole: boolean): void {
    const isBegun = framing.begun() > 0;
    // One octet now and then does not prolong a packet.
    if (isBegun && hasBegun && !hasWhole) return;
    hasBegun = isBegun;
    cancel();
    cancel = isBegun ? timers.after(limits.halfPacketMs, half) : timers.after(limits.idleMs, idle);
  }

  function send(octets: Buffer): void {
    if (socket.destroyed || !socket.writable) return;
    socket.write(octets);
    if (socket.writableLength > limits.unreadOctets) end('slowReaderClosed');
  }

  function finished(): void {
    inWork -= 1;
    serve();
  }

  function serve(): void {
    // A packet that is answered at once comes back here.
    if (isServing) return;
    isServing = true;
    while (!socket.destroyed && inWork < limits.inFlightPerConnection) {
      const packet = queue.shift();
      if (packet === undefined) break;
      const nas = nasNow();
      if (nas === null) {
        end('unknownCertificate');
        break;
      }
      inWork += 1;
      const asker = { nas, key: RADSEC_KEY, from, socket: name, lanes: LANES, isOverTls: true, send, finished };
      const dropped = responder.receive(packet, asker);
      if (dropped !== null && VIOLATIONS.has(dropped)) end('brokenStream');
    }
    isServing = false;
    if (queue.length > 0) socket.pause();
    else if (socket.isPaused()) socket.resume();
  }

  socket.on('data', (octets: Buffer) => {
    const packets = framing.add(octets);
    if (packets === null) {
      end('brokenStream');
      return;
    }
    watch(packets.length > 0);
    queue.push(...packets);
    serve();
  });
  socket.on('close', () => {
    cancel();
    queue.length = 0;
  });
}

const LANES = ['access', 'accounting'] as const;
