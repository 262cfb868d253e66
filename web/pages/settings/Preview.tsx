import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { NewNoticePolicy, NoticePreview } from '../../../core/contract/notice-policies.ts';
import { MINUTE } from '../../../core/domain/clock.ts';
import type { Severity } from '../../../core/domain/severity.ts';
import { previewNotices } from '../../api/notices.ts';
import { MomentField } from '../../components/form/MomentField.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { RegionField, SeverityField } from './fields.tsx';
import { useSettingsTexts } from './texts.ts';

function Shown({ preview, at }: { readonly preview: NoticePreview; readonly at: number }) {
  const { s, f } = useSettingsTexts();
  return (
    <div role="status" className="preview">
      {preview.items.length === 0 && <p className="secondary">{s.previewNone}</p>}
      <ol className="preview-list">
        {preview.items.map((item) => (
          <li key={`${item.policyId} ${item.step} ${item.round} ${item.at}`}>
            <span>
              {f.clock(item.at)}
              <span className="small muted settings-sub">
                {item.at - at < MINUTE ? s.atOnce : s.after(f.lasting(item.at - at))}
              </span>
            </span>
            <div>
              {item.isDutyEmpty && <p className="small state-degraded">{s.dutyEmpty}</p>}
              {item.messages.length === 0 && <p className="muted">{s.nobodyTold}</p>}
              {item.messages.map(({ recipientId, channelId, name, channelName, isOnDuty, leavesAt }) => (
                <p key={`${recipientId} ${channelId}`}>
                  {name}
                  {isOnDuty && <span className="small secondary"> {s.onDuty}</span>}
                  <span className="small muted">
                    {' · '}
                    {channelName}
                    {leavesAt > item.at && ` · ${s.leavesAt(f.moment(leavesAt, item.at))}`}
                  </span>
                </p>
              ))}
            </div>
          </li>
        ))}
      </ol>
      {preview.unreachable.length > 0 && (
        <p className="state-degraded">{s.unreachablePeople(preview.unreachable.map(({ name }) => name).join(', '))}</p>
      )}
    </div>
  );
}

type Props = {
  /** What is being written, to see it before it is kept; null: what is stored. */
  readonly policy: NewNoticePolicy | null;
  readonly home: string;
};

/** Who would be told when: nothing is sent. */
export function Preview({ policy, home }: Props) {
  const { s } = useSettingsTexts();
  const [region, setRegion] = useState(policy?.regionCode || home);
  const [at, setAt] = useState(() => Math.floor(Date.now() / MINUTE) * MINUTE);
  const [severity, setSeverity] = useState<Severity>('major');
  const preview = useMutation({
    mutationFn: () => previewNotices({ body: { region, at, severity, ...(policy === null ? {} : { policy }) } }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (region !== '') preview.mutate();
  };
  return (
    <section>
      <h2>{s.preview}</h2>
      <form className="form" onSubmit={submit}>
        <p className="form-hint">{s.previewHint}</p>
        <RegionField code={region} onChange={setRegion} />
        <div className="form-pair">
          <MomentField label={s.previewAt} at={at} onChange={setAt} />
          <SeverityField label={s.severityLabel} severity={severity} onChange={setSeverity} />
        </div>
        <Wrong error={preview.error} />
        <div className="form-actions">
          <button type="submit" className="button" disabled={region === '' || preview.isPending}>
            {s.previewShow}
          </button>
        </div>
        {preview.data !== undefined && <Shown preview={preview.data} at={at} />}
      </form>
    </section>
  );
}
