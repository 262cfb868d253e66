import { constants } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { Log } from '../../core/log/log.ts';
import type { Timers } from '../../core/timers.ts';
import { namesIn } from './certificate-names.ts';
import type { Counted } from './counts.ts';
import type { RadiusLimits } from './limits.ts';
import type { RadiusNas, Source } from './policy.ts';
import { createQuietLog } from './quiet-log.ts';
import { serveConnection } from './radsec-connection.ts';
import type { Responder } from './responder.ts';

/** PEM texts. Whoever has a certificate of this authority, with a name that a NAS is known by, is that NAS. */
export type RadsecCertificates = { readonly cert: string; readonly key: string; readonly ca: string };
export type RadsecSettings = RadsecCertificates & { readonly port: number };

export type RadsecPort = {
  readonly port: number;
  /** Connections that showed a known certificate, and those that did not yet. */
  readonly open: () => { readonly known: number; readonly strangers: number };
  /** No new connections from now on. */
  stop(): void;
  /** For connections from now on; those that stand keep what they came with. @throws OpenSSL's error, and nothing changes */
  renew(certificates: RadsecCertificates): void;
  close(): Promise<void>;
};

type Parts<Nas extends RadiusNas> = {
  readonly settings: RadsecSettings;
  readonly bind: string;
  readonly responder: Responder<Nas>;
  readonly nasOf: (source: Source) => Nas | null;
  readonly limits: RadiusLimits;
  readonly timers: Timers;
  readonly log: Log;
  readonly count: (what: Counted) => void;
};

// Connections last: every one shows its certificate anew.
const HOW = { minVersion: 'TLSv1.2', secureOptions: constants.SSL_OP_NO_TICKET } as const;

/**
 * RADIUS over TLS (RFC 6614), both sides with certificates.
 * @throws the system's error where the port cannot be had, OpenSSL's where the certificates cannot be used
 */
export async function openRadsec<Nas extends RadiusNas>(parts: Parts<Nas>): Promise<RadsecPort> {
  const { settings, bind, responder, nasOf, limits, timers, log, count } = parts;
  const { cert, key, ca, port } = settings;
  const warn = createQuietLog(log, timers);
  /** Connections without a certificate yet, oldest first, by their remote address and port. */
  const strangers = new Map<string, Socket>();
  const strangersAt = new Map<string, number>();
  const known = new Map<string, TLSSocket[]>();
  let knownCount = 0;
  let opened = 0;

  const server = createServer({ cert, key, ca, ...HOW, requestCert: true, rejectUnauthorized: true });
  server.maxConnections = limits.connections + limits.strangers;

  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress;
    if (address === undefined) return;
    count('connections');
    const atAddress = strangersAt.get(address) ?? 0;
    if (atAddress >= limits.strangersPerAddress) {
      count('tooManyConnections');
      socket.destroy();
      return;
    }
    const id = `${address}|${socket.remotePort}`;
    strangersAt.set(address, atAddress + 1);
    strangers.set(id, socket);
    const cancel = timers.after(limits.handshakeMs, () => refuse(id, 'handshakeFailed'));
    socket.once('close', () => {
      cancel();
      // Neither secured nor refused until now.
      if (leaveStrangers(id, address)) count('handshakeFailed');
    });
    const [oldest] = strangers.keys();
    if (strangers.size > limits.strangers && oldest !== undefined) refuse(oldest, 'tooManyConnections');
  });

  function refuse(id: string, why: Counted): void {
    const socket = strangers.get(id);
    if (socket === undefined) return;
    count(why);
    leaveStrangers(id, socket.remoteAddress ?? '');
    socket.destroy();
  }

  function leaveStrangers(id: string, address: string): boolean {
    if (!strangers.delete(id)) return false;
    const left = (strangersAt.get(address) ?? 1) - 1;
    if (left <= 0) strangersAt.delete(address);
    else strangersAt.set(address, left);
    return true;
  }

  server.on('secureConnection', (socket) => {
    socket.on('error', () => socket.destroy());
    leaveStrangers(`${socket.remoteAddress}|${socket.remotePort}`, socket.remoteAddress ?? '');
    const names = namesIn(socket.getPeerCertificate());
    const name = names.find((each) => nasOf({ kind: 'radsec', name: each }) !== null);
    if (!socket.authorized || name === undefined) {
      count('unknownCertificate');
      warn('certificate', { names }, 'a RadSec certificate belongs to no known gateway');
      socket.destroy();
      return;
    }
    if (knownCount >= limits.connections) {
      count('tooManyConnections');
      socket.destroy();
      return;
    }
    keep(name, socket);
    const nasNow = () => nasOf({ kind: 'radsec', name });
    serveConnection(socket, { responder, limits, timers, count, nasNow, name: `radsec ${opened++}` });
  });

  function keep(name: string, socket: TLSSocket): void {
    const mine = known.get(name) ?? [];
    known.set(name, mine);
    mine.push(socket);
    knownCount += 1;
    socket.once('close', () => {
      knownCount -= 1;
      mine.splice(mine.indexOf(socket), 1);
      if (mine.length === 0) known.delete(name);
    });
    if (mine.length <= limits.connectionsPerNas) return;
    count('tooManyConnections');
    mine[0]?.destroy();
  }

  server.on('tlsClientError', (_error, socket) => {
    socket.destroy();
  });

  const listening = once(server, 'listening');
  server.listen({ host: bind, port });
  await listening;
  server.on('error', (error) => log.warn({ err: error }, 'the RadSec port has an error'));
  const address = server.address();
  const closed = once(server, 'close');
  let isStopped = false;
  const stop = () => {
    if (!isStopped) server.close();
    isStopped = true;
  };

  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    open: () => ({ known: knownCount, strangers: strangers.size }),
    stop,
    renew: (certificates) => server.setSecureContext({ ...certificates, ...HOW }),
    async close() {
      stop();
      for (const socket of strangers.values()) socket.destroy();
      // What was written goes out with the end of the stream; a peer that does not end its own is not waited for.
      for (const socket of [...known.values()].flat()) socket.end(() => socket.destroy());
      const cancel = timers.after(limits.closeMs, () => {
        for (const socket of [...known.values()].flat()) socket.destroy();
      });
      await closed;
      cancel();
    },
  };
}
