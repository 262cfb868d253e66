import { type Clock, DAY } from '../../core/domain/clock.ts';
import { dayOf, dayStart } from '../../core/domain/portal/day.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import { REPORTS_KEPT_MS } from '../../core/domain/report.ts';
import type { SiteKind } from '../../core/domain/site.ts';
import type { State } from '../../core/domain/state.ts';
import { zoneOf } from '../../core/domain/zone.ts';
import { type OfficerIncident, officerIncident } from '../../core/services/officer/officer-incident.ts';
import { type SiteReports, siteReports } from '../../core/services/site-reports.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { OfficerReport } from '../../core/stores/inventory/officer-reports.ts';
import type { Scope } from '../scope.ts';
import type { Reachability } from './reachability.ts';
import { village } from './village.ts';

export type SheetSite = {
  readonly id: string;
  readonly name: string;
  readonly kind: SiteKind;
  readonly state: State;
  readonly since: number | null;
  /** People online now, and share of the last 30 days it was reachable while seen; null where nothing tells. */
  readonly clients: number | null;
  readonly availability: number | null;
};

/** All that the officer of a village opens the telephone for. */
export type OfficerSheet = {
  readonly village: { readonly code: RegionCode; readonly name: string };
  /** The office first, then the public place. */
  readonly sites: readonly SheetSite[];
  /** Devices online since midnight; null without a captive portal. */
  readonly devicesToday: number | null;
  /** The open incident that takes some of it down; null where there is none. */
  readonly incident: (OfficerIncident & { readonly isElsewhere: boolean }) | null;
  /** What citizens reported within the last hour, by site. */
  readonly citizens: readonly SiteReports[];
  /** What went down within a week, newest first. */
  readonly changes: readonly {
    readonly siteId: string;
    readonly siteName: string;
    readonly downAt: number;
    /** Null while it is down. */
    readonly backAt: number | null;
  }[];
  readonly ownReports: readonly OfficerReport[];
  /** What citizens read on the page of the Wi-Fi; null where no site of the village has one. */
  readonly announcement: string | null;
  readonly asOf: number;
};

type Deps = { readonly inventory: Inventory; readonly reachability: Reachability; readonly clock: Clock };

const CHANGES_MS = 7 * DAY;
const MOST_CHANGES = 5;
const MOST_OWN = 3;
const ORDER: readonly SiteKind[] = ['village-office', 'village-public'];
const rank = (kind: SiteKind): number => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);

/** @throws AppError `not-found` for what is no village, or lies outside the account's region */
export async function officerSheet(deps: Deps, scope: Scope, code: RegionCode): Promise<OfficerSheet> {
  const { inventory, clock } = deps;
  const seen = await village(deps, scope, code);
  const now = clock();
  const zone = zoneOf(code);
  const siteIds = seen.sites.map(({ id }) => id);
  const [devicesToday, incident, citizens, ownReports, announcement] = await Promise.all([
    inventory.portal.figures.devicesSince(code, dayStart(dayOf(now, zone), zone)),
    openIncident(inventory, code),
    siteReports(deps, { siteIds }),
    inventory.officerReports.of(code, now - REPORTS_KEPT_MS),
    announcementOf(inventory, code),
  ]);
  return {
    village: { code, name: seen.region.name },
    sites: seen.sites
      .filter(({ status }) => status === 'active')
      .toSorted((a, b) => rank(a.kind) - rank(b.kind))
      .map(({ id, name, kind, state, since, clients, availability }) => ({
        ...{ id, name, kind, state, since, clients, availability },
      })),
    devicesToday,
    incident,
    citizens,
    changes: changesOf(seen.outages, now),
    ownReports: ownReports.slice(0, MOST_OWN),
    announcement,
    asOf: now,
  };
}

async function openIncident(inventory: Inventory, code: RegionCode): Promise<OfficerSheet['incident']> {
  const { items } = await inventory.incidents.list({ region: code, open: true, pageSize: 1 });
  const [open] = items;
  if (open === undefined) return null;
  const seen = await officerIncident({ inventory }, { incidentId: open.id, villageCode: code, expiresAt: 0 });
  return { ...seen, isElsewhere: seen.incident.regionCode !== code };
}

type DeviceOutage = {
  readonly siteId: string;
  readonly siteName: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
};

/** Outages of a site's devices that touch each other are one change to whoever stands there. */
function changesOf(outages: readonly DeviceOutage[], now: number): OfficerSheet['changes'] {
  const changes: { siteId: string; siteName: string; downAt: number; backAt: number | null }[] = [];
  const oldestFirst = outages
    .filter(({ endedAt }) => endedAt === null || endedAt > now - CHANGES_MS)
    .toSorted((a, b) => a.startedAt - b.startedAt);
  for (const { siteId, siteName, startedAt, endedAt } of oldestFirst) {
    const last = changes.findLast((change) => change.siteId === siteId);
    if (last === undefined || (last.backAt !== null && last.backAt < startedAt))
      changes.push({ siteId, siteName, downAt: startedAt, backAt: endedAt });
    else last.backAt = last.backAt === null || endedAt === null ? null : Math.max(last.backAt, endedAt);
  }
  return changes.toReversed().slice(0, MOST_CHANGES);
}

async function announcementOf({ portal }: Inventory, code: RegionCode): Promise<string | null> {
  const { items } = await portal.sites.list({ region: code, pageSize: 20 });
  if (items.length === 0) return null;
  return items.find(({ announcement }) => announcement !== '')?.announcement ?? '';
}
