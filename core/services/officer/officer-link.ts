import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../config/secret.ts';
import { type Clock, DAY, SECOND } from '../../domain/clock.ts';
import { AppError } from '../../domain/errors.ts';
import type { RegionCode } from '../../domain/region.ts';

/** What a link opens: one incident of one village, until then. */
export type OfficerGrant = {
  readonly incidentId: string;
  readonly villageCode: RegionCode;
  readonly expiresAt: number;
};

export type OfficerLinks = {
  /** Null where there can be no links: see `whyNone`. */
  urlFor(to: Pick<OfficerGrant, 'incidentId' | 'villageCode'>): string | null;
  /**
   * @throws AppError `not-found` for what is no link of this installation, `gone` for one that has expired, `config`
   *   without a key
   */
  read(token: string): OfficerGrant;
  /** One sentence that names the variable to set; null where links can be made. */
  readonly whyNone: string | null;
};

/** Longer than an outage is left alone, shorter than a telephone is passed on. */
const LIFETIME_MS = 7 * DAY;
export const OFFICER_PATH = '/d/';

/**
 * A token: version (1 byte), incident (16), digits of the village's code as a number (5), seconds of its end (4), the
 * first 16 bytes of HMAC-SHA-256 over these. 42 bytes are 56 characters of base64url, so that a link fits an SMS with
 * room for words.
 */
const VERSION = 1;
const AT = { incident: 1, village: 17, expires: 22, mac: 26 } as const;
const TOKEN_BYTES = 42;
const MAC_BYTES = TOKEN_BYTES - AT.mac;
const TOKEN = /^[\w-]{56}$/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const VILLAGE = /^\d{2}\.\d{2}\.\d{2}\.\d{4}$/;
/** A key for this alone: what signs links opens no credential, and the other way round. */
const LABEL = 'simpul officer link, version 1';

/**
 * Links that let a village officer answer for one incident of one village without an account. Nothing is stored: who
 * holds the key can read every link, and a new key ends all of them.
 */
export function officerLink({
  secretKey,
  publicUrl,
  clock,
}: {
  readonly secretKey: Secret | null;
  readonly publicUrl: string | null;
  readonly clock: Clock;
}): OfficerLinks {
  const key =
    secretKey === null ? null : Buffer.from(hkdfSync('sha256', secretKey.reveal(), Buffer.alloc(0), LABEL, 32));
  const sign = (signing: Buffer, body: Uint8Array): Buffer =>
    createHmac('sha256', signing).update(body).digest().subarray(0, MAC_BYTES);
  const noKey = 'village officers get no links: SIMPUL_SECRET_KEY must be set to sign them';
  const noUrl = 'village officers get no links: SIMPUL_PUBLIC_URL must say where people reach the web';

  return {
    whyNone: key === null ? noKey : publicUrl === null ? noUrl : null,

    urlFor({ incidentId, villageCode }) {
      if (key === null || publicUrl === null) return null;
      if (!UUID.test(incidentId) || !VILLAGE.test(villageCode))
        throw new TypeError('a link of an officer is of an incident and a village');
      const token = Buffer.alloc(TOKEN_BYTES);
      token[0] = VERSION;
      token.write(incidentId.replaceAll('-', ''), AT.incident, 'hex');
      token.writeUIntBE(Number(villageCode.replaceAll('.', '')), AT.village, AT.expires - AT.village);
      token.writeUInt32BE(Math.floor((clock() + LIFETIME_MS) / SECOND), AT.expires);
      sign(key, token.subarray(0, AT.mac)).copy(token, AT.mac);
      return `${publicUrl}${OFFICER_PATH}${token.toString('base64url')}`;
    },

    read(text) {
      if (key === null) throw new AppError('config', noKey);
      const token = TOKEN.test(text) ? Buffer.from(text, 'base64url') : Buffer.alloc(TOKEN_BYTES);
      const isOurs = timingSafeEqual(sign(key, token.subarray(0, AT.mac)), token.subarray(AT.mac));
      if (!isOurs || token[0] !== VERSION) throw new AppError('not-found', 'this is no link of an officer');
      const expiresAt = token.readUInt32BE(AT.expires) * SECOND;
      if (expiresAt <= clock()) throw new AppError('gone', 'this link has expired');
      return {
        incidentId: token.toString('hex', AT.incident, AT.village).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
        villageCode: String(token.readUIntBE(AT.village, AT.expires - AT.village))
          .padStart(10, '0')
          .replace(/^(..)(..)(..)/, '$1.$2.$3.'),
        expiresAt,
      };
    },
  };
}
