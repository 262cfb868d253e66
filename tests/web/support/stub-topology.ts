import { drawTopology } from '../../../api/read-models/draw-topology.ts';
import type { Topology, TopologyNow } from '../../../core/contract/topology.ts';
import { STATE_LETTERS } from '../../../core/domain/state.ts';
import { stubLinks } from './stub-links.ts';
import { noise, type StubProvince } from './stub-province.ts';

/** Points of presence stand in rings of so many, as fibre is laid. */
const RING = 5;

type Drawing = {
  readonly topology: Topology;
  readonly letters: () => { readonly devices: string; readonly links: string };
};

/** The province's devices, their dependencies and links, and fibre that closes rings between neighbouring POPs. */
export function stubDrawing(province: StubProvince): Drawing {
  const { sites, devices } = province;
  const pops = sites.filter(({ kind }) => kind === 'pop');
  const siteOf = new Map(devices.map(({ id, siteId }) => [id, siteId]));
  const plain = stubLinks(province).map((link) => ({ ...link, fromSiteId: link.fromSiteId ?? '', portMbps: 1_000 }));
  const closing = pops.flatMap((pop, at) => {
    const next = pops[at + 1];
    if (next === undefined || at % RING === RING - 1) return [];
    return [
      {
        id: pop.id.replace(/^0{8}/, '22222222'),
        name: `Serat ${pop.name} – ${next.name}`,
        medium: 'fibre' as const,
        fromSiteId: pop.id,
        toSiteId: next.id,
        deviceId: devices.find(({ siteId }) => siteId === pop.id)?.id ?? null,
        ifIndex: 2,
        contractMbps: null,
        portMbps: 1_000,
      },
    ];
  });
  const links = [...plain, ...closing];
  const body = drawTopology({
    sites: sites.map((site) => ({
      ...site,
      people: site.kind.startsWith('village')
        ? 900 + Math.floor(noise(Number.parseInt(site.regionCode.slice(-4), 10)) * 3_000)
        : null,
    })),
    devices,
    ties: devices.flatMap(({ id, parent }) =>
      parent === null ? [] : [{ childId: id, parentId: parent, parentSiteId: siteOf.get(parent) ?? '' }],
    ),
    links,
  });
  const byId = new Map(devices.map((device) => [device.id, device]));
  const measuring = new Map(links.map(({ id, deviceId }) => [id, deviceId]));
  const letterOf = (id: string | null | undefined): string => STATE_LETTERS[byId.get(id ?? '')?.state ?? 'unknown'];
  return {
    topology: { version: 'stub', leftOut: 0, ...body },
    letters: () => ({
      devices: body.devices.ids.map(letterOf).join(''),
      links: body.links.ids.map((id) => letterOf(measuring.get(id))).join(''),
    }),
  };
}

export function stubNow({ topology, letters }: Drawing): TopologyNow {
  const bps = topology.links.capacityMbps.map((mbps, at) => {
    const share = noise(at * 7 + 3);
    return mbps === null || share > 0.93 ? null : Math.round(mbps * 1e6 * share);
  });
  return {
    version: topology.version,
    asOf: Date.now(),
    ...letters(),
    bps,
    peakBps: bps.map((value, at) => (value === null ? null : Math.round(value * (1 + noise(at) * 0.2)))),
  };
}

/**
 * A network as large as a province's: a core, a POP a regency, towers under them with a second way to a neighbour, and
 * villages of two devices under these.
 */
