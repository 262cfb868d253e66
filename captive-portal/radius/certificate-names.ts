import type { PeerCertificate } from 'node:tls';

const DNS_NAME = /^DNS:([\w.-]{1,253})$/;

/** Names that a certificate gives its holder, lower case: DNS names, then the common name (RFC 6614 section 2.3). */
export function namesIn({ subject, subjectaltname = '' }: Partial<PeerCertificate>): readonly string[] {
  // An entry in quotes can hold anything, also what looks like another entry: then none of them counts.
  const entries = subjectaltname.includes('"') ? [] : subjectaltname.split(', ');
  const names = entries.flatMap((entry) => DNS_NAME.exec(entry)?.[1] ?? []);
  const common = [subject?.CN ?? []].flat().filter((name) => name.length <= 255);
  return [...new Set([...names, ...common].map((name) => name.toLowerCase()))].slice(0, 16);
}
