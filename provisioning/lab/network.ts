import type { SiteStatus } from '../../core/domain/site.ts';
import { AGENCY_BRANCHES, type AgencyBranch, PLANNED_AGENCIES } from './facts/agencies.ts';
import type { PlaceFact } from './facts/place.ts';
import { DATA_CENTRE, POPS, type PopFact, RING, SHELTERS, VILLAGE_MEDIA } from './facts/places-of-work.ts';
import { VILLAGES } from './facts/villages.ts';
import { HARDWARE, type HardwareId } from './hardware.ts';
import { noise, seedOf } from './model/noise.ts';
import {
  type LabDevice,
  type LabNetwork,
  type LabSite,
  type Medium,
  NetworkBuilder,
  PROVIDER,
} from './network-builder.ts';

const CORE = 'dc-sumsel-core';
const SWITCH = 'dc-sumsel-sw1';
const VILLAGE_MBPS: Readonly<Record<Medium, Readonly<Record<'office' | 'public', number>>>> = {
  fibre: { office: 20, public: 50 },
  radio: { office: 20, public: 30 },
  vsat: { office: 4, public: 6 },
  lte: { office: 10, public: 20 },
};
const INDOOR: readonly HardwareId[] = ['hap-ac-lite', 'cap-lite', 'rb951', 'u6-lite', 'hap-ac-lite'];
const OUTDOOR: readonly HardwareId[] = ['wap-ac', 'uap-ac-mesh', 'wap-ac'];
const AGENCY_HARDWARE: readonly HardwareId[] = ['rb3011', 'hex', 'rb3011', 'rb4011'];
/** What a village of two hotspots brings over its PoP at the busiest hour. */
const MBPS_OF_A_VILLAGE = 34;
/** Fewer people sit where the line is thin. */
const PEOPLE: Readonly<Record<Medium, number>> = { fibre: 1, radio: 1, lte: 0.7, vsat: 0.45 };

/** Builds the same province from the same seed, whenever and wherever. */
export function labNetwork(seed = 16): LabNetwork {
  const network = new NetworkBuilder(seed);
  addDataCentre(network);
  const pops = POPS.map((pop) => ({ pop, ...addPop(network, pop) }));
  closeRing(network, pops);
  for (const village of VILLAGES) {
    const served = pops.find(({ pop }) => pop.serves.includes(village.code.slice(0, 5)));
    addVillage(network, village, served ?? null);
  }
  for (const [index, shelter] of SHELTERS.entries()) {
    const site = network.site({ ...shelter, kind: 'shelter', status: 'active' });
    const device = network.device(site, {
      code: `${shelter.code}-ap`,
      name: `AP ${shelter.name.replace('Shelter Wi-Fi ', '')}`,
      kind: 'access-point',
      hardware: 'wap-ac',
      medium: 'fibre',
      parentCodes: [SWITCH],
      shape: 'shelter',
      busyClients: index === 0 ? 58 : 84,
      busyMbps: 64,
    });
    toDataCentre(network, site, device, 100);
  }
  for (const branch of AGENCY_BRANCHES) addBranch(network, branch);
  for (const [index, name] of PLANNED_AGENCIES.entries()) {
    const branch = AGENCY_BRANCHES[index % AGENCY_BRANCHES.length];
    if (branch !== undefined) addAgencySite(network, name, 'planned', branch, index + 7);
  }
  return network.build();
}

function addDataCentre(network: NetworkBuilder): void {
  const site = network.site({ ...DATA_CENTRE, kind: 'data-centre', status: 'active' });
  const router = network.device(site, {
    code: CORE,
    name: 'Router inti',
    kind: 'router',
    hardware: 'ccr2004',
    medium: 'fibre',
    parentCodes: [],
    shape: 'backbone',
    busyMbps: 1900,
    lineMs: 1.2,
  });
  network.link(router, {
    name: 'Internet Palembang – Jakarta',
    fromSiteCode: site.code,
    toSiteCode: null,
    medium: 'fibre',
    contractMbps: 2500,
  });
  network.device(site, {
    code: SWITCH,
    name: 'Switch inti',
    kind: 'switch',
    hardware: 'crs317',
    medium: 'fibre',
    parentCodes: [CORE],
    shape: 'backbone',
    busyMbps: 700,
    lineMs: 1.4,
  });
}

