import { setImmediate as breathe } from 'node:timers/promises';
import type { Bus } from '../../core/bus/bus.ts';
import type { MatchedBy, SearchHit } from '../../core/contract/search.ts';
import { type Clock, MINUTE } from '../../core/domain/clock.ts';
import { macOf } from '../../core/domain/portal/mac.ts';
import { covers, type RegionCode } from '../../core/domain/region.ts';
import {
  type Findable,
  type Found,
  type Nearness,
  type SearchIndex,
  searchIndex,
} from '../../core/domain/search-index.ts';
import { macDigits, searchWords } from '../../core/domain/search-text.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';

/** So often, at most, the store is asked whether something changed of which nobody told. */
const MARK_EVERY_MS = MINUTE;

type Kind = 'device' | 'site' | 'region' | 'link' | 'gateway';
type Thing = Findable & { readonly kind: Kind; readonly detail: string };
type Indexes = {
  readonly mark: string;
  readonly byKind: ReadonlyMap<Kind, SearchIndex<Thing>>;
};

export type FinderAsked = {
  readonly q: string;
  /** Empty = everywhere. */
  readonly region: RegionCode | '';
  readonly perKind: number;
  readonly mayFind: (kind: 'gateway' | 'account') => boolean;
};

export type Finder = ReturnType<typeof finder>;

/**
 * Finds everything by what people know of it. Names and addresses are held in memory, since an index of words in the
 * store took ten times as long; who asks after a change waits for it no longer than an answer may take, and is given
 * what is known so far.
 */
