import { randomUUID } from 'node:crypto';
import { DAY } from '../../../domain/clock.ts';
import type { Sql } from '../sql.ts';

export type CodePurpose = 'login' | 'my-data';

/** How many codes may leave; what is over a limit of a number is not told to whoever asks. */
export type PhoneCodeLimits = {
  readonly cooldownMs: number;
  readonly perNumberDay: number;
  readonly numbersPerMacDay: number;
  readonly perSiteDay: number;
  /** In the whole province. */
  readonly perDay: number;
};

export type AskedCode = {
  readonly purpose: CodePurpose;
  readonly phoneHash: string;
  readonly macHash: string;
  readonly gatewayId: string | null;
  readonly siteId: string | null;
  readonly at: number;
  readonly expiresAt: number;
  /** Midnight of the province's zone, which budgets start at. */
  readonly dayStart: number;
  /** Was online at this site before: the last quarter of the budgets is for such devices. */
  readonly isKnownDevice: boolean;
  /** Keyed hash of the code under the row's id. */
  readonly codeHashOf: (id: string) => string;
};

export type CodeAnswer =
  /** `send`: whether a text is to leave; whoever asked is told the same either way. `isNew`: the budgets count it. */
  | {
      readonly kind: 'asked';
      readonly id: string;
      readonly isNew: boolean;
      readonly send: boolean;
      readonly spent: SpentBudget;
    }
  | { readonly kind: 'too-many-numbers' }
  | { readonly kind: 'budget'; readonly of: 'site' | 'province'; readonly spent: SpentBudget };

/** Codes since midnight, the asked one included. */
export type SpentBudget = { readonly site: number; readonly province: number };

export type CheckedCode = { readonly phoneHash: string } | null;

const LOCK = 7_305_441;

/** What new devices may spend of a budget: who makes devices up leaves a quarter to those who come here anyway. */
export const openBudget = (budget: number): number => Math.ceil(budget * 0.75);

