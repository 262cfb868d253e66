import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { NewNoticePolicy, NoticePolicy, NoticeStep } from '../../../core/contract/notice-policies.ts';
import { MINUTE } from '../../../core/domain/clock.ts';
import { createNoticePolicy, deleteNoticePolicy, policiesQuery, updateNoticePolicy } from '../../api/notices.ts';
import { coverageQuery } from '../../api/queries.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { useEdit, useNoticeChange } from './change.ts';
import { EditableList } from './EditableList.tsx';
import { QuietFields, RegionField, RegionName } from './fields.tsx';
import { Preview } from './Preview.tsx';
import { Remove } from './Remove.tsx';
import { StepFields, useTargetText } from './StepFields.tsx';
import { useSettingsTexts } from './texts.ts';

const STEP: NoticeStep = {
  afterMinutes: 0,
  minSeverity: 'minor',
  to: [{ kind: 'duty', role: 'engineer' }],
  channelIds: null,
  repeat: null,
  evenIfAcknowledged: false,
};

/** Where one begins: who is on duty at once, all engineers when nobody takes it, the head when it is large and lasts. */
const FRESH: NewNoticePolicy = {
  regionCode: '',
  enabled: true,
  quietHours: null,
  steps: [
    STEP,
    { ...STEP, afterMinutes: 15, to: [{ kind: 'role', role: 'engineer' }] },
    {
      ...STEP,
      afterMinutes: 60,
      minSeverity: 'major',
      to: [{ kind: 'role', role: 'manager' }],
      evenIfAcknowledged: true,
    },
  ],
};
const MOST_STEPS = 10;

type Keyed = { readonly key: number; readonly step: NoticeStep };

function PolicyForm({ policy, home }: { readonly policy: NoticePolicy | null; readonly home: string }) {
  const { t, s, f } = useSettingsTexts();
  const edit = useEdit();
  const [draft, setDraft] = useState<Omit<NewNoticePolicy, 'steps'>>(policy ?? FRESH);
  const [steps, setSteps] = useState<readonly Keyed[]>(() =>
    (policy ?? FRESH).steps.map((step, key) => ({ key, step })),
  );
  const { regionCode, enabled, quietHours } = draft;
  const ordered = steps.map(({ step }) => step).toSorted((a, b) => a.afterMinutes - b.afterMinutes);
  const body: NewNoticePolicy = { regionCode, enabled, quietHours, steps: ordered };
  const isGood = ordered.every(({ to }) => to.length > 0);
  const save = useNoticeChange(
    (changed: NewNoticePolicy) =>
      policy === null
        ? createNoticePolicy({ body: changed })
        : updateNoticePolicy({ params: { policyId: policy.id }, body: changed }),
    ({ id }) => edit(id),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isGood) save.mutate(body);
  };
  const last = ordered.at(-1) ?? STEP;
  return (
    <>
      <form className="form" onSubmit={submit}>
        <h2>{policy === null ? s.addPolicy : s.policy}</h2>
        <RegionField code={regionCode} onChange={(code) => setDraft({ ...draft, regionCode: code })} />
        {steps.map(({ key, step }, index) => (
          <StepFields
            key={key}
            step={step}
            number={f.number(index + 1)}
            onChange={(changed) => setSteps(steps.map((one) => (one.key === key ? { key, step: changed } : one)))}
            onRemove={steps.length > 1 ? () => setSteps(steps.filter((one) => one.key !== key)) : undefined}
          />
        ))}
        <div className="form-actions">
          <button
            type="button"
            className="button"
            disabled={steps.length >= MOST_STEPS}
            onClick={() =>
              setSteps([
                ...steps,
                {
                  key: Math.max(...steps.map(({ key }) => key)) + 1,
                  step: { ...STEP, afterMinutes: last.afterMinutes + 60 },
                },
              ])
            }
          >
            {s.addStep}
          </button>
        </div>
        <QuietFields quiet={quietHours} onChange={(quiet) => setDraft({ ...draft, quietHours: quiet })} />
        <label className="check">
          <input
            type="checkbox"
            checked={enabled}
            onChange={({ target }) => setDraft({ ...draft, enabled: target.checked })}
          />
          {s.policyEnabled}
        </label>
        {!isGood && <p className="wrong">{s.stepEmpty}</p>}
        <Wrong error={save.error} />
        <div className="form-actions">
          <button type="submit" className="button primary" disabled={!isGood || save.isPending}>
            {t.action.save}
          </button>
          <button type="button" className="button quiet" onClick={() => edit(undefined)}>
            {t.action.close}
          </button>
          {policy !== null && (
            <Remove
              change={() => deleteNoticePolicy({ params: { policyId: policy.id } })}
              onDone={() => edit(undefined)}
            />
          )}
        </div>
      </form>
      <Preview key={home} policy={isGood ? body : null} home={home} />
    </>
  );
}

function Steps({ policy }: { readonly policy: NoticePolicy }) {
  const { s, f } = useSettingsTexts();
  const say = useTargetText();
  return (
    <>
      {policy.steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are known by their place
        <span key={index} className="small muted settings-sub">
          {step.afterMinutes === 0 ? s.atOnce : s.after(f.lasting(step.afterMinutes * MINUTE))}
          {': '}
          {step.to.map(say).join(', ')}
          {step.minSeverity !== 'minor' && ` (${s.severity[step.minSeverity]})`}
        </span>
      ))}
    </>
  );
}

/** Who is told of what and when, by region. */
export function Policies() {
  const { s } = useSettingsTexts();
  const { region } = useSearch({ from: '/settings' });
  const query = useQuery(policiesQuery({ region }));
  const home = useQuery(coverageQuery({ region })).data?.region.code ?? '';
  return (
    <EditableList
      query={query}
      what={s.tab.policies}
      words={{ add: s.addPolicy, none: s.noPolicies, noneHint: s.noPoliciesHint }}
      row={(policy) => (
        <span>
          <RegionName code={policy.regionCode} />
          {!policy.enabled && <span className="muted"> · {s.off}</span>}
          <Steps policy={policy} />
        </span>
      )}
      form={(policy) => <PolicyForm key={policy?.id ?? 'new'} policy={policy} home={home} />}
      idle={<Preview key={home} policy={null} home={home} />}
    />
  );
}
