import { setImmediate as breathe } from 'node:timers/promises';
import type { Bus } from '../../core/bus/bus.ts';
import type { MatchedBy, SearchHit } from '../../core/contract/search.ts';
import { type Clock, MINUTE } from '../../core/domain/clock.ts';
import type { Place } from '../../core/domain/grant.ts';
import { macOf } from '../../core/domain/portal/mac.ts';
import { covers, type RegionCode } from '../../core/domain/region.ts';
import { type Found, type Nearness, type SearchIndex, searchIndex } from '../../core/domain/search-index.ts';
import { macDigits, searchWords } from '../../core/domain/search-text.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { indexThings, type FoundKind as Kind, type FindableThing as Thing } from './findable-things.ts';

/** So often, at most, the store is asked whether something changed of which nobody told. */
const MARK_EVERY_MS = MINUTE;

type Indexes = {
  readonly mark: string;
  readonly byKind: ReadonlyMap<Kind, SearchIndex<Thing>>;
};

export type FinderAsked = {
  readonly q: string;
  /** Empty = everywhere. */
  readonly region: RegionCode | '';
  readonly sees: (place: Place) => boolean;
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
          ...{
            kind: 'region',
            id: code,
            name,
            regionCode: code,
            detail: '',
            places: [{ regionCode: code, siteId: null }],
          },
          fields: { name, code },
          // The larger region before what is called after it, and where there is a hotspot before where there is none.
          order: code.length > 8 ? (isCovered ? 20 : 30) : code.length,
        })),
        breathe,
      );
      regions = { mark: regionsMark, names, byKind: new Map([['region', index]]) };
    }
    if (isAll || things?.mark !== thingsMark) things = { mark: thingsMark, byKind: await indexThings(search) };
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

  const hitOf = ({ thing, field }: Found<Thing>, seen: (place: Place) => boolean): Omit<SearchHit, 'state'> => ({
    kind: thing.kind,
    id: thing.id,
    name: thing.name,
    detail:
      thing.kind === 'region' || thing.kind === 'site'
        ? placeOf(thing.regionCode, thing.kind === 'region')
        : thing.detail,
    matched: field as MatchedBy,
    text: thing.fields[field] ?? '',
    regionCode: thing.places.find(seen)?.regionCode ?? null,
    incident: null,
  });

  function inMemory(
    { q, region, sees, perKind, mayFind }: FinderAsked,
    words: readonly string[],
    nearness: Nearness,
    kinds: readonly Kind[],
  ): Found<Thing>[] {
    return kinds
      .filter((kind) => kind !== 'gateway' || mayFind(kind))
      .flatMap((kind) => {
        const index = kind === 'region' ? regions?.byKind.get(kind) : things?.byKind.get(kind);
        const accepts = ({ places }: Thing): boolean =>
          places.some((place) => covers(region, place.regionCode) && sees(place));
        return index?.find({ text: q, words, nearness, limit: perKind, accepts }) ?? [];
      });
  }

  const KINDS = ['device', 'service', 'site', 'region', 'link', 'gateway'] as const;

  return {
    /** @returns hits by kind, the likeliest first, and whether they are only near to what was asked */
    async find(asked: FinderAsked): Promise<{ items: SearchHit[]; isNearly: boolean }> {
      await ready();
      const { q, region, perKind } = asked;
      const mac = macDigits(q);
      const words = mac === null ? searchWords(q) : [mac];
      if (words.length === 0) return { items: [], isNearly: false };
      const isNumber = /^#\d+$/.test(q.trim());
      const kinds = isNumber ? [] : mac === null ? KINDS : (['device', 'service'] as const);
      let found = inMemory(asked, words, 'begins', kinds);
      const [ports, incidents, accounts] = await Promise.all([
        mac?.length === 12 ? portsOf(mac, asked) : [],
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
      const hits = [...found.map((one) => hitOf(one, asked.sees)), ...others];
      const idsOf = (...kinds: string[]): string[] =>
        hits.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
      const states = await search.states(idsOf('device', 'service'), idsOf('site'));
      const items = hits.map((hit) => ({
        ...hit,
        state: states.get(hit.id) ?? (hit.kind === 'device' || hit.kind === 'service' ? ('unknown' as const) : null),
      }));
      return { items, isNearly };
    },
    /** Reads everything in before anybody asks. */
    warm: ready,
    stop: unsubscribe,
  };

  async function portsOf(mac: string, { region, sees }: FinderAsked): Promise<Omit<SearchHit, 'state'>[]> {
    const colons = macOf(mac) ?? '';
    const ports = await search.portsOf(colons);
    const devices = await Promise.all(ports.map(({ deviceId }) => inventory.devices.get(deviceId)));
    return devices.flatMap((device, at) =>
      device === null || !covers(region, device.regionCode) || !sees(device)
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
    { q, region, sees, perKind }: FinderAsked,
    found: readonly Found<Thing>[],
  ): Promise<Omit<SearchHit, 'state'>[]> {
    const number = /^#?(\d{1,15})$/.exec(q.trim())?.[1];
    const of = (...kinds: Kind[]) =>
      found.filter(({ thing }) => kinds.includes(thing.kind)).map(({ thing }) => thing.id);
    const [deviceIds, siteIds] = [of('device', 'service'), of('site')];
    if (number === undefined && deviceIds.length + siteIds.length === 0) return [];
    const rows = await search.incidentsOf({
      ...{ number: number === undefined ? null : Number(number), deviceIds, siteIds, region, limit: perKind },
    });
    return rows.filter(sees).map(({ id, number: own, rootKind, isOpen, deviceName, siteName, place, regionCode }) => {
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
