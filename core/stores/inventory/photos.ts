import { createHash, randomUUID } from 'node:crypto';
import type { RegionCode } from '../../domain/region.ts';
import { INCIDENT_FAMILY } from './incident-family.ts';
import { millis } from './query.ts';
import type { Sql } from './sql.ts';

export type StoredPhoto = {
  readonly id: string;
  readonly at: number;
  readonly expiresAt: number;
  readonly width: number;
  readonly height: number;
  /** Whose officer sent it, with the name of the village; null where an account did. */
  readonly village: { readonly code: RegionCode; readonly name: string } | null;
  /** Name of the account; null where an officer did. */
  readonly by: string | null;
};

export type NewPhoto = {
  readonly incidentId: string;
  readonly from: { readonly villageCode: RegionCode } | { readonly accountId: string };
  readonly at: number;
  readonly expiresAt: number;
  readonly width: number;
  readonly height: number;
  readonly contentType: string;
  readonly bytes: Uint8Array;
};

export type Photos = ReturnType<typeof photos>;

const COLUMNS = `p.id, p.at, p.expires_at AS "expiresAt", p.width, p.height, p.village_code AS "villageCode",
  coalesce(r.name, p.village_code) AS "villageName", a.display_name AS by`;
const FROM = `photo p JOIN family f ON f.id = p.incident_id LEFT JOIN region r ON r.code = p.village_code
  LEFT JOIN account a ON a.id = p.account_id`;

type Row = Pick<StoredPhoto, 'id' | 'width' | 'height' | 'by'> & {
  at: Date;
  expiresAt: Date;
  villageCode: RegionCode | null;
  villageName: string | null;
};
const shape = ({ villageCode, villageName, ...row }: Row): StoredPhoto => ({
  ...row,
  at: millis(row.at),
  expiresAt: millis(row.expiresAt),
  village: villageCode === null ? null : { code: villageCode, name: villageName ?? villageCode },
});

/** Photographs of incidents. What has expired is not there, whether it was removed yet or not. */
export function photos(sql: Sql) {
  return {
    /** The first first, without what is in them. */
    async of(incidentId: string, now: number): Promise<StoredPhoto[]> {
      const rows = await sql.query<Row>(
        `${INCIDENT_FAMILY} SELECT ${COLUMNS} FROM ${FROM} WHERE p.expires_at > $2 ORDER BY p.at, p.id`,
        [incidentId, new Date(now)],
      );
      return rows.map(shape);
    },

    async get(
      incidentId: string,
      id: string,
      now: number,
    ): Promise<(StoredPhoto & { readonly contentType: string; readonly bytes: Buffer }) | null> {
      const rows = await sql.query<Row & { contentType: string; bytes: Buffer }>(
        `${INCIDENT_FAMILY} SELECT ${COLUMNS}, p.content_type AS "contentType", p.bytes FROM ${FROM}
         WHERE p.id = $2 AND p.expires_at > $3`,
        [incidentId, id, new Date(now)],
      );
      const [row] = rows;
      if (row === undefined) return null;
      const { contentType, bytes, ...photo } = row;
      return { ...shape(photo), contentType, bytes };
    },

    /** @returns its id, and whether it is new: the same photograph of the same incident is kept once */
    async add(photo: NewPhoto, within: Sql = sql): Promise<{ readonly id: string; readonly isNew: boolean }> {
      const id = randomUUID();
      const { incidentId, from, bytes } = photo;
      const sha256 = createHash('sha256').update(bytes).digest();
      const added = await within.run(
        `INSERT INTO photo (id, incident_id, village_code, account_id, at, expires_at, content_type, width, height, bytes, sha256)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (incident_id, sha256) DO NOTHING`,
        [
          id,
          incidentId,
          'villageCode' in from ? from.villageCode : null,
          'accountId' in from ? from.accountId : null,
          new Date(photo.at),
          new Date(photo.expiresAt),
          photo.contentType,
          photo.width,
          photo.height,
          Buffer.from(bytes),
          sha256,
        ],
      );
      if (added > 0) return { id, isNew: true };
      const rows = await within.query<{ id: string }>('SELECT id FROM photo WHERE incident_id = $1 AND sha256 = $2', [
        incidentId,
        sha256,
      ]);
      const [known] = rows;
      if (known === undefined) throw new Error('a photograph that was just there is gone');
      return { id: known.id, isNew: false };
    },

    /** How many an incident has, and how many of them officers of the village sent. */
    async count(incidentId: string, villageCode: RegionCode | null): Promise<{ all: number; ofVillage: number }> {
      const rows = await sql.query<{ all: number; ofVillage: number }>(
        `${INCIDENT_FAMILY} SELECT count(*)::int AS "all", (count(*) FILTER (WHERE p.village_code = $2))::int AS "ofVillage"
         FROM photo p JOIN family f ON f.id = p.incident_id`,
        [incidentId, villageCode],
      );
      return rows[0] ?? { all: 0, ofVillage: 0 };
    },

    /** @returns how many were removed */
    async removeExpired(now: number): Promise<number> {
      return await sql.run('DELETE FROM photo WHERE expires_at <= $1', [new Date(now)]);
    },
  };
}
