import type { Now } from '../../../core/contract/now.ts';
import type { SearchHit } from '../../../core/contract/search.ts';
import { MINUTE } from '../../../core/domain/clock.ts';
import { incidentWeight } from '../../../core/domain/incident-weight.ts';
import { covers } from '../../../core/domain/region.ts';
import type { StubIncidents } from './stub-incidents.ts';
import type { StubProvince } from './stub-province.ts';

/** What is broken now, as the server weighs it. */
export function stubStart(province: StubProvince, incidents: StubIncidents, scope: string): Now {
  const now = Date.now();
  const open = incidents
    .all()
    .filter(({ closedAt, regionCode }) => closedAt === null && covers(scope, regionCode))
    .map((incident) => ({
      ...incident,
      weight: incidentWeight(incident.effect),
      newest: incident.acknowledged === null ? null : { ...incident.acknowledged, kind: 'acknowledged' as const },
      isMine: true,
    }))
    .sort((a, b) => b.weight - a.weight || a.startedAt - b.startedAt);
  const ended = province.outages.flatMap(({ endedAt }) => endedAt ?? []);
  const devices = province.devices.filter(({ regionCode }) => covers(scope, regionCode));
  const sites = province.sites.map(province.siteView).filter(({ regionCode }) => covers(scope, regionCode));
  return {
    asOf: now,
    region: { code: '16', name: 'Sumatera Selatan' },
    incidents: open,
    incidentCount: open.length,
    waiting: open.filter(({ acknowledged, assignee }) => acknowledged === null && assignee === null).length,
    broken: [...new Set(devices.map(({ kind }) => kind))]
      .map((kind) => {
        const own = devices.filter((device) => device.kind === kind);
        const of = (state: string): number => own.filter((device) => device.state === state).length;
        return { kind, down: of('down'), degraded: of('degraded'), total: own.length };
      })
      .filter(({ down, degraded }) => down + degraded > 0)
      .sort((a, b) => b.down - a.down),
    sites: { total: sites.length, up: sites.filter(({ state }) => state === 'up').length },
    feed: devices
      .filter(({ state }) => state === 'down')
      .slice(0, 6)
      .map(({ id, name, siteName, state }, at) => ({
        ...{ kind: 'state' as const, at: now - at * 7 * MINUTE, id, name, siteName, state, previous: 'up' as const },
        ...{ by: null, count: null },
      })),
    feedOmitted: 0,
    lastEndedAt: ended.length === 0 ? null : Math.max(...ended),
  };
}

/** Devices, sites and villages whose name, code or address has the text. */
export function stubSearch(province: StubProvince, q: string): { items: SearchHit[]; isNearly: boolean } {
  const text = q.toLowerCase();
  const has = (said: string | null): boolean => said?.toLowerCase().includes(text) === true;
  const nothing = { incident: null } as const;
  const devices = province.devices.filter(({ name, host, mac }) => has(name) || has(host) || has(mac)).slice(0, 6);
  const sites = province.sites.map(province.siteView).filter(({ name }) => has(name));
  const villages = [...province.regions.values()].filter(({ level, name }) => level === 'village' && has(name));
  return {
    items: [
      ...devices.map(({ id, name, host, mac, siteName, state, regionCode }) => ({
        ...{ kind: 'device' as const, id, name, detail: `${host} · ${siteName}`, state, regionCode, ...nothing },
        ...(has(name) || !has(mac)
          ? { matched: 'name' as const, text: name }
          : { matched: 'mac' as const, text: mac ?? '' }),
      })),
      ...sites.slice(0, 6).map(({ id, name, regionName, state, regionCode }) => ({
        ...{ kind: 'site' as const, id, name, detail: regionName, state, regionCode, ...nothing },
        ...{ matched: 'name' as const, text: name },
      })),
      ...villages.slice(0, 6).map(({ code, name }) => ({
        ...{ kind: 'region' as const, id: code, name, detail: code, state: null, regionCode: code, ...nothing },
        ...{ matched: 'name' as const, text: name },
      })),
    ],
    isNearly: false,
  };
}
