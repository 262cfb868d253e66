import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { BatchChange, BatchResult } from '../../../core/contract/device-batches.ts';
import { HOUR } from '../../../core/domain/clock.ts';
import { serverNow } from '../../api/endpoint.ts';
import { createMaintenance } from '../../api/endpoints.ts';
import { credentialsQuery } from '../../api/inventory.ts';
import { changeDevices, undoBatch } from '../../api/lists.ts';
import { sitesQuery } from '../../api/queries.ts';
import { useDebounced } from '../debounced.ts';
import { useListTexts } from './texts.ts';
import './lists.css';

const ACTIONS = ['maintenance', 'disable', 'enable', 'poll', 'credential', 'site'] as const;
type Action = (typeof ACTIONS)[number];
/** Devices of a preview that are named; the others are counted. */
const MOST_NAMED = 50;

type Order =
  | { readonly kind: 'change'; readonly change: BatchChange }
  | { readonly kind: 'maintenance'; readonly title: string; readonly hours: number };

/** Finds the site that devices move to. */
function SitePick({ onPick }: { readonly onPick: (siteId: string | null) => void }) {
  const { l } = useListTexts();
  const [text, setText] = useState('');
  const q = useDebounced(text.trim(), 250);
  const found = useQuery({ ...sitesQuery({ q, pageSize: 20 }), enabled: q.length >= 2 }).data?.items ?? [];
  return (
    <>
      <input
        className="field"
        type="search"
        aria-label={l.siteFind}
        placeholder={l.siteFind}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onPick(null);
        }}
      />
      {q.length >= 2 && (
        <select
          className="field"
          aria-label={l.actions.site}
          defaultValue=""
          onChange={(event) => onPick(event.target.value)}
        >
          <option value="" disabled>
            {found.length === 0 ? l.siteNone : l.actions.site}
          </option>
          {found.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </>
  );
}

/** What the order says, once it is whole. */
function Fields({ action, onOrder }: { readonly action: Action; readonly onOrder: (order: Order | null) => void }) {
  const { l } = useListTexts();
  const credentials = useQuery({ ...credentialsQuery, enabled: action === 'credential' }).data?.items ?? [];
  const [title, setTitle] = useState('');
  const [hours, setHours] = useState(2);
  useEffect(() => {
    if (action === 'enable' || action === 'disable')
      onOrder({ kind: 'change', change: { enabled: action === 'enable' } });
    else if (action === 'maintenance' && title.trim() !== '' && hours > 0 && hours <= 744)
      onOrder({ kind: 'maintenance', title: title.trim(), hours });
    else onOrder(null);
  }, [action, title, hours, onOrder]);
  const change = (change: BatchChange) => onOrder({ kind: 'change', change });
  switch (action) {
    case 'poll':
      return (
        <input
          className="field"
          type="number"
          min={5}
          max={86_400}
          aria-label={l.seconds}
          placeholder={l.seconds}
          onChange={(event) => {
            const seconds = event.target.valueAsNumber;
            if (seconds >= 5 && seconds <= 86_400) change({ pollIntervalS: seconds });
            else onOrder(null);
          }}
        />
      );
    case 'credential':
      return (
        <select
          className="field"
          aria-label={l.actions.credential}
          defaultValue="?"
          onChange={(event) => change({ credentialId: event.target.value === '' ? null : event.target.value })}
        >
          <option value="?" disabled>
            {l.actions.credential}
          </option>
          <option value="">{l.noCredential}</option>
          {credentials.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      );
    case 'site':
      return <SitePick onPick={(siteId) => (siteId === null ? onOrder(null) : change({ siteId }))} />;
    case 'maintenance':
      return (
        <>
          <input
            className="field"
            aria-label={l.maintenanceTitle}
            placeholder={l.maintenanceTitle}
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
          <label>
            {l.hours}{' '}
            <input
              className="field"
              type="number"
              min={1}
              max={744}
              value={Number.isNaN(hours) ? '' : hours}
              onChange={(event) => setHours(event.target.valueAsNumber)}
            />
          </label>
        </>
      );
    default:
      return null;
  }
}

function Preview({ result }: { readonly result: BatchResult }) {
  const { f, l } = useListTexts();
  const say = (value: string | number | boolean | null): string =>
    value === null
      ? l.usual
      : typeof value === 'boolean'
        ? value
          ? l.yes
          : l.no
        : typeof value === 'number'
          ? f.number(value)
          : value;
  const fields: Readonly<Record<string, string>> = l.field;
  const rest = result.changed.length - MOST_NAMED;
  return (
    <>
      <strong>{result.changed.length === 0 ? l.nothing : l.previewTitle(f.number(result.changed.length))}</strong>{' '}
      {result.unchanged > 0 && result.changed.length > 0 && (
        <span className="secondary">{l.unchanged(f.number(result.unchanged))}</span>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <ul className="batch-preview" tabIndex={0}>
        {result.changed.slice(0, MOST_NAMED).map((device) => (
          <li key={device.id}>
            <span>
              {device.name} <span className="muted small">{device.siteName}</span>
            </span>
            <span className="secondary">
              {device.fields.map(({ field, before, after }) => (
                <span key={field}>
                  {fields[field] ?? field}: {say(before)} → <strong>{say(after)}</strong>{' '}
                </span>
              ))}
            </span>
          </li>
        ))}
        {rest > 0 && <li className="muted">{l.andMore(f.number(rest))}</li>}
      </ul>
    </>
  );
}

type BatchBarProps = {
  readonly ids: ReadonlySet<string>;
  readonly onNone: () => void;
  /** Chooses all that the filters give. */
  readonly chooseAll?: ReactNode;
};

/** What is done with chosen devices: said, looked at, applied to all or none, and undone for ten minutes. */
export function BatchBar({ ids, onNone, chooseAll }: BatchBarProps) {
  const { f, l } = useListTexts();
  const queryClient = useQueryClient();
  const [action, setAction] = useState<Action>('maintenance');
  const [order, setOrder] = useState<Order | null>(null);
  const deviceIds = [...ids];
  const count = f.number(ids.size);
  const again = () => queryClient.invalidateQueries();
  const send = (dryRun: boolean) => async (asked: Order) => {
    if (asked.kind === 'change')
      return await changeDevices({ query: { dryRun }, body: { deviceIds, change: asked.change } });
    if (!dryRun) {
      const startsAt = Math.round(serverNow());
      const times = { startsAt, endsAt: startsAt + asked.hours * HOUR };
      await createMaintenance({ body: { title: asked.title, deviceIds, ...times } });
    }
    return null;
  };
  const look = useMutation({ mutationFn: send(true) });
  const apply = useMutation({ mutationFn: send(false), onSettled: again });
  const undo = useMutation({ mutationFn: (batchId: string) => undoBatch({ params: { batchId } }), onSettled: again });
  const start = () => {
    for (const step of [look, apply, undo]) step.reset();
  };

  if (apply.isSuccess) {
    const { data } = apply;
    const id = data?.id ?? null;
    return (
      <div className="batch" role="status">
        <p className="batch-line">
          {undo.isSuccess ? l.undone : data === null ? l.announced : l.done(f.number(data.changed.length))}
          {undo.isError && <span className="state-down">{l.refused}</span>}
          {id !== null && !undo.isSuccess && (
            <>
              <button type="button" className="button" disabled={undo.isPending} onClick={() => undo.mutate(id)}>
                {l.undo}
              </button>
              {data?.undoUntil != null && (
                <span className="muted small">{l.undoUntil(f.moment(data.undoUntil, serverNow()))}</span>
              )}
            </>
          )}
          <button
            type="button"
            className="button quiet"
            onClick={() => {
              start();
              onNone();
            }}
          >
            {l.close}
          </button>
        </p>
      </div>
    );
  }
  if (look.isSuccess && look.variables !== undefined) {
    const asked = look.variables;
    const isIdle = look.data !== null && look.data.changed.length === 0;
    return (
      <section className="batch" aria-label={l.preview}>
        {look.data === null ? (
          <p>{l.maintenanceOf(count, asked.kind === 'maintenance' ? f.number(asked.hours) : '')}</p>
        ) : (
          <Preview result={look.data} />
        )}
        <p className="batch-line">
          {!isIdle && (
            <button
              type="button"
              className="button primary"
              disabled={apply.isPending}
              onClick={() => apply.mutate(asked)}
            >
              {l.apply(look.data === null ? count : f.number(look.data.changed.length))}
            </button>
          )}
          <button type="button" className="button" onClick={start}>
            {l.back}
          </button>
          {apply.isError && (
            <span className="state-down" role="alert">
              {l.refused}
            </span>
          )}
        </p>
      </section>
    );
  }
  return (
    <section className="batch" aria-label={l.what}>
      <div className="batch-line">
        <strong>{l.chosen(count)}</strong>
        {chooseAll}
        <select
          className="field"
          aria-label={l.what}
          value={action}
          onChange={(event) => setAction(event.target.value as Action)}
        >
          {ACTIONS.map((value) => (
            <option key={value} value={value}>
              {l.actions[value]}
            </option>
          ))}
        </select>
        <Fields key={action} action={action} onOrder={setOrder} />
        <button
          type="button"
          className="button primary"
          disabled={order === null || look.isPending}
          onClick={() => order !== null && look.mutate(order)}
        >
          {l.preview}
        </button>
        <button type="button" className="button quiet" onClick={onNone}>
          {l.none}
        </button>
        {look.isError && (
          <span className="state-down" role="alert">
            {l.refused}
          </span>
        )}
      </div>
    </section>
  );
}
