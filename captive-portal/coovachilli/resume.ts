import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Clock } from '../../core/domain/clock.ts';

/** A way in that was earned, and now goes round by the gateway for a fresh challenge. */
type Resumed = { readonly id: string; readonly password: string };
type Bound = { readonly gatewayId: string; readonly mac: string };

/** As long as the way in itself is good for. */
const GOOD_FOR_MS = 120_000;
const MARK = '/lanjut/';
const LONGEST = 1_000;

const keyOf = (signing: Buffer): Buffer => Buffer.from(hkdfSync('sha256', signing, '', 'coovachilli resume', 32));

/**
 * An address that CoovaChilli hands back to us as `userurl`. What is in it is sealed: it passes through the browser.
 * It leads to the status page, should the gateway ever send anybody there.
 */
export function resumeUrl(statusUrl: string, login: Resumed, bound: Bound, signing: Buffer, clock: Clock): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(signing), iv);
  const clear = JSON.stringify([
    login.id,
    login.password,
    bound.gatewayId,
    bound.mac,
    clock() + GOOD_FOR_MS,
    statusUrl,
  ]);
  const sealed = Buffer.concat([iv, cipher.update(clear, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${new URL(statusUrl).origin}${MARK}${sealed.toString('base64url')}`;
}

/** @returns null for any other address, one that was tampered with, one of another device, and one that is too old */
export function resumed(
  userUrl: string | null,
  bound: Bound,
  signing: Buffer,
  clock: Clock,
): (Resumed & { readonly statusUrl: string }) | null {
  const token = userUrl?.split(MARK)[1];
  if (token === undefined || token.length > LONGEST || !/^[\w-]{40,}$/.test(token)) return null;
  const sealed = Buffer.from(token, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(signing), sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(-16));
    const clear = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8');
    const [id, password, gatewayId, mac, goodUntil, statusUrl] = JSON.parse(clear);
    const isOurs = gatewayId === bound.gatewayId && mac === bound.mac && clock() < goodUntil;
    return isOurs ? { id, password, statusUrl } : null;
  } catch {
    return null;
  }
}
