import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Party, Statement } from '../../../core/contract/statements.ts';
import { addressOf } from '../../api/endpoint.ts';
import { type StatementParty, statementListQuery, statementQuery } from '../../api/queries.ts';
import { Answer, Empty, PageHead } from '../../components/Screen.tsx';
import { monthsBetween, monthText } from './months.ts';
import { StatementTable } from './StatementTable.tsx';
import { useStatementTexts } from './texts.ts';
import '../../components/table.css';
import './statements.css';

type Listed = { readonly party: Party; readonly links: number };

const keyOf = (party: Party): string =>
  party.kind === 'provider' ? `provider:${party.provider}` : `agency:${party.siteId}`;
const askedOf = (party: Party): StatementParty =>
  party.kind === 'provider' ? { provider: party.provider } : { agency: party.siteId };
const nameOf = (party: Party): string => (party.kind === 'provider' ? party.provider : party.name);

function PartyPick({
  items,
  value,
  onChange,
}: {
  readonly items: readonly Listed[];
  readonly value: string;
  readonly onChange: (party: Party) => void;
}) {
  const { s } = useStatementTexts();
  const groups = [
    { label: s.providers, kind: 'provider' },
    { label: s.agencies, kind: 'agency' },
  ] as const;
  return (
    <select
      className="field"
      aria-label={s.party}
      value={value}
      onChange={(event) => {
        const chosen = items.find(({ party }) => keyOf(party) === event.target.value);
        if (chosen !== undefined) onChange(chosen.party);
      }}
    >
      {groups.map(({ label, kind }) => (
        <optgroup key={kind} label={label}>
          {items
            .filter(({ party }) => party.kind === kind)
            .map(({ party, links }) => (
              <option key={keyOf(party)} value={keyOf(party)}>
                {nameOf(party)} ({links})
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}

function Downloads(asked: { readonly month: string; readonly query: object }) {
  const { s, language } = useStatementTexts();
  const address = (more: object) =>
    addressOf('/api/v1/statements/:month/file', { month: asked.month }, { ...asked.query, ...more, language });
  return (
    <div className="statement-files">
      <a className="button primary" href={address({ format: 'pdf' })} download>
        {s.downloadPdf}
      </a>
      <a className="button" href={address({ format: 'csv' })} download>
        {s.downloadLinks}
      </a>
      <a className="button" href={address({ format: 'csv', table: 'outages' })} download>
        {s.downloadOutages}
      </a>
    </div>
  );
}

function Shown({ statement }: { readonly statement: Statement }) {
  const { s, f } = useStatementTexts();
  const { totals } = statement;
  if (statement.links.length === 0) return <Empty title={s.empty}>{s.chooseHint}</Empty>;
  return (
    <>
      <p className="statement-summary">
        {s.summary(f.number(totals.met), f.number(totals.links))} · {s.back(`Rp${f.number(totals.restitutionRupiah)}`)}.{' '}
        <span className="secondary">{statement.isFinal ? s.final : s.running}</span>
      </p>
      <StatementTable statement={statement} />
    </>
  );
}

function Chosen({ month, party }: { readonly month: string; readonly party: Party }) {
  const { s } = useStatementTexts();
  const { region } = useSearch({ from: '/statements' });
  const query = useQuery(statementQuery(month, askedOf(party), { region }));
  return (
    <Answer query={query} what={s.title}>
      {(statement) => <Shown statement={statement} />}
    </Answer>
  );
}

export function StatementsPage() {
  const { s, f } = useStatementTexts();
  const { region, month: asked, provider, agency } = useSearch({ from: '/statements' });
  const navigate = useNavigate({ from: '/statements' });
  const list = useQuery(statementListQuery({ region }));
  const wanted = provider === undefined ? `agency:${agency}` : `provider:${provider}`;
  const chosen = (list.data?.items.find(({ party }) => keyOf(party) === wanted) ?? list.data?.items[0])?.party;
  const month = asked ?? list.data?.month;
  return (
    <div className="page">
      <PageHead
        title={s.title}
        context={
          chosen === undefined || month === undefined ? '\u00a0' : `${nameOf(chosen)} · ${monthText(month, f.language)}`
        }
        actions={
          chosen !== undefined &&
          month !== undefined && <Downloads month={month} query={{ ...askedOf(chosen), ...(region && { region }) }} />
        }
      />
      <Answer query={list} what={s.title}>
        {({ items, month: running, firstMonth }) =>
          chosen === undefined || month === undefined ? (
            <Empty title={s.none}>{s.noneHint}</Empty>
          ) : (
            <>
              <div className="filters">
                <select
                  className="field"
                  aria-label={s.month}
                  value={month}
                  onChange={(event) =>
                    void navigate({ search: (previous) => ({ ...previous, month: event.target.value }) })
                  }
                >
                  {monthsBetween(firstMonth ?? running, running, month).map((each) => (
                    <option key={each} value={each}>
                      {monthText(each, f.language)}
                    </option>
                  ))}
                </select>
                <PartyPick
                  items={items}
                  value={keyOf(chosen)}
                  onChange={(party) =>
                    void navigate({
                      search: (previous) => ({
                        ...previous,
                        provider: undefined,
                        agency: undefined,
                        ...askedOf(party),
                      }),
                    })
                  }
                />
              </div>
              <Chosen month={month} party={chosen} />
            </>
          )
        }
      </Answer>
    </div>
  );
}
