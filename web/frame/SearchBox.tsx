import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { StateMark } from '../components/StateMark.tsx';
import { Icon } from './icons.tsx';
import { type Line, useGroups, useOpen, useRecent, useSearchTexts } from './search/hits.ts';
import './search-box.css';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable);

/** Finds everything; `/` and Ctrl-K jump here from anywhere. */
export function SearchBox() {
  const { t, s } = useSearchTexts();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const listId = useId();
  const asked = useDeferredValue(text.trim());
  const found = useGroups(asked);
  const recent = useRecent();
  const open = useOpen();
  const last = isOpen && asked === '' ? recent.read() : [];
  const groups = asked === '' ? (last.length === 0 ? [] : [{ title: s.recent, lines: last }]) : found.groups;
  const lines = groups.flatMap((group) => group.lines);

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const isSlash = event.key === '/' && !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey;
      const isChord = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey;
      if (!isSlash && !isChord) return;
      event.preventDefault();
      setOpen(true);
      requestAnimationFrame(() => {
        input.current?.focus();
        input.current?.select();
      });
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
  const choose = (line: Line | undefined, onMap = false) => {
    if (line === undefined) return;
    recent.keep(line);
    open(line, onMap);
    leave();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return leave();
    if (event.key === 'Enter') return choose(lines[active], event.ctrlKey || event.metaKey);
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    const next = (lines.length + active + step) % Math.max(1, lines.length);
    setActive(next);
    document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };

  const isShown = isOpen && (text.trim() !== '' || last.length > 0);
  const said =
    asked === '' || lines.length > 0
      ? null
      : asked.length < 2
        ? s.short
        : found.hasFailed
          ? s.failed
          : found.isWaiting
            ? s.searching
            : `${s.none(asked)} ${s.noneHint}`;
  return (
    <div className="search" ref={box} data-open={isOpen}>
      <button
        type="button"
        className="button quiet search-open phone-only"
        aria-label={s.label}
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
          aria-label={s.label}
          aria-keyshortcuts="/ Control+K"
          aria-autocomplete="list"
          {...(isShown && lines[active] !== undefined ? { 'aria-activedescendant': `${listId}-${active}` } : {})}
          placeholder={s.placeholder}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
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
        <button type="button" className="button quiet phone-only" aria-label={s.close} onClick={leave}>
          <Icon name="close" />
        </button>
      </div>
      {isShown && (
        <div className="search-panel">
          {found.isNearly && asked !== '' && <p className="search-none secondary small">{s.nearly}</p>}
          <div id={listId} role="listbox" aria-label={s.label}>
            {groups.map((group) => (
              // biome-ignore lint/a11y/useSemanticElements: options of a listbox are grouped by role, not by a fieldset
              <div key={group.title} role="group" aria-label={group.title}>
                <h3>{group.title}</h3>
                {group.lines.map((line) => {
                  const index = lines.indexOf(line);
                  return (
                    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above keeps the focus and handles the keys
                    <div
                      key={line.key}
                      id={`${listId}-${index}`}
                      role="option"
                      tabIndex={-1}
                      aria-selected={index === active}
                      className="search-hit"
                      onPointerMove={() => setActive(index)}
                      onClick={(event) => choose(line, event.ctrlKey || event.metaKey)}
                    >
                      <span className="search-mark">
                        {line.mark !== null && (
                          <StateMark mark={line.mark} label={line.mark in t.state ? t.state[line.mark as 'up'] : ''} />
                        )}
                      </span>
                      <span className="search-name">
                        <span className="ellipsis">{line.name}</span>
                        {line.why !== '' && <span className="search-why small mono ellipsis">{line.why}</span>}
                      </span>
                      <span className="muted small ellipsis">{line.detail}</span>
                    </div>
                  );
                })}
              </div>
            ))}
          </div>
          {said !== null && (
            <p className="search-none secondary" role="status">
              {said}
            </p>
          )}
          {lines.length > 0 && (
            <p className="search-foot small secondary wide-only">
              <span>
                <kbd>↑</kbd> <kbd>↓</kbd> {s.keys}
              </span>
              {lines[active]?.regionCode != null && (
                <button type="button" className="button quiet" onClick={() => choose(lines[active], true)}>
                  {s.onMap}
                </button>
              )}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
