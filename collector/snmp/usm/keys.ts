import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../../core/config/secret.ts';
import type { AuthProtocol, PrivProtocol, UsmSecurity } from '../client.ts';

/** Hash, and octets of the digest that a message carries (RFC 3414 sections 6 and 7, RFC 7860). */
const AUTH: Readonly<Record<AuthProtocol, { readonly hash: string; readonly digestBytes: number }>> = {
  md5: { hash: 'md5', digestBytes: 12 },
  sha: { hash: 'sha1', digestBytes: 12 },
  sha224: { hash: 'sha224', digestBytes: 16 },
  sha256: { hash: 'sha256', digestBytes: 24 },
  sha384: { hash: 'sha384', digestBytes: 32 },
  sha512: { hash: 'sha512', digestBytes: 48 },
};
/** OpenSSL 3 keeps single DES in a provider that Node does not load; three rounds with the same key come to one. */
const PRIV: Readonly<Record<PrivProtocol, { readonly cipher: string; readonly keyBytes: number }>> = {
  des: { cipher: 'des-ede3-cbc', keyBytes: 16 },
  aes: { cipher: 'aes-128-cfb', keyBytes: 16 },
  aes256b: { cipher: 'aes-256-cfb', keyBytes: 32 },
  aes256r: { cipher: 'aes-256-cfb', keyBytes: 32 },
};
const STRETCHED_BYTES = 1024 * 1024;
export const SALT_BYTES = 8;
const DES_BYTES = 8;

/** A user's keys at one engine. */
export type UsmKeys = { readonly auth: AuthKey | null; readonly priv: PrivKey | null };
type AuthKey = { readonly hash: string; readonly digestBytes: number; readonly key: Uint8Array };
type PrivKey = {
  readonly cipher: string;
  readonly key: Uint8Array;
  /** Of DES; null for AES. */
  readonly preIv: Uint8Array | null;
};

const hashed = (hash: string, ...parts: readonly Uint8Array[]): Buffer => {
  const digest = createHash(hash);
  for (const part of parts) digest.update(part);
  return digest.digest();
};

/** A passphrase again and again up to a megabyte, hashed (RFC 3414, A.2). */
const stretched = (hash: string, passphrase: string | Uint8Array): Buffer =>
  hashed(
    hash,
    typeof passphrase === 'string'
      ? Buffer.alloc(STRETCHED_BYTES, passphrase, 'utf8')
      : Buffer.alloc(STRETCHED_BYTES, passphrase),
  );

/** Hashing a megabyte takes milliseconds, and does not depend on the engine: done once for each passphrase. */
const stretchedKeys = new WeakMap<Secret, Map<string, Buffer>>();

function stretchedKey(passphrase: Secret, hash: string): Buffer {
  const known = stretchedKeys.get(passphrase) ?? new Map<string, Buffer>();
  stretchedKeys.set(passphrase, known);
  const key = known.get(hash) ?? stretched(hash, passphrase.reveal());
  known.set(hash, key);
  return key;
}

/** Key of a passphrase at one engine (RFC 3414, A.2). */
export function localizedKey(protocol: AuthProtocol, passphrase: Secret, engineId: Uint8Array): Buffer {
  const { hash } = AUTH[protocol];
  const key = stretchedKey(passphrase, hash);
  return hashed(hash, key, engineId, key);
}

export function usmKeys(security: UsmSecurity, engineId: Uint8Array): UsmKeys {
  if (security.level === 'noAuthNoPriv') return { auth: null, priv: null };
  const { authProtocol, authKey } = security;
  // Copies, since a small array of its own is far smaller than a view of another.
  const auth = { ...AUTH[authProtocol], key: new Uint8Array(localizedKey(authProtocol, authKey, engineId)) };
  if (security.level === 'authNoPriv') return { auth, priv: null };
  const { privProtocol, privKey } = security;
  const { cipher, keyBytes } = PRIV[privProtocol];
  const { hash } = AUTH[authProtocol];
  const key = lengthened(privProtocol, hash, localizedKey(authProtocol, privKey, engineId), keyBytes, engineId);
  if (privProtocol !== 'des') return { auth, priv: { cipher, key: new Uint8Array(key), preIv: null } };
  const single = key.subarray(0, DES_BYTES);
  const triple = Uint8Array.from([...single, ...single, ...single]);
  return { auth, priv: { cipher, key: triple, preIv: new Uint8Array(key.subarray(DES_BYTES)) } };
}

