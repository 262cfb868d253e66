import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { IssuedVouchers } from '../../../core/contract/portal/voucher-routes.ts';
import { DAY, SECOND } from '../../../core/domain/clock.ts';
import { serverNow } from '../../api/endpoint.ts';
import { createVoucherBatch, plansQuery } from '../../api/portal.ts';
import { Segments } from '../../components/Filters.tsx';
import { FormFoot } from '../../components/form/FormFoot.tsx';
import { dayText, endOfDay } from '../../components/form/local-time.ts';
import { type Target, TargetPicker } from '../../components/targets/TargetPicker.tsx';
import { usePortalChange } from './change.ts';
import { NumberField } from './NumberField.tsx';
import { PlanOptions } from './PlanOptions.tsx';
import { usePortalTexts } from './texts.ts';

const USUAL_COUNT = 48;
const USUAL_DAYS = 90;

/** A batch of codes; their first and last showing is the answer. */
export function VoucherForm({
  onMade,
  onClose,
}: {
  readonly onMade: (issued: IssuedVouchers) => void;
  readonly onClose: () => void;
}) {
  const { p, f } = usePortalTexts();
  const v = p.vouchers;
  const plans = useQuery(plansQuery).data?.items ?? [];
  const [where, setWhere] = useState<'site' | 'region'>('site');
  const [target, setTarget] = useState<readonly Target[]>([]);
  const [count, setCount] = useState<number | null>(USUAL_COUNT);
  const [validSeconds, setValidSeconds] = useState<number | null>(DAY / SECOND);
  const [until, setUntil] = useState(() => dayText(serverNow() + USUAL_DAYS * DAY, f.zone));
  const make = usePortalChange(
    (form: FormData) =>
      createVoucherBatch({
        body: {
          name: String(form.get('batch-name') ?? '').trim(),
          siteId: where === 'site' ? (target[0]?.id ?? null) : null,
          regionCode: where === 'region' ? (target[0]?.id ?? null) : null,
          planId: String(form.get('batch-plan') ?? '') || null,
          count: count ?? 1,
          validSeconds,
          validUntil: endOfDay(until, f.zone) ?? 0,
        },
      }),
    onMade,
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    make.mutate(new FormData(event.currentTarget));
  };
  return (
    <form className="form" onSubmit={submit}>
      <h2>{v.add}</h2>
      <label className="labelled">
        {v.name}
        <input className="field" name="batch-name" required maxLength={100} autoComplete="off" />
        <span className="form-hint">{v.nameHint}</span>
      </label>
      <div className="labelled">
        {v.where}
        <Segments
          label={v.where}
          value={where}
          options={[
            { value: 'site', text: v.whereSite },
            { value: 'region', text: v.whereRegion },
          ]}
          onChange={(next) => {
            setWhere(next);
            setTarget([]);
          }}
        />
      </div>
      <TargetPicker
        key={where}
        label={where === 'site' ? v.site : v.region}
        kinds={[where]}
        isSingle
        chosen={target}
        onChange={setTarget}
      />
      <label className="labelled">
        {v.plan}
        <select className="field" name="batch-plan">
          <PlanOptions plans={plans} none={v.sitePlan} />
        </select>
      </label>
      <div className="form-pair">
        <NumberField label={v.count} value={count} per={1} most={10_000} isRequired onChange={setCount} />
        <NumberField
          label={v.validFor}
          unit={v.validDays}
          hint={v.untilOnly}
          value={validSeconds}
          per={DAY / SECOND}
          least={0.05}
          most={366}
          onChange={setValidSeconds}
        />
      </div>
      <label className="labelled">
        {v.validUntil}
        <input
          className="field"
          type="date"
          required
          value={until}
          onChange={({ target: { value } }) => setUntil(value)}
        />
      </label>
      <FormFoot
        error={make.error}
        submit={make.isPending ? v.making : v.make}
        isDisabled={make.isPending || target.length === 0}
        onClose={onClose}
      />
    </form>
  );
}
