import { useQuery } from '@tanstack/react-query';
import type { NoticeStep, NoticeTarget } from '../../../core/contract/notice-policies.ts';
import { RECIPIENT_ROLES } from '../../../core/domain/duty.ts';
import { channelsQuery, recipientsQuery } from '../../api/notices.ts';
import { SeverityField } from './fields.tsx';
import { useSettingsTexts } from './texts.ts';

type Props = {
  readonly step: NoticeStep;
  readonly number: string;
  readonly onChange: (step: NoticeStep) => void;
  readonly onRemove?: (() => void) | undefined;
};

const keyOf = (target: NoticeTarget): string => {
  switch (target.kind) {
    case 'duty':
    case 'role':
      return `${target.kind} ${target.role}`;
    case 'officers':
      return `${target.kind} ${target.of}`;
    case 'recipient':
      return `${target.kind} ${target.recipientId}`;
  }
};

const COMMON: readonly NoticeTarget[] = [
  ...RECIPIENT_ROLES.filter((role) => role !== 'officer').map((role) => ({ kind: 'duty' as const, role })),
  ...RECIPIENT_ROLES.filter((role) => role !== 'officer').map((role) => ({ kind: 'role' as const, role })),
  { kind: 'officers', of: 'root' },
  { kind: 'officers', of: 'affected' },
];

const USUAL_REPEAT = { everyMinutes: 60, times: 3 };
const whole = (text: string, least: number, most: number): number =>
  Math.min(most, Math.max(least, Math.round(Number(text)) || least));

/** A target in words: *teknisi yang jaga*. */
export function useTargetText(): (target: NoticeTarget) => string {
  const { t, s } = useSettingsTexts();
  const people = useQuery(recipientsQuery()).data?.items ?? [];
  return (target) => {
    switch (target.kind) {
      case 'duty':
        return s.target.duty(s.roles[target.role]);
      case 'role':
        return s.target.role(s.roles[target.role]);
      case 'officers':
        return s.target.officers[target.of];
      case 'recipient':
        return people.find(({ id }) => id === target.recipientId)?.name ?? t.notices.gone;
    }
  };
}

function Targets({ step, onChange }: Props) {
  const { s } = useSettingsTexts();
  const people = useQuery(recipientsQuery()).data?.items ?? [];
  const say = useTargetText();
  const chosen = new Set(step.to.map(keyOf));
  const named = step.to.filter(({ kind }) => kind === 'recipient');
  const others = people.filter(({ id }) => !chosen.has(`recipient ${id}`));
  const toggle = (target: NoticeTarget, isOn: boolean) =>
    onChange({
      ...step,
      to: isOn ? [...step.to, target] : step.to.filter((one) => keyOf(one) !== keyOf(target)),
    });
  return (
    <fieldset className="group">
      <legend>{s.tells}</legend>
      <div className="settings-several">
        {[...COMMON, ...named].map((target) => (
          <label key={keyOf(target)} className="check">
            <input
              type="checkbox"
              checked={chosen.has(keyOf(target))}
              onChange={({ target: box }) => toggle(target, box.checked)}
            />
            {say(target)}
          </label>
        ))}
      </div>
      {others.length > 0 && (
        <select
          className="field"
          aria-label={s.alsoPerson}
          value=""
          onChange={({ target }) => toggle({ kind: 'recipient', recipientId: target.value }, true)}
        >
          <option value="">{s.alsoPerson}</option>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </fieldset>
  );
}

function Over({ step, onChange }: Props) {
  const { s } = useSettingsTexts();
  const channels = useQuery(channelsQuery).data?.items ?? [];
  const toggle = (id: string, isOn: boolean) => {
    const all = step.channelIds ?? channels.map((channel) => channel.id);
    const next = isOn ? [...all, id] : all.filter((one) => one !== id);
    onChange({ ...step, channelIds: next.length === 0 || next.length === channels.length ? null : next });
  };
  if (channels.length < 2) return null;
  return (
    <fieldset className="group">
      <legend>{s.over}</legend>
      <div className="settings-several">
        {channels.map(({ id, name }) => (
          <label key={id} className="check">
            <input
              type="checkbox"
              checked={step.channelIds === null || step.channelIds.includes(id)}
              onChange={({ target }) => toggle(id, target.checked)}
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** One step: when, of what, whom, over what, and how often. */
export function StepFields(props: Props) {
  const { t, s } = useSettingsTexts();
  const { step, number, onChange, onRemove } = props;
  return (
    <div className="step">
      <div className="step-head">
        <h3>{s.step(number)}</h3>
        {onRemove !== undefined && (
          <button type="button" className="button quiet" onClick={onRemove}>
            {t.action.remove}
          </button>
        )}
      </div>
      <div className="form-pair">
        <label className="labelled">
          {s.afterMinutes}
          <input
            className="field"
            type="number"
            min={0}
            max={10_080}
            value={step.afterMinutes}
            onChange={({ target }) => onChange({ ...step, afterMinutes: whole(target.value, 0, 10_080) })}
          />
        </label>
        <SeverityField
          label={s.minSeverity}
          severity={step.minSeverity}
          onChange={(minSeverity) => onChange({ ...step, minSeverity })}
        />
      </div>
      <Targets {...props} />
      <Over {...props} />
      <label className="check">
        <input
          type="checkbox"
          checked={step.repeat !== null}
          onChange={({ target }) => onChange({ ...step, repeat: target.checked ? USUAL_REPEAT : null })}
        />
        {s.repeat}
      </label>
      {step.repeat !== null && (
        <div className="form-pair">
          <label className="labelled">
            {s.everyMinutes}
            <input
              className="field"
              type="number"
              min={5}
              max={1440}
              value={step.repeat.everyMinutes}
              onChange={({ target }) =>
                onChange({
                  ...step,
                  repeat: { times: step.repeat?.times ?? 1, everyMinutes: whole(target.value, 5, 1440) },
                })
              }
            />
          </label>
          <label className="labelled">
            {s.repeatTimes}
            <input
              className="field"
              type="number"
              min={1}
              max={50}
              value={step.repeat.times}
              onChange={({ target }) =>
                onChange({
                  ...step,
                  repeat: { everyMinutes: step.repeat?.everyMinutes ?? 60, times: whole(target.value, 1, 50) },
                })
              }
            />
          </label>
        </div>
      )}
      <label className="check">
        <input
          type="checkbox"
          checked={step.evenIfAcknowledged}
          onChange={({ target }) => onChange({ ...step, evenIfAcknowledged: target.checked })}
        />
        {s.evenIfAcknowledged}
      </label>
    </div>
  );
}
