import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { API_TOKEN_DAYS_MOST, API_TOKEN_SCOPES, type ApiTokenScope } from '../../../core/domain/api-token.ts';
import { createMyToken, myTokensQuery, revokeMyToken } from '../../api/security.ts';
import { NameField } from '../../components/form/NameField.tsx';
import { SecretText } from '../../components/form/SecretText.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { useOwnChange } from './change.ts';
import { Section } from './Section.tsx';
import { TokenTable } from './TokenTable.tsx';
import { useSecurityTexts } from './texts.ts';

const DAYS = [30, 90, 180, API_TOKEN_DAYS_MOST - 1];

export function TokensSection() {
  const { s } = useSecurityTexts();
  const query = useQuery(myTokensQuery);
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const revoke = useOwnChange((tokenId: string) => revokeMyToken({ params: { tokenId } }));
  return (
    <Section title={s.tokens.title} text={s.tokens.text}>
      {made !== null && (
        <div className="codes" role="status">
          <p>{s.tokens.once}</p>
          <SecretText label={s.tokens.token} value={made} copy={s.tokens.copy} copied={s.tokens.copied} />
        </div>
      )}
      <Answer query={query} what={s.tokens.title} waiting={<Skeleton rows={2} />}>
        {({ items }) => (
          <TokenTable
            tokens={items}
            isBusy={revoke.isPending}
            onRevoke={(id) => {
              setMade(null);
              revoke.mutate(id);
            }}
          />
        )}
      </Answer>
      <Wrong error={revoke.error} />
      {isAdding ? (
        <TokenForm
          onMade={(token) => {
            setMade(token);
            setAdding(false);
          }}
          onCancel={() => setAdding(false)}
        />
      ) : (
        <button
          type="button"
          className="button"
          onClick={() => {
            setMade(null);
            setAdding(true);
          }}
        >
          {s.tokens.add}
        </button>
      )}
    </Section>
  );
}

function TokenForm({ onMade, onCancel }: { readonly onMade: (token: string) => void; readonly onCancel: () => void }) {
  const { s, t, f } = useSecurityTexts();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly ApiTokenScope[]>(['read']);
  const [days, setDays] = useState(90);
  const create = useOwnChange(
    () => createMyToken({ body: { name: name.trim(), scopes: [...scopes], days } }),
    ({ token }) => onMade(token),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (scopes.length > 0) create.mutate(undefined);
  };
  return (
    <form className="form" onSubmit={submit}>
      <NameField label={s.tokens.name} maxLength={60} value={name} onChange={setName} />
      <fieldset className="group token-scope-choice">
        <legend>{s.tokens.scopes}</legend>
        {API_TOKEN_SCOPES.map((scope) => (
          <label key={scope} className="check">
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={({ target }) =>
                setScopes(target.checked ? [...scopes, scope] : scopes.filter((one) => one !== scope))
              }
            />
            {s.tokens.scope[scope]}
          </label>
        ))}
        {scopes.length === 0 && (
          <p className="wrong" role="alert">
            {s.tokens.noScope}
          </p>
        )}
      </fieldset>
      <label className="labelled">
        {s.tokens.days}
        <select className="field" value={days} onChange={({ target }) => setDays(Number(target.value))}>
          {DAYS.map((one) => (
            <option key={one} value={one}>
              {s.tokens.forDays(f.number(one))}
            </option>
          ))}
        </select>
      </label>
      <Wrong error={create.error} />
      <div className="form-actions">
        <button type="submit" className="button primary" disabled={create.isPending || scopes.length === 0}>
          {s.tokens.create}
        </button>
        <button type="button" className="button quiet" onClick={onCancel}>
          {t.action.cancel}
        </button>
      </div>
    </form>
  );
}
