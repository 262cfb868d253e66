import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { SECOND } from '../domain/clock.ts';

const STEP_MS = 30 * SECOND;
const DIGITS = 6;
/** Clocks of telephones stray: the step before and the one after are taken too. */
const STEPS_AROUND = 1;
/** 160 bits, the length of SHA-1 (RFC 4226, section 4). */
const SECRET_BYTES = 20;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 without padding (RFC 4648), as authenticators take it. */
export function generateTotpSecret(): string {
  let bits = 0n;
  for (const byte of randomBytes(SECRET_BYTES)) bits = (bits << 8n) | BigInt(byte);
  const letters = (SECRET_BYTES * 8) / 5;
  return Array.from({ length: letters }, (_, at) => {
    const shift = BigInt(5 * (letters - 1 - at));
    return BASE32[Number((bits >> shift) & 31n)];
  }).join('');
}

/** @param secret base32 @param step 30-second steps since the epoch @returns six digits (RFC 6238 with SHA-1) */
export function totpCode(secret: string, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (mac[mac.length - 1] ?? 0) & 15;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

export const totpStep = (at: number): number => Math.floor(at / STEP_MS);

/** The step a code belongs to, of those around `at`; null for none. Takes the same time for each. */
export function matchingStep(secret: string, code: string, at: number): number | null {
  const given = Buffer.from(code);
  if (given.length !== DIGITS) return null;
  let found: number | null = null;
  for (let step = totpStep(at) - STEPS_AROUND; step <= totpStep(at) + STEPS_AROUND; step++) {
    if (timingSafeEqual(Buffer.from(totpCode(secret, step)), given)) found = step;
  }
  return found;
}

/** What the QR code says (the key URI that authenticators agree on). */
export function totpUri(secret: string, account: string, issuer: string): string {
  const query = new URLSearchParams({ secret, issuer, algorithm: 'SHA1', digits: String(DIGITS), period: '30' });
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?${query}`;
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of text) {
    held = ((held << 5) | BASE32.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return Buffer.from(bytes);
}
