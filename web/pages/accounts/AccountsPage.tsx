import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import { ROLES } from '../../../core/contract/contract.ts';
import type { Account } from '../../../core/contract/session.ts';
import { ApiError } from '../../api/endpoint.ts';
import { createAccount, updateAccount } from '../../api/endpoints.ts';
import { accountsQuery } from '../../api/queries.ts';
import { Answer, PageHead } from '../../components/Screen.tsx';
import { useAccount } from '../../frame/account.ts';
import { useTexts } from '../../i18n/texts.tsx';
import '../../components/table.css';
import './accounts.css';

function Wrong({ error }: { readonly error: Error | null }) {
  const { t } = useTexts();
  if (error === null) return null;
  const faults = error instanceof ApiError ? error.faults : [];
  return (
    <p role="alert" className="account-wrong">
      {t.failure[error instanceof ApiError ? error.code : 'internal']} {faults.map(({ reason }) => reason).join('; ')}
    </p>
  );
}

function NewAccount() {
  const { t } = useTexts();
  const form = useRef<HTMLFormElement>(null);
  const queryClient = useQueryClient();
  const add = useMutation({
    mutationFn: (body: Parameters<typeof createAccount>[0]['body']) => createAccount({ body }),
    onSuccess: async () => {
      form.current?.reset();
      await queryClient.invalidateQueries({ queryKey: accountsQuery.queryKey });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const text = (name: string) => String(values.get(name) ?? '').trim();
    add.mutate({
      name: text('name'),
      displayName: text('displayName'),
      role: ROLES.find((role) => role === text('role')) ?? 'officer',
      regionCode: text('regionCode'),
      password: String(values.get('password') ?? ''),
    });
  };
  return (
    <section>
      <h2>{t.accounts.add}</h2>
      <form ref={form} className="new-account" onSubmit={submit}>
        <label className="labelled">
          {t.accounts.column.name}
          <input
            className="field"
            name="name"
            required
            maxLength={100}
            pattern="[a-z0-9._@\-]+"
            autoCapitalize="none"
            autoComplete="off"
          />
        </label>
        <label className="labelled">
          {t.accounts.column.displayName}
          <input className="field" name="displayName" required maxLength={200} autoComplete="off" />
        </label>
        <label className="labelled">
          {t.accounts.column.role}
          <select className="field" name="role" defaultValue="officer">
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {t.role[role]}
              </option>
            ))}
          </select>
        </label>
        <label className="labelled">
          {t.accounts.regionHint}
          <input className="field" name="regionCode" pattern="\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?" autoComplete="off" />
        </label>
        <label className="labelled">
          {t.accounts.password}
          <input
            className="field"
            name="password"
            type="password"
            required
            minLength={10}
            maxLength={200}
            autoComplete="new-password"
          />
        </label>
        <Wrong error={add.error} />
        <button type="submit" className="button primary" disabled={add.isPending}>
          {t.action.save}
        </button>
      </form>
    </section>
  );
}

function Row({ account, isMe }: { readonly account: Account; readonly isMe: boolean }) {
  const { t } = useTexts();
  const queryClient = useQueryClient();
  const toggle = useMutation({
    mutationFn: () => updateAccount({ params: { accountId: account.id }, body: { disabled: !account.disabled } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountsQuery.queryKey }),
  });
  return (
    <tr>
      <th scope="row">
        <span className="name">{account.displayName}</span>
        <span className="sub">{account.name}</span>
      </th>
      <td>{t.role[account.role]}</td>
      <td className="wide-only">
        {account.regionCode === '' ? t.failure.everyRegion : <span className="mono">{account.regionCode}</span>}
      </td>
      <td className={account.disabled ? 'muted' : ''}>{account.disabled ? t.accounts.disabled : t.accounts.active}</td>
      <td className="number">
        {isMe ? (
          <span className="muted">{t.accounts.you}</span>
        ) : (
          <button type="button" className="button quiet" disabled={toggle.isPending} onClick={() => toggle.mutate()}>
            {account.disabled ? t.accounts.enable : t.accounts.disable}
          </button>
        )}
        <Wrong error={toggle.error} />
      </td>
    </tr>
  );
}

export function AccountsPage() {
  const { t, f } = useTexts();
  const me = useAccount();
  const query = useQuery(accountsQuery);
  return (
    <div className="page">
      <PageHead
        title={t.accounts.title}
        context={query.data === undefined ? '\u00a0' : t.accounts.count(f.number(query.data.total))}
      />
      <Answer query={query} what={t.accounts.title}>
        {({ items }) => (
          <div className="accounts">
            <div className="table-box">
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{t.accounts.column.displayName}</th>
                    <th scope="col">{t.accounts.column.role}</th>
                    <th scope="col" className="wide-only">
                      {t.accounts.column.region}
                    </th>
                    <th scope="col">{t.accounts.column.status}</th>
                    <th />
                  </tr>
                </thead>
                <tbody>
                  {items.map((account) => (
                    <Row key={account.id} account={account} isMe={account.id === me?.id} />
                  ))}
                </tbody>
              </table>
            </div>
            <NewAccount />
          </div>
        )}
      </Answer>
    </div>
  );
}
