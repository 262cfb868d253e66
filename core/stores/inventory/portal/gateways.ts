import { randomBytes, randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import type { Sealer } from '../../../config/seal.ts';
import { Secret } from '../../../config/secret.ts';
import type { NewPortalGateway, PortalGateway, PortalGatewayChange } from '../../../contract/portal/gateway.ts';
import { AppError } from '../../../domain/errors.ts';
import type { PortalKinds } from '../../../domain/portal/kinds.ts';
import type { RegionCode } from '../../../domain/region.ts';
import { Conditions, millisOrNull, type Page, type PageAsked, paged } from '../query.ts';
import { checkedSettings, guardedSettings, type PlainSettings } from '../sealed-settings.ts';
import type { Sql } from '../sql.ts';
import { portalAudit } from './audit.ts';

/** A gateway for the portal alone: what is secret is a `Secret`. */
export type OpenPortalGateway = {
  readonly id: string;
  readonly ref: string;
  readonly siteId: string;
  /** Whose series hold what citizens met here. */
  readonly deviceId: string | null;
  readonly name: string;
  readonly family: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly lanAddress: string | null;
  readonly nasIdentifier: string | null;
  /** Source address or CIDR block of its RADIUS packets. */
  readonly radiusAddress: string | null;
  readonly radsecName: string | null;
  readonly radiusSecret: Secret | null;
  readonly messageAuthenticator: PortalGateway['messageAuthenticator'];
  readonly authenticatorSeenAt: number | null;
  readonly swapOctets: boolean;
  readonly coaPort: number | null;
  readonly staleSeconds: number | null;
  readonly enabled: boolean;
  /** Another one after every change. */
  readonly version: number;
};

export type PortalGatewayFilter = PageAsked & {
  readonly region?: RegionCode | '' | undefined;
  readonly siteId?: string | undefined;
  readonly family?: string | undefined;
  readonly q?: string | undefined;
};

type Stored = Omit<PortalGateway, 'settings' | 'secretsSet' | 'hasRadiusSecret' | 'authenticatorSeenAt' | 'seenAt'> & {
  readonly sealed: Buffer | null;
  readonly radiusSecret: Buffer | null;
  readonly authenticatorSeenAt: Date | null;
  readonly seenAt: Date | null;
  readonly version: number;
};
type Fields = Omit<NewPortalGateway, 'settings' | 'radiusSecret'>;

const COLUMN = {
  name: 'name',
  siteId: 'site_id',
  deviceId: 'device_id',
  family: 'family',
  radiusAddress: 'radius_address',
  radsecName: 'radsec_name',
  nasIdentifier: 'nas_identifier',
  messageAuthenticator: 'message_authenticator',
  swapOctets: 'swap_octets',
  coaPort: 'coa_port',
  lanAddress: 'lan_address',
  staleSeconds: 'stale_seconds',
  enabled: 'enabled',
} as const satisfies Record<keyof Fields, string>;
const NAMES = Object.keys(COLUMN) as (keyof Fields)[];
const OWN = `g.id, g.ref, ${NAMES.map((name) => `g.${COLUMN[name]} AS "${name}"`).join(', ')}, g.settings AS sealed,
  g.radius_secret AS "radiusSecret", g.authenticator_seen_at AS "authenticatorSeenAt", g.seen_at AS "seenAt", g.version`;
const FROM = 'portal_gateways g JOIN site s ON s.id = g.site_id';
const COLUMNS = `${OWN}, s.name AS "siteName", s.region_code AS "regionCode",
  (SELECT count(*)::int FROM portal_sessions x WHERE x.gateway_id = g.id AND x.ended_at IS NULL) AS "liveSessions"`;

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
const REF_LENGTH = 10;
/** Said in an address and typed from paper at times: no letters that look alike. */
const newRef = (): string => Array.from(randomBytes(REF_LENGTH), (byte) => ALPHABET[byte & 31]).join('');
const secretContext = (id: string): string => `${id} radius`;

/** Source of RADIUS packets. @throws AppError `bad-input` for what is no address or block */
function checkedSource(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const [address = '', length, ...rest] = text.trim().toLowerCase().split('/');
  const bits = isIP(address) === 4 ? 32 : 128;
  const fits = length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits);
  if (isIP(address) === 0 || !fits || rest.length > 0)
    throw new AppError('bad-input', 'the source of RADIUS packets is an address or a block', {
      faults: [{ field: 'radiusAddress', reason: 'is neither an IP address nor a CIDR block' }],
    });
  return length === undefined || Number(length) === bits ? address : `${address}/${Number(length)}`;
}

/**
 * What citizens arrive at. Settings and RADIUS secrets are sealed; secrets come out by the `open…` calls alone.
 * @param kinds null: any family and any settings are taken
 */
