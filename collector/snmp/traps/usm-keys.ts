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
/** OpenSSL 3 keeps single DES from us; three rounds with the same key come to one. */
const PRIV: Readonly<Record<PrivProtocol, { readonly cipher: string; readonly keyBytes: number }>> = {
  des: { cipher: 'des-ede3-cbc', keyBytes: 16 },
  aes: { cipher: 'aes-128-cfb', keyBytes: 16 },
  aes256b: { cipher: 'aes-256-cfb', keyBytes: 32 },
  aes256r: { cipher: 'aes-256-cfb', keyBytes: 32 },
};
const STRETCHED_BYTES = 1024 * 1024;
const SALT_BYTES = 8;
const DES_KEY_BYTES = 8;

export type AuthSecurity = Exclude<UsmSecurity, { level: 'noAuthNoPriv' }>;
export type PrivSecurity = Extract<UsmSecurity, { level: 'authPriv' }>;
/** The engine whose clock and name a message goes by. */
export type EngineClock = { readonly engineId: Uint8Array; readonly boots: number; readonly time: number };

const hashed = (hash: string, ...parts: readonly Uint8Array[]): Buffer => {
  const digest = createHash(hash);
  for (const part of parts) digest.update(part);
  return digest.digest();
};

/** Hashing a megabyte takes milliseconds, and does not depend on the engine: done once for each passphrase. */
const stretched = new WeakMap<Secret, Map<string, Buffer>>();

function stretch(passphrase: Secret, hash: string): Buffer {
  const known = stretched.get(passphrase) ?? new Map<string, Buffer>();
  stretched.set(passphrase, known);
  const key = known.get(hash) ?? hashed(hash, Buffer.alloc(STRETCHED_BYTES, passphrase.reveal(), 'utf8'));
  known.set(hash, key);
  return key;
}

/** Key of a passphrase at one engine (RFC 3414, A.2). */
export function localizedKey(protocol: AuthProtocol, passphrase: Secret, engineId: Uint8Array): Buffer {
  const { hash } = AUTH[protocol];
  const key = stretch(passphrase, hash);
  return hashed(hash, key, engineId, key);
}

export const digestBytes = (protocol: AuthProtocol): number => AUTH[protocol].digestBytes;

/** Digest of a message in which the place of the digest holds zeros. */
export function digestOf(message: Uint8Array, security: AuthSecurity, engineId: Uint8Array): Buffer {
  const { hash, digestBytes: length } = AUTH[security.authProtocol];
  const key = localizedKey(security.authProtocol, security.authKey, engineId);
  return createHmac(hash, key).update(message).digest().subarray(0, length);
}

/** Whether the digest that stands in a message at `digestAt` is its own. */
export function isAuthentic(
  datagram: Buffer,
  { digestAt, digest }: { readonly digestAt: number; readonly digest: Uint8Array },
  security: AuthSecurity,
  engineId: Uint8Array,
): boolean {
  if (digest.length !== digestBytes(security.authProtocol)) return false;
  const zeroed = Buffer.from(datagram);
  zeroed.fill(0, digestAt, digestAt + digest.length);
  return timingSafeEqual(digestOf(zeroed, security, engineId), digest);
}

/** AES-256 needs more octets than most digests have: two drafts tell how to lengthen the key. */
function privKey(security: PrivSecurity, engineId: Uint8Array): Buffer {
  const { authProtocol, privProtocol, privKey: passphrase } = security;
  const { hash } = AUTH[authProtocol];
  const { keyBytes } = PRIV[privProtocol];
  let key = localizedKey(authProtocol, passphrase, engineId);
  let last = key;
  while (key.length < keyBytes) {
    if (privProtocol === 'aes256r') {
      // Reeder: the key so far, taken for a passphrase.
      const again = hashed(hash, Buffer.alloc(STRETCHED_BYTES, last));
      last = hashed(hash, again, engineId, again);
    } else last = hashed(hash, key);
    key = Buffer.concat([key, last]);
  }
  return key.subarray(0, keyBytes);
}

function cipherOf(security: PrivSecurity, clock: EngineClock, salt: Uint8Array): [string, Buffer, Buffer] {
  const key = privKey(security, clock.engineId);
  const { cipher } = PRIV[security.privProtocol];
  if (security.privProtocol === 'des') {
    const single = key.subarray(0, DES_KEY_BYTES);
    const iv = Buffer.from(key.subarray(DES_KEY_BYTES).map((octet, at) => octet ^ (salt[at] ?? 0)));
    return [cipher, Buffer.concat([single, single, single]), iv];
  }
  const iv = Buffer.alloc(16);
  iv.writeUInt32BE(clock.boots >>> 0, 0);
  iv.writeUInt32BE(clock.time >>> 0, 4);
  iv.set(salt, 8);
  return [cipher, key, iv];
}

/** Null where it cannot be what the protocol encrypts: the keys are others, or it was damaged. */
export function decrypt(
  encrypted: Uint8Array,
  security: PrivSecurity,
  clock: EngineClock,
  salt: Uint8Array,
): Buffer | null {
  if (salt.length !== SALT_BYTES) return null;
  if (security.privProtocol === 'des' && encrypted.length % DES_KEY_BYTES !== 0) return null;
  const decipher = createDecipheriv(...cipherOf(security, clock, salt)).setAutoPadding(false);
  return Buffer.concat([decipher.update(encrypted), decipher.final()]);
}

export function encrypt(
  plain: Uint8Array,
  security: PrivSecurity,
  clock: EngineClock,
): { readonly encrypted: Buffer; readonly salt: Buffer } {
  const salt = randomBytes(SALT_BYTES);
  const padding =
    security.privProtocol === 'des' ? (DES_KEY_BYTES - (plain.length % DES_KEY_BYTES)) % DES_KEY_BYTES : 0;
  const cipher = createCipheriv(...cipherOf(security, clock, salt)).setAutoPadding(false);
  return {
    encrypted: Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(padding)])), cipher.final()]),
    salt,
  };
}
