import { timingSafeEqual } from 'node:crypto';
import { type Key, md5 } from './authenticators.ts';

const BLOCK = 16;
/** Of a User-Password (RFC 2865 section 5.2). */
export const MAX_PASSWORD_OCTETS = 128;

/**
 * Hides a password under the secret and the request's authenticator (RFC 2865 section 5.2).
 * @throws RangeError beyond 128 octets
 */
export function hidePassword(password: Buffer, key: Key, authenticator: Buffer): Buffer {
  if (password.length > MAX_PASSWORD_OCTETS) throw new RangeError('a password has at most 128 octets');
  const hidden = Buffer.alloc(Math.max(BLOCK, Math.ceil(password.length / BLOCK) * BLOCK));
  password.copy(hidden);
  let before = authenticator;
  for (let at = 0; at < hidden.length; at += BLOCK) {
    const block = hidden.subarray(at, at + BLOCK);
    cover(block, md5(key, before));
    before = block;
  }
  return hidden;
}

/** Shows a hidden password without the NULs that filled its last block; null where its length is impossible. */
export function revealPassword(hidden: Buffer, key: Key, authenticator: Buffer): Buffer | null {
  if (hidden.length === 0 || hidden.length > MAX_PASSWORD_OCTETS || hidden.length % BLOCK !== 0) return null;
  const shown = Buffer.from(hidden);
  for (let at = 0; at < shown.length; at += BLOCK)
    cover(shown.subarray(at, at + BLOCK), md5(key, at === 0 ? authenticator : hidden.subarray(at - BLOCK, at)));
  let end = shown.length;
  while (end > 0 && shown[end - 1] === 0) end--;
  return shown.subarray(0, end);
}

function cover(block: Buffer, stream: Buffer): void {
  for (let at = 0; at < BLOCK; at++) block[at] = (block[at] ?? 0) ^ (stream[at] ?? 0);
}

/** Compares two passwords in a time that tells nothing of where they differ, nor of their lengths. */
export function isSamePassword(one: Buffer, other: Buffer): boolean {
  if (one.length > MAX_PASSWORD_OCTETS || other.length > MAX_PASSWORD_OCTETS) return false;
  return timingSafeEqual(padded(one), padded(other));
}

function padded(password: Buffer): Buffer {
  const whole = Buffer.alloc(MAX_PASSWORD_OCTETS + 1);
  whole[MAX_PASSWORD_OCTETS] = password.length;
  password.copy(whole);
  return whole;
}

/**
 * Checks a CHAP answer (RFC 2865 section 5.3).
 * @param chapPassword value of the attribute: the CHAP identifier and 16 octets
 * @param challenge value of CHAP-Challenge, or the request's authenticator where there is none
 */
export function isChapRight(chapPassword: Buffer, challenge: Buffer, password: Buffer): boolean {
  if (chapPassword.length !== 17) return false;
  return timingSafeEqual(md5(chapPassword.subarray(0, 1), password, challenge), chapPassword.subarray(1));
}
