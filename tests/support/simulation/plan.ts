import type { SiteKind } from '../../../core/domain/site.ts';

/** Where the collector stands: whatever it can reach, it reaches from here. */
export const CENTRE = 'centre';

type PlannedSite = { readonly name: string; readonly kind: SiteKind; readonly regionCode: string };

/** A device, as it really is and as the inventory knows it. */
export type PlannedDevice = {
  readonly name: string;
  readonly site: string;
  /** Id of its kind; a router where nothing is said. */
  readonly kind?: string;
  /** What the inventory says it is reached through. */
  readonly parents?: readonly string[];
  /** What its lines really lead to, where that is not to its parents, or to the centre without any. */
  readonly wires?: readonly string[];
  /** Feeder whose mains it lives on; without one it has power for ever. */
  readonly feeder?: string;
  /** Feeder whose mains a power box tells of. */
  readonly tellsOf?: string;
  /** Whether it is asked for its readings too, once a minute. */
  readonly isPolled?: boolean;
};

export type Plan = { readonly sites: readonly PlannedSite[]; readonly devices: readonly PlannedDevice[] };

const DISTRICT = '16.03.11';
export const villageCode = (number: number): string => `${DISTRICT}.${2_000 + number}`;

/** A site of a village with its hotspot. */
export function hotspot(
  village: number,
  kind: 'village-office' | 'village-public',
  device: Omit<PlannedDevice, 'site' | 'name'>,
): Plan {
  const name = `${kind === 'village-office' ? 'office' : 'public'}-${village}`;
  return { sites: [{ name, kind, regionCode: villageCode(village) }], devices: [{ ...device, name, site: name }] };
}

/** A device at a site of its own that belongs to the network. */
export const node = (name: string, parents: readonly string[] = [], more: Partial<PlannedDevice> = {}): Plan => ({
  sites: [{ name, kind: 'pop', regionCode: DISTRICT }],
  devices: [{ name, site: name, parents, ...more }],
});

export const planOf = (...parts: readonly Plan[]): Plan => ({
  sites: parts.flatMap(({ sites }) => sites),
  devices: parts.flatMap(({ devices }) => devices),
});
