import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { DataRequest } from '../../../core/contract/portal/terms.ts';
import { completeDataRequest, dataRequestsQuery, forgottenQuery } from '../../api/portal.ts';
import { Segments } from '../../components/Filters.tsx';
import { FormFoot } from '../../components/form/FormFoot.tsx';
import { Moment } from '../../components/Moments.tsx';
import { useNow } from '../../components/now.ts';
import { PagedList } from '../../components/PagedList.tsx';
import { Empty } from '../../components/Screen.tsx';
import { Table } from '../../components/Table.tsx';
import { usePortalChange, useRights } from './change.ts';
import { PortalPage } from './PortalPage.tsx';
import { SideList } from './SideList.tsx';
import { usePortalTexts } from './texts.ts';

const MOST_OUTCOME = 500;

/** How long there is still, by the clock of the law. */
function Clock({ request }: { readonly request: DataRequest }) {
  const { p, f } = usePortalTexts();
  const now = useNow();
  const left = request.dueAt - now;
  return (
    <>
      <Moment at={request.dueAt} />
      {request.doneAt === null && (
        <span className={left < 0 ? 'sub portal-late' : 'sub'}>
          {left < 0 ? p.requests.late(f.lasting(-left)) : p.requests.left(f.lasting(left))}
        </span>
      )}
    </>
  );
}

function Work({ request, onClose }: { readonly request: DataRequest; readonly onClose: () => void }) {
  const { p } = usePortalTexts();
  const [outcome, setOutcome] = useState('');
  const save = usePortalChange(
    () => completeDataRequest({ params: { requestId: request.id }, body: { outcome: outcome.trim() } }),
    onClose,
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <form className="form" onSubmit={submit}>
      <h2>{p.requests.kind[request.kind]}</h2>
      {request.kind === 'erase' && <p className="portal-note">{p.requests.eraseHint}</p>}
      <label className="labelled">
        {p.requests.outcome}
        <textarea
          className="field"
          rows={4}
          required
          maxLength={MOST_OUTCOME}
          value={outcome}
          onChange={({ target }) => setOutcome(target.value)}
        />
        <span className="form-hint">{p.requests.outcomeHint}</span>
      </label>
      <FormFoot error={save.error} submit={p.requests.save} isDisabled={save.isPending} onClose={onClose} />
    </form>
  );
}

function Rows({
  items,
  asked,
  onOpen,
}: {
  readonly items: readonly DataRequest[];
  readonly asked: string | undefined;
  readonly onOpen: (id: string) => void;
}) {
  const { p } = usePortalTexts();
  const { column } = p.requests;
  return (
    <Table
      columns={[
        column.kind,
        [column.asked, 'wide-only'],
        column.due,
        [items.some(({ doneAt }) => doneAt !== null) ? column.outcome : column.action, 'portal-action'],
      ]}
    >
      {items.map((request) => (
        <tr key={request.id} aria-current={request.id === asked}>
          <th scope="row" className="name">
            {p.requests.kind[request.kind]}
          </th>
          <td className="wide-only">
            <Moment at={request.askedAt} />
          </td>
          <td>
            <Clock request={request} />
          </td>
          <td className="portal-action">
            {request.doneAt === null ? (
              <button type="button" className="button" onClick={() => onOpen(request.id)}>
                {p.requests.finish}
              </button>
            ) : (
              <>
                {request.outcome}
                <span className="sub">
                  <Moment at={request.doneAt} />
                  {request.doneByName !== null && ` · ${p.requests.by(request.doneByName)}`}
                </span>
              </>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** What the nightly removal of old data did. */
function Retention() {
  const { p, f } = usePortalTexts();
  const items = useQuery(forgottenQuery).data?.items;
  if (items === undefined) return null;
  const { retentionColumn: column } = p.requests;
  return (
    <section className="portal-section">
      <h2>{p.requests.retention}</h2>
      {items.length === 0 ? (
        <p className="secondary">{p.requests.retentionNone}</p>
      ) : (
        <Table columns={[column.dataClass, column.at, [column.olderThan, 'wide-only'], [column.rows, 'number']]}>
          {items.map((run) => (
            <tr key={`${run.at} ${run.dataClass}`}>
              <th scope="row">{p.requests.dataClass[run.dataClass] ?? run.dataClass}</th>
              <td>
                <Moment at={run.at} />
              </td>
              <td className="wide-only">{f.date(run.olderThan)}</td>
              <td className="number">{f.number(run.rows)}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

/** The queue of what people ask of their data, with its clock. */
export function RequestsPage() {
  const { p } = usePortalTexts();
  const { done, page = 1, edit: asked } = useSearch({ from: '/portal/requests' });
  const navigate = useNavigate({ from: '/portal/requests' });
  const edit = (id: string | undefined) => void navigate({ search: (previous) => ({ ...previous, edit: id }) });
  const { isEditor } = useRights();
  const isOpen = done !== true;
  const query = useQuery(dataRequestsQuery(isOpen, page));
  return (
    <PortalPage context={p.requests.context}>
      <div className="filters">
        <Segments
          label={p.requests.which}
          value={isOpen ? 'open' : 'done'}
          options={[
            { value: 'open', text: p.requests.open },
            { value: 'done', text: p.requests.done },
          ]}
          onChange={(which) =>
            void navigate({
              search: (previous) => ({
                ...previous,
                page: undefined,
                edit: undefined,
                done: which === 'done' ? true : undefined,
              }),
            })
          }
        />
      </div>
      <div className="portal-stack">
        <PagedList
          query={query}
          what={p.tab.requests}
          empty={
            <Empty title={isOpen ? p.requests.none : p.requests.noneDone}>
              {isOpen ? p.requests.noneHint : undefined}
            </Empty>
          }
          around={(list, items) => {
            const chosen = items.find(({ id, doneAt }) => id === asked && doneAt === null);
            return (
              <SideList
                side={chosen !== undefined && <Work key={chosen.id} request={chosen} onClose={() => edit(undefined)} />}
              >
                {list}
              </SideList>
            );
          }}
        >
          {(items) => <Rows items={items} asked={asked} onOpen={edit} />}
        </PagedList>
        {isEditor && <Retention />}
      </div>
    </PortalPage>
  );
}
