import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Channel, ChannelOutcome } from '../../../core/contract/channels.ts';
import {
  channelsQuery,
  checkChannel,
  createChannel,
  deleteChannel,
  testChannel,
  updateChannel,
} from '../../api/notices.ts';
import { catalogueQuery } from '../../api/queries.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { useEdit, useNoticeChange } from './change.ts';
import { EditableList } from './EditableList.tsx';
import { Remove } from './Remove.tsx';
import { SchemaFields } from './SchemaFields.tsx';
import { schemaFields, settingsOf } from './schema-fields.ts';
import { useSettingsTexts } from './texts.ts';

const useKinds = () => useQuery(catalogueQuery).data?.channelKinds ?? [];

function Outcome({ outcome }: { readonly outcome: ChannelOutcome }) {
  const { t, s } = useSettingsTexts();
  const words: Readonly<Record<string, string>> = t.notices.failure;
  const { ok, checked, failure, detail, mayPass, providerId } = outcome;
  return (
    <div role="status" className="settings-outcome">
      <p className="state-word">
        <StateMark mark={ok ? 'up' : 'down'} />
        {ok ? (checked === null ? s.testSent : s.checked[checked]) : (words[failure ?? ''] ?? s.testFailed)}
      </p>
      {detail !== null && <p className="small secondary settings-detail">{detail}</p>}
      {providerId !== null && <p className="small muted mono">{providerId}</p>}
      {!ok && <p className="small secondary">{mayPass ? s.mayPass : s.wontPass}</p>}
    </div>
  );
}

function Test({ channel }: { readonly channel: Channel }) {
  const { s, language } = useSettingsTexts();
  const params = { channelId: channel.id };
  const [to, setTo] = useState('');
  const test = useMutation({ mutationFn: () => testChannel({ params, body: { to: to.trim(), language } }) });
  const check = useMutation({ mutationFn: () => checkChannel({ params }) });
  const last = test.submittedAt >= check.submittedAt ? test : check;
  return (
    <section className="settings-test">
      <h3>{s.test}</h3>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          test.mutate();
        }}
      >
        <label className="labelled">
          {s.testTo}
          <input
            className="field"
            required
            maxLength={320}
            autoCapitalize="none"
            autoComplete="off"
            value={to}
            onChange={({ target }) => setTo(target.value)}
          />
        </label>
        <div className="form-actions">
          <button type="submit" className="button" disabled={test.isPending}>
            {test.isPending ? s.testing : s.testSend}
          </button>
          <button type="button" className="button quiet" disabled={check.isPending} onClick={() => check.mutate()}>
            {s.check}
          </button>
        </div>
        {last.data !== undefined && !last.isPending && <Outcome outcome={last.data} />}
        <Wrong error={last.error} />
      </form>
    </section>
  );
}

function ChannelForm({ channel }: { readonly channel: Channel | null }) {
  const { t, s, language } = useSettingsTexts();
  const kinds = useKinds();
  const edit = useEdit();
  const [kindId, setKindId] = useState(channel?.kind ?? '');
  const [cleared, setCleared] = useState<readonly string[]>([]);
  const kind = kinds.find(({ id }) => id === kindId) ?? (channel === null ? kinds[0] : undefined);
  const fields = schemaFields(kind?.settings, kind?.secrets ?? []);
  const save = useNoticeChange(
    (form: FormData) => {
      const name = String(form.get('channel-name') ?? '').trim();
      const settings = settingsOf(fields, form, cleared);
      const enabled = form.get('channel-enabled') !== null;
      return channel === null
        ? createChannel({ body: { name, kind: kind?.id ?? '', settings, enabled } })
        : updateChannel({ params: { channelId: channel.id }, body: { name, settings, enabled } });
    },
    ({ id }) => {
      setCleared([]);
      edit(id);
    },
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(new FormData(event.currentTarget));
  };
  return (
    <form className="form" onSubmit={submit}>
      <h2>{channel === null ? s.addChannel : channel.name}</h2>
      {channel === null && (
        <label className="labelled">
          {s.kind}
          <select className="field" value={kind?.id ?? ''} onChange={({ target }) => setKindId(target.value)}>
            {kinds.map(({ id, label }) => (
              <option key={id} value={id}>
                {label[language]}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="labelled">
        {s.name}
        <input
          className="field"
          name="channel-name"
          required
          maxLength={100}
          autoComplete="off"
          defaultValue={channel?.name ?? ''}
        />
      </label>
      <SchemaFields
        key={kind?.id ?? ''}
        fields={fields}
        values={channel?.settings ?? {}}
        secretsSet={channel?.secretsSet ?? []}
        cleared={cleared}
        onClear={setCleared}
      />
      <label className="check">
        <input type="checkbox" name="channel-enabled" defaultChecked={channel?.enabled ?? true} />
        {s.enabled}
      </label>
      <Wrong error={save.error} />
      <div className="form-actions">
        <button type="submit" className="button primary" disabled={save.isPending || kind === undefined}>
          {t.action.save}
        </button>
        <button type="button" className="button quiet" onClick={() => edit(undefined)}>
          {t.action.close}
        </button>
        {channel !== null && (
          <Remove change={() => deleteChannel({ params: { channelId: channel.id } })} onDone={() => edit(undefined)} />
        )}
      </div>
    </form>
  );
}

/** The ways for messages to leave. */
export function Channels() {
  const { s, f, language } = useSettingsTexts();
  const kinds = useKinds();
  const query = useQuery(channelsQuery);
  return (
    <EditableList
      query={query}
      what={s.tab.channels}
      words={{ add: s.addChannel, none: s.noChannels, noneHint: s.noChannelsHint }}
      row={({ name, kind, enabled, waiting, failed }) => (
        <>
          <span>
            {name}
            <span className="small muted settings-sub">
              {kinds.find((known) => known.id === kind)?.label[language] ?? kind}
              {!enabled && ` · ${s.off}`}
            </span>
          </span>
          <span className="small secondary">
            {waiting > 0 && <span>{s.waiting(f.number(waiting))}</span>}
            {failed > 0 && <span className="state-down">{s.failed(f.number(failed))}</span>}
          </span>
        </>
      )}
      form={(channel) => (
        <>
          <ChannelForm key={channel?.id ?? 'new'} channel={channel} />
          {channel !== null && <Test key={channel.id} channel={channel} />}
        </>
      )}
    />
  );
}