function toDataCentre(network: NetworkBuilder, site: LabSite, device: LabDevice, contractMbps: number): void {
  network.link(device, {
    name: `${site.name} – ${DATA_CENTRE.name}`,
    fromSiteCode: site.code,
    toSiteCode: DATA_CENTRE.code,
    medium: 'fibre',
    contractMbps,
  });
}

type Pop = { readonly pop: PopFact; readonly site: LabSite; readonly router: LabDevice };

function addPop(network: NetworkBuilder, pop: PopFact): Omit<Pop, 'pop'> {
  const { code, name, medium, upstream } = pop;
  const site = network.site({ ...pop, kind: 'pop', status: 'active' });
  const villages = VILLAGES.filter((village) => pop.serves.includes(village.code.slice(0, 5))).length;
  const load = { shape: 'backbone', busyMbps: villages * MBPS_OF_A_VILLAGE } as const;
  let parent = upstream === DATA_CENTRE.code ? CORE : `${upstream}-r1`;
  if (medium === 'radio') {
    const radio = { code: `${code}-ptp`, name: 'Radio 60 GHz ke hulu', kind: 'radio', hardware: 'lhg-60' } as const;
    parent = network.device(site, { ...radio, ...load, medium, parentCodes: [parent] }).code;
  }
  // The ring gives one PoP a second way round.
  const second = code === RING[3] ? [`${RING[4]}-r1`] : [];
  const router = network.device(site, {
    code: `${code}-r1`,
    name: `Router ${name}`,
    kind: 'router',
    hardware: 'rb4011',
    medium,
    parentCodes: [parent, ...second],
    ...load,
  });
  const above = POPS.find((other) => other.code === upstream) ?? DATA_CENTRE;
  network.link(router, {
    name: `${name} – ${above.name}`,
    fromSiteCode: code,
    toSiteCode: upstream,
    medium,
    contractMbps: medium === 'fibre' ? 1000 : 300,
  });
  return { site, router };
}

function closeRing(network: NetworkBuilder, pops: readonly Pop[]): void {
  const [far, near] = [RING[3], RING[4]].map((code) => pops.find(({ pop }) => pop.code === code));
  if (far === undefined || near === undefined) throw new Error('the ring names a place that is no PoP');
  network.link(near.router, {
    code: `ring-${near.pop.code}-${far.pop.code}`,
    name: `${near.pop.name} – ${far.pop.name} (ring)`,
    fromSiteCode: near.pop.code,
    toSiteCode: far.pop.code,
    medium: 'fibre',
    contractMbps: 1000,
  });
}

