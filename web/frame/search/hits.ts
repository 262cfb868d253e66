import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { SearchHit } from '../../../core/contract/search.ts';
import { regionLevel } from '../../../core/domain/region.ts';
import { searchQuery } from '../../api/lists.ts';
import { useDebounced } from '../../components/debounced.ts';
import type { Mark } from '../../components/StateMark.tsx';
import type { Dictionary } from '../../i18n/id.ts';
import { textsBeside } from '../../i18n/texts.tsx';
import { mayEditInventory, maySeeCosts, useAccount } from '../account.ts';
import { en } from './words/en.ts';
import { id, type PagePath, type SearchDictionary } from './words/id.ts';

const MIN_LENGTH = 2;
const MOST_RECENT = 6;
const STORED = 'simpul.recent';

/** Texts of the search, with those of the whole web. */
export const useSearchTexts = textsBeside('s', { id, en });

/** A line of the panel, as it is kept of what was opened last. */
export type Line = {
  readonly key: string;
  readonly kind: SearchHit['kind'] | 'screen';
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  /** Why it was found, where the name does not say it. */
  readonly why: string;
  readonly mark: Mark | null;
  /** Where it stands, for the map. */
  readonly regionCode: string | null;
};
export type Group = { readonly title: string; readonly lines: readonly Line[] };

const lineOf = (hit: SearchHit, t: Dictionary, s: SearchDictionary): Line => {
  const { kind, incident } = hit;
  const title =
    incident === null ? hit.name : `#${incident.number} ${t.incidents.heading[incident.rootKind](hit.name)}`;
  const why = s.matched[hit.matched];
  const mark = incident === null ? hit.state : incident.isOpen ? 'down' : 'up';
  return {
    key: `${kind} ${hit.id}`,
    ...{ kind, id: hit.id, name: title, mark, regionCode: hit.regionCode },
    detail: incident !== null && !incident.isOpen ? `${hit.detail} · ${s.ended}` : hit.detail,
    why: why === '' || hit.detail.includes(hit.text) || kind === 'incident' ? '' : `${why} ${hit.text}`,
  };
};

/** Screens of whoever is signed in, found by the words of their names. */
function useScreens(asked: string): readonly Line[] {
  const { t, s } = useSearchTexts();
  const account = useAccount();
  return useMemo(() => {
    if (account === null || asked.length < MIN_LENGTH) return [];
    const mends = mayEditInventory(account);
    const hidden: readonly (PagePath | false)[] = [
      !mends && '/',
      !mends && '/system',
      !mends && '/settings',
      !mends && '/maintenance/new',
      account.role !== 'admin' && '/accounts',
      !maySeeCosts(account) && '/statements',
    ];
    const words = asked.toLowerCase().split(/\s+/);
    return (Object.entries(s.pages) as [PagePath, string][])
      .filter(([path]) => !hidden.includes(path))
      .filter(([, name]) => {
        const own = name.toLowerCase().split(/[^\p{L}\p{N}-]+/u);
        return words.every((word) => own.some((known) => known.startsWith(word)));
      })
      .slice(0, 4)
      .map(([path, name]) => ({
        ...{ key: `screen ${path}`, kind: 'screen' as const, id: path, name },
        ...{ detail: t.app.name, why: '', mark: null, regionCode: null },
      }));
  }, [account, asked, s, t]);
}

/** What was opened from here last, in this browser alone; somebody else who signs in sees none of it. */
export function useRecent() {
  const account = useAccount();
  const key = `${STORED}.${account?.id ?? ''}`;
  return {
    read(): readonly Line[] {
      try {
        const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
        return Array.isArray(stored) ? stored.filter(isLine).slice(0, MOST_RECENT) : [];
      } catch {
        return [];
      }
    },
    keep(line: Line): void {
      const others = this.read().filter((other) => other.key !== line.key);
      // A state is true for a moment only.
      const kept = [{ ...line, mark: null, why: '' }, ...others].slice(0, MOST_RECENT);
      try {
        localStorage.setItem(key, JSON.stringify(kept));
      } catch {
        // A browser without room for it finds everything all the same.
      }
    },
  };
}

function isLine(value: unknown): value is Line {
  if (typeof value !== 'object' || value === null) return false;
  const line = value as Record<string, unknown>;
  return ['key', 'kind', 'id', 'name', 'detail'].every((field) => typeof line[field] === 'string');
}

export function useGroups(asked: string) {
  const { t, s } = useSearchTexts();
  const q = useDebounced(asked, 80);
  const enabled = q.length >= MIN_LENGTH;
  const query = useQuery({ ...searchQuery(q), enabled });
  const screens = useScreens(asked);
  const groups = useMemo((): readonly Group[] => {
    const byKind = new Map<SearchHit['kind'], Line[]>();
    for (const hit of enabled ? (query.data?.items ?? []) : []) {
      const lines = byKind.get(hit.kind);
      if (lines === undefined) byKind.set(hit.kind, [lineOf(hit, t, s)]);
      else lines.push(lineOf(hit, t, s));
    }
    const found = [...byKind].map(([kind, lines]) => ({ title: s.group[kind], lines }));
    return screens.length === 0 ? found : [...found, { title: s.screens, lines: screens }];
  }, [enabled, query.data, screens, s, t]);
  return {
    groups,
    isWaiting: q !== asked || query.isFetching,
    isNearly: enabled && query.data?.isNearly === true,
    hasFailed: enabled && query.isError,
  };
}

/** Opens a line where it is at home, or on the map. */
export function useOpen() {
  const navigate = useNavigate();
  return (line: Line, onMap: boolean): void => {
    const { kind, id: of, regionCode } = line;
    if (onMap && regionCode !== null) {
      const search =
        kind === 'site'
          ? { site: of }
          : regionLevel(regionCode) === 'village'
            ? { village: regionCode }
            : { region: regionCode };
      void navigate({ to: '/map', search });
      return;
    }
    switch (kind) {
      case 'device':
      case 'service':
        return void navigate({ to: '/devices/$deviceId', params: { deviceId: of } });
      case 'site':
        return void navigate({ to: '/sites/$siteId', params: { siteId: of } });
      case 'region':
        return void (regionLevel(of) === 'village'
          ? navigate({ to: '/villages/$code', params: { code: of } })
          : navigate({ to: '/map', search: { region: of } }));
      case 'incident':
        return void navigate({ to: '/incidents/$incidentId', params: { incidentId: of } });
      case 'link':
        return void navigate({ to: '/links', search: { link: of } });
      case 'gateway':
        return void navigate({ to: '/portal/gateways', search: { edit: of } });
      case 'account':
        return void navigate({ to: '/accounts' });
      case 'screen':
        return void navigate({ to: of as PagePath });
    }
  };
}