export function finder({ inventory, bus, clock }: { inventory: Inventory; bus: Bus; clock: Clock }) {
  const { search } = inventory;
  let regions: (Indexes & { readonly names: ReadonlyMap<RegionCode, string> }) | null = null;
  let things: Indexes | null = null;
  let isChanged = false;
  let markedAt = 0;
  let renewal: Promise<void> | null = null;
  const unsubscribe = bus.subscribe(({ type }) => {
    if (type === 'inventory-changed') isChanged = true;
  });

  /** @param isAll whatever the marks say: an edit is told of, and changes no mark */
  async function renew(isAll: boolean): Promise<void> {
    if (isAll) isChanged = false;
    markedAt = clock();
    const [regionsMark, thingsMark] = await Promise.all([search.regionsMark(), search.thingsMark()]);
    if (regions?.mark !== regionsMark) {
      const rows = await search.regions();
      const names = new Map(rows.map(({ code, name }) => [code, name]));
      const index = await searchIndex<Thing>(
        rows.map(({ code, name, isCovered }) => ({
          ...{ kind: 'region', id: code, name, regionCode: code, detail: '' },
          fields: { name, code },
          // The larger region before what is called after it, and where there is a hotspot before where there is none.
          order: code.length > 8 ? (isCovered ? 20 : 30) : code.length,
        })),
        breathe,
      );
      regions = { mark: regionsMark, names, byKind: new Map([['region', index]]) };
    }
    if (isAll || things?.mark !== thingsMark) things = await indexesOf(thingsMark);
  }

  async function indexesOf(mark: string): Promise<Indexes> {
    const { sites, devices, links, gateways } = await search.things();
    const siteNames = new Map(sites.map(({ id, name }) => [id, name]));
    const at = (siteId: string): string => siteNames.get(siteId) ?? '';
    const of = (kind: Kind, list: readonly Omit<Thing, 'kind' | 'order'>[]) =>
      searchIndex<Thing>(
        list.map((thing) => ({ ...thing, kind, order: 0 })),
        breathe,
      );
    return {
      mark,
      byKind: new Map<Kind, SearchIndex<Thing>>([
        [
          'device',
          await of(
            'device',
            devices.map(({ siteId, name, host, code, serial, mac, ...rest }) => ({
              ...rest,
              name,
              detail: `${host} · ${at(siteId)}`,
              fields: { name, host, code, serial, mac },
            })),
          ),
        ],
        [
          'site',
          await of(
            'site',
            sites.map(({ name, code, address, ...rest }) => ({
              ...rest,
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
            links.map(({ name, code, provider, ...rest }) => ({
              ...rest,
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
              name,
              detail: `${family} · ${at(siteId)}`,
              fields: { name, code, host: address },
            })),
          ),
        ],
      ]),
    };
  }

  /** Begins to renew where something changed; the first who asks waits for it, and so does who asks after a change. */
  async function ready(): Promise<void> {
    const isKnown = things !== null && regions !== null;
    const isOld = clock() - markedAt >= MARK_EVERY_MS;
    if (renewal === null && (!isKnown || isChanged || isOld)) {
      renewal = renew(isChanged || !isKnown).finally(() => {
        renewal = null;
      });
    }
    if (renewal === null) return;
    if (!isKnown) await renewal;
    // What is known stands until the new one is there; who asks then learns what is wrong.
    else renewal.catch(() => {});
  }

  const placeOf = (code: RegionCode, isItself: boolean): string =>
    [code.slice(0, 13), code.slice(0, 8), code.slice(0, 5), ...(code.length === 5 ? [code.slice(0, 2)] : [])]
      .filter((above, place, all) => all.indexOf(above) === place && (above !== code || !isItself))
      .map((above) => regions?.names.get(above) ?? '')
      .filter((name) => name !== '')
      .join(', ');

  const hitOf = ({ thing, field }: Found<Thing>): Omit<SearchHit, 'state'> => ({
    kind: thing.kind,
    id: thing.id,
    name: thing.name,
    detail:
      thing.kind === 'region' || thing.kind === 'site'
        ? placeOf(thing.regionCode, thing.kind === 'region')
        : thing.detail,
    matched: field as MatchedBy,
    text: thing.fields[field] ?? '',
    regionCode: thing.regionCode,
    incident: null,
  });

  function inMemory(
    { q, region, perKind, mayFind }: FinderAsked,
    words: readonly string[],
    nearness: Nearness,
    kinds: readonly Kind[],
  ): Found<Thing>[] {
    return kinds
      .filter((kind) => kind !== 'gateway' || mayFind(kind))
      .flatMap((kind) => {
        const index = kind === 'region' ? regions?.byKind.get(kind) : things?.byKind.get(kind);
        const accepts = ({ regionCode }: Thing): boolean => covers(region, regionCode);
        return index?.find({ text: q, words, nearness, limit: perKind, accepts }) ?? [];
      });
  }

  const KINDS = ['device', 'site', 'region', 'link', 'gateway'] as const;

  return {
    /** @returns hits by kind, the likeliest first, and whether they are only near to what was asked */
    async find(asked: FinderAsked): Promise<{ items: SearchHit[]; isNearly: boolean }> {
      await ready();
      const { q, region, perKind } = asked;
      const mac = macDigits(q);
      const words = mac === null ? searchWords(q) : [mac];
      if (words.length === 0) return { items: [], isNearly: false };
      const isNumber = /^#\d+$/.test(q.trim());
      const kinds = isNumber ? [] : mac === null ? KINDS : (['device'] as const);
      let found = inMemory(asked, words, 'begins', kinds);
      const [ports, incidents, accounts] = await Promise.all([
        mac?.length === 12 ? portsOf(mac, region) : [],
        mac === null ? incidentsOf(asked, found) : [],
        mac === null && !isNumber && asked.mayFind('account') ? search.accounts(words, region, perKind) : [],
      ]);
      const others: Omit<SearchHit, 'state'>[] = [
        ...ports.filter(({ id }) => !found.some(({ thing }) => thing.id === id)),
        ...incidents,
        ...accounts.map(({ id, name, displayName }) => ({
          ...{ kind: 'account' as const, id, name: displayName, detail: name, matched: 'name' as const },
          ...{ text: displayName, regionCode: null, incident: null },
        })),
      ];
      let isNearly = false;
      if (found.length + others.length === 0 && !isNumber && words.some((word) => word.length >= 3)) {
        for (const nearness of ['within', 'one-letter'] as const)
          if (found.length === 0) found = inMemory(asked, words, nearness, kinds);
        isNearly = found.length > 0;
      }
      const hits = [...found.map(hitOf), ...others];
      const idsOf = (kind: string): string[] => hits.filter((hit) => hit.kind === kind).map(({ id }) => id);
      const states = await search.states(idsOf('device'), idsOf('site'));
      const items = hits.map((hit) => ({
        ...hit,
        state: states.get(hit.id) ?? (hit.kind === 'device' ? ('unknown' as const) : null),
      }));
      return { items, isNearly };
    },
    /** Reads everything in before anybody asks. */
    warm: ready,
    stop: unsubscribe,
  };

  async function portsOf(mac: string, region: RegionCode | ''): Promise<Omit<SearchHit, 'state'>[]> {
    const colons = macOf(mac) ?? '';
    const ports = await search.portsOf(colons);
    const devices = await Promise.all(ports.map(({ deviceId }) => inventory.devices.get(deviceId)));
    return devices.flatMap((device, at) =>
      device === null || !covers(region, device.regionCode)
        ? []
        : [
            {
              ...{ kind: 'device' as const, id: device.id, name: device.name, matched: 'port-mac' as const },
              ...{ detail: `${device.host} · ${device.siteName}`, text: `${ports[at]?.port} ${colons}` },
              ...{ regionCode: device.regionCode, incident: null },
            },
          ],
    );
  }

  async function incidentsOf(
    { q, region, perKind }: FinderAsked,
    found: readonly Found<Thing>[],
  ): Promise<Omit<SearchHit, 'state'>[]> {
    const number = /^#?(\d{1,15})$/.exec(q.trim())?.[1];
    const of = (kind: Kind) => found.filter(({ thing }) => thing.kind === kind).map(({ thing }) => thing.id);
    const [deviceIds, siteIds] = [of('device'), of('site')];
    if (number === undefined && deviceIds.length + siteIds.length === 0) return [];
    const rows = await search.incidentsOf({
      ...{ number: number === undefined ? null : Number(number), deviceIds, siteIds, region, limit: perKind },
    });
    return rows.map(({ id, number: own, rootKind, isOpen, deviceName, siteName, place, regionCode }) => {
      const name =
        rootKind === 'device' ? deviceName : rootKind === 'place' ? (place.split(', ')[0] ?? siteName) : siteName;
      const isNumber = number !== undefined && own === Number(number);
      return {
        ...{ kind: 'incident' as const, id, name, detail: place, regionCode },
        ...(isNumber ? { matched: 'number' as const, text: `#${own}` } : { matched: 'name' as const, text: name }),
        incident: { number: own, rootKind, isOpen },
      };
    });
  }
}
