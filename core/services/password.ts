import { randomBytes, randomInt, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of new hashes: 32 MiB and some 80 ms each. Older hashes keep the parameters that stand in them. */
const COST = { N: 2 ** 15, r: 8, p: 1 } as const;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** A stored hash may not ask for more than this, whoever wrote it. */
const MAX_MEMORY_BYTES = 256 * 1024 * 1024;

type Parameters = { readonly N: number; readonly r: number; readonly p: number };
type Parsed = Parameters & { readonly salt: Buffer; readonly key: Buffer };

/** `scrypt$N$r$p$salt$key`, salt and key in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, KEY_BYTES, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Takes the same time for a wrong password as for the right one; false where the stored hash is not understood. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const parsed = parse(stored);
  if (parsed === null) return false;
  const key = await derive(password, parsed.salt, parsed.key.length, parsed);
  return timingSafeEqual(key, parsed.key);
}

/** Whether a hash was made at another cost than new ones are. */
export function needsRehash(stored: string): boolean {
  const parsed = parse(stored);
  return parsed === null || parsed.N !== COST.N || parsed.r !== COST.r || parsed.p !== COST.p;
}

/** Without letters and digits that are mistaken for each other. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 20 characters in groups of five, 99 bits: to be read off a screen and typed once. */
export function generatePassword(): string {
  const group = (): string => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

function parse(stored: string): Parsed | null {
  const [scheme, N, r, p, salt, key] = stored.split('$');
  if (scheme !== 'scrypt' || salt === undefined || key === undefined) return null;
  const parsed = {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  };
  const isSane =
    [parsed.N, parsed.r, parsed.p].every((value) => Number.isSafeInteger(value) && value > 0) &&
    memoryBytes(parsed) <= MAX_MEMORY_BYTES &&
    parsed.p <= 16 &&
    parsed.key.length >= 16 &&
    parsed.key.length <= 64;
  return isSane ? parsed : null;
}

const memoryBytes = ({ N, r }: Parameters): number => 128 * N * r;

function derive(password: string, salt: Buffer, length: number, cost: Parameters): Promise<Buffer> {
  const options: ScryptOptions = { N: cost.N, r: cost.r, p: cost.p, maxmem: 2 * memoryBytes(cost) };
  return new Promise((resolve, reject) => {
    // The same characters typed on another keyboard may be other code points (RFC 8265).
    scrypt(password.normalize('NFC'), salt, length, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