/** AES-256 needs more octets than most digests have: two drafts tell how to lengthen the key. */
function lengthened(protocol: PrivProtocol, hash: string, first: Buffer, bytes: number, engineId: Uint8Array): Buffer {
  let key = first;
  let last = first;
  while (key.length < bytes) {
    if (protocol === 'aes256r') {
      // Reeder: the last piece, taken for a passphrase.
      const again = stretched(hash, last);
      last = hashed(hash, again, engineId, again);
    } else last = hashed(hash, key);
    key = Buffer.concat([key, last]);
  }
  return key.subarray(0, bytes);
}

/** Digest of a message in which the place of the digest holds zeros. */
export const digestOf = ({ hash, digestBytes, key }: AuthKey, message: Uint8Array): Buffer =>
  createHmac(hash, key).update(message).digest().subarray(0, digestBytes);

/** Whether the digest that stands in a message is its own; takes the digest out of it. */
export function isAuthentic(auth: AuthKey, datagram: Buffer, digestAt: number, digestEnd: number): boolean {
  if (digestEnd - digestAt !== auth.digestBytes) return false;
  const digest = Buffer.from(datagram.subarray(digestAt, digestEnd));
  datagram.fill(0, digestAt, digestEnd);
  return timingSafeEqual(digestOf(auth, datagram), digest);
}

/** IV of a message: RFC 3414, 8.1.1.1 for DES, RFC 3826, 3.1.2.1 for AES. */
function ivOf({ preIv }: PrivKey, boots: number, time: number, salt: Uint8Array): Buffer {
  if (preIv !== null) return Buffer.from(preIv.map((octet, at) => octet ^ (salt[at] ?? 0)));
  const iv = Buffer.allocUnsafe(16);
  iv.writeUInt32BE(boots, 0);
  iv.writeUInt32BE(time, 4);
  iv.set(salt, 8);
  return iv;
}

/** Fills up to whole blocks where the cipher needs them. */
export function encrypt(priv: PrivKey, plain: Uint8Array, boots: number, time: number, salt: Uint8Array): Buffer {
  const cipher = createCipheriv(priv.cipher, priv.key, ivOf(priv, boots, time, salt)).setAutoPadding(false);
  if (priv.preIv === null) return cipher.update(plain);
  const padding = Buffer.alloc((DES_BYTES - (plain.length % DES_BYTES)) % DES_BYTES);
  return Buffer.concat([cipher.update(plain), cipher.update(padding)]);
}

/** Null where it cannot be what the protocol encrypts. */
export function decrypt(
  priv: PrivKey,
  encrypted: Uint8Array,
  boots: number,
  time: number,
  salt: Uint8Array,
): Buffer | null {
  if (salt.length !== SALT_BYTES) return null;
  if (priv.preIv !== null && encrypted.length % DES_BYTES !== 0) return null;
  const decipher = createDecipheriv(priv.cipher, priv.key, ivOf(priv, boots, time, salt)).setAutoPadding(false);
  return decipher.update(encrypted);
}

/** Salts of which none comes twice under one key: they count on from a random start. */
export function createSalts(): (priv: PrivKey, boots: number) => Buffer {
  const start = randomBytes(SALT_BYTES);
  let high = start.readUInt32BE(0);
  let low = start.readUInt32BE(4);
  return ({ preIv }, boots) => {
    low = (low + 1) >>> 0;
    if (low === 0) high = (high + 1) >>> 0;
    const salt = Buffer.allocUnsafe(SALT_BYTES);
    // DES has the boots of the engine in front (RFC 3414, 8.1.1.1).
    salt.writeUInt32BE(preIv === null ? high : boots, 0);
    salt.writeUInt32BE(low, 4);
    return salt;
  };
}
