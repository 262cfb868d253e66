import { type FormEvent, useState } from 'react';
import type { Account } from '../../../core/contract/session.ts';
import { ApiError } from '../../api/endpoint.ts';
import { updateAccount } from '../../api/endpoints.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { HistoryLink } from '../audit/HistoryLink.tsx';
import { Sure } from '../portal/Sure.tsx';
import { useAccountChange } from './change.ts';
import { type Grant, GrantFields, isWhole } from './GrantFields.tsx';
import { useAccountsTexts } from './texts.ts';

type Props = { readonly account: Account; readonly isMe: boolean; readonly onClose: () => void };

/** Name, role and place of an account; nobody switches off or demotes the account they sit in. */
export function AccountForm({ account, isMe, onClose }: Props) {
  const { a, t } = useAccountsTexts();
  const [displayName, setDisplayName] = useState(account.displayName);
  const [grant, setGrant] = useState<Grant>(account);
  const save = useAccountChange((body: Parameters<typeof updateAccount>[0]['body']) =>
    updateAccount({ params: { accountId: account.id }, body }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { role, regionCode, agencySiteId } = grant;
    const place = role === 'agency' ? { agencySiteId } : { regionCode: regionCode ?? '' };
    save.mutate({ displayName: displayName.trim(), ...(!isMe && { role, ...place }) });
  };
  const isLast = save.error instanceof ApiError && save.error.code === 'conflict';
  return (
    <form className="form" onSubmit={submit}>
      <div>
        <h2>{account.displayName}</h2>
        <p className="secondary">
          {account.name}
          {isMe && ` · ${a.you}`}
        </p>
      </div>
      <label className="labelled">
        {a.displayName}
        <input
          className="field"
          required
          maxLength={200}
          autoComplete="off"
          value={displayName}
          onChange={({ target }) => setDisplayName(target.value)}
        />
      </label>
      {!isMe && <GrantFields grant={grant} onChange={setGrant} />}
      {isLast ? (
        <p className="wrong" role="alert">
          {a.lastAdmin}
        </p>
      ) : (
        <Wrong error={save.error} />
      )}
      <div className="form-actions">
        <button type="submit" className="button primary" disabled={save.isPending || !isWhole(grant)}>
          {t.action.save}
        </button>
        <button type="button" className="button quiet" onClick={onClose}>
          {t.action.close}
        </button>
        <HistoryLink id={account.id} />
        {!isMe &&
          (account.disabled ? (
            <button type="button" className="button quiet" onClick={() => save.mutate({ disabled: false })}>
              {a.enable}
            </button>
          ) : (
            <Sure
              text={a.disable}
              question={a.disableSure}
              isBusy={save.isPending}
              onSure={() => save.mutate({ disabled: true })}
            />
          ))}
        {save.isSuccess && (
          <span role="status" className="done-line">
            {a.saved}
          </span>
        )}
      </div>
    </form>
  );
}
