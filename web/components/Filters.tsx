import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { useDebounced } from './debounced.ts';
import './table.css';

type FilterBarProps = {
  /** How many of them narrow the list now. */
  readonly active: number;
  readonly children: ReactNode;
};

/** What narrows a list. On a phone the text to look for stays in sight, and the rest lies behind a button. */
export function FilterBar({ active, children }: FilterBarProps) {
  const { t, f } = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={isOpen ? 'filters is-foldable is-open' : 'filters is-foldable'}>
      <button type="button" className="button filters-more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t.filter.more}
        {active > 0 && <span className="filters-active">{f.number(active)}</span>}
      </button>
      {children}
    </div>
  );
}

/** How many of these are set. */
export const countSet = (...values: readonly unknown[]): number => values.filter((value) => value !== undefined).length;

type SegmentsProps<V extends string> = {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly text: string }[];
  readonly onChange: (value: V) => void;
};

/** A few choices of which one holds, all in sight. */
export function Segments<V extends string>({ label, value, options, onChange }: SegmentsProps<V>) {
  return (
    <fieldset className="choice segments" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.text}
        </button>
      ))}
    </fieldset>
  );
}

type PickProps = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly onChange: (value: string | undefined) => void;
};

/** One of many, or all. */
export function Pick({ label, value, options, onChange }: PickProps) {
  const { t } = useTexts();
  return (
    <select
      className="field"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    >
      <option value="">
        {label}: {t.filter.any}
      </option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  );
}

/** Free text that filters once the writer rests. */
export function TextFilter({
  value,
  label,
  onChange,
}: {
  readonly value: string;
  readonly label: string;
  readonly onChange: (text: string | undefined) => void;
}) {
  const [text, setText] = useState(value);
  const rested = useDebounced(text, 250);
  const report = useRef(onChange);
  report.current = onChange;
  const last = useRef(value);
  useEffect(() => {
    if (value === last.current) return;
    last.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    const next = rested.trim();
    if (next === last.current) return;
    last.current = next;
    report.current(next === '' ? undefined : next);
  }, [rested]);
  return (
    <input
      className="field"
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

type PagerProps = {
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
};

export function Pager({ page, pageSize, total, onPage }: PagerProps) {
  const { t, f } = useTexts();
  if (total <= pageSize) return null;
  const from = (page - 1) * pageSize + 1;
  const to = Math.min(total, page * pageSize);
  return (
    <div className="pager">
      <button type="button" className="button" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {t.action.previous}
      </button>
      <span className="secondary">{t.paging.of(f.number(from), f.number(to), f.number(total))}</span>
      <button type="button" className="button" disabled={to >= total} onClick={() => onPage(page + 1)}>
        {t.action.next}
      </button>
    </div>
  );
}
