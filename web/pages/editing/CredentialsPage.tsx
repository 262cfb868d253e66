import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Credential } from '../../../core/contract/credentials.ts';
import { ApiError } from '../../api/endpoint.ts';
import { createCredential, credentialsQuery, deleteCredential, updateCredential } from '../../api/inventory.ts';
import { catalogueQuery } from '../../api/queries.ts';
import { FormFoot } from '../../components/form/FormFoot.tsx';
import { NameField } from '../../components/form/NameField.tsx';
import { Answer, Empty } from '../../components/Screen.tsx';
import { useAccount } from '../../frame/account.ts';
import { SchemaFields } from '../settings/SchemaFields.tsx';
import { schemaFields, settingsOf } from '../settings/schema-fields.ts';
import { EditPage } from './EditFrame.tsx';
import { RetireButton } from './RetireButton.tsx';
import { useEditTexts } from './texts.ts';
import '../../components/table.css';

/** Opens one credential for change, `new` for another one, or none. */
function useOpen() {
  const navigate = useNavigate({ from: '/credentials' });
  return (edit: string | undefined) =>
    void navigate({ search: (previous) => ({ ...previous, edit }), resetScroll: false });
}

/** What is stored is never shown: settings are replaced as a whole, or stay. Nothing of them is kept in the browser. */
function CredentialForm({ credential }: { readonly credential: Credential | null }) {
  const { e, language } = useEditTexts();
  const kinds = useQuery(catalogueQuery).data?.credentialKinds ?? [];
  const open = useOpen();
  const queryClient = useQueryClient();
  const [name, setName] = useState(credential?.name ?? '');
  const [kindId, setKindId] = useState(credential?.kind ?? '');
  const [isReplacing, setReplacing] = useState(credential === null);
  const kind = kinds.find(({ id }) => id === kindId) ?? (credential === null ? kinds[0] : undefined);
  const fields = kind === undefined ? [] : schemaFields(kind.settings, kind.secrets);
  const done = async () => {
    await queryClient.invalidateQueries({ queryKey: credentialsQuery.queryKey });
    open(undefined);
  };
  const save = useMutation({
    mutationFn: (settings: Record<string, unknown>) =>
      credential === null
        ? createCredential({ body: { name, kind: kind?.id ?? '', settings } })
        : updateCredential({
            params: { credentialId: credential.id },
            body: { name, ...(isReplacing ? { settings } : {}) },
          }),
    onSuccess: done,
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    save.mutate(settingsOf(fields, new FormData(event.currentTarget)));
  };
  const hasNoKey = save.error instanceof ApiError && save.error.code === 'config';
  const isTaken = save.error instanceof ApiError && save.error.code === 'conflict';
  return (
    <form
      className="form credential-form"
      onSubmit={submit}
      aria-label={credential === null ? e.credentials.new : e.credentials.edit(credential.name)}
    >
      <h2>{credential === null ? e.credentials.new : e.credentials.edit(credential.name)}</h2>
      <NameField label={e.field['name'] ?? ''} value={name} maxLength={100} onChange={setName} />
      {credential === null && (
        <label className="labelled">
          {e.field['kind']}
          <select className="field" value={kind?.id ?? ''} onChange={({ target }) => setKindId(target.value)}>
            {kinds.map(({ id, label }) => (
              <option key={id} value={id}>
                {label[language]}
              </option>
            ))}
          </select>
        </label>
      )}
      {credential !== null && (
        <>
          <p className="secondary">{e.credentials.keep}</p>
          <label className="check">
            <input type="checkbox" checked={isReplacing} onChange={({ target }) => setReplacing(target.checked)} />
            {e.credentials.replace}
          </label>
        </>
      )}
      {isReplacing && (
        <SchemaFields key={kind?.id ?? ''} fields={fields} values={{}} secretsSet={[]} names={e.setting} />
      )}
      {hasNoKey && <p role="alert">{e.credentials.config}</p>}
      {isTaken && (
        <p role="alert" className="wrong">
          {e.taken}
        </p>
      )}
      <FormFoot
        error={hasNoKey || isTaken ? null : save.error}
        submit={e.save}
        isDisabled={save.isPending || kind === undefined}
        onClose={() => open(undefined)}
      >
        {credential !== null && credential.devices === 0 && (
          <RetireButton
            text={e.credentials.remove}
            question={e.credentials.removeSure}
            retire={() => deleteCredential({ params: { credentialId: credential.id } })}
            onDone={done}
          />
        )}
      </FormFoot>
    </form>
  );
}

/** `/credentials`: what signs in to devices, by name; what it consists of only ever goes in. */
export function CredentialsPage() {
  const { e, f, language } = useEditTexts();
  const { edit } = useSearch({ from: '/credentials' });
  const open = useOpen();
  const account = useAccount();
  const query = useQuery(credentialsQuery);
  const kinds = useQuery(catalogueQuery).data?.credentialKinds ?? [];
  const mayChange = account?.regionCode === '';
  const add = (
    <button type="button" className="button primary" onClick={() => open('new')}>
      {e.credentials.new}
    </button>
  );
  return (
    <EditPage title={e.credentials.title} context={e.credentials.context}>
      <Answer query={query} what={e.credentials.title}>
        {({ items }) => {
          const chosen = items.find(({ id }) => id === edit);
          return (
            <>
              {edit === 'new' && mayChange && <CredentialForm key="new" credential={null} />}
              {chosen !== undefined && mayChange && <CredentialForm key={chosen.id} credential={chosen} />}
              {!mayChange && <p className="secondary edit-note">{e.credentials.everywhere}</p>}
              {items.length === 0 ? (
                (edit !== 'new' || !mayChange) && (
                  <Empty title={e.credentials.empty} action={mayChange && add}>
                    {e.credentials.emptyHint}
                  </Empty>
                )
              ) : (
                <>
                  <div className="table-box">
                    <table className="table">
                      <thead>
                        <tr>
                          <th scope="col">{e.field['name']}</th>
                          <th scope="col" className="wide-only">
                            {e.field['kind']}
                          </th>
                          <th scope="col" className="number">
                            {e.credentials.uses}
                          </th>
                        </tr>
                      </thead>
                      <tbody>
                        {items.map((credential) => (
                          <tr key={credential.id} aria-current={credential.id === edit ? 'true' : undefined}>
                            <th scope="row">
                              {mayChange ? (
                                <button type="button" className="edit-open" onClick={() => open(credential.id)}>
                                  {credential.name}
                                </button>
                              ) : (
                                credential.name
                              )}
                            </th>
                            <td className="wide-only">
                              {kinds.find(({ id }) => id === credential.kind)?.label[language] ?? credential.kind}
                            </td>
                            <td className="number">
                              {credential.devices === 0 ? (
                                <span className="muted">{e.credentials.unused}</span>
                              ) : (
                                e.credentials.usedBy(f.number(credential.devices))
                              )}
                            </td>
                          </tr>
                        ))}
                      </tbody>
                    </table>
                  </div>
                  {edit !== 'new' && mayChange && <p className="import-foot">{add}</p>}
                </>
              )}
            </>
          );
        }}
      </Answer>
    </EditPage>
  );
}
