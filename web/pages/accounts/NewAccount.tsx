import { type FormEvent, useState } from 'react';
import { ApiError } from '../../api/endpoint.ts';
import { createAccount } from '../../api/endpoints.ts';
import { createPasswordLink } from '../../api/security.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { useAccount } from '../../frame/account.ts';
import { useAccountChange } from './change.ts';
import { type Grant, GrantFields, isWhole } from './GrantFields.tsx';
import { useAccountsTexts } from './texts.ts';

type Props = {
  /** The account, with a link for whoever it is to set a password. */
  readonly onMade: (accountId: string, link: string) => void;
  readonly onClose: () => void;
};

export function NewAccount({ onMade, onClose }: Props) {
  const { a, t } = useAccountsTexts();
  const own = useAccount()?.regionCode ?? '';
  const [grant, setGrant] = useState<Grant>({
    role: 'officer',
    regionCode: own === '' ? null : own,
    agencySiteId: null,
  });
  const add = useAccountChange(
    async ({ name, displayName }: { name: string; displayName: string }) => {
      const { role, agencySiteId } = grant;
      const regionCode = grant.regionCode ?? '';
      const body = { name, displayName, role, regionCode, ...(role === 'agency' && { agencySiteId }) };
      const { id } = await createAccount({ body });
      return { id, link: await createPasswordLink({ params: { accountId: id } }) };
    },
    ({ id, link }) => onMade(id, link.url),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    add.mutate({ name: String(form.get('name')).trim(), displayName: String(form.get('displayName')).trim() });
  };
  const isTaken = add.error instanceof ApiError && add.error.code === 'conflict';
  return (
    <form className="form" onSubmit={submit}>
      <h2>{a.add}</h2>
      <div className="labelled">
        <label className="labelled">
          {a.name}
          <input
            className="field"
            name="name"
            required
            maxLength={100}
            pattern="[a-z0-9._@\-]+"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            aria-describedby="account-name-hint"
          />
        </label>
        <span className="form-hint" id="account-name-hint">
          {a.nameHint}
        </span>
      </div>
      <label className="labelled">
        {a.displayName}
        <input className="field" name="displayName" required maxLength={200} autoComplete="off" />
      </label>
      <GrantFields grant={grant} onChange={setGrant} />
      {isTaken ? (
        <p className="wrong" role="alert">
          {a.wrongName}
        </p>
      ) : (
        <Wrong error={add.error} />
      )}
      <div className="form-actions">
        <button type="submit" className="button primary" disabled={add.isPending || !isWhole(grant)}>
          {t.action.save}
        </button>
        <button type="button" className="button quiet" onClick={onClose}>
          {t.action.close}
        </button>
        {!isWhole(grant) && grant.role !== 'agency' && <span className="form-hint">{a.pickRegion}</span>}
      </div>
    </form>
  );
}
