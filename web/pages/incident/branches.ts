import type { AffectedSite } from '../../../core/contract/incidents.ts';

export type Branch = { readonly name: string; readonly devices: number; readonly sites: readonly AffectedSite[] };

/** By regency, the one with most devices first: the last word of a place. */
export function branchesOf(sites: readonly AffectedSite[]): readonly Branch[] {
  const groups = new Map<string, AffectedSite[]>();
  for (const site of sites) {
    const name = site.place.split(', ').at(-1) ?? '';
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [site]);
    else known.push(site);
  }
  return [...groups]
    .map(([name, members]) => ({
      name,
      sites: members,
      devices: members.reduce((sum, { devices }) => sum + devices, 0),
    }))
    .sort((a, b) => b.devices - a.devices || (a.name < b.name ? -1 : 1));
}
