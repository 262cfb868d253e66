import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Static } from 'typebox';
import type { CoverageRow, MapSite, MapVillage, Summary } from '../../../core/contract/coverage.ts';
import type { Device, DeviceDetail, Interface } from '../../../core/contract/devices.ts';
import type { LiveEvent } from '../../../core/contract/live.ts';
import type { Outage } from '../../../core/contract/outages.ts';
import type { Region } from '../../../core/contract/regions.ts';
import type { Site, Village } from '../../../core/contract/sites.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { covers, type ProgrammeStatus, parentCode } from '../../../core/domain/region.ts';
import type { SiteKind } from '../../../core/domain/site.ts';
import { type State, villageState, worstState } from '../../../core/domain/state.ts';

const SHARED = resolve(import.meta.dirname, '../../../../shared/data');
export const sharedFile = (path: string): string | null => {
  const file = resolve(SHARED, path);
  return existsSync(file) ? file : null;
};

type RegencyFacts = readonly [
  code: string,
  name: string,
  population: number,
  desa: number,
  kelurahan: number,
  lat: number,
  lng: number,
  villages: number,
];
const REGENCIES: readonly RegencyFacts[] = [
  ['16.01', 'Kabupaten Ogan Komering Ulu', 390_048, 143, 14, -4.13, 104.04, 4],
  ['16.02', 'Kabupaten Ogan Komering Ilir', 801_059, 314, 13, -3.37, 105.49, 5],
  ['16.03', 'Kabupaten Muara Enim', 653_731, 246, 10, -3.68, 103.98, 5],
  ['16.04', 'Kabupaten Lahat', 448_141, 360, 18, -3.76, 103.36, 4],
  ['16.05', 'Kabupaten Musi Rawas', 427_723, 186, 13, -3.12, 103.21, 4],
  ['16.06', 'Kabupaten Musi Banyuasin', 736_897, 229, 13, -2.63, 103.73, 0],
  ['16.07', 'Kabupaten Banyuasin', 888_324, 288, 25, -2.63, 104.9, 5],
  ['16.08', 'Kabupaten Ogan Komering Ulu Timur', 694_832, 305, 7, -4.03, 104.64, 4],
  ['16.09', 'Kabupaten Ogan Komering Ulu Selatan', 406_938, 252, 7, -4.68, 104.01, 0],
  ['16.10', 'Kabupaten Ogan Ilir', 446_020, 227, 14, -3.33, 104.67, 4],
  ['16.11', 'Kabupaten Empat Lawang', 336_783, 147, 9, -3.8, 102.92, 0],
  ['16.12', 'Kabupaten Penukal Abab Lematang Ilir', 214_795, 65, 6, -3.19, 104.0, 0],
  ['16.13', 'Kabupaten Musi Rawas Utara', 203_688, 82, 7, -2.62, 102.99, 0],
  ['16.71', 'Kota Palembang', 1_801_367, 0, 107, -2.98, 104.74, 3],
  ['16.72', 'Kota Pagar Alam', 153_271, 0, 35, -4.13, 103.27, 3],
  ['16.73', 'Kota Lubuk Linggau', 247_550, 0, 72, -3.27, 102.86, 3],
  ['16.74', 'Kota Prabumulih', 213_523, 12, 33, -3.46, 104.21, 2],
];
const NAMES =
  'Sukamaju Tanjung Raya Pulau Harapan Muara Kelingi Sidorejo Karang Anyar Lubuk Batu Gunung Megang Tebing Tinggi Bumi Agung Sungai Rotan'.split(
    ' ',
  );

