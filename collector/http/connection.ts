import { once } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { ProbeError } from '../../core/domain/errors.ts';
import { codeOf, openTcp } from '../connecting.ts';
import { type CertificateReport, reportCertificate } from './certificate.ts';

export type Endpoint = {
  readonly address: string;
  readonly port: number;
  /** As in the URL: what the certificate must bear. */
  readonly host: string;
  readonly isTls: boolean;
};

export type Connection = {
  readonly socket: Socket;
  readonly address: string;
  readonly connectMs: number;
  /** Null without TLS. */
  readonly tlsMs: number | null;
  readonly certificate: CertificateReport | null;
};

export type ConnectionOptions = {
  readonly now: () => number;
  /** PEM of the authorities that are trusted, in the place of the usual ones. */
  readonly ca?: string;
};

/**
 * Connects to one address, with TLS up to the end of the handshake. A certificate that is not valid is reported, and
 * does not end the connection.
 * @throws ProbeError `timeout` (detail `connect` or `tls`), `refused`, `unreachable`, `bad-answer` (`not-tls`)
 */
export async function openConnection(
  endpoint: Endpoint,
  options: ConnectionOptions,
  signal: AbortSignal,
): Promise<Connection> {
  const { address, port, host, isTls } = endpoint;
  const startedAt = performance.now();
  const socket = await openTcp({ address, port }, signal);
  const connectedAt = performance.now();
  const connectMs = connectedAt - startedAt;
  if (!isTls) return { socket, address, connectMs, tlsMs: null, certificate: null };
  try {
    const secured = await secure(socket, endpoint, options, signal);
    const tlsMs = performance.now() - connectedAt;
    const certificate = reportCertificate(secured, host, options.now());
    return { socket: secured, address, connectMs, tlsMs, certificate };
  } catch (cause) {
    socket.destroy();
    throw cause;
  }
}

async function secure(
  socket: Socket,
  { host, address, port }: Endpoint,
  { ca }: ConnectionOptions,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const where = `${address}:${port}`;
  const secured = connectTls({
    socket,
    // Addresses are no names that a server could choose its certificate by (RFC 6066, section 3).
    ...(isIP(host.replace(/^\[(.*)\]$/, '$1')) === 0 ? { servername: host } : {}),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: false,
    // The name is judged apart from the chain.
    checkServerIdentity: () => undefined,
    ...(ca === undefined ? {} : { ca }),
  });
  secured.on('error', () => {});
  try {
    await once(secured, 'secureConnect', { signal });
    return secured;
  } catch (cause) {
    secured.destroy();
    if (signal.aborted) throw new ProbeError('timeout', `${where} did not end the TLS handshake`, { detail: 'tls' });
    const isOtherProtocol = /WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG/.test(codeOf(cause));
    const detail = isOtherProtocol ? 'not-tls' : 'tls-failed';
    throw new ProbeError('bad-answer', `${where} does not speak TLS with us`, { cause, detail });
  }
}
