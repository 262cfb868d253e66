import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Now, WeighedIncident } from '../../../core/contract/now.ts';
import { serverNow } from '../../api/endpoint.ts';
import { acknowledgeIncident } from '../../api/endpoints.ts';
import { useIncidentWords } from '../../components/incident-words.ts';
import { Ago, Since } from '../../components/Moments.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { mayEditInventory, useAccount } from '../../frame/account.ts';
import { useNowTexts } from './texts.ts';

/** Takes an incident: the screen says so at once, and takes it back where the server refuses. */
function useTake() {
  const queryClient = useQueryClient();
  const me = useAccount();
  return useMutation({
    mutationFn: (incidentId: string) => acknowledgeIncident({ params: { incidentId } }),
    onMutate: async (incidentId) => {
      await queryClient.cancelQueries({ queryKey: ['now'] });
      const before = queryClient.getQueriesData<Now>({ queryKey: ['now'] });
      queryClient.setQueriesData<Now>({ queryKey: ['now'] }, (now) =>
        now === undefined
          ? now
          : {
              ...now,
              waiting: Math.max(0, now.waiting - 1),
              incidents: now.incidents.map((incident) =>
                incident.id === incidentId
                  ? { ...incident, acknowledged: { at: serverNow(), by: me?.displayName ?? '' } }
                  : incident,
              ),
            },
      );
      return before;
    },
    onError: (_error, _id, before) => {
      for (const [key, now] of before ?? []) queryClient.setQueryData(key, now);
    },
    onSettled: () =>
      Promise.all(['now', 'incidents', 'incident'].map((of) => queryClient.invalidateQueries({ queryKey: [of] }))),
  });
}

type Take = ReturnType<typeof useTake>;

function useMayTake(): (incident: WeighedIncident) => boolean {
  const me = useAccount();
  const mends = mayEditInventory(me);
  return ({ isMine, acknowledged, assignee }) => mends && isMine && acknowledged === null && assignee === null;
}

function Row({ incident, take, mayTake }: { incident: WeighedIncident; take: Take; mayTake: boolean }) {
  const { t, n } = useNowTexts();
  const words = useIncidentWords();
  const me = useAccount();
  const title = words.title(incident);
  const cause = words.cause(incident);
  const who = incident.assignee?.name ?? incident.acknowledged?.by;
  const hasFailed = take.isError && take.variables === incident.id;
  return (
    <li className="now-row" data-incident={incident.id}>
      <span className="now-mark">
        <StateMark
          mark={incident.cause === 'planned' ? 'planned' : 'down'}
          size={14}
          label={incident.cause === 'planned' ? t.incidents.cause.planned : t.state.down}
        />
      </span>
      <span className="now-what">
        <Link to="/incidents/$incidentId" params={{ incidentId: incident.id }} className="name">
          {title}
        </Link>
        {incident.isFlapping && <span className="now-flapping">{t.incidents.flapping}</span>}
        <span className="sub">{words.place(incident)}</span>
        <span className="sub">
          {cause.text}
          {cause.sure !== '' && ` · ${cause.sure}`}
        </span>
      </span>
      <span className="now-effect">{words.effect(incident)}</span>
      <span className="now-when">
        <Since at={incident.startedAt} />
        {incident.newest !== null && incident.newest.kind !== 'opened' && (
          <span className="sub">
            {[incident.newest.by, t.incidents.event[incident.newest.kind]].filter(Boolean).join(' ')}{' '}
            <Ago at={incident.newest.at} />
          </span>
        )}
      </span>
      <span className="now-who">
        {who !== undefined ? (
          <span className="secondary">{who === me?.displayName ? n.mine : who}</span>
        ) : mayTake ? (
          <button
            type="button"
            className="button"
            aria-label={n.takeNamed(title)}
            disabled={take.isPending && take.variables === incident.id}
            onClick={() => take.mutate(incident.id)}
          >
            {n.take}
          </button>
        ) : (
          <span className="muted">{n.nobody}</span>
        )}
        {hasFailed && (
          <span className="sub state-down" role="alert">
            {n.takeFailed}
          </span>
        )}
      </span>
    </li>
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable);

/** Incidents, the heaviest first; `j` and `k` go from one to the next, Enter opens, `a` takes it. */
export function IncidentRows({ incidents }: { readonly incidents: readonly WeighedIncident[] }) {
  const { n } = useNowTexts();
  const list = useRef<HTMLOListElement>(null);
  const take = useTake();
  const mayTake = useMayTake();
  const takeRef = useRef((_: string) => {});
  takeRef.current = (id) => {
    const incident = incidents.find((candidate) => candidate.id === id);
    if (incident !== undefined && mayTake(incident)) take.mutate(id);
  };

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent | KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const rows = [...(list.current?.children ?? [])];
      const at = rows.findIndex((row) => row.contains(document.activeElement));
      if (event.key === 'j' || event.key === 'k') {
        const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + (event.key === 'j' ? 1 : -1)));
        rows[next]?.querySelector<HTMLElement>('a.name')?.focus();
        event.preventDefault();
      }
      const id = (rows[at] as HTMLElement | undefined)?.dataset['incident'];
      if (event.key === 'a' && id !== undefined) {
        takeRef.current(id);
        event.preventDefault();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  return (
    <>
      <ol className="now-list" ref={list}>
        {incidents.map((incident) => (
          <Row key={incident.id} incident={incident} take={take} mayTake={mayTake(incident)} />
        ))}
      </ol>
      <p className="now-keys muted small wide-only">
        <span className="hidden-visually">{n.keys}</span>
        <span aria-hidden="true">
          <kbd>j</kbd> <kbd>k</kbd> {n.keyNames.move} · <kbd>{n.keyNames.enter}</kbd> {n.keyNames.open} · <kbd>a</kbd>{' '}
          {n.keyNames.take}
        </span>
      </p>
    </>
  );
}
