import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ListedAccount } from '../../../core/contract/session.ts';
import { accountsQuery } from '../../api/queries.ts';
import { Answer, Empty, PageHead } from '../../components/Screen.tsx';
import { Table } from '../../components/Table.tsx';
import { useAccount } from '../../frame/account.ts';
import { SideList } from '../portal/SideList.tsx';
import { AccountForm } from './AccountForm.tsx';
import { NewAccount } from './NewAccount.tsx';
import { useAccountsTexts } from './texts.ts';
import { WaysIn } from './WaysIn.tsx';
import './accounts.css';

/** Who may do what, where, and how they get in. */
export function AccountsPage() {
  const { a, t, f } = useAccountsTexts();
  const { edit, q = '' } = useSearch({ from: '/accounts' });
  const navigate = useNavigate({ from: '/accounts' });
  const me = useAccount();
  const query = useQuery(accountsQuery);
  /** The link of an account just made: shown here, and nowhere again. */
  const [made, setMade] = useState<{ readonly id: string; readonly link: string } | null>(null);
  const open = (id: string | undefined) => void navigate({ search: (before) => ({ ...before, edit: id }) });
  const matches = ({ name, displayName, role }: ListedAccount): boolean =>
    [name, displayName, t.role[role]].some((text) => text.toLowerCase().includes(q.toLowerCase()));
  return (
    <div className="page">
      <PageHead
        title={a.title}
        context={query.data === undefined ? '\u00a0' : a.count(f.number(query.data.total))}
        actions={
          <button type="button" className="button primary" onClick={() => open('new')}>
            {a.add}
          </button>
        }
      />
      <Answer query={query} what={a.title}>
        {({ items }) => {
          const chosen = items.find(({ id }) => id === edit);
          const shown = items.filter(matches);
          return (
            <SideList
              side={
                edit === 'new' ? (
                  <NewAccount
                    onClose={() => open(undefined)}
                    onMade={(id, link) => {
                      setMade({ id, link });
                      open(id);
                    }}
                  />
                ) : (
                  chosen !== undefined && (
                    <div key={chosen.id} className="account-side">
                      <AccountForm account={chosen} isMe={chosen.id === me?.id} onClose={() => open(undefined)} />
                      <WaysIn account={chosen} link={made?.id === chosen.id ? made.link : undefined} />
                    </div>
                  )
                )
              }
            >
              <input
                className="field account-find"
                type="search"
                aria-label={a.find}
                placeholder={a.find}
                value={q}
                onChange={({ target }) =>
                  void navigate({
                    search: (before) => ({ ...before, q: target.value === '' ? undefined : target.value }),
                    replace: true,
                  })
                }
              />
              {shown.length === 0 ? (
                <Empty title={a.none} />
              ) : (
                <AccountTable accounts={shown} chosenId={edit} meId={me?.id} onOpen={open} />
              )}
            </SideList>
          );
        }}
      </Answer>
    </div>
  );
}

function AccountTable(props: {
  readonly accounts: readonly ListedAccount[];
  readonly chosenId: string | undefined;
  readonly meId: string | undefined;
  readonly onOpen: (id: string) => void;
}) {
  const { a, t } = useAccountsTexts();
  const { column } = a;
  return (
    <Table columns={[column.displayName, column.role, [column.region, 'wide-only'], [column.status, 'roomy-only']]}>
      {props.accounts.map((account) => (
        <tr key={account.id} aria-current={account.id === props.chosenId}>
          <th scope="row">
            <button type="button" className="portal-open" onClick={() => props.onOpen(account.id)}>
              {account.displayName}
            </button>
            <span className="sub">
              {account.name}
              {account.id === props.meId && ` · ${a.you}`}
            </span>
          </th>
          <td>{t.role[account.role]}</td>
          <td className="wide-only">{account.regionCode === '' ? a.everyRegion : account.regionName}</td>
          <td className={account.disabled ? 'roomy-only muted' : 'roomy-only'}>
            {account.disabled ? a.disabled : a.active}
          </td>
        </tr>
      ))}
    </Table>
  );
}
