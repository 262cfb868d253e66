import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Account } from '../../../core/contract/session.ts';
import * as api from '../../api/security.ts';
import { SecretText } from '../../components/form/SecretText.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { Sure } from '../portal/Sure.tsx';
import { SessionTable } from '../security/SessionTable.tsx';
import { TokenTable } from '../security/TokenTable.tsx';
import { useSecurityTexts } from '../security/texts.ts';
import { useAccountChange } from './change.ts';
import { useAccountsTexts } from './texts.ts';

type Known = NonNullable<ReturnType<typeof useKnown>['data']>;
const useKnown = (accountId: string) => useQuery(api.accountSecurityQuery(accountId));

/** How an account is opened, and where it is open. */
export function WaysIn({ account, link: invited }: { readonly account: Account; readonly link: string | undefined }) {
  const { a } = useAccountsTexts();
  const query = useKnown(account.id);
  return (
    <Answer query={query} what={a.signIn} waiting={<Skeleton rows={6} />}>
      {(known) => (
        <div className="account-ways">
          <section>
            <h3>{a.signIn}</h3>
            <p className="secondary">
              {known.hasPassword ? a.hasPassword : a.noPassword} ·{' '}
              {known.secondFactorSince === null ? a.factorOff : a.factorOn}
            </p>
            <PasswordLink account={account} expiresAt={known.linkExpiresAt} invited={invited} />
          </section>
          <Factor account={account} known={known} />
          <Identity account={account} known={known} />
          <Open account={account} known={known} />
        </div>
      )}
    </Answer>
  );
}

function PasswordLink(props: {
  readonly account: Account;
  readonly expiresAt: number | null;
  readonly invited: string | undefined;
}) {
  const { a, f } = useAccountsTexts();
  const params = { accountId: props.account.id };
  const [url, setUrl] = useState(props.invited);
  const make = useAccountChange(
    () => api.createPasswordLink({ params }),
    (made) => setUrl(made.url),
  );
  const drop = useAccountChange(
    () => api.removePasswordLink({ params }),
    () => setUrl(undefined),
  );
  if (props.account.disabled) return null;
  return (
    <div className="account-block">
      {url !== undefined && props.expiresAt !== null && (
        <div className="codes" role="status">
          {url === props.invited && <p>{a.invited}</p>}
          <SecretText label={a.linkLabel} value={url} copy={a.copy} copied={a.copied} />
        </div>
      )}
      {props.expiresAt !== null && <p>{a.linkOpen(f.dated(props.expiresAt))}</p>}
      <div className="form-actions">
        <button type="button" className="button" disabled={make.isPending} onClick={() => make.mutate(undefined)}>
          {a.makeLink}
        </button>
        {props.expiresAt !== null && (
          <button
            type="button"
            className="button quiet"
            disabled={drop.isPending}
            onClick={() => drop.mutate(undefined)}
          >
            {a.dropLink}
          </button>
        )}
      </div>
      <p className="form-hint">{a.linkHint}</p>
      <Wrong error={make.error ?? drop.error} />
    </div>
  );
}

function Factor({ account, known }: { readonly account: Account; readonly known: Known }) {
  const { a } = useAccountsTexts();
  const { s } = useSecurityTexts();
  const params = { accountId: account.id };
  const ask = useAccountChange((secondFactorRequired: boolean) =>
    api.changeAccountSecurity({ params, body: { secondFactorRequired } }),
  );
  const drop = useAccountChange(() => api.removeAccountSecondFactor({ params }));
  const isByRole = known.secondFactorRequired && !known.isAskedByName;
  return (
    <section className="account-block">
      <h3>{s.factor.title}</h3>
      {isByRole ? (
        <p className="secondary">{a.requiredByRole}</p>
      ) : (
        <label className="check">
          <input
            type="checkbox"
            checked={ask.isPending ? ask.variables : known.isAskedByName}
            disabled={ask.isPending}
            onChange={({ target }) => ask.mutate(target.checked)}
          />
          {a.requireFactor}
        </label>
      )}
      {!isByRole && known.secondFactorSince === null && <p className="form-hint">{a.requireHint}</p>}
      {known.secondFactorSince !== null && (
        <>
          <div>
            <Sure
              isMain
              text={a.dropFactor}
              question={a.dropSure}
              isBusy={drop.isPending}
              onSure={() => drop.mutate(undefined)}
            />
          </div>
          <p className="form-hint">{a.dropHint}</p>
        </>
      )}
      <Wrong error={ask.error ?? drop.error} />
    </section>
  );
}

function Identity({ account, known }: { readonly account: Account; readonly known: Known }) {
  const { a, t } = useAccountsTexts();
  const params = { accountId: account.id };
  const change = useAccountChange((body: { email: string | null } | { subject: null }) =>
    api.changeAccountSecurity({ params, body }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email')).trim();
    change.mutate({ email: email === '' ? null : email });
  };
  return (
    <form className="account-block" onSubmit={submit}>
      <label className="labelled">
        {a.email}
        <span className="account-email">
          <input
            key={known.email}
            className="field"
            name="email"
            type="email"
            maxLength={200}
            autoComplete="off"
            defaultValue={known.email ?? ''}
            aria-describedby="account-email-hint"
          />
          <button type="submit" className="button" disabled={change.isPending}>
            {t.action.save}
          </button>
        </span>
      </label>
      <p className="form-hint" id="account-email-hint">
        {a.emailHint}
      </p>
      {known.subject !== null && (
        <p>
          {a.bound(known.subject)}{' '}
          <button type="button" className="button quiet" onClick={() => change.mutate({ subject: null })}>
            {a.unbind}
          </button>
        </p>
      )}
      <Wrong error={change.error} />
    </form>
  );
}

function Open({ account, known }: { readonly account: Account; readonly known: Known }) {
  const { s } = useSecurityTexts();
  const accountId = account.id;
  const end = useAccountChange((sessionId: string) => api.endAccountSession({ params: { accountId, sessionId } }));
  const endAll = useAccountChange(() => api.endAccountSessions({ params: { accountId } }));
  const revoke = useAccountChange((tokenId: string) => api.revokeAccountToken({ params: { accountId, tokenId } }));
  return (
    <>
      <section className="account-block">
        <h3>{s.sessions.title}</h3>
        <SessionTable sessions={known.sessions} isBusy={end.isPending} onEnd={end.mutate} />
        {known.sessions.length > 1 && (
          <div>
            <Sure
              isMain
              text={s.sessions.endAll}
              question={s.sessions.endOthersSure}
              isBusy={endAll.isPending}
              onSure={() => endAll.mutate(undefined)}
            />
          </div>
        )}
      </section>
      {known.tokens.length > 0 && (
        <section className="account-block">
          <h3>{s.tokens.title}</h3>
          <TokenTable tokens={known.tokens} isBusy={revoke.isPending} onRevoke={revoke.mutate} />
        </section>
      )}
      <Wrong error={end.error ?? endAll.error ?? revoke.error} />
    </>
  );
}