/** Codes that were sent to telephones: hashes of the number, the device and the code. */
export function portalPhoneCodes(sql: Sql) {
  return {
    /**
     * Writes a code down if the limits leave room for it. The same number of the same device within the cooldown gets the
     * code that it has; a number that others asked for too often gets a row without a code, so that nothing tells it
     * from one that got a text. Rows stay as few as the budgets, whoever asks how often.
     * @throws AppError `store-unavailable`
     */
    async ask(asked: AskedCode, limits: PhoneCodeLimits): Promise<CodeAnswer> {
      const { purpose, phoneHash, macHash, gatewayId, siteId, at } = asked;
      return await sql.transaction(async (tx) => {
        await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
        const dayAgo = new Date(at - DAY);
        const own = await tx.query<{ id: string; sentAt: Date }>(
          `SELECT id, sent_at AS "sentAt" FROM portal_phone_codes
           WHERE mac_hash = $1 AND phone_hash = $2 AND purpose = $3 AND sent_at > $4 ORDER BY sent_at DESC`,
          [macHash, phoneHash, purpose, dayAgo],
        );
        const [newest] = own;
        const spent = await spentOf(tx, asked);
        if (newest !== undefined) {
          const isSoon = newest.sentAt.getTime() > at - limits.cooldownMs;
          if (isSoon || own.length >= limits.perNumberDay)
            return { kind: 'asked', id: newest.id, isNew: false, send: false, spent };
        } else if (purpose === 'login' && (await numbersOf(tx, macHash, dayAgo)) >= limits.numbersPerMacDay) {
          return { kind: 'too-many-numbers' };
        }
        const open = (budget: number): number => (asked.isKnownDevice ? budget : openBudget(budget));
        if (spent.site >= open(limits.perSiteDay)) return { kind: 'budget', of: 'site', spent };
        if (spent.province >= open(limits.perDay)) return { kind: 'budget', of: 'province', spent };
        const texts = await tx.query<{ total: number; soon: number; ofPurpose: number }>(
          `SELECT count(*)::int AS total, (count(*) FILTER (WHERE sent_at > $3))::int AS soon,
             (count(*) FILTER (WHERE purpose = 'my-data'))::int AS "ofPurpose"
           FROM portal_phone_codes WHERE phone_hash = $1 AND sent AND sent_at > $2`,
          [phoneHash, dayAgo, new Date(at - limits.cooldownMs)],
        );
        const { total = 0, soon = 0, ofPurpose = 0 } = texts[0] ?? {};
        // A page that the whole world can open must not use up what somebody needs at a hotspot.
        const isFull = purpose === 'my-data' && ofPurpose >= Math.ceil(limits.perNumberDay / 2);
        const send = total < limits.perNumberDay && soon === 0 && !isFull;
        const id = randomUUID();
        await tx.run(
          `INSERT INTO portal_phone_codes
             (id, phone_hash, mac_hash, gateway_id, site_id, purpose, code_hash, sent_at, expires_at, sent)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [
            id,
            phoneHash,
            macHash,
            gatewayId,
            siteId,
            purpose,
            send ? asked.codeHashOf(id) : 'none',
            new Date(at),
            new Date(asked.expiresAt),
            send,
          ],
        );
        return { kind: 'asked', id, isNew: true, send, spent: { site: spent.site + 1, province: spent.province + 1 } };
      });
    },

    /** The provider did not take it: the number may ask again, and it is not counted as sent. */
    async notSent(id: string): Promise<void> {
      await sql.run('UPDATE portal_phone_codes SET sent = false WHERE id = $1', [id]);
    },

    /**
     * Counts a try and tells whose code it was. A code that was right is right once more within `graceMs` for the same
     * device: on a slow line people press twice.
     */
    async check(tried: {
      readonly id: string;
      readonly purpose: CodePurpose;
      readonly macHash: string;
      readonly codeHash: string;
      readonly at: number;
      readonly mostTries: number;
      readonly graceMs: number;
    }): Promise<CheckedCode> {
      const rows = await sql.query<{ phoneHash: string; isRight: boolean }>(
        `UPDATE portal_phone_codes SET tries = tries + 1,
           used_at = CASE WHEN code_hash = $4 THEN coalesce(used_at, $5) ELSE used_at END
         WHERE id = $1 AND purpose = $2 AND mac_hash = $3 AND tries < $6 AND expires_at > $5
           AND (used_at IS NULL OR used_at > $7)
         RETURNING phone_hash AS "phoneHash", code_hash = $4 AS "isRight"`,
        [
          tried.id,
          tried.purpose,
          tried.macHash,
          tried.codeHash,
          new Date(tried.at),
          tried.mostTries,
          new Date(tried.at - tried.graceMs),
        ],
      );
      const [row] = rows;
      return row?.isRight === true ? { phoneHash: row.phoneHash } : null;
    },

    /** Codes since a moment, by site; sites that asked most come first. */
    async spentSince(since: number, most: number): Promise<readonly { siteId: string | null; codes: number }[]> {
      return await sql.query(
        `SELECT site_id AS "siteId", count(*)::int AS codes FROM portal_phone_codes WHERE sent_at >= $1
         GROUP BY site_id ORDER BY codes DESC, site_id LIMIT $2`,
        [new Date(since), most],
      );
    },
  };
}

async function spentOf(tx: Sql, { siteId, dayStart }: AskedCode): Promise<SpentBudget> {
  const rows = await tx.query<SpentBudget>(
    `SELECT count(*)::int AS province, (count(*) FILTER (WHERE site_id IS NOT DISTINCT FROM $2))::int AS site
     FROM portal_phone_codes WHERE sent_at >= $1`,
    [new Date(dayStart), siteId],
  );
  return rows[0] ?? { site: 0, province: 0 };
}

async function numbersOf(tx: Sql, macHash: string, since: Date): Promise<number> {
  const rows = await tx.query<{ numbers: number }>(
    `SELECT count(DISTINCT phone_hash)::int AS numbers FROM portal_phone_codes WHERE mac_hash = $1 AND sent_at > $2`,
    [macHash, since],
  );
  return rows[0]?.numbers ?? 0;
}
