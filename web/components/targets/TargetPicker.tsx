import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useState } from 'react';
import { devicesQuery, regionsQuery, sitesQuery } from '../../api/queries.ts';
import { Icon } from '../../frame/icons.tsx';
import { useDebounced } from '../debounced.ts';
import { useTargetTexts } from './texts.ts';
import './targets.css';

export const TARGET_KINDS = ['device', 'site', 'region'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];
/** A device or site by its id, a region by its code. */
export type Target = { readonly kind: TargetKind; readonly id: string; readonly name: string };

const PER_KIND = 5;
const MIN_LENGTH = 2;

function useHits(text: string, isWanted: (kind: TargetKind) => boolean) {
  const q = useDebounced(text.trim(), 200);
  const asked = { q, pageSize: PER_KIND };
  const isLong = q.length >= MIN_LENGTH;
  const devices = useQuery({ ...devicesQuery(asked), enabled: isLong && isWanted('device') });
  const sites = useQuery({ ...sitesQuery(asked), enabled: isLong && isWanted('site') });
  const regions = useQuery({ ...regionsQuery(asked), enabled: isLong && isWanted('region') });
  if (!isLong) return { hits: [], isWaiting: false };
  // All at once: a row that slips in above the one that somebody is about to press makes them press another.
  if ([devices, sites, regions].some(({ isLoading }) => isLoading)) return { hits: [], isWaiting: true };
  const hits = [
    ...(isWanted('region') ? (regions.data?.items ?? []) : []).map(({ code, name }) => ({
      target: { kind: 'region' as const, id: code, name },
      detail: code,
    })),
    ...(isWanted('site') ? (sites.data?.items ?? []) : []).map(({ id, name, regionName }) => ({
      target: { kind: 'site' as const, id, name },
      detail: regionName,
    })),
    ...(isWanted('device') ? (devices.data?.items ?? []) : []).map(({ id, name, siteName }) => ({
      target: { kind: 'device' as const, id, name },
      detail: siteName,
    })),
  ];
  return { hits, isWaiting: q !== text.trim() || devices.isFetching || sites.isFetching || regions.isFetching };
}

type Props = {
  readonly label: string;
  readonly chosen: readonly Target[];
  readonly onChange: (chosen: readonly Target[]) => void;
  readonly kinds?: readonly TargetKind[];
  /** One at most: the next takes the place of the last. */
  readonly isSingle?: boolean;
};

/** Devices, sites and regions found by name, code or address. */
export function TargetPicker({ label, chosen, onChange, kinds = TARGET_KINDS, isSingle = false }: Props) {
  const { t, g } = useTargetTexts();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const { hits: found, isWaiting } = useHits(text, (kind) => kinds.includes(kind));
  const hits = found.filter(({ target }) => !chosen.some(({ kind, id }) => kind === target.kind && id === target.id));
  const add = (target: Target) => {
    onChange(isSingle ? [target] : [...chosen, target]);
    setText('');
    setActive(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return setText('');
    if (event.key === 'Enter' && text !== '') {
      // The form is not sent while something is being looked for.
      event.preventDefault();
      const hit = hits[active];
      if (hit !== undefined) add(hit.target);
      return;
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    setActive((hits.length + active + step) % Math.max(1, hits.length));
  };
  const isOpen = text.trim().length >= MIN_LENGTH;
  return (
    <div className="targets">
      <label className="labelled">
        {label}
        <input
          className="field"
          type="search"
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={listId}
          aria-activedescendant={isOpen && hits[active] !== undefined ? `${listId}-${active}` : undefined}
          autoComplete="off"
          placeholder={g.find}
          value={text}
          onKeyDown={onKeyDown}
          onChange={({ target }) => {
            setText(target.value);
            setActive(0);
          }}
        />
      </label>
      {isOpen && (
        <div className="targets-hits" id={listId} role="listbox" aria-label={label}>
          {hits.map(({ target, detail }, index) => (
            <button
              key={`${target.kind} ${target.id}`}
              type="button"
              role="option"
              id={`${listId}-${index}`}
              tabIndex={-1}
              aria-selected={index === active}
              onClick={() => add(target)}
            >
              <span className="ellipsis">{target.name}</span>
              <span className="small muted ellipsis">
                {g.kind[target.kind]} · {detail}
              </span>
            </button>
          ))}
          {hits.length === 0 && (
            <p className="targets-none secondary">{isWaiting ? t.search.searching : t.search.none(text.trim())}</p>
          )}
        </div>
      )}
      {chosen.length > 0 && (
        <ul className="targets-chosen">
          {chosen.map((target) => (
            <li key={`${target.kind} ${target.id}`}>
              <span className="small muted">{g.kind[target.kind]}</span>
              <span className="ellipsis">{target.name}</span>
              <button
                type="button"
                aria-label={g.remove(target.name)}
                onClick={() => onChange(chosen.filter((one) => one !== target))}
              >
                <Icon name="close" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
