import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { NewRecipient, Recipient } from '../../../core/contract/recipients.ts';
import {
  channelsQuery,
  createRecipient,
  deleteRecipient,
  recipientsQuery,
  updateRecipient,
} from '../../api/notices.ts';
import { NameField } from '../../components/form/NameField.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { type Target, TargetPicker } from '../../components/targets/TargetPicker.tsx';
import { useEdit, useNoticeChange } from './change.ts';
import { EditableList } from './EditableList.tsx';
import { QuietFields, RegionField, RegionName, RoleField } from './fields.tsx';
import { Remove } from './Remove.tsx';
import { useSettingsTexts } from './texts.ts';

function Addresses({
  addresses,
  onChange,
}: {
  readonly addresses: NewRecipient['addresses'];
  readonly onChange: (addresses: NewRecipient['addresses']) => void;
}) {
  const { s } = useSettingsTexts();
  const channels = useQuery(channelsQuery).data?.items ?? [];
  return (
    <fieldset className="group">
      <legend>{s.addresses}</legend>
      {channels.length === 0 && <p className="form-hint">{s.noChannels}</p>}
      {channels.map(({ id, name }) => (
        <label key={id} className="labelled">
          {name}
          <input
            className="field"
            maxLength={320}
            autoCapitalize="none"
            autoComplete="off"
            placeholder={s.noAddress}
            value={addresses.find(({ channelId }) => channelId === id)?.to ?? ''}
            onChange={({ target }) =>
              onChange([
                ...addresses.filter(({ channelId }) => channelId !== id),
                ...(target.value === '' ? [] : [{ channelId: id, to: target.value }]),
              ])
            }
          />
        </label>
      ))}
    </fieldset>
  );
}

type Draft = Required<Omit<NewRecipient, 'accountId'>> & { readonly siteName: string | null };

const FRESH: Draft = {
  name: '',
  role: 'engineer',
  regionCode: '',
  siteId: null,
  siteName: null,
  language: 'id',
  addresses: [],
  quietHours: null,
  enabled: true,
};

function RecipientForm({ recipient }: { readonly recipient: Recipient | null }) {
  const { t, s } = useSettingsTexts();
  const edit = useEdit();
  const [draft, setDraft] = useState<Draft>(recipient ?? FRESH);
  const set = (more: Partial<Draft>) => setDraft({ ...draft, ...more });
  const save = useNoticeChange(
    (body: NewRecipient) =>
      recipient === null ? createRecipient({ body }) : updateRecipient({ params: { recipientId: recipient.id }, body }),
    ({ id }) => edit(id),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { name, role, regionCode, siteId, language, quietHours, enabled } = draft;
    const addresses = draft.addresses.map(({ channelId, to }) => ({ channelId, to: to.trim() }));
    save.mutate({
      name: name.trim(),
      role,
      regionCode,
      siteId: role === 'officer' ? siteId : null,
      language,
      quietHours,
      enabled,
      addresses,
    });
  };
  const site: readonly Target[] =
    draft.siteId === null ? [] : [{ kind: 'site', id: draft.siteId, name: draft.siteName ?? draft.siteId }];
  return (
    <form className="form" onSubmit={submit}>
      <h2>{recipient === null ? s.addRecipient : recipient.name}</h2>
      <NameField label={s.personName} maxLength={100} value={draft.name} onChange={(name) => set({ name })} />
      <RoleField role={draft.role} onChange={(role) => set({ role })} />
      <RegionField code={draft.regionCode} onChange={(regionCode) => set({ regionCode })} />
      {draft.role === 'officer' && (
        <TargetPicker
          label={s.officerSite}
          kinds={['site']}
          isSingle
          chosen={site}
          onChange={([target]) => set({ siteId: target?.id ?? null, siteName: target?.name ?? null })}
        />
      )}
      <label className="labelled">
        {t.nav.language}
        <select
          className="field"
          value={draft.language}
          onChange={({ target }) => set({ language: target.value === 'en' ? 'en' : 'id' })}
        >
          <option value="id">{s.language.id}</option>
          <option value="en">{s.language.en}</option>
        </select>
      </label>
      <Addresses addresses={draft.addresses} onChange={(addresses) => set({ addresses })} />
      <QuietFields quiet={draft.quietHours} onChange={(quietHours) => set({ quietHours })} />
      <label className="check">
        <input type="checkbox" checked={draft.enabled} onChange={({ target }) => set({ enabled: target.checked })} />
        {s.told}
      </label>
      <Wrong error={save.error} />
      <div className="form-actions">
        <button type="submit" className="button primary" disabled={save.isPending}>
          {t.action.save}
        </button>
        <button type="button" className="button quiet" onClick={() => edit(undefined)}>
          {t.action.close}
        </button>
        {recipient !== null && (
          <Remove
            change={() => deleteRecipient({ params: { recipientId: recipient.id } })}
            onDone={() => edit(undefined)}
          />
        )}
      </div>
    </form>
  );
}

/** Who is told. */
export function Recipients() {
  const { s, f } = useSettingsTexts();
  const { region } = useSearch({ from: '/settings' });
  const query = useQuery(recipientsQuery({ region }));
  return (
    <EditableList
      query={query}
      what={s.tab.recipients}
      words={{ add: s.addRecipient, none: s.noRecipients, noneHint: s.noRecipientsHint }}
      row={(recipient) => (
        <>
          <span>
            {recipient.name}
            <span className="small muted settings-sub">
              {s.roles[recipient.role]} · {recipient.siteName ?? <RegionName code={recipient.regionCode} />}
              {!recipient.enabled && ` · ${s.off}`}
            </span>
          </span>
          <span className={recipient.addresses.length === 0 ? 'small state-degraded' : 'small secondary'}>
            {recipient.addresses.length === 0 ? s.unreachable : s.addressCount(f.number(recipient.addresses.length))}
          </span>
        </>
      )}
      form={(recipient) => <RecipientForm key={recipient?.id ?? 'new'} recipient={recipient} />}
    />
  );
}
