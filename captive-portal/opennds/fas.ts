import { createDecipheriv, createHash } from 'node:crypto';

export type FasLevel = 1 | 2 | 3;

const LONGEST = 6_000;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What opens the gateway for a client: it sends `hid` in its place and keeps the token itself. */
export const rhidOf = (hid: string, faskey: string): string => sha256Hex(hid + faskey);

/**
 * What openNDS tells of a client (FAS levels 1 to 3), by its names. Levels 2 and 3 are AES-256-CBC under the faskey
 * without a MAC: what comes out are claims as much as the plain text of level 1.
 * @returns null where it is not of this level or cannot be read
 */
export function fasFields(query: URLSearchParams, level: FasLevel, faskey: string): ReadonlyMap<string, string> | null {
  const sent = query.get('fas');
  if (sent === null || sent.length > LONGEST) return null;
  // The gateway does not escape it: what was a plus sign arrives as a space.
  const fas = sent.replaceAll(' ', '+');
  if (!BASE64.test(fas)) return null;
  const text =
    level === 1 ? Buffer.from(fas, 'base64').toString('utf8') : decrypted(fas, query.get('iv') ?? '', faskey);
  if (text === null || !text.startsWith('hid=')) return null;
  const fields = new Map<string, string>();
  for (const part of text.split(', ')) {
    const at = part.indexOf('=');
    if (at > 0 && !fields.has(part.slice(0, at))) fields.set(part.slice(0, at), part.slice(at + 1));
  }
  return fields;
}

/** PHP's `openssl_encrypt` gives base64, and the gateway puts base64 around it once more. */
function decrypted(fas: string, iv: string, faskey: string): string | null {
  if (!/^[0-9a-f]{16}$/i.test(iv)) return null;
  const inner = Buffer.from(fas, 'base64').toString('latin1');
  if (!BASE64.test(inner)) return null;
  const key = Buffer.alloc(32);
  key.write(faskey, 'utf8');
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, Buffer.from(iv, 'latin1'));
    return Buffer.concat([decipher.update(inner, 'base64'), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** A value that the gateway percent-encoded; as it is where it cannot be decoded. */
export function unescaped(text: string | undefined): string | null {
  if (text === undefined) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
