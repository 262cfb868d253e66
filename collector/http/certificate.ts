import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { DAY } from '../../core/domain/clock.ts';

/** What is wrong with a certificate. Several can be at once: the chain, the name and the dates are judged apart. */
export type CertificateProblem =
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-name'
  | 'self-signed'
  /** The server did not send the certificates between its own and a known authority, or that is none we know. */
  | 'incomplete-chain'
  | 'unknown-issuer'
  /** Of another certificate of the chain. */
  | 'issuer-expired'
  | 'untrusted'
  /** None was shown, or it cannot be read. */
  | 'unreadable';

/** A server's certificate; plain JSON. Moments in UTC ms. */
export type CertificateReport = {
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  readonly validFrom: number;
  readonly validTo: number;
  readonly problems: readonly CertificateProblem[];
};

const MAX_TEXT = 300;
const MAX_NAMES = 30;
/** Impairment begins here: the usual renewal runs 30 days before the end, and has failed for a while by then. */
const EXPIRING_DAYS = 14;

const CHAIN_PROBLEMS: Readonly<Record<string, CertificateProblem>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'incomplete-chain',
};

/** @param host name or address as in the URL */
export function reportCertificate(socket: TLSSocket, host: string, now: number): CertificateReport {
  const certificate = certificateOf(socket);
  if (certificate === null)
    return { subject: '', issuer: '', names: [], validFrom: 0, validTo: 0, problems: ['unreadable'] };
  const validFrom = Date.parse(certificate.validFrom);
  const validTo = Date.parse(certificate.validTo);
  const problems: CertificateProblem[] = [];
  if (!(now <= validTo)) problems.push('expired');
  else if (!(now >= validFrom)) problems.push('not-yet-valid');
  const chain = chainProblem(socket, problems.length > 0);
  if (chain !== null) problems.push(chain);
  if (!bears(certificate, host)) problems.push('wrong-name');
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    names: namesOf(certificate.subjectAltName),
    validFrom,
    validTo,
    problems,
  };
}

export function certificateImpairment(report: CertificateReport, now: number): string | null {
  if (report.problems.length > 0) return 'certificate-invalid';
  return report.validTo - now <= EXPIRING_DAYS * DAY ? 'certificate-expiring' : null;
}

function certificateOf(socket: TLSSocket): X509Certificate | null {
  try {
    return socket.getPeerX509Certificate() ?? null;
  } catch {
    return null;
  }
}

/** @param hasDateProblem the dates of the server's own certificate are named already */
function chainProblem(
  { authorized, authorizationError }: TLSSocket,
  hasDateProblem: boolean,
): CertificateProblem | null {
  if (authorized) return null;
  // Node's types say Error; it is the code of OpenSSL's verdict.
  const code = String(authorizationError);
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return hasDateProblem ? null : 'issuer-expired';
  return CHAIN_PROBLEMS[code] ?? 'untrusted';
}

function bears(certificate: X509Certificate, host: string): boolean {
  const literal = host.replace(/^\[(.*)\]$/, '$1');
  return isIP(literal) !== 0 ? certificate.checkIP(literal) !== undefined : certificate.checkHost(host) !== undefined;
}

const nameOf = (lines: string): string => lines.split('\n').join(', ').slice(0, MAX_TEXT);

/** `DNS:a.example, DNS:b.example, IP Address:192.0.2.1` */
const namesOf = (alternatives: string | undefined): string[] =>
  (alternatives ?? '')
    .split(', ')
    .flatMap((one) => /^(?:DNS|IP Address):(.+)$/.exec(one)?.[1]?.slice(0, MAX_TEXT) ?? [])
    .slice(0, MAX_NAMES);
