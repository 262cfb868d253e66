import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Grant } from '../../core/domain/portal/grant.ts';
import { wholeSeconds, wholeUnits } from '../family/limits.ts';
import { sha256Hex } from './fas.ts';

/** Hex digits of a signature: 128 bits, short enough for the 1,024 characters that the gateway reads. */
const SIGNATURE = 32;
/** Of a session without a limit: 0 would be the gateway's own, which is kept short (see its configuration). */
export const LONGEST_SECONDS = 86_400;
const LOGIN = /^[A-Za-z0-9]{4,64}$/;

/** Key of the gateway's BinAuth script, made from its faskey, so that the script does not hold the faskey itself. */
export const binauthKey = (faskey: string): string =>
  createHmac('sha256', faskey).update('simpul binauth 1').digest('hex');

/** As the script does it: `openssl dgst -sha256 -hmac KEY`, the first 128 bits. */
export const signatureOf = (text: string, key: string): string =>
  createHmac('sha256', key).update(text).digest('hex').slice(0, SIGNATURE);

export function isSignatureOf(given: string, text: string, key: string): boolean {
  const right = Buffer.from(signatureOf(text, key));
  const left = Buffer.from(given);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Limits as openNDS counts them: kbit/s, kB and kB; 0 = none. Each direction alone may use all that was granted. */
export function openNdsLimits(grant: Grant): readonly [up: number, down: number, upKb: number, downKb: number] {
  const kb = grant.totalOctets === null ? 0 : wholeUnits(grant.totalOctets, 1_024);
  return [grant.upKbit ?? 0, grant.downKbit ?? 0, kb, kb];
}

/**
 * `custom` of levels 1 and 2, which passes through the browser: `login.seconds.up.down.upKb.downKb.signature`. It is
 * good for the one client whose token the `hid` is of, for as long as the gateway keeps that token.
 */
export function signedGrant(loginId: string, grant: Grant, hid: string, key: string): string {
  const seconds = wholeSeconds(grant.seconds ?? LONGEST_SECONDS);
  const payload = [loginId, seconds, ...openNdsLimits(grant)].join('.');
  return `${payload}.${signatureOf(`${payload}.${hid}`, key)}`;
}

/** `custom` of level 3, which does not pass through the browser: `login.signature`. */
export const signedLogin = (loginId: string, hid: string, key: string): string =>
  `${loginId}.${signatureOf(`${loginId}.${hid}`, key)}`;

/** The login that a session's `custom` was made for. @returns null where it was not signed for this token */
export function loginOf(custom: string, token: string, key: string): string | null {
  const at = custom.lastIndexOf('.');
  const payload = custom.slice(0, Math.max(0, at));
  const id = payload.split('.')[0] ?? '';
  if (custom.length > 300 || !LOGIN.test(id) || !/^[0-9a-f]{1,64}$/i.test(token)) return null;
  return isSignatureOf(custom.slice(at + 1), `${payload}.${sha256Hex(token)}`, key) ? id : null;
}
