import { createHmac, hkdfSync } from 'node:crypto';
import type { Secret } from '../../config/secret.ts';
import { AppError } from '../../domain/errors.ts';

/** What a keyed hash is of; hashes of different purposes never match each other. */
export type HashPurpose = 'mac' | 'phone' | 'voucher' | 'code' | 'account' | 'login';

/**
 * Keys of the captive portal, all derived from `SIMPUL_SECRET_KEY` (HKDF-SHA256, RFC 5869). A telephone number or MAC
 * has little to guess: without the key its hash tells nothing, with the key it can be found by trial, so the key stays
 * out of backups of the database.
 */
export type PortalKeys = {
  /** Keyed hash for the store: HMAC-SHA256, the first 128 bits in base64url, 22 characters. */
  hash(purpose: HashPurpose, text: string): string;
  /** Password of a one-time login: 128 bits in base64url, derived from its id, so that CHAP can be checked. */
  passwordOf(loginId: string): string;
  /** Key of what leaves signed (states in forms and addresses, grants that a gateway checks itself). */
  readonly signing: Buffer;
};

const bits128 = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest().subarray(0, 16).toString('base64url');

/** @throws AppError `config` without `SIMPUL_SECRET_KEY` */
export function portalKeys(secretKey: Secret | null): PortalKeys {
  if (secretKey === null)
    throw new AppError('config', 'SIMPUL_SECRET_KEY must be set for the captive portal: at least 16 characters');
  const derive = (label: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secretKey.reveal(), 'simpul captive portal, version 1', label, 32));
  const keys = new Map<HashPurpose, Buffer>();
  const passwords = derive('password');
  return {
    hash(purpose, text) {
      const key = keys.get(purpose) ?? derive(`hash ${purpose}`);
      keys.set(purpose, key);
      return bits128(key, text);
    },
    passwordOf: (loginId) => bits128(passwords, loginId),
    signing: derive('signing'),
  };
}