export function largeDrawing(size: number): Drawing {
  const id = (n: number): string => `33333333-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
  const sites: Parameters<typeof drawTopology>[0]['sites'][number][] = [];
  const devices: Parameters<typeof drawTopology>[0]['devices'][number][] = [];
  const ties: Parameters<typeof drawTopology>[0]['ties'][number][] = [];
  const links: Parameters<typeof drawTopology>[0]['links'][number][] = [];
  const placeOf = new Map<string, (typeof sites)[number]>();
  const place = (
    kind: (typeof sites)[number]['kind'],
    name: string,
    regionCode: string,
    lat: number,
    lng: number,
  ): string => {
    const siteId = id(1_000_000 + sites.length);
    const site = { id: siteId, name, kind, regionCode, lat, lng, people: kind === 'village-office' ? 2_400 : null };
    placeOf.set(siteId, site);
    sites.push(site);
    return siteId;
  };
  const stand = (siteId: string, kind: string, name: string, ...parents: readonly number[]): number => {
    const at = devices.push({ id: id(devices.length), name, kind, siteId }) - 1;
    for (const parent of parents) {
      const above = devices[parent];
      if (above === undefined) continue;
      ties.push({ childId: id(at), parentId: above.id, parentSiteId: above.siteId });
      if (above.siteId === siteId) continue;
      links.push({
        id: id(2_000_000 + links.length),
        name: `${name} – ${above.name}`,
        medium: 'fibre',
        fromSiteId: siteId,
        toSiteId: above.siteId,
        deviceId: id(at),
        ifIndex: 1,
        contractMbps: kind === 'router' ? 100 : null,
        portMbps: 1_000,
      });
    }
    return at;
  };
  const core = stand(place('data-centre', 'Pusat data', '16.71', -2.98, 104.74), 'router', 'inti-1');
  const pops = Array.from({ length: 17 }, (_, n) => {
    const angle = (n / 17) * 2 * Math.PI;
    const siteId = place(
      'pop',
      `POP ${n + 1}`,
      `16.${String(n + 1).padStart(2, '0')}`,
      -3.3 + Math.sin(angle),
      104 + 1.2 * Math.cos(angle),
    );
    return stand(siteId, 'router', `pop-${n + 1}`, core);
  });
  const towers: number[] = [];
  for (let n = 0; n < 340; n += 1) {
    const pop = pops[n % 17] ?? core;
    const home = placeOf.get(devices[pop]?.siteId ?? '');
    const lat = (home?.lat ?? -3.3) + (noise(n) - 0.5) * 0.7;
    const lng = (home?.lng ?? 104) + (noise(n + 500) - 0.5) * 0.7;
    const siteId = place('pop', `Menara ${n + 1}`, home?.regionCode ?? '16', lat, lng);
    const second = n >= 17 && n % 3 === 0 ? [towers[n - 17] ?? pop] : [];
    towers.push(stand(siteId, 'switch', `menara-${n + 1}`, pop, ...second));
  }
  for (let n = 0; devices.length < size; n += 1) {
    const tower = towers[n % towers.length] ?? core;
    const home = placeOf.get(devices[tower]?.siteId ?? '');
    const code = `${home?.regionCode ?? '16.01'}.${String(1 + (n % 20)).padStart(2, '0')}.${2000 + (n % 900)}`;
    const lat = (home?.lat ?? -3.3) + (noise(n + 11) - 0.5) * 0.16;
    const lng = (home?.lng ?? 104) + (noise(n + 13) - 0.5) * 0.16;
    const router = stand(place('village-office', `Desa ${n + 1}`, code, lat, lng), 'router', `desa-${n + 1}`, tower);
    if (devices.length < size) {
      const siteId =
        n % 2 === 0
          ? (devices[router]?.siteId ?? '')
          : place('village-public', `Balai ${n + 1}`, code, lat + 0.01, lng);
      stand(siteId, 'access-point', `ap-desa-${n + 1}`, router);
    }
  }
  const body = drawTopology({ sites, devices, ties, links });
  const letter = (at: number): string =>
    noise(at + 99) > 0.985 ? 'd' : noise(at + 98) > 0.985 ? 'g' : noise(at + 97) > 0.99 ? '?' : 'u';
  return {
    topology: { version: `large-${size}`, leftOut: 0, ...body },
    letters: () => ({
      devices: body.devices.ids.map((_, at) => letter(at)).join(''),
      links: body.links.ids.map((_, at) => letter(at * 3)).join(''),
    }),
  };
}
