import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type * as reports from '../../../core/contract/site-reports.ts';
import type { ReportPolicy } from '../../../core/domain/report.ts';
import { endpoint } from '../../api/endpoint.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { useAccount } from '../../frame/account.ts';
import { useSettingsTexts } from './texts.ts';

const getReportPolicy = endpoint<typeof reports.getReportPolicy>('GET', '/api/v1/report-policy');
const setReportPolicy = endpoint<typeof reports.setReportPolicy>('PUT', '/api/v1/report-policy');

const reportPolicyQuery = queryOptions({
  queryKey: ['report-policy'],
  queryFn: ({ signal }) => getReportPolicy({}, signal),
});

function Whole(props: {
  readonly label: string;
  readonly unit?: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly isDisabled: boolean;
  readonly onChange: (value: number) => void;
}) {
  const [text, setText] = useState(String(props.value));
  return (
    <label className="labelled">
      <span>
        {props.label} {props.unit !== undefined && <span className="unit">{props.unit}</span>}
      </span>
      <input
        className="field"
        type="number"
        inputMode="numeric"
        required
        min={props.least}
        max={props.most}
        step={1}
        disabled={props.isDisabled}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          const value = Number(target.value);
          if (Number.isInteger(value) && value >= props.least && value <= props.most) props.onChange(value);
        }}
      />
    </label>
  );
}

function PolicyForm({ policy }: { readonly policy: ReportPolicy }) {
  const { t, s, f } = useSettingsTexts();
  const p = s.reports;
  const account = useAccount();
  const mayChange = account?.role === 'admin' && account.regionCode === '';
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(policy);
  const save = useMutation({
    mutationFn: () => setReportPolicy({ body: draft }),
    onSuccess: (body) => {
      queryClient.setQueryData(reportPolicyQuery.queryKey, body);
      return queryClient.invalidateQueries({ queryKey: ['site-reports'] });
    },
  });
  const set = (part: Partial<ReportPolicy>) => {
    save.reset();
    setDraft({ ...draft, ...part });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="form settings-reports" onSubmit={onSubmit}>
      <h2>{p.title}</h2>
      <p className="secondary">{p.hint}</p>
      <div className="form-pair">
        <Whole
          label={p.people}
          value={draft.people}
          least={2}
          most={1_000}
          isDisabled={!mayChange}
          onChange={(people) => set({ people })}
        />
        <Whole
          label={p.minutes}
          unit={p.minuteUnit}
          value={draft.minutes}
          least={5}
          most={60}
          isDisabled={!mayChange}
          onChange={(minutes) => set({ minutes })}
        />
      </div>
      <p>{p.sentence(f.number(draft.people), f.number(draft.minutes))}</p>
      {mayChange ? (
        <>
          <Wrong error={save.error} />
          <div className="form-actions">
            <button type="submit" className="button primary" disabled={save.isPending}>
              {t.action.save}
            </button>
            <span role="status" className="secondary">
              {save.isSuccess ? p.saved : ''}
            </span>
          </div>
        </>
      ) : (
        <p className="form-hint">{p.onlyAdmin}</p>
      )}
    </form>
  );
}

/** How many citizens must report within how long for a site to be looked at. */
export function ReportSettings() {
  const p = useSettingsTexts().s.reports;
  const query = useQuery(reportPolicyQuery);
  return (
    <Answer query={query} what={p.title} waiting={<Skeleton rows={4} />}>
      {(policy) => <PolicyForm policy={policy} />}
    </Answer>
  );
}
