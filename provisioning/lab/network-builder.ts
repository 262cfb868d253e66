import type { SiteKind, SiteStatus } from '../../core/domain/site.ts';
import { HARDWARE, type HardwareId, type HardwareModel } from './hardware.ts';
import { deviceSeed, type LoadProfile, type LoadShape } from './model/load.ts';
import { labUuid, noise } from './model/noise.ts';
import { type LabThing, labThings } from './things.ts';

export type LabSite = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: SiteKind;
  readonly status: SiteStatus;
  readonly regionCode: string;
  readonly lat: number;
  readonly lng: number;
  readonly address: string | null;
};

export type Medium = 'fibre' | 'radio' | 'vsat' | 'lte';

/** How a device is asked for its readings, and whether it lives. */
export type Protocol = 'snmp' | 'routeros';

export type LabDevice = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** Id of a file in `core/kinds`. */
  readonly kind: 'router' | 'access-point' | 'switch' | 'radio';
  readonly siteCode: string;
  readonly hardware: HardwareId;
  readonly medium: Medium;
  readonly protocol: Protocol;
  /** What it is reached through; the first is the way the traffic takes. */
  readonly parentCodes: readonly string[];
  readonly mac: string;
  readonly serial: string;
  readonly location: string;
  readonly load: LoadProfile;
};

type LabLink = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly medium: Medium;
  readonly fromSiteCode: string;
  /** Null: to a provider. */
  readonly toSiteCode: string | null;
  readonly deviceCode: string;
  readonly ifIndex: number;
  readonly provider: string;
  readonly contractMbps: number;
  readonly slaPercent: number;
};

/** A province of the lab: what the inventory is told, what the agents play, what history is laid down for. */
export type LabNetwork = {
  readonly seed: number;
  readonly sites: readonly LabSite[];
  readonly devices: readonly LabDevice[];
  readonly links: readonly LabLink[];
  /** Power boxes, cameras and web sites. */
  readonly things: readonly LabThing[];
};

export const hardwareOf = (device: Pick<LabDevice, 'hardware'>): HardwareModel => HARDWARE[device.hardware];

export const PROVIDER: Readonly<Record<Medium, string>> = {
  fibre: 'Serat Optik Sriwijaya',
  radio: 'Diskominfo Sumsel',
  vsat: 'Satelit Nusantara Data',
  lte: 'Seluler Sumbagsel',
};
const SLA_PERCENT: Readonly<Record<Medium, number>> = { fibre: 99.5, radio: 99, vsat: 97, lte: 98 };
const LINE_MS: Readonly<Record<Medium, number>> = { fibre: 4, radio: 9, vsat: 500, lte: 42 };

type NewLabDevice = Pick<LabDevice, 'code' | 'name' | 'kind' | 'hardware' | 'medium' | 'parentCodes'> & {
  /** SNMP where nothing is said. */
  readonly protocol?: Protocol;
  readonly shape: LoadShape;
  readonly busyMbps: number;
  readonly busyClients?: number;
  /** Round trip over its line; what is usual for the medium when absent. */
  readonly lineMs?: number;
};
type NewLabLink = Pick<LabLink, 'name' | 'fromSiteCode' | 'toSiteCode' | 'medium' | 'contractMbps'> & {
  readonly code?: string;
};

/** Gathers a network piece by piece; ids, addresses and loads follow from the seed and the codes. */
export class NetworkBuilder {
  readonly seed: number;
  readonly #sites: LabSite[] = [];
  readonly #devices: LabDevice[] = [];
  readonly #links: LabLink[] = [];

  constructor(seed: number) {
    this.seed = seed;
  }

  site(site: Omit<LabSite, 'id'>): LabSite {
    const { code, name, kind, status, regionCode, lat, lng, address } = site;
    const whole = { id: labUuid(`site ${code}`), code, name, kind, status, regionCode, lat, lng, address };
    this.#sites.push(whole);
    return whole;
  }

  device(
    site: LabSite,
    { shape, busyMbps, busyClients = 0, lineMs, protocol = 'snmp', ...device }: NewLabDevice,
  ): LabDevice {
    const own = deviceSeed(this.seed, device.code);
    const { macPrefix } = HARDWARE[device.hardware];
    const tail = own.toString(16).padStart(8, '0');
    const whole: LabDevice = {
      ...device,
      id: labUuid(`device ${device.code}`),
      siteCode: site.code,
      protocol,
      // The last digit is the port's.
      mac: `${macPrefix}:${tail.slice(0, 2)}:${tail.slice(2, 4)}:${tail.slice(4, 5)}0`,
      serial: tail.toUpperCase().padEnd(12, '0'),
      location: site.name,
      load: {
        seed: own,
        shape,
        busyClients,
        busyBps: busyMbps * 1e6,
        upShare: 0.12 + 0.16 * noise(own, 11),
        cpu: { idle: 3 + 8 * noise(own, 12), busy: 32 + 34 * noise(own, 13) },
        memoryPercent: 28 + 30 * noise(own, 14),
        responseMs: (lineMs ?? LINE_MS[device.medium]) * (0.9 + 0.2 * noise(own, 15)),
      },
    };
    this.#devices.push(whole);
    return whole;
  }

  /** A link that the uplink of a device measures. */
  link(device: LabDevice, link: NewLabLink): void {
    const code = link.code ?? `link-${device.code}`;
    const uplink = HARDWARE[device.hardware].ports.find(({ role }) => role === 'uplink');
    this.#links.push({
      ...link,
      code,
      id: labUuid(`link ${code}`),
      deviceCode: device.code,
      ifIndex: uplink?.index ?? 1,
      provider: PROVIDER[link.medium],
      slaPercent: SLA_PERCENT[link.medium],
    });
  }

  build(): LabNetwork {
    return {
      seed: this.seed,
      sites: this.#sites,
      devices: this.#devices,
      links: this.#links,
      things: labThings(this.seed),
    };
  }
}
