import { randomUUID } from 'node:crypto';
import type { Static } from 'typebox';
import type { Device, DeviceChange, NewDevice, PathStep } from '../../contract/devices.ts';
import { AppError } from '../../domain/errors.ts';
import type { Place } from '../../domain/grant.ts';
import type { DEVICE_SORTS } from '../../domain/list-sorts.ts';
import type { Medium } from '../../domain/medium.ts';
import { type ProbeKinds, probeFaults } from '../../domain/probe-kind.ts';
import type { RegionCode } from '../../domain/region.ts';
import type { SiteKind } from '../../domain/site.ts';
import type { State } from '../../domain/state.ts';
import { saveParents } from './dependencies.ts';
import { requireExpected } from './expected.ts';
import { pick } from './fields.ts';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { Conditions, millisOrNull, type Page, type PageAsked, paged } from './query.ts';
import { type Sorting, type StateSorts, sortedByState } from './sorting.ts';
import type { Sql } from './sql.ts';
import { raise } from './store-error.ts';

const FIELDS = [
  'code',
  'name',
  'kind',
  'siteId',
  'host',
  'mac',
  'enabled',
  'reachability',
  'settings',
  'tcpPort',
  'snmpPort',
  'credentialId',
  'reachIntervalS',
  'pollIntervalS',
  'timeoutMs',
  'retries',
] as const;
const COLUMNS = `d.id, d.code, d.name, d.kind, d.site_id AS "siteId", s.name AS "siteName", s.kind AS "siteKind",
  s.region_code AS "regionCode", coalesce(k.counts_for_site, true) AS "countsForSite", d.host, d.mac, d.vendor, d.model, d.os, d.version, d.serial, d.enabled, d.reachability,
  d.settings,  d.tcp_port AS "tcpPort", d.snmp_port AS "snmpPort", d.credential_id AS "credentialId",
  d.reach_interval_s AS "reachIntervalS", d.poll_interval_s AS "pollIntervalS", d.timeout_ms AS "timeoutMs", d.retries,
  coalesce(ds.state, 'unknown') AS state, ds.since, ds.reason, ds.last_seen_at AS "lastSeenAt", ds.collector`;
const FROM = `device d JOIN site s ON s.id = d.site_id LEFT JOIN device_kind k ON k.id = d.kind
  LEFT JOIN device_status ds ON ds.device_id = d.id`;
/** A tree of this depth is deeper than any network; a ring in old data must not make the walk endless. */
const MAX_HOPS = 32;

type Row = Omit<Device, 'since' | 'lastSeenAt'> & { since: Date | null; lastSeenAt: Date | null };
const shape = (row: Row): Device => ({
  ...row,
  since: millisOrNull(row.since),
  lastSeenAt: millisOrNull(row.lastSeenAt),
});

const SORTED: StateSorts<(typeof DEVICE_SORTS)[number]> = {
  columns: {
    name: 'lower(d.name)',
    code: 'd.code',
    kind: 'd.kind',
    site: 'lower(s.name)',
    host: 'd.host',
    model: 'd.model',
  },
  state: "coalesce(ds.state, 'unknown')",
  since: 'ds.since',
  last: 'd.code',
};

export type DeviceFilter = PageAsked &
  Sorting<(typeof DEVICE_SORTS)[number]> & {
    readonly region?: RegionCode | '' | undefined;
    readonly siteId?: string | undefined;
    readonly kind?: string | undefined;
    readonly state?: State | undefined;
    readonly q?: string | undefined;
  };

/** What the collector needs to ask a device. */
export type Target = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  /** Whether its site's state follows from it. */
  readonly countsForSite: boolean;
  readonly siteId: string;
  readonly siteKind: SiteKind;
  readonly regionCode: RegionCode;
  readonly host: string;
  readonly reachability: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly tcpPort: number | null;
  readonly snmpPort: number;
  readonly credentialId: string | null;
  readonly profile: string | null;
  readonly identifiedAt: number | null;
  /** What it is reached through. */
  readonly parentIds: readonly string[];
  /** Of the links that it measures, or else of those that serve its site. */
  readonly media: readonly Medium[];
  /** null = the default of the probe. */
  readonly reachIntervalS: number | null;
  readonly pollIntervalS: number | null;
  readonly timeoutMs: number | null;
  readonly retries: number | null;
};

