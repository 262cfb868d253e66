import { createHash, timingSafeEqual } from 'node:crypto';

const md5 = (...parts: readonly (string | Buffer)[]): Buffer => {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/**
 * Whether CoovaChilli signed a redirect: `md` is the MD5 of the whole URL before `&md=`, then the UAM secret
 * (coova-chilli, src/redir.c, redir_buildurl). Over the very characters that were sent, in constant time.
 * @param uamServer as it stands in the gateway's own configuration
 * @param rawQuery all behind the question mark
 */
export function isSigned(uamServer: string, rawQuery: string, secret: string): boolean {
  const at = rawQuery.lastIndexOf('&md=');
  if (at === -1) return false;
  const given = rawQuery.slice(at + 4);
  if (!/^[0-9A-Fa-f]{32}$/.test(given)) return false;
  const server = uamServer.split('?')[0] ?? '';
  return timingSafeEqual(md5(server, '?', rawQuery.slice(0, at), secret), Buffer.from(given, 'hex'));
}

/** The challenge as both sides use it: bound to the UAM secret, so that the one in the address is of no use alone. */
const bound = (challenge: string, secret: string): Buffer => md5(Buffer.from(challenge, 'hex'), secret);

/** `response` of `/logon`: CHAP with the identifier 0, in hex. @param challenge 32 hex digits of the redirect */
export const chapResponse = (challenge: string, secret: string, password: string): string =>
  md5(Buffer.of(0), Buffer.from(password, 'utf8'), bound(challenge, secret)).toString('hex');

/** `password` of `/logon`: padded to blocks of 16 and mixed with the challenge, in hex. At most 128 octets. */
export function papPassword(challenge: string, secret: string, password: string): string {
  const key = bound(challenge, secret);
  const clear = Buffer.from(password, 'utf8').subarray(0, 128);
  const padded = Buffer.alloc(Math.max(2, Math.ceil(clear.length / 16)) * 16);
  clear.copy(padded);
  return Buffer.from(padded.map((octet, index) => octet ^ (key[index % 16] ?? 0))).toString('hex');
}
