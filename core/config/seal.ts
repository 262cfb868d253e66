import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '../domain/errors.ts';
import type { Secret } from './secret.ts';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);

/**
 * Sealed bytes: `SMP` and a version byte, then the nonce, the tag of AES-256-GCM, and what was encrypted.
 * Version 1: the key is scrypt (N 2^15, r 8, p 1) of `SIMPUL_SECRET_KEY` with a fixed salt: one key for the
 * installation, since there is nowhere safer to keep a random salt than beside what it protects.
 */
const HEADER = Buffer.from([0x53, 0x4d, 0x50, 1]);
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SALT = Buffer.from('simpul sealed credentials, version 1');

export type Sealer = {
  /** @param context bound to what is sealed, so that it opens nowhere else, e.g. the id of its row */
  seal(text: string, context: string): Promise<Buffer>;
  /** @throws AppError `config` for a wrong key or bytes that were tampered with */
  open(sealed: Uint8Array, context: string): Promise<string>;
};

/** @param secretKey null = nothing can be sealed or opened until `SIMPUL_SECRET_KEY` is set */
export function createSealer(secretKey: Secret | null): Sealer {
  let derived: Promise<Buffer> | null = null;
  const key = (): Promise<Buffer> => {
    if (secretKey === null) {
      throw new AppError(
        'config',
        'SIMPUL_SECRET_KEY must be set to keep credentials: it takes at least 16 characters',
      );
    }
    derived ??= derive(secretKey.reveal(), SALT, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 });
    return derived;
  };

  return {
    async seal(text, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', await key(), nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([HEADER, nonce, cipher.getAuthTag(), body]);
    },

    async open(sealed, context) {
      const bytes = Buffer.from(sealed);
      const bodyAt = HEADER.length + NONCE_BYTES + TAG_BYTES;
      if (bytes.length < bodyAt || !bytes.subarray(0, HEADER.length).equals(HEADER)) {
        throw new AppError('config', 'a stored credential is not in a form that this version knows');
      }
      const nonce = bytes.subarray(HEADER.length, HEADER.length + NONCE_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', await key(), nonce, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(HEADER.length + NONCE_BYTES, bodyAt));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(bodyAt)), decipher.final()]).toString('utf8');
      } catch {
        throw new AppError(
          'config',
          'a stored credential does not open: SIMPUL_SECRET_KEY is not the one that it was stored with',
        );
      }
    },
  };
}
