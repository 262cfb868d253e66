import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** What a sealed text is for; one of another purpose does not open. */
export type SealPurpose = 'form' | 'status' | 'my-data';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const TEXT = /^[\w-]{40,4096}$/;

export type Sealed = {
  /** base64url, 28 bytes longer than the text. */
  seal(purpose: SealPurpose, text: string): string;
  /** @returns null for what was not sealed here, or was changed since */
  open(purpose: SealPurpose, sealed: string): string | null;
};

/**
 * What the page gives the browser to bring back: AES-256-GCM, so that it can neither be made, changed nor read elsewhere.
 * There are no cookies: sign-in sheets of telephones keep none.
 */
export function sealer(signing: Buffer): Sealed {
  const key = Buffer.from(hkdfSync('sha256', signing, '', 'simpul portal page state, version 1', 32));
  return {
    seal(purpose, text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
        'base64url',
      );
    },
    open(purpose, sealed) {
      if (!TEXT.test(sealed)) return null;
      const bytes = Buffer.from(sealed, 'base64url');
      // Spare bits of the last character must be zero, or one state could be written in several ways.
      if (bytes.toString('base64url') !== sealed) return null;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(purpose))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        return null;
      }
    },
  };
}
