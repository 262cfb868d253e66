import { createHash } from 'node:crypto';
import { octetsOf } from '../family/reading.ts';

const CHALLENGE_OCTETS = 16;
const ID_OCTETS = 1;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/**
 * `$(chap-id)` and `$(chap-challenge)` as octets. RouterOS writes them for a string of JavaScript, with octal escapes
 * (`\357\015...`), and `-esc` adds percent signs around that.
 * @param raw as it stood in the query
 * @returns null where it is not as many octets as it must be
 */
export function chapOctets(raw: string, kind: 'id' | 'challenge'): Buffer | null {
  if (raw.length > 400) return null;
  const wanted = kind === 'id' ? ID_OCTETS : CHALLENGE_OCTETS;
  const octets = octetsOf(raw);
  if (octets.length === wanted) return octets;
  const text = octets.toString('latin1');
  const plain = text.replace(/\\(?:([0-3]?[0-7]{1,2})|(.))/gs, (_, octal: string | undefined, sign: string) =>
    octal === undefined ? (ESCAPES[sign] ?? sign) : String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return plain.length === wanted ? Buffer.from(plain, 'latin1') : null;
}

/** What the hotspot's log-in takes in the place of a password (`login-by=http-chap`): RFC 1994 over MD5, in hex. */
export const chapResponse = (id: Buffer, password: string, challenge: Buffer): string =>
  createHash('md5').update(id).update(password, 'utf8').update(challenge).digest('hex');
