import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { QuietHours } from '../../../core/contract/recipients.ts';
import { RECIPIENT_ROLES, type RecipientRole } from '../../../core/domain/duty.ts';
import type { RegionCode } from '../../../core/domain/region.ts';
import { SEVERITIES, type Severity } from '../../../core/domain/severity.ts';
import { regionQuery } from '../../api/queries.ts';
import { TargetPicker } from '../../components/targets/TargetPicker.tsx';
import { clockText, minutesOf } from './minutes.ts';
import { useSettingsTexts } from './texts.ts';

/** A region, or everywhere where nothing is chosen. */
export function RegionField({
  code,
  onChange,
}: {
  readonly code: RegionCode | '';
  readonly onChange: (code: RegionCode | '') => void;
}) {
  const { s } = useSettingsTexts();
  const known = useQuery({ ...regionQuery(code), enabled: code !== '' });
  const [picked, setPicked] = useState<string>();
  const name = picked ?? known.data?.name ?? code;
  return (
    <div className="labelled">
      <TargetPicker
        label={s.region}
        kinds={['region']}
        isSingle
        chosen={code === '' ? [] : [{ kind: 'region', id: code, name }]}
        onChange={([target]) => {
          setPicked(target?.name);
          onChange(target?.id ?? '');
        }}
      />
      {code === '' && <span className="form-hint">{s.everywhere}</span>}
    </div>
  );
}

/** Name of a region, or that it is all of them. */
export function RegionName({ code }: { readonly code: RegionCode | '' }) {
  const { s } = useSettingsTexts();
  const known = useQuery({ ...regionQuery(code), enabled: code !== '' });
  return <>{code === '' ? s.everywhere : (known.data?.name ?? code)}</>;
}

export function RoleField({
  role,
  onChange,
}: {
  readonly role: RecipientRole;
  readonly onChange: (role: RecipientRole) => void;
}) {
  const { s } = useSettingsTexts();
  return (
    <label className="labelled">
      {s.role}
      <select
        className="field"
        value={role}
        onChange={({ target }) => onChange(RECIPIENT_ROLES.find((known) => known === target.value) ?? 'engineer')}
      >
        {RECIPIENT_ROLES.map((known) => (
          <option key={known} value={known}>
            {s.roles[known]}
          </option>
        ))}
      </select>
    </label>
  );
}

export function SeverityField({
  label,
  severity,
  onChange,
}: {
  readonly label: string;
  readonly severity: Severity;
  readonly onChange: (severity: Severity) => void;
}) {
  const { s } = useSettingsTexts();
  return (
    <label className="labelled">
      {label}
      <select
        className="field"
        value={severity}
        onChange={({ target }) => onChange(SEVERITIES.find((known) => known === target.value) ?? 'minor')}
      >
        {SEVERITIES.map((known) => (
          <option key={known} value={known}>
            {s.severity[known]}
          </option>
        ))}
      </select>
    </label>
  );
}

export function TimeField({
  label,
  minutes,
  onChange,
}: {
  readonly label: string;
  readonly minutes: number;
  readonly onChange: (minutes: number) => void;
}) {
  return (
    <label className="labelled">
      {label}
      <input
        className="field"
        type="time"
        required
        value={clockText(minutes)}
        onChange={({ target }) => {
          const next = minutesOf(target.value);
          if (next !== null) onChange(next);
        }}
      />
    </label>
  );
}

const USUAL_QUIET: QuietHours = { from: 22 * 60, to: 6 * 60, except: ['critical'], exceptDuty: true };

/** Hours in which messages wait, and for whom they do not. */
export function QuietFields({
  quiet,
  onChange,
}: {
  readonly quiet: QuietHours | null;
  readonly onChange: (quiet: QuietHours | null) => void;
}) {
  const { s } = useSettingsTexts();
  return (
    <fieldset className="group">
      <legend className="hidden-visually">{s.quiet}</legend>
      <label className="check">
        <input
          type="checkbox"
          checked={quiet !== null}
          onChange={({ target }) => onChange(target.checked ? USUAL_QUIET : null)}
        />
        {s.quiet}
      </label>
      {quiet !== null && (
        <>
          <div className="form-pair">
            <TimeField label={s.from} minutes={quiet.from} onChange={(from) => onChange({ ...quiet, from })} />
            <TimeField label={s.to} minutes={quiet.to} onChange={(to) => onChange({ ...quiet, to })} />
          </div>
          <div className="settings-several">
            {SEVERITIES.map((severity) => (
              <label key={severity} className="check">
                <input
                  type="checkbox"
                  checked={quiet.except.includes(severity)}
                  onChange={({ target }) =>
                    onChange({
                      ...quiet,
                      except: SEVERITIES.filter((one) =>
                        one === severity ? target.checked : quiet.except.includes(one),
                      ),
                    })
                  }
                />
                {s.quietExcept(s.severity[severity])}
              </label>
            ))}
            <label className="check">
              <input
                type="checkbox"
                checked={quiet.exceptDuty}
                onChange={({ target }) => onChange({ ...quiet, exceptDuty: target.checked })}
              />
              {s.quietExceptDuty}
            </label>
          </div>
        </>
      )}
    </fieldset>
  );
}
