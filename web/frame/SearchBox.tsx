import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { State } from '../../core/domain/state.ts';
import { devicesQuery, regionsQuery, sitesQuery } from '../api/queries.ts';
import { useDebounced } from '../components/debounced.ts';
import { StateMark } from '../components/StateMark.tsx';
import { useTexts } from '../i18n/texts.tsx';
import { Icon } from './icons.tsx';
import './search-box.css';

const PER_GROUP = 6;
const MIN_LENGTH = 2;

type Hit = {
  readonly key: string;
  readonly name: string;
  readonly detail: string;
  readonly state?: State;
  readonly go: () => void;
};
type Group = { readonly title: string; readonly hits: readonly Hit[] };

function useHits(text: string) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const q = useDebounced(text, 200);
  const enabled = q.length >= MIN_LENGTH;
  const page = { q, pageSize: PER_GROUP };
  const regions = useQuery({ ...regionsQuery({ ...page, level: 'village' }), enabled });
  const sites = useQuery({ ...sitesQuery(page), enabled });
  const devices = useQuery({ ...devicesQuery(page), enabled });
  const groups = useMemo((): readonly Group[] => {
    if (!enabled) return [];
    return [
      {
        title: t.search.villages,
        hits: (regions.data?.items ?? []).map(({ code, name }) => ({
          key: code,
          name,
          detail: code,
          go: () => void navigate({ to: '/villages/$code', params: { code } }),
        })),
      },
      {
        title: t.search.sites,
        hits: (sites.data?.items ?? []).map(({ id, name, regionName, state }) => ({
          key: id,
          name,
          detail: regionName,
          state,
          go: () => void navigate({ to: '/sites/$siteId', params: { siteId: id } }),
        })),
      },
      {
        title: t.search.devices,
        hits: (devices.data?.items ?? []).map(({ id, name, host, siteName, state }) => ({
          key: id,
          name,
          detail: `${host} · ${siteName}`,
          state,
          go: () => void navigate({ to: '/devices/$deviceId', params: { deviceId: id } }),
        })),
      },
    ].filter(({ hits }) => hits.length > 0);
  }, [enabled, regions.data, sites.data, devices.data, navigate, t]);
  return { groups, isWaiting: q !== text || regions.isFetching || sites.isFetching || devices.isFetching };
}

/** Finds villages, sites and devices; `/` jumps here from anywhere. */
export function SearchBox() {
  const { t } = useTexts();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const listId = useId();
  const asked = useDeferredValue(text.trim());
  const { groups, isWaiting } = useHits(asked);
  const hits = groups.flatMap((group) => group.hits);

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const { target } = event;
      const isTyping = target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      setOpen(true);
      input.current?.focus();
    };
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && box.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPointer);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPointer);
    };
  }, []);

  const leave = () => {
    setOpen(false);
    setText('');
    setActive(0);
    input.current?.blur();
  };
  const choose = (hit: Hit | undefined) => {
    if (hit === undefined) return;
    hit.go();
    leave();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return leave();
    if (event.key === 'Enter') return choose(hits[active]);
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    setActive((hits.length + active + step) % Math.max(1, hits.length));
  };

  const isShown = isOpen && text.trim() !== '';
  return (
    <div className="search" ref={box} data-open={isOpen}>
      <button
        type="button"
        className="button quiet search-open phone-only"
        aria-label={t.search.label}
        onClick={() => {
          setOpen(true);
          requestAnimationFrame(() => input.current?.focus());
        }}
      >
        <Icon name="search" />
      </button>
      <div className="search-field">
        <Icon name="search" size={16} />
        <input
          ref={input}
          className="field"
          type="search"
          role="combobox"
          aria-expanded={isShown}
          aria-controls={listId}
          aria-label={t.search.label}
          aria-autocomplete="list"
          {...(hits[active] === undefined ? {} : { 'aria-activedescendant': `${listId}-${active}` })}
          placeholder={t.search.placeholder}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onKeyDown={onKeyDown}
        />
        <kbd className="wide-only">/</kbd>
        <button type="button" className="button quiet phone-only" aria-label={t.search.close} onClick={leave}>
          <Icon name="close" />
        </button>
      </div>
      {isShown && (
        <div className="search-panel" id={listId} role="listbox" aria-label={t.search.label}>
          {groups.map((group) => (
            // biome-ignore lint/a11y/useSemanticElements: options of a listbox are grouped by role, not by a fieldset
            <div key={group.title} role="group" aria-label={group.title}>
              <h3>{group.title}</h3>
              {group.hits.map((hit) => {
                const index = hits.indexOf(hit);
                return (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the field above keeps the focus and handles the keys
                  <div
                    key={hit.key}
                    id={`${listId}-${index}`}
                    role="option"
                    tabIndex={-1}
                    aria-selected={index === active}
                    className="search-hit"
                    onPointerMove={() => setActive(index)}
                    onClick={() => choose(hit)}
                  >
                    {hit.state !== undefined && <StateMark mark={hit.state} label={t.state[hit.state]} />}
                    <span className="ellipsis">{hit.name}</span>
                    <span className="muted small ellipsis">{hit.detail}</span>
                  </div>
                );
              })}
            </div>
          ))}
          {hits.length === 0 && (
            <p className="search-none secondary" role="status">
              {asked.length < MIN_LENGTH
                ? t.search.short
                : isWaiting
                  ? t.search.searching
                  : `${t.search.none(asked)} ${t.search.noneHint}`}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
