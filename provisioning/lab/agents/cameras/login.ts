import { createHash, randomBytes } from 'node:crypto';

export type CameraLogin = { readonly user: string; readonly password: string };

const REALM = 'Simpul lab camera';

export const newNonce = (): string => randomBytes(8).toString('hex');

/** Value of WWW-Authenticate for Digest as cameras send it: without qop (RFC 2617). */
export const digestChallenge = (nonce: string): string => `Digest realm="${REALM}", nonce="${nonce}"`;

/** Whether an Authorization header is that of the login, for this method and nonce. */
export function isSignedIn(
  header: string | undefined,
  { user, password }: CameraLogin,
  { method, nonce }: { readonly method: string; readonly nonce: string },
): boolean {
  if (header === undefined || !/^Digest\s/i.test(header)) return false;
  const parameter = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(header)?.[1] ?? '';
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const expected = md5(`${md5(`${user}:${REALM}:${password}`)}:${nonce}:${md5(`${method}:${parameter('uri')}`)}`);
  return parameter('username') === user && parameter('nonce') === nonce && parameter('response') === expected;
}
