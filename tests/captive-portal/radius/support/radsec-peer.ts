import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import { createFraming } from '../../../../captive-portal/radius/framing.ts';
import { decodePacket, type Packet } from '../../../../captive-portal/radius/packet.ts';
import type { RadsecCertificates } from '../../../../captive-portal/radius/radsec.ts';
import { type Authority, createAuthority, type KeyPair } from '../../../support/certificates.ts';
import { accessRequest, accountingRequest } from './hotspot-peer.ts';
import { type HeardServer, NAS, startServer } from './server.ts';

/** The secret of RadSec (RFC 6614 section 2.3). */
export const RADSEC_KEY = Buffer.from('radsec');

export const access = (id: number, password = 'rahasia'): Buffer => accessRequest({ id, password, key: RADSEC_KEY });
export const accounting = (id: number): Buffer => accountingRequest([], id, RADSEC_KEY);

export type Line = {
  readonly socket: TLSSocket;
  readonly next: () => Promise<Packet>;
  readonly ended: Promise<unknown>;
};

/** Certificates of a server, of the gateway that it knows as `desa-01.test`, of one that it does not know, and of a stranger. */
export type Bench = {
  /** The server's own next ones. */
  readonly renewed: RadsecCertificates;
  readonly village: KeyPair;
  readonly nobody: KeyPair;
  readonly forged: KeyPair;
  start(options?: Parameters<typeof startServer>[0]): Promise<HeardServer & { readonly port: number }>;
  /** A gateway's connection; resolves when TLS stands, or was refused. */
  open(port: number, pair?: KeyPair | null): Promise<Line>;
  /** Run after each test. */
  readonly closing: (() => Promise<void> | void)[];
  clear(): Promise<void>;
  remove(): Promise<void>;
};

export async function radsecBench(): Promise<Bench> {
  const [authority, stranger]: readonly [Authority, Authority] = await Promise.all([
    createAuthority(),
    createAuthority(),
  ]);
  const own = await authority.issue('DNS:radius.test,IP:127.0.0.1');
  const renewed = { ...(await authority.issue('DNS:radius.test,IP:127.0.0.1')), ca: authority.cert };
  const village = await authority.issue('DNS:Desa-01.test');
  const nobody = await authority.issue('DNS:desa-99.test');
  const forged = await stranger.issue('DNS:desa-01.test');
  const closing: (() => Promise<void> | void)[] = [];
  return {
    renewed,
    village,
    nobody,
    forged,
    closing,
    async start(options = {}) {
      const server = await startServer({
        radsec: { port: 0, ...own, ca: authority.cert },
        nasOf: (source) =>
          source.kind === 'radsec' && source.name === 'desa-01.test' ? { ...NAS, secret: null } : null,
        ...options,
      });
      closing.push(server.close);
      return { ...server, port: server.radsecPort ?? 0 };
    },
    async open(port, pair = village) {
      const socket = connect({ host: '127.0.0.1', port, ca: authority.cert, ...(pair ?? {}) });
      closing.push(() => {
        socket.destroy();
      });
      const ended = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => {});
      const framing = createFraming();
      const came: Packet[] = [];
      const takers: ((packet: Packet) => void)[] = [];
      socket.on('data', (octets: Buffer) => {
        for (const whole of framing.add(octets) ?? []) {
          const packet = decodePacket(whole);
          if (typeof packet === 'string') throw new Error(packet);
          const taker = takers.shift();
          if (taker === undefined) came.push(packet);
          else taker(packet);
        }
      });
      await Promise.race([once(socket, 'secureConnect'), ended]);
      const next = () => {
        const first = came.shift();
        return first === undefined ? new Promise<Packet>((resolve) => takers.push(resolve)) : Promise.resolve(first);
      };
      return { socket, next, ended };
    },
    async clear() {
      for (const close of closing.splice(0).reverse()) await close();
    },
    remove: async () => {
      await Promise.all([authority.remove(), stranger.remove()]);
    },
  };
}