const uuid = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
/** A number in [0, 1) that only depends on its seed. */
export const noise = (seed: number): number => {
  let x = Math.imul(Math.floor(seed) ^ 0x9e3779b9, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
};

type VillageFacts = { readonly code: string; readonly name: string; readonly lat: number; readonly lng: number };

/** Real villages where the operator's region pack lies beside the tree, invented ones where it does not. */
function chooseVillages(): readonly VillageFacts[] {
  const file = sharedFile('villages/16.csv');
  const rows =
    file === null
      ? []
      : readFileSync(file, 'utf8')
          .split('\n')
          .slice(1)
          .map((line) => line.split(','));
  return REGENCIES.flatMap(([code, , , , , lat, lng, count], index) => {
    const real = rows.filter(([village]) => village?.startsWith(`${code}.`) === true);
    return Array.from({ length: count }, (_, n): VillageFacts => {
      const row = real[Math.floor(((n + 0.5) / count) * real.length)];
      if (row !== undefined) {
        const [village = '', name = '', y = '', x = ''] = row;
        return { code: village, name, lat: Number(y), lng: Number(x) };
      }
      const seed = index * 100 + n;
      const first = NAMES[Math.floor(noise(seed) * NAMES.length)] ?? 'Sukamaju';
      return {
        code: `${code}.0${n + 1}.20${String(10 + n)}`,
        name: `${first} ${n + 1}`,
        lat: lat + (noise(seed + 7) - 0.5) * 0.25,
        lng: lng + (noise(seed + 9) - 0.5) * 0.25,
      };
    });
  });
}

type StubDevice = Omit<Device, 'state' | 'since' | 'reason' | 'lastSeenAt' | 'collector'> & {
  state: State;
  since: number;
  readonly parent: string | null;
};
type StubSite = Omit<Site, 'state' | 'since'>;
type Counts = Static<typeof CoverageRow>['hotspots'];

const REASON: Readonly<Record<State, string | null>> = {
  up: null,
  degraded: 'loss 18 %',
  down: 'timeout',
  unknown: 'blind',
};

/** Sumatera Selatan in memory: 17 regencies, 46 villages with two hotspots each, agencies, shelters; some faults. */
export class StubProvince {
  readonly startedAt: number;
  readonly regions = new Map<string, Region>();
  readonly sites: StubSite[] = [];
  readonly devices: StubDevice[] = [];
  readonly outages: Outage[] = [];
  readonly villages: readonly VillageFacts[];
  private readonly now: () => number;
  private readonly listeners = new Set<(event: LiveEvent) => void>();
  private serial = 1;

  constructor(options: { readonly now?: () => number; readonly faults?: boolean } = {}) {
    this.now = options.now ?? Date.now;
    this.startedAt = this.now() - 3 * DAY;
    this.villages = chooseVillages();
    this.buildRegions();
    this.buildNetwork();
    this.buildHistory();
    if (options.faults !== false) this.breakSome();
  }

  private region(facts: Partial<Region> & Pick<Region, 'code' | 'name' | 'level'>): void {
    this.regions.set(facts.code, {
      parentCode: parentCode(facts.code),
      lat: null,
      lng: null,
      pointIsApproximate: false,
      areaKm2: null,
      population: null,
      desaCount: null,
      kelurahanCount: null,
      programme: null,
      programmeNote: null,
      edition: '2025',
      retired: false,
      ...facts,
    });
  }

  private buildRegions(): void {
    this.region({
      code: '16',
      level: 'province',
      name: 'Sumatera Selatan',
      lat: -3.3,
      lng: 104.2,
      population: 8_928_553,
    });
    for (const [code, name, population, desaCount, kelurahanCount, lat, lng, villages] of REGENCIES) {
      const programme: ProgrammeStatus =
        villages > 0 ? 'covered' : code === '16.06' ? 'not-proposed' : 'blocked-by-terrain';
      const programmeNote = programme === 'blocked-by-terrain' ? 'terkendala letak geografis' : null;
      this.region({
        code,
        level: 'regency',
        name,
        population,
        desaCount,
        kelurahanCount,
        lat,
        lng,
        programme,
        programmeNote,
      });
    }
    for (const { code, name, lat, lng } of this.villages) {
      const district = parentCode(code) ?? code;
      if (!this.regions.has(district))
        this.region({ code: district, level: 'district', name: `Kecamatan ${district}` });
      this.region({ code, level: 'village', name, lat, lng });
    }
  }

  private site(kind: SiteKind, name: string, regionCode: string, lat: number, lng: number, planned = false): StubSite {
    const site: StubSite = {
      id: uuid(this.serial++),
      code: `${kind}-${regionCode}-${this.sites.length}`,
      name,
      kind,
      status: planned ? 'planned' : 'active',
      regionCode,
      regionName: this.regions.get(regionCode)?.name ?? regionCode,
      lat,
      lng,
      address: kind === 'agency' ? 'Jalan Kapten A. Rivai, Palembang' : null,
      contact: kind.startsWith('village') && noise(this.serial) > 0.3 ? 'Bapak Hasan, 0812-0000-1234' : null,
    };
    this.sites.push(site);
    return site;
  }

  private device(site: StubSite, kind: string, parent: string | null, name: string): StubDevice {
    const n = this.devices.length;
    const device: StubDevice = {
      id: uuid(0x10000 + n),
      code: `dev-${n}`,
      name,
      kind,
      siteId: site.id,
      siteName: site.name,
      siteKind: site.kind,
      regionCode: site.regionCode,
      host: `10.16.${Math.floor(n / 250)}.${(n % 250) + 1}`,
      mac: `b8:69:f4:80:${(n >> 8).toString(16).padStart(2, '0')}:${(n & 255).toString(16).padStart(2, '0')}`,
      vendor: 'MikroTik',
      model: kind === 'router' ? 'RB750Gr3' : 'RBwAPG-5HacD2HnD',
      os: 'RouterOS',
      version: '6.49.10',
      serial: `HC${(700_000 + n * 37).toString(36).toUpperCase()}`,
      enabled: true,
      reachability: 'snmp',
      settings: {},
      countsForSite: true,
      tcpPort: null,
      snmpPort: 161,
      credentialId: null,
      reachIntervalS: null,
      pollIntervalS: null,
      timeoutMs: null,
      retries: null,
      state: 'up',
      since: this.now() - (2 + noise(n) * 40) * DAY,
      parent,
    };
    this.devices.push(device);
    return device;
  }

  private buildNetwork(): void {
    const centre = this.site('data-centre', 'Pusat Data Diskominfo', '16.71', -2.985, 104.745);
    const core = this.device(centre, 'router', null, 'inti-1');
    const pops = new Map<string, string>();
    for (const [code, name, , , , lat, lng, villages] of REGENCIES) {
      if (villages === 0) continue;
      const pop = this.site('pop', `POP ${name.replace(/^(Kabupaten|Kota) /, '')}`, code, lat, lng);
      pops.set(code, this.device(pop, 'router', core.id, `${pop.name.toLowerCase().replaceAll(' ', '-')}-1`).id);
    }
    for (const { code, name, lat, lng } of this.villages) {
      for (const kind of ['village-office', 'village-public'] as const) {
        const isOffice = kind === 'village-office';
        const site = this.site(kind, `${isOffice ? 'Kantor Desa' : 'Balai Warga'} ${name}`, code, lat, lng);
        const router = this.device(
          site,
          'router',
          pops.get(code.slice(0, 5)) ?? core.id,
          `${isOffice ? 'kantor' : 'publik'}-${name.toLowerCase().replaceAll(' ', '-')}`,
        );
        this.device(site, 'access-point', router.id, `ap-${router.name}`);
      }
    }
    for (let n = 0; n < 55; n += 1) {
      const planned = n >= 19;
      const site = this.site(
        'agency',
        `OPD ${n + 1}`,
        '16.71',
        -2.96 - noise(n) * 0.05,
        104.72 + noise(n + 99) * 0.06,
        planned,
      );
      if (!planned) this.device(site, 'router', core.id, `opd-${n + 1}`);
    }
    for (const name of ['Halte Wi-Fi Koprimart', 'Halte Wi-Fi Jakabaring Sport City']) {
      const site = this.site(
        'shelter',
        name,
        '16.71',
        name.includes('Kop') ? -2.976 : -3.02,
        name.includes('Kop') ? 104.75 : 104.79,
      );
      this.device(site, 'access-point', core.id, name.toLowerCase().replaceAll(' ', '-'));
    }
  }

  private outage(device: StubDevice, startedAt: number, endedAt: number | null): void {
    const region = this.regions.get(device.regionCode);
    const regency = this.regions.get(device.regionCode.slice(0, 5));
    this.outages.push({
      id: uuid(0x20000 + this.outages.length),
      deviceId: device.id,
      deviceName: device.name,
      siteId: device.siteId,
      siteName: device.siteName,
      siteKind: device.siteKind,
      regionCode: device.regionCode,
      place: [...new Set([region?.name, regency?.name])].join(', '),
      startedAt,
      detectedAt: startedAt + 12 * SECOND,
      endedAt,
      reason: 'timeout',
      cause: null,
      ownSince: null,
    });
  }

  private buildHistory(): void {
    for (const [n, device] of this.devices.entries()) {
      for (let day = 1; day < 30; day += 1) {
        if (noise(n * 31 + day) > 0.07) continue;
        const startedAt = this.now() - day * DAY + noise(n + day) * 20 * HOUR;
        this.outage(
          device,
          startedAt,
          Math.min(startedAt + noise(n * day) * 5 * HOUR + 4 * MINUTE, this.now() - 30 * MINUTE),
        );
      }
    }
  }

  private breakSome(): void {
    const hotspots = this.devices.filter(({ kind, siteKind }) => kind === 'router' && siteKind.startsWith('village'));
    for (const [n, state, agoMs] of [
      [4, 'down', 2.2 * HOUR],
      [5, 'down', 2.2 * HOUR],
      [13, 'down', 26 * MINUTE],
      [24, 'down', 31 * HOUR],
      [37, 'degraded', 50 * MINUTE],
      [51, 'degraded', 6 * HOUR],
      [58, 'unknown', 3 * HOUR],
      [62, 'down', 5 * MINUTE],
      [77, 'degraded', 12 * MINUTE],
    ] as const) {
      const device = hotspots[n];
      if (device === undefined) continue;
      device.state = state;
      device.since = this.now() - agoMs;
      if (state === 'down') this.outage(device, device.since, null);
    }
  }

  listen(listener: (event: LiveEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  emit(event: LiveEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  /** Changes a device as the collector would: state, outage, and what is told over the live line. */
  setState(deviceId: string, state: State): void {
    const device = this.devices.find(({ id }) => id === deviceId);
    if (device === undefined || device.state === state) return;
    const at = this.now();
    const previous = device.state;
    const { regionCode, siteId } = device;
    const previousVillage = this.villageStateOf(regionCode);
    device.state = state;
    device.since = at;
    const open = this.outages.find((outage) => outage.deviceId === deviceId && outage.endedAt === null);
    if (state === 'down' && open === undefined) this.outage(device, at, null);
    if (state !== 'down' && open !== undefined) open.endedAt = at;
    const outage = open ?? (state === 'down' ? this.outages.at(-1) : undefined);
    if (outage !== undefined) {
      const type = outage.endedAt === null ? 'outage-opened' : 'outage-closed';
      this.emit({ type, outageId: outage.id, deviceId, siteId, regionCode, at });
    }
    this.emit({ type: 'device-state', deviceId, siteId, regionCode, state, previous, since: at });
    const village = this.villageStateOf(regionCode);
    if (village !== previousVillage)
      this.emit({ type: 'village-state', regionCode, state: village, previous: previousVillage, at });
  }

  deviceView({ parent: _, ...device }: StubDevice): Device {
    const { state } = device;
    return {
      ...device,
      reason: REASON[state],
      collector: 'noc',
      lastSeenAt: state === 'down' || state === 'unknown' ? device.since : this.now() - 3_000,
    };
  }

  siteState(siteId: string): { readonly state: State; readonly since: number | null } {
    const devices = this.devices.filter((device) => device.siteId === siteId);
    const state = worstState(devices.map((device) => device.state));
    const since = devices.filter((device) => device.state === state).map((device) => device.since);
    return { state, since: since.length === 0 ? null : Math.max(...since) };
  }

  siteView = (site: StubSite): Site => ({ ...site, ...this.siteState(site.id) });

  villageStateOf(code: string) {
    return villageState(
      this.sites
        .filter(({ regionCode, kind }) => regionCode === code && kind.startsWith('village'))
        .map(({ id }) => this.siteState(id).state),
    );
  }

  private count(states: readonly State[]): Counts {
    const of = (wanted: State) => states.filter((state) => state === wanted).length;
    return { up: of('up'), degraded: of('degraded'), down: of('down'), unknown: of('unknown') };
  }

  private villageCounts(codes: readonly string[]) {
    const states = codes.map((code) => this.villageStateOf(code));
    const of = (wanted: string) => states.filter((state) => state === wanted).length;
    return { normal: of('normal'), partial: of('partial'), down: of('down'), unknown: of('unknown') };
  }

  clientsOf(siteId: string): number | null {
    const { state } = this.siteState(siteId);
    return state === 'up' || state === 'degraded'
      ? Math.round(4 + noise(Number.parseInt(siteId.slice(-6), 16)) * 32)
      : null;
  }

  coverage(scope: string): CoverageRow[] {
    const rows = [...this.regions.values()].filter(({ level, code }) => level === 'regency' && covers(scope, code));
    return rows.map((region, n): CoverageRow => {
      const sites = this.sites.filter(
        ({ regionCode, status }) => covers(region.code, regionCode) && status === 'active',
      );
      const states = (wanted: (kind: SiteKind) => boolean) =>
        this.count(sites.filter(({ kind }) => wanted(kind)).map(({ id }) => this.siteState(id).state));
      const hotspots = sites.filter(({ kind }) => kind.startsWith('village'));
      const codes = [...new Set(hotspots.map(({ regionCode }) => regionCode))];
      return {
        code: region.code,
        name: region.name,
        lat: region.lat,
        lng: region.lng,
        programme: region.programme,
        programmeNote: region.programmeNote,
        population: region.population,
        villageCount: (region.desaCount ?? 0) + (region.kelurahanCount ?? 0),
        villagesInProgramme: codes.length,
        villages: this.villageCounts(codes),
        hotspots: states((kind) => kind.startsWith('village')),
        agencies: states((kind) => kind === 'agency'),
        agenciesPlanned: this.sites.filter(
          ({ kind, status, regionCode }) =>
            kind === 'agency' && status === 'planned' && covers(region.code, regionCode),
        ).length,
        shelters: states((kind) => kind === 'shelter'),
        openOutages: this.outages.filter(
          ({ endedAt, regionCode }) => endedAt === null && covers(region.code, regionCode),
        ).length,
        availability: hotspots.length === 0 ? null : 0.905 + noise(n + 3) * 0.094,
        clients: hotspots.length === 0 ? null : hotspots.reduce((sum, { id }) => sum + (this.clientsOf(id) ?? 0), 0),
      };
    });
  }

  summary(scope: string): Summary {
    const region = this.regions.get(scope);
    const sites = this.sites.filter(({ regionCode, status }) => covers(scope, regionCode) && status === 'active');
    const hotspots = sites.filter(({ kind }) => kind.startsWith('village'));
    const codes = [...new Set(hotspots.map(({ regionCode }) => regionCode))];
    const ended = this.outages.map(({ endedAt }) => endedAt ?? 0);
    return {
      region: { code: scope, name: region?.name ?? scope },
      devices: this.count(this.devices.filter(({ regionCode }) => covers(scope, regionCode)).map(({ state }) => state)),
      sites: this.count(sites.map(({ id }) => this.siteState(id).state)),
      hotspots: this.count(hotspots.map(({ id }) => this.siteState(id).state)),
      villages: this.villageCounts(codes),
      villagesInProgramme: codes.length,
      villageCount: this.coverage(scope).reduce((sum, { villageCount }) => sum + (villageCount ?? 0), 0) || null,
      openOutages: this.outages.filter(({ endedAt, regionCode }) => endedAt === null && covers(scope, regionCode))
        .length,
      lastOutageEndedAt: ended.length === 0 ? null : Math.max(...ended),
      clients: hotspots.reduce((sum, { id }) => sum + (this.clientsOf(id) ?? 0), 0),
      asOf: this.now(),
    };
  }

  map(scope: string): { readonly villages: MapVillage[]; readonly sites: MapSite[]; readonly asOf: number } {
    const stateAt = (code: string, kind: SiteKind): State | null => {
      const site = this.sites.find((candidate) => candidate.regionCode === code && candidate.kind === kind);
      return site === undefined ? null : this.siteState(site.id).state;
    };
    return {
      villages: this.villages
        .filter(({ code }) => covers(scope, code))
        .map(({ code, name, lat, lng }) => ({
          code,
          name,
          lat,
          lng,
          pointIsApproximate: false,
          state: this.villageStateOf(code),
          office: stateAt(code, 'village-office'),
          public: stateAt(code, 'village-public'),
        })),
      sites: this.sites
        .filter(({ kind, regionCode }) => !kind.startsWith('village') && covers(scope, regionCode))
        .map((site) => ({
          id: site.id,
          name: site.name,
          kind: site.kind,
          regionCode: site.regionCode,
          lat: site.lat ?? 0,
          lng: site.lng ?? 0,
          planned: site.status === 'planned',
          state: this.siteState(site.id).state,
        })),
      asOf: this.now(),
    };
  }

  withAncestors(code: string): (Region & { ancestors: Region[] }) | null {
    const region = this.regions.get(code);
    if (region === undefined) return null;
    const ancestors: Region[] = [];
    for (let above = parentCode(code); above !== null; above = parentCode(above)) {
      const found = this.regions.get(above);
      if (found !== undefined) ancestors.unshift(found);
    }
    return { ...region, ancestors };
  }

  village(code: string): Village | null {
    const region = this.withAncestors(code);
    if (region?.level !== 'village') return null;
    const hourStart = Math.floor(this.now() / HOUR) * HOUR - 23 * HOUR;
    return {
      region,
      state: this.villageStateOf(code),
      sites: this.sites
        .filter(({ regionCode }) => regionCode === code)
        .map((site) => ({
          ...this.siteView(site),
          devices: this.devices.filter(({ siteId }) => siteId === site.id).map((device) => this.deviceView(device)),
          clients: this.clientsOf(site.id),
          availability: 0.9 + noise(Number.parseInt(site.id.slice(-4), 16)) * 0.1,
          strip: {
            from: hourStart,
            hours: Array.from({ length: 24 }, (_, hour) => this.hourShare(site.id, hourStart + hour * HOUR, hour)),
          },
        })),
      outages: this.outages
        .filter(({ regionCode }) => regionCode === code)
        .sort((a, b) => b.startedAt - a.startedAt)
        .slice(0, 20),
      asOf: this.now(),
    };
  }

  private hourShare(siteId: string, from: number, hour: number): number | null {
    if (noise(Number.parseInt(siteId.slice(-5), 16) + hour) < 0.03) return null;
    const to = Math.min(from + HOUR, this.now());
    const lost = this.outages
      .filter((outage) => outage.siteId === siteId)
      .reduce(
        (sum, { startedAt, endedAt }) => sum + Math.max(0, Math.min(to, endedAt ?? to) - Math.max(from, startedAt)),
        0,
      );
    return Math.max(0, 1 - lost / Math.max(1, to - from));
  }

  detail(id: string): DeviceDetail | null {
    const device = this.devices.find((candidate) => candidate.id === id);
    if (device === undefined) return null;
    const path: DeviceDetail['path'] = [];
    for (
      let step: StubDevice | undefined = device;
      step !== undefined;
      step = this.devices.find((candidate) => candidate.id === step?.parent)
    ) {
      path.push({ id: step.id, name: step.name, siteName: step.siteName, state: step.state });
    }
    const scalars = [
      'reachability.response_ms',
      'ping.average_response_ms',
      'ping.percent_packet_loss',
      'cpu.usage_percent',
      'mem.used_percent',
    ];
    const metrics = scalars.map((metric) => ({ metric, instance: '' }));
    for (const instance of ['1', '2']) {
      metrics.push({ metric: 'interface.ifHCInOctets', instance }, { metric: 'interface.ifHCOutOctets', instance });
    }
    if (device.siteKind.startsWith('village')) metrics.push({ metric: 'wireless.clients', instance: '' });
    return {
      ...this.deviceView(device),
      path,
      contractMbps: 20,
      parents: [],
      availability: 0.9 + noise(device.host.length + device.since) * 0.099,
      metrics,
    };
  }

  readings() {
    const at = Date.now() - 20_000;
    const item = (metric: string, instance: string, label: string, unit: string, value: number) => ({
      metric,
      instance,
      label,
      unit,
      value,
      at,
    });
    return {
      items: [
        item('sensor.dbm', 'rx.3', 'sfp1 rx', 'dBm', -18.4),
        item('sensor.dbm', 'tx.3', 'sfp1 tx', 'dBm', 2.1),
        item('sensor.temperature', '1', 'papan', '°C', 47),
        item('sensor.voltage', '1', 'masukan', 'V', 24.1),
        item('system.uptime_s', '', '', 's', 1_383_431),
        item('wireless.rate', '1', 'wlan1', 'bit/s', 130_000_000),
      ],
      findings: [
        {
          section: 'certificate',
          at,
          data: { subject: 'dinas.example', issuer: 'Contoh CA', validTo: at + 30 * 86_400_000, error: null },
        },
      ],
    };
  }

  interfaces(id: string): { readonly items: Interface[]; readonly asOf: number } {
    const device = this.devices.find((candidate) => candidate.id === id);
    const isUp = device?.state !== 'down';
    const item = (
      index: number,
      name: string,
      speedBps: number,
      oper: Interface['operStatus'],
      bps: number,
    ): Interface => ({
      index,
      name,
      alias: index === 1 ? 'ke POP' : '',
      type: 'ethernetCsmacd',
      mac: `b8:69:f4:80:00:0${index}`,
      mtu: 1500,
      speedBps,
      adminStatus: oper === 'notPresent' ? 'down' : 'up',
      operStatus: oper,
      inBps: isUp ? bps : null,
      outBps: isUp ? bps / 6 : null,
      errorsPerS: index === 2 ? 0.4 : 0,
      discardsPerS: 0,
    });
    return {
      items: [
        item(1, 'ether1', 1_000_000_000, 'up', 12_400_000),
        item(2, 'ether2', 100_000_000, 'up', 8_100_000),
        item(3, 'ether3', 0, 'down', 0),
        item(4, 'ether4', 0, 'notPresent', 0),
        item(5, 'wlan1', 300_000_000, 'up', 4_200_000),
      ],
      asOf: this.now(),
    };
  }

  states(id: string, from: number, to: number): { from: number; to: number; state: State }[] {
    const device = this.devices.find((candidate) => candidate.id === id);
    if (device === undefined) return [];
    const spans: { from: number; to: number; state: State }[] = [];
    let at = from;
    const push = (until: number, state: State) => {
      const end = Math.min(until, to);
      if (end > at) spans.push({ from: at, to: end, state });
      at = Math.max(at, end);
    };
    const outages = this.outages.filter((outage) => outage.deviceId === id).sort((a, b) => a.startedAt - b.startedAt);
    for (const { startedAt, endedAt } of outages) {
      push(startedAt, 'up');
      push(endedAt ?? to, 'down');
    }
    push(Math.max(at, device.since), 'up');
    push(to, device.state);
    return spans;
  }

  /** A day's curve with noise; a gap wherever the device was down. */
  series(id: string, metrics: readonly string[], from: number, to: number) {
    const detail = this.detail(id);
    const stepMs = Math.max(10 * SECOND, Math.round((to - from) / 300 / SECOND) * SECOND);
    const first = Math.ceil(from / stepMs) * stepMs;
    const times = Array.from({ length: Math.floor((to - first) / stepMs) + 1 }, (_, n) => first + n * stepMs);
    const dark = this.states(id, from, to).filter(({ state }) => state === 'down' || state === 'unknown');
    const seed = Number.parseInt(id.slice(-6), 16);
    const value = (metric: string, at: number): number => {
      const hour = ((at / HOUR + 7) % 24) / 24;
      const load = Math.max(0.05, Math.sin((hour - 0.3) * Math.PI * 1.55)) * (0.75 + 0.5 * noise(at / stepMs + seed));
      if (metric.endsWith('InOctets')) return (load * 14_000_000) / 8;
      if (metric.endsWith('OutOctets')) return (load * 3_000_000) / 8;
      if (metric === 'wireless.clients') return Math.round(load * 30);
      if (metric === 'ping.percent_packet_loss') return noise(at / stepMs + 5) > 0.96 ? noise(at) * 20 : 0;
      if (metric === 'cpu.usage_percent') return 8 + load * 45;
      if (metric === 'mem.used_percent') return 41 + 4 * noise(at / stepMs / 10);
      return 14 + load * 22 + (noise(at / stepMs + 11) > 0.97 ? 40 : 0);
    };
    const wanted = detail?.metrics.filter(({ metric }) => metrics.includes(metric)) ?? [];
    return {
      from,
      to,
      stepMs,
      times,
      series: wanted.map(({ metric, instance }) => ({
        metric,
        instance,
        aggregate: metric.includes('Octets') ? ('rate' as const) : ('mean' as const),
        values: times.map((at) =>
          dark.some((span) => at >= span.from && at < span.to)
            ? null
            : value(metric, at) * (instance === '2' ? 0.6 : 1),
        ),
      })),
    };
  }
}