/** @param served the PoP of its regency; null where the data centre itself is near */
function addVillage(network: NetworkBuilder, village: PlaceFact, served: Pop | null): void {
  const medium = VILLAGE_MEDIA[village.code] ?? 'fibre';
  const overProvider = medium === 'vsat' || medium === 'lte';
  const end = overProvider ? null : (served?.pop ?? DATA_CENTRE);
  let parent = overProvider || served === null ? CORE : served.router.code;
  if (medium === 'radio' && served !== null) {
    parent = network.device(served.site, {
      code: `${served.pop.code}-ptp-${village.code}`,
      name: `Radio ke ${village.name}`,
      kind: 'radio',
      hardware: 'lhg-60',
      medium,
      parentCodes: [parent],
      shape: 'public',
      busyMbps: 30,
      lineMs: 6,
    }).code;
  }
  const seed = seedOf(network.seed, village.code);
  const office = village.code.split('.')[3]?.startsWith('1') ? 'Kantor Lurah' : 'Kantor Desa';
  // The point is the middle of the area; the public place lies a few hundred metres off.
  const places = [
    { part: 'office', name: office, short: 'Kantor', models: INDOOR, people: 9 + 13 * noise(seed, 3), lat: 0, lng: 0 },
    {
      part: 'public',
      name: 'Ruang Publik',
      short: 'Publik',
      models: OUTDOOR,
      people: 16 + 30 * noise(seed, 4),
      lat: (noise(seed, 1) - 0.5) * 0.006,
      lng: 0.002 + noise(seed, 2) * 0.003,
    },
  ] as const;
  for (const { part, name, short, models, people, lat, lng } of places) {
    const contractMbps = VILLAGE_MBPS[medium][part];
    const site = network.site({
      code: `${village.code}-${part}`,
      name: `${name} ${village.name}`,
      kind: `village-${part}`,
      status: 'active',
      regionCode: village.code,
      lat: round(village.lat + lat),
      lng: round(village.lng + lng),
      address: null,
    });
    const hardware = medium === 'lte' ? 'ltap-mini' : (models[seedOf(seed, part) % models.length] ?? 'wap-ac');
    const device = network.device(site, {
      code: `${site.code}-ap`,
      name: `Hotspot ${short} ${village.name}`,
      kind: 'access-point',
      hardware,
      // Half of the routers are asked by their own API, as in a province that goes over to it.
      protocol: HARDWARE[hardware].wireless === 'mikrotik' && noise(seed, 21) < 0.5 ? 'routeros' : 'snmp',
      medium,
      parentCodes: [parent],
      shape: part,
      busyClients: Math.round(people * PEOPLE[medium]),
      busyMbps: contractMbps * (0.34 + 0.36 * noise(seed, part === 'office' ? 5 : 6)),
    });
    network.link(device, {
      name: `${site.name} – ${end?.name ?? PROVIDER[medium]}`,
      fromSiteCode: site.code,
      toSiteCode: end?.code ?? null,
      medium,
      contractMbps,
    });
  }
}

function addBranch(network: NetworkBuilder, branch: AgencyBranch): void {
  const trunk = network.site({ ...branch, kind: 'pop', status: 'active' });
  const node = network.device(trunk, {
    code: `${branch.code}-sw1`,
    name: `Switch ${branch.name}`,
    kind: 'switch',
    hardware: 'crs326',
    medium: 'fibre',
    parentCodes: [SWITCH],
    shape: 'agency',
    busyMbps: branch.agencies.length * 38,
    lineMs: 2,
  });
  toDataCentre(network, trunk, node, 1000);
  for (const [index, name] of branch.agencies.entries()) {
    const site = addAgencySite(network, name, 'active', branch, index);
    const seed = seedOf(network.seed, site.code);
    const contractMbps = index % 3 === 0 ? 200 : 100;
    const device = network.device(site, {
      code: `${site.code}-r1`,
      name: `Router ${name}`,
      kind: 'router',
      hardware: AGENCY_HARDWARE[seed % AGENCY_HARDWARE.length] ?? 'rb3011',
      medium: 'fibre',
      parentCodes: [node.code],
      shape: 'agency',
      busyMbps: contractMbps * (0.25 + 0.4 * noise(seed, 5)),
      lineMs: 2.6,
    });
    network.link(device, {
      name: `${name} – ${branch.name}`,
      fromSiteCode: site.code,
      toSiteCode: trunk.code,
      medium: 'fibre',
      contractMbps,
    });
  }
}

function addAgencySite(
  network: NetworkBuilder,
  name: string,
  status: SiteStatus,
  branch: AgencyBranch,
  index: number,
): LabSite {
  // Agencies stand around their trunk in a spiral of golden angles, so that their points lie apart on the map.
  const angle = index * 2.39996;
  const distance = 0.0012 * Math.sqrt(index + 1);
  return network.site({
    code: `opd-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`,
    name,
    kind: 'agency',
    status,
    regionCode: branch.regionCode,
    lat: round(branch.lat + distance * Math.sin(angle)),
    lng: round(branch.lng + distance * Math.cos(angle)),
    address: branch.address,
  });
}

const round = (degrees: number): number => Number(degrees.toFixed(5));
