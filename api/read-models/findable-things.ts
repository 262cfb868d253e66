import { setImmediate as breathe } from 'node:timers/promises';
import { SERVICE_KINDS } from '../../core/domain/device.ts';
import type { Place } from '../../core/domain/grant.ts';
import { type Findable, type SearchIndex, searchIndex } from '../../core/domain/search-index.ts';
import type { Search } from '../../core/stores/inventory/search.ts';

export type FoundKind = 'device' | 'service' | 'site' | 'region' | 'link' | 'gateway';
export type FindableThing = Findable & {
  readonly kind: FoundKind;
  readonly detail: string;
  /** Where it stands: a link at both of its ends, a region nowhere but in itself. */
  readonly places: readonly Place[];
};

/** The things of the inventory by kind, with the words that people know of them. */
export async function indexThings(search: Search): Promise<ReadonlyMap<FoundKind, SearchIndex<FindableThing>>> {
  const { sites, devices, links, gateways } = await search.things();
  const siteNames = new Map(sites.map(({ id, name }) => [id, name]));
  const at = (siteId: string): string => siteNames.get(siteId) ?? '';
  const of = (kind: FoundKind, list: readonly Omit<FindableThing, 'kind' | 'order'>[]) =>
    searchIndex<FindableThing>(
      list.map((thing) => ({ ...thing, kind, order: 0 })),
      breathe,
    );
  const ofDevices = (kind: 'device' | 'service') =>
    of(
      kind,
      devices
        .filter((device) => SERVICE_KINDS.includes(device.kind) === (kind === 'service'))
        .map(({ siteId, name, host, url, code, serial, mac, ...rest }) => ({
          ...rest,
          places: [{ regionCode: rest.regionCode, siteId }],
          name,
          detail: `${host} · ${at(siteId)}`,
          fields: { name, host, address: url, code, serial, mac },
        })),
    );
  return new Map<FoundKind, SearchIndex<FindableThing>>([
    ['device', await ofDevices('device')],
    ['service', await ofDevices('service')],
    [
      'site',
      await of(
        'site',
        sites.map(({ name, code, address, ...rest }) => ({
          ...rest,
          places: [{ regionCode: rest.regionCode, siteId: rest.id }],
          name,
          detail: '',
          fields: { name, code, address },
        })),
      ),
    ],
    [
      'link',
      await of(
        'link',
        links.map(({ name, code, provider, siteId, toSiteId, toRegionCode, ...rest }) => ({
          ...rest,
          places: [
            { regionCode: rest.regionCode, siteId },
            ...(toRegionCode === null ? [] : [{ regionCode: toRegionCode, siteId: toSiteId }]),
          ],
          name,
          detail: provider ?? '',
          fields: { name, code, provider },
        })),
      ),
    ],
    [
      'gateway',
      await of(
        'gateway',
        gateways.map(({ siteId, name, code, family, address, ...rest }) => ({
          ...rest,
          places: [{ regionCode: rest.regionCode, siteId }],
          name,
          detail: `${family} · ${at(siteId)}`,
          fields: { name, code, host: address },
        })),
      ),
    ],
  ]);
}
