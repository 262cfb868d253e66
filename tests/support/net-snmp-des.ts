import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Authentication, Encryption, PrivProtocols, type UsmEngine } from 'net-snmp';

const KEY_BYTES = 8;
const BLOCK_BYTES = 8;
/** Three rounds with the same key (encrypt, decrypt, encrypt) come to one round of single DES. */
const CIPHER = 'des-ede3-cbc';

/**
 * Gives `net-snmp` a CBC-DES (RFC 3414, section 8) that works: OpenSSL 3 keeps single DES in a provider that Node does
 * not load, and triple DES in one that it does.
 */
export function repairDes(): void {
  const des = Encryption.algorithms[PrivProtocols['des'] ?? 0];
  if (des === undefined) throw new TypeError('net-snmp knows no DES');
  des.encryptPdu = (scopedPdu, _privProtocol, password, authProtocol, engine) => {
    const { key, preIv } = keysOf(password, authProtocol, engine);
    const salt = Buffer.concat([Buffer.from([0, 0, 0, 1]), randomBytes(4)]);
    const padded = Buffer.alloc(Math.ceil(scopedPdu.length / BLOCK_BYTES) * BLOCK_BYTES);
    scopedPdu.copy(padded);
    const cipher = createCipheriv(CIPHER, key, xor(preIv, salt)).setAutoPadding(false);
    return { encryptedPdu: Buffer.concat([cipher.update(padded), cipher.final()]), msgPrivacyParameters: salt };
  };
  des.decryptPdu = (encryptedPdu, _privProtocol, salt, password, authProtocol, engine) => {
    const { key, preIv } = keysOf(password, authProtocol, engine);
    const decipher = createDecipheriv(CIPHER, key, xor(preIv, salt)).setAutoPadding(false);
    return Buffer.concat([decipher.update(encryptedPdu), decipher.final()]);
  };
}

function keysOf(password: string, authProtocol: number, engine: UsmEngine): { key: Buffer; preIv: Buffer } {
  const localized = Authentication.passwordToKey(authProtocol, password, engine.engineID);
  const key = localized.subarray(0, KEY_BYTES);
  return { key: Buffer.concat([key, key, key]), preIv: localized.subarray(KEY_BYTES, KEY_BYTES + BLOCK_BYTES) };
}

function xor(a: Buffer, b: Buffer): Buffer {
  if (b.length !== a.length) throw new TypeError('a salt of DES has 8 octets');
  return Buffer.from(a.map((byte, at) => byte ^ (b[at] ?? 0)));
}
