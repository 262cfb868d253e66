import { stringify } from 'csv-stringify/sync';
import type { PortalCounts, PortalDayCounts, PortalFigures } from '../../contract/portal/figure-routes.ts';
import type { LoginHealth, LoginHealthSeries } from '../../contract/portal/site-routes.ts';
import { DAY, MINUTE } from '../../domain/clock.ts';
import { dayOf } from '../../domain/portal/day.ts';
import type { RegionCode } from '../../domain/region.ts';
import type { Zone } from '../../domain/zone.ts';
import { guarded } from '../../inventory-files/guarded-text.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';

type Parts = { readonly inventory: Pick<Inventory, 'portal'>; readonly zone: Zone; readonly now: number };
type Asked = { readonly region: RegionCode | ''; readonly days: number };

/** A trend of fewer days tells nothing. */
const LEAST_TREND_DAYS = 14;
/** A gateway gives news at least with every interim record of accounting, every 5 minutes. */
const SILENT_MS = 15 * MINUTE;

const NO_COUNTS: PortalCounts = {
  arrivals: 0,
  logins: 0,
  refusals: 0,
  sessions: 0,
  devices: 0,
  seconds: 0,
  upOctets: 0,
  downOctets: 0,
};
const NO_HEALTH: LoginHealth = { issued: 0, online: 0, onlineMsP50: null, onlineMsP95: null };

const added = (a: PortalCounts, b: PortalCounts): PortalCounts => ({
  arrivals: a.arrivals + b.arrivals,
  logins: a.logins + b.logins,
  refusals: a.refusals + b.refusals,
  sessions: a.sessions + b.sessions,
  devices: a.devices + b.devices,
  seconds: a.seconds + b.seconds,
  upOctets: a.upOctets + b.upOctets,
  downOctets: a.downOctets + b.downOctets,
});

/** The last so many days of the zone, oldest first; the last is today. */
const lastDays = ({ zone, now }: Parts, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => dayOf(now - (count - 1 - index) * DAY, zone));

/** Everything of the overview, counted in the store. */
export async function portalFigures(parts: Parts, { region, days }: Asked): Promise<PortalFigures> {
  const { figures } = parts.inventory.portal;
  const { now, zone } = parts;
  const trend = lastDays(parts, Math.max(days, LEAST_TREND_DAYS));
  const to = dayOf(now, zone);
  const from = trend[trend.length - days] ?? to;
  const lately = { region, since: now - DAY, now };
  const [regencies, gateways, counted, byDay, health, healths] = await Promise.all([
    figures.regencies({ region }),
    figures.gateways({ region, since: now - SILENT_MS, now }),
    figures.byRegency({ region, from, to }),
    figures.byDay({ region, from: trend[0] ?? from, to }),
    figures.health(lately),
    figures.healthByRegency(lately),
  ]);
  const known = new Map(byDay.map((row) => [row.day, row]));
  const all = trend.map((day): PortalDayCounts => known.get(day) ?? { day, ...NO_COUNTS });
  return {
    asOf: now,
    zone: zone.label,
    from,
    to,
    live: regencies.reduce((sum, { live }) => sum + live, 0),
    gateways: gateways.all,
    gatewaysSilent: gateways.silent,
    today: countsOf(all.at(-1)),
    totals: all.slice(-days).reduce<PortalCounts>((sum, row) => added(sum, row), NO_COUNTS),
    health,
    regencies: regencies.map((row) => ({
      ...row,
      ...(counted.get(row.code) ?? NO_COUNTS),
      health: healths.get(row.code) ?? NO_HEALTH,
    })),
    days: all,
  };
}

const countsOf = (row: PortalDayCounts | undefined): PortalCounts => {
  if (row === undefined) return NO_COUNTS;
  const { day: _, ...counts } = row;
  return counts;
};

/** Login success and time to online of one site, a value a step; steps begin at whole multiples since the epoch. */
export async function loginHealthSeries(
  { inventory, now }: Omit<Parts, 'zone'>,
  asked: { readonly siteId: string; readonly from: number; readonly to: number; readonly stepMs: number },
): Promise<LoginHealthSeries> {
  const { siteId, from, to, stepMs } = asked;
  const steps = await inventory.portal.figures.healthSteps({ siteId, from, to, now }, stepMs);
  const first = Math.floor(from / stepMs) * stepMs;
  const times = Array.from({ length: Math.ceil((to - first) / stepMs) }, (_, index) => first + index * stepMs);
  const rows = times.map((at) => steps.get(at) ?? NO_HEALTH);
  return {
    stepMs,
    times,
    issued: rows.map(({ issued }) => issued),
    online: rows.map(({ online }) => online),
    success: rows.map(({ issued, online }) => (issued === 0 ? null : online / issued)),
    onlineMsP50: rows.map(({ onlineMsP50 }) => onlineMsP50),
  };
}

const TITLES = {
  id: [
    'Tanggal',
    'Kode',
    'Kabupaten/kota',
    'Halaman dibuka',
    'Masuk',
    'Ditolak',
    'Sesi',
    'Perangkat',
    'Detik',
    'Unggah (byte)',
    'Unduh (byte)',
  ],
  en: [
    'Day',
    'Code',
    'Regency',
    'Pages opened',
    'Logins',
    'Refused',
    'Sessions',
    'Devices',
    'Seconds',
    'Upload (bytes)',
    'Download (bytes)',
  ],
} as const;
/** Spreadsheets take it for UTF-8 then. */
const BYTE_ORDER_MARK = '\uFEFF';

/** A row a day and regency, in which nobody is. */
export async function portalFiguresCsv(
  parts: Parts,
  { region, days, language }: Asked & { readonly language: 'id' | 'en' },
): Promise<{ readonly fileName: string; readonly bytes: Buffer }> {
  const to = dayOf(parts.now, parts.zone);
  const from = lastDays(parts, days)[0] ?? to;
  const rows = await parts.inventory.portal.figures.byRegencyAndDay({ region, from, to });
  const records = rows.map((row) => [
    row.day,
    row.code,
    guarded(row.name),
    row.arrivals,
    row.logins,
    row.refusals,
    row.sessions,
    row.devices,
    row.seconds,
    row.upOctets,
    row.downOctets,
  ]);
  const text = stringify([[...TITLES[language]], ...records], { record_delimiter: 'windows' });
  return { fileName: `portal-${from}-${to}.csv`, bytes: Buffer.from(BYTE_ORDER_MARK + text) };
}
