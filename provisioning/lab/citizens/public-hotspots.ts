import type { LabDevice, LabNetwork } from '../network-builder.ts';

/** A place's hotspot that anyone may use. */
export type PublicHotspot = LabDevice & { readonly siteId: string; readonly siteName: string };

/** The hotspots of public places, one for each place. */
export function publicHotspots({ sites, devices }: LabNetwork): readonly PublicHotspot[] {
  const places = sites.filter(({ kind }) => kind === 'village-public' || kind === 'shelter');
  return places.flatMap((site) => {
    const device = devices.find(({ siteCode, load }) => siteCode === site.code && load.busyClients > 0);
    return device === undefined ? [] : [{ ...device, siteId: site.id, siteName: site.name }];
  });
}

/** Where a hotspot of the lab is on loopback: an address for each, as RADIUS tells them apart. */
export const addressOf = (index: number): string => `127.77.${Math.floor(index / 250)}.${1 + (index % 250)}`;