/** What a device says of itself; null = it does not say. */
export type Identification = {
  readonly vendor: string | null;
  readonly model: string | null;
  readonly os: string | null;
  readonly version: string | null;
  readonly serial: string | null;
  readonly profile: string | null;
};

export type Devices = ReturnType<typeof devices>;

/** @param probes what devices may be asked by; null = any */
export function devices(prisma: PrismaClient, sql: Sql, probes: ProbeKinds | null) {
  function check(reachability: string, settings: Readonly<Record<string, unknown>>): void {
    const faults = probes === null ? [] : probeFaults(probes, reachability, settings);
    if (faults.length > 0)
      throw new AppError('bad-input', `the settings do not fit the probe ${reachability}`, { faults });
  }

  async function one(column: 'd.id' | 'd.code', value: string): Promise<Device | null> {
    const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM ${FROM} WHERE ${column} = $1`, [value]);
    return rows[0] === undefined ? null : shape(rows[0]);
  }
  async function stored(id: string): Promise<Device> {
    const device = await one('d.id', id);
    if (device === null) throw new Error('a device that was just stored is gone');
    return device;
  }

  return {
    probes,
    get: (id: string): Promise<Device | null> => one('d.id', id),
    getByCode: (code: string): Promise<Device | null> => one('d.code', code),

    list(filter: DeviceFilter): Promise<Page<Device>> {
      const conditions = new Conditions()
        .within('s.region_code', filter.region)
        .equals('d.site_id', filter.siteId)
        .equals('d.kind', filter.kind)
        .equals("coalesce(ds.state, 'unknown')", filter.state)
        .contains(['d.name', 'd.code', 'd.host', 'd.mac', 'd.serial', 'd.model', 's.name'], filter.q);
      return paged(sql, {
        columns: COLUMNS,
        from: FROM,
        conditions,
        orderBy: sortedByState(SORTED, filter),
        asked: filter,
        shape,
      });
    },

    /** All devices of some sites, in one query. */
    async ofSites(siteIds: readonly string[]): Promise<Device[]> {
      const rows = await sql.query<Row>(
        `SELECT ${COLUMNS} FROM ${FROM} WHERE d.site_id = ANY($1::uuid[]) ORDER BY d.code`,
        [siteIds],
      );
      return rows.map(shape);
    },

    /** Every enabled device of an active site. */
    async targets(): Promise<Target[]> {
      const rows = await sql.query<Omit<Target, 'identifiedAt'> & { identifiedAt: Date | null }>(
        `SELECT d.id, d.code, d.name, d.kind, coalesce(k.counts_for_site, true) AS "countsForSite", d.site_id AS "siteId",
           s.kind AS "siteKind", s.region_code AS "regionCode",
           d.host, d.reachability, d.settings, d.tcp_port AS "tcpPort", d.snmp_port AS "snmpPort", d.credential_id AS "credentialId",
           d.profile, d.identified_at AS "identifiedAt",
           ARRAY(SELECT p.parent_id FROM dependency p WHERE p.child_id = d.id ORDER BY p.parent_id) AS "parentIds",
           coalesce(measured.media, served.media, '{}') AS media,
           d.reach_interval_s AS "reachIntervalS",
           d.poll_interval_s AS "pollIntervalS", d.timeout_ms AS "timeoutMs", d.retries
         FROM device d JOIN site s ON s.id = d.site_id LEFT JOIN device_kind k ON k.id = d.kind
           LEFT JOIN (SELECT device_id, array_agg(DISTINCT medium) AS media FROM link GROUP BY device_id) measured
             ON measured.device_id = d.id
           LEFT JOIN (SELECT from_site_id, array_agg(DISTINCT medium) AS media FROM link GROUP BY from_site_id) served
             ON served.from_site_id = d.site_id
         WHERE d.enabled AND s.status = 'active' ORDER BY d.code`,
      );
      return rows.map((row) => ({ ...row, identifiedAt: millisOrNull(row.identifiedAt) }));
    },

    /** Keeps what the device said of itself. */
    async identify(id: string, said: Identification, at: number): Promise<void> {
      await sql.run(
        `UPDATE device SET vendor = $2, model = $3, os = $4, version = $5, serial = $6, profile = $7, identified_at = $8
         WHERE id = $1`,
        [id, said.vendor, said.model, said.os, said.version, said.serial, said.profile, new Date(at)],
      );
    },

    /** The way from the device to the core, nearest first and without the device itself. */
    async path(id: string): Promise<(Static<typeof PathStep> & Place)[]> {
      const rows = await sql.query<Static<typeof PathStep> & Place>(
        `WITH RECURSIVE up AS (
           SELECT $1::uuid AS id, 0 AS hops
           UNION ALL
           SELECT (SELECT parent_id FROM dependency WHERE child_id = up.id ORDER BY parent_id LIMIT 1), up.hops + 1
           FROM up WHERE up.id IS NOT NULL AND up.hops < ${MAX_HOPS}
         ) CYCLE id SET is_cycle USING walked
         SELECT d.id, d.name, s.id AS "siteId", s.region_code AS "regionCode", s.name AS "siteName", coalesce(ds.state, 'unknown') AS state
         FROM up JOIN device d ON d.id = up.id JOIN site s ON s.id = d.site_id
           LEFT JOIN device_status ds ON ds.device_id = d.id
         WHERE up.hops > 0 AND NOT up.is_cycle ORDER BY up.hops`,
        [id],
      );
      return [...rows];
    },

    /**
     * @throws AppError `conflict` for a code that is taken, or a site or credential that does not exist; `bad-input` for
     *   settings that its probe does not take
     */
    async create(device: Static<typeof NewDevice>): Promise<Device> {
      check(device.reachability ?? 'icmp', device.settings ?? {});
      const id = randomUUID();
      const work = async (tx: Prisma.TransactionClient): Promise<void> => {
        await tx.device.create({ data: { ...pick(device, FIELDS), id } });
        if (device.parentIds !== undefined) await saveParents(tx, id, device.parentIds);
      };
      await prisma.$transaction(work).catch(raise);
      return await stored(id);
    },

    /**
     * @param expected what is to stand there until now
     * @throws AppError `not-found`, `conflict`, `bad-input`
     */
    async update(
      id: string,
      change: Static<typeof DeviceChange>,
      expected: Static<typeof DeviceChange> = {},
    ): Promise<Device> {
      if (change.reachability !== undefined || change.settings !== undefined) {
        const standing = await one('d.id', id);
        const reachability = change.reachability ?? standing?.reachability ?? 'icmp';
        check(reachability, change.settings ?? (reachability === standing?.reachability ? standing.settings : {}));
      }
      const work = async (tx: Prisma.TransactionClient): Promise<void> => {
        await tx.$queryRaw`SELECT 1 FROM device WHERE id = ${id}::uuid FOR UPDATE`;
        const parents = await tx.dependency.findMany({ where: { childId: id } });
        const standing = await tx.device.findUniqueOrThrow({ where: { id } });
        requireExpected(
          { ...standing, parentIds: parents.map(({ parentId }) => parentId) },
          pick(expected, [...FIELDS, 'parentIds']),
        );
        await tx.device.update({ where: { id }, data: pick(change, FIELDS) });
        if (change.parentIds !== undefined) await saveParents(tx, id, change.parentIds);
      };
      await prisma.$transaction(work).catch(raise);
      return await stored(id);
    },

    /** Its states, outages and interfaces go with it. @throws AppError `not-found` */
    async remove(id: string): Promise<void> {
      await prisma.device.delete({ where: { id } }).catch(raise);
    },
  };
}