export function portalGateways(sql: Sql, sealer: Sealer, kinds: PortalKinds | null) {
  const audit = portalAudit(sql);
  const secretsOf = (family: string): readonly string[] | undefined => kinds?.get(family)?.secrets;

  const settingsOf = async ({ id, sealed }: Pick<Stored, 'id' | 'sealed'>): Promise<Record<string, never>> =>
    sealed === null ? {} : JSON.parse(await sealer.open(sealed, id));

  async function shown(row: Stored): Promise<PortalGateway> {
    const { sealed: _, radiusSecret, version: __, ...gateway } = row;
    const all = Object.entries(await settingsOf(row));
    const isSecret = (name: string): boolean => secretsOf(row.family)?.includes(name) ?? true;
    return {
      ...gateway,
      settings: Object.fromEntries(all.filter(([name]) => !isSecret(name))),
      secretsSet: all.map(([name]) => name).filter(isSecret),
      hasRadiusSecret: radiusSecret !== null,
      authenticatorSeenAt: millisOrNull(row.authenticatorSeenAt),
      seenAt: millisOrNull(row.seenAt),
    };
  }

  async function opened(row: Stored): Promise<OpenPortalGateway> {
    const { id, ref, siteId, deviceId, name, family, lanAddress, nasIdentifier, radiusAddress, radsecName } = row;
    const { messageAuthenticator, swapOctets, coaPort, staleSeconds, enabled, version } = row;
    return {
      ...{ id, ref, siteId, deviceId, name, family, lanAddress, nasIdentifier, radiusAddress, radsecName },
      ...{ messageAuthenticator, swapOctets, coaPort, staleSeconds, enabled, version },
      settings: guardedSettings(await settingsOf(row), secretsOf(family)),
      radiusSecret: row.radiusSecret && new Secret(await sealer.open(row.radiusSecret, secretContext(id))),
      authenticatorSeenAt: millisOrNull(row.authenticatorSeenAt),
    };
  }

  async function sealedSettings(id: string, family: string, settings: PlainSettings): Promise<Buffer> {
    const kind = kinds?.get(family);
    if (kinds !== null && kind === undefined)
      throw new AppError('bad-input', `there is no family of gateways ${family.slice(0, 40)}`);
    return await sealer.seal(
      kind === undefined ? JSON.stringify(settings) : checkedSettings(family, kind, settings),
      id,
    );
  }

  async function find(id: string, within: Sql = sql, lock = ''): Promise<Stored> {
    const [row] = await within.query<Stored>(`SELECT ${COLUMNS} FROM ${FROM} WHERE g.id = $1 ${lock}`, [id]);
    if (row === undefined) throw new AppError('not-found', 'there is no such gateway');
    return row;
  }

  /** What lowers a guard leaves a trace: without Message-Authenticator answers can be forged (CVE-2024-3596). */
  async function trace(tx: Sql, before: Stored | null, id: string, next: Fields, secret: unknown, who: Traced) {
    const { by = null, at = Date.now() } = who;
    const entry = (what: string) => audit.add({ accountId: by, what, about: id, detail: {} }, at, tx);
    const isOff = next.messageAuthenticator === 'no' && before?.messageAuthenticator !== 'no';
    if (isOff) await entry('gateway-message-authenticator-off');
    if (before !== null && secret !== undefined) await entry('gateway-radius-secret-changed');
  }

  return {
    async list(filter: PortalGatewayFilter = {}): Promise<Page<PortalGateway>> {
      const conditions = new Conditions()
        .within('s.region_code', filter.region)
        .equals('g.site_id', filter.siteId)
        .equals('g.family', filter.family)
        .contains(['g.name', 's.name'], filter.q);
      const page = await paged(sql, {
        columns: COLUMNS,
        from: FROM,
        conditions,
        orderBy: 's.name, g.name, g.id',
        asked: filter,
        shape: (row: Stored) => row,
      });
      return { ...page, items: await Promise.all(page.items.map(shown)) };
    },

    /** @throws AppError `not-found` */
    async get(id: string): Promise<PortalGateway> {
      return await shown(await find(id));
    },

    /** @throws AppError `bad-input`, `conflict` for an address that another has, `config` without SIMPUL_SECRET_KEY */
    async create(gateway: NewPortalGateway, who: Traced = {}): Promise<PortalGateway> {
      const { settings = {}, radiusSecret = null, ...given } = gateway;
      const fields: Fields = {
        ...{ messageAuthenticator: 'auto', swapOctets: false, enabled: true },
        ...given,
        radiusAddress: checkedSource(given.radiusAddress),
      };
      const id = randomUUID();
      const sealed = await sealedSettings(id, fields.family, settings);
      const secret = radiusSecret === null ? null : await sealer.seal(radiusSecret, secretContext(id));
      return await sql.transaction(async (tx) => {
        await tx.run(
          `INSERT INTO portal_gateways (id, ref, settings, radius_secret, created_at, ${Object.values(COLUMN).join(', ')})
           VALUES ($1, $2, $3, $4, $5, ${NAMES.map((_, i) => `$${i + 6}`).join(', ')})`,
          [id, newRef(), sealed, secret, new Date(who.at ?? Date.now()), ...NAMES.map((name) => fields[name] ?? null)],
        );
        await trace(tx, null, id, fields, undefined, who);
        return await shown(await find(id, tx));
      });
    },

    /**
     * New settings take the place of the old ones; a secret that is not among them stays, one that is null goes.
     * @throws AppError `not-found`, `bad-input`, `conflict`, `config`
     */
    async update(id: string, change: PortalGatewayChange, who: Traced = {}): Promise<PortalGateway> {
      return await sql.transaction(async (tx) => {
        const row = await find(id, tx, 'FOR UPDATE OF g');
        const { settings, radiusSecret, ...given } = change;
        const next: Fields = { ...row, ...given };
        let { sealed } = row;
        if (settings !== undefined || next.family !== row.family) {
          const secrets = next.family === row.family ? (secretsOf(row.family) ?? []) : [];
          const kept = Object.entries(await settingsOf(row)).filter(([name]) => secrets.includes(name));
          const merged = Object.entries({ ...Object.fromEntries(kept), ...settings });
          sealed = await sealedSettings(
            id,
            next.family,
            Object.fromEntries(merged.filter(([, value]) => value !== null)),
          );
        }
        const sealedSecret = radiusSecret ? await sealer.seal(radiusSecret, secretContext(id)) : null;
        const source = checkedSource(next.radiusAddress);
        // A new secret or address may be another box: whether it signs its requests is learnt anew, as after a `no`.
        const isOther =
          radiusSecret !== undefined || source !== row.radiusAddress || next.messageAuthenticator === 'no';
        await tx.run(
          `UPDATE portal_gateways SET settings = $2, radius_secret = $3, version = version + 1,
             authenticator_seen_at = CASE WHEN $4 THEN NULL ELSE authenticator_seen_at END,
             ${NAMES.map((name, i) => `${COLUMN[name]} = $${i + 5}`).join(', ')} WHERE id = $1`,
          [
            ...[id, sealed, radiusSecret === undefined ? row.radiusSecret : sealedSecret, isOther],
            ...NAMES.map((name) => (name === 'radiusAddress' ? source : (next[name] ?? null))),
          ],
        );
        await trace(tx, row, id, next, radiusSecret, who);
        return await shown(await find(id, tx));
      });
    },

    /** With its logins and sessions; what was counted stays. @throws AppError `not-found` */
    async remove(id: string): Promise<void> {
      if ((await sql.run('DELETE FROM portal_gateways WHERE id = $1', [id])) === 0)
        throw new AppError('not-found', 'there is no such gateway');
    },

    /** What a login page's address names; null for nothing, and for one that is switched off. */
    async openByRef(ref: string): Promise<OpenPortalGateway | null> {
      const [row] = await sql.query<Stored>(
        `SELECT ${OWN} FROM portal_gateways g WHERE g.ref = $1 AND g.enabled`,
        [ref],
        'portal-gateway-by-ref',
      );
      return row === undefined ? null : await opened(row);
    },

    /** All that are switched on. */
    async openAll(): Promise<readonly OpenPortalGateway[]> {
      return await Promise.all(
        (await sql.query<Stored>(`SELECT ${OWN} FROM portal_gateways g WHERE g.enabled ORDER BY g.id`)).map(opened),
      );
    },

    /** Also one that is switched off. @throws AppError `not-found`, `config` */
    async open(id: string): Promise<OpenPortalGateway> {
      return await opened(await find(id));
    },

    /** Changes whenever a gateway is made, changed or removed: what keeps them in memory looks at it now and then. */
    async state(): Promise<string> {
      const [row] = await sql.query<{ state: string }>(
        "SELECT concat_ws('.', count(*), sum(version), max(created_at)) AS state FROM portal_gateways",
      );
      return row?.state ?? '';
    },

    /** It sent a valid Message-Authenticator: with `auto` every request must have one from now on. */
    async markAuthenticatorSeen(id: string, at: number): Promise<void> {
      await sql.run(
        'UPDATE portal_gateways SET authenticator_seen_at = $2 WHERE id = $1 AND authenticator_seen_at IS NULL',
        [id, new Date(at)],
      );
    },

    /** They were heard of. */
    async touchSeen(ids: readonly string[], at: number): Promise<void> {
      if (ids.length === 0) return;
      await sql.run(
        'UPDATE portal_gateways SET seen_at = $2 WHERE id = ANY($1::uuid[]) AND (seen_at IS NULL OR seen_at < $2)',
        [ids, new Date(at)],
      );
    },
  };
}

/** Who changes something and when, for the trace. */
export type Traced = { readonly by?: string | null; readonly at?: number };
