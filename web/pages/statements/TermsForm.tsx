import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { LinkTerms, NewLinkTerms } from '../../../core/contract/link-terms.ts';
import { percentParts, restitutionPercent, restitutionRupiah } from '../../../core/domain/restitution.ts';
import { MONTH_PATTERN, monthOf } from '../../../core/domain/zone.ts';
import { setLinkTerms } from '../../api/endpoints.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { Icon } from '../../frame/icons.tsx';
import { fieldText, figureOf } from './figures.ts';
import { Saved } from './Saved.tsx';
import { useStatementTexts } from './texts.ts';

type Step = { readonly key: number; readonly below: string; readonly back: string };

const stepsOf = (steps: readonly Step[]): NewLinkTerms['steps'] =>
  steps.flatMap(({ below, back }) => {
    const [belowPercent, restitution] = [figureOf(below), figureOf(back)];
    return belowPercent === null || restitution === null ? [] : [{ belowPercent, restitutionPercent: restitution }];
  });

/** What one of the limits costs, worked out as the statement does. */
function Example({ fee, steps }: { readonly fee: number; readonly steps: NewLinkTerms['steps'] }) {
  const { s, f } = useStatementTexts();
  const examples = steps
    .map(({ belowPercent }) => Math.max(0, belowPercent - 0.01))
    .toSorted((a, b) => b - a)
    .map((availability) => {
      const percent = restitutionPercent(percentParts(availability), steps);
      return s.terms.example(f.number(availability, 2), `Rp${f.number(restitutionRupiah(fee, percent))}`);
    });
  if (examples.length === 0 || fee === 0) return null;
  return (
    <p className="form-hint">
      {s.terms.exampleLabel}: {examples.join('; ')}.
    </p>
  );
}

/** Sets the fee and what comes back of it, from a month on. */
export function TermsForm({ linkId, latest }: { readonly linkId: string; readonly latest: LinkTerms | undefined }) {
  const { s, f } = useStatementTexts();
  const queryClient = useQueryClient();
  const [month, setMonth] = useState(() => monthOf(Date.now(), f.zone));
  const [fee, setFee] = useState(latest === undefined ? '' : String(latest.monthlyFeeRupiah));
  const [powerCounts, setPowerCounts] = useState(latest?.powerCounts ?? false);
  const [steps, setSteps] = useState<readonly Step[]>(() =>
    (latest?.steps ?? [{ belowPercent: 99, restitutionPercent: 5 }]).map((step, key) => ({
      key,
      below: fieldText(step.belowPercent, f.language),
      back: fieldText(step.restitutionPercent, f.language),
    })),
  );
  const feeRupiah = Number(fee.replace(/[.\s]/g, ''));
  const save = useMutation({
    mutationFn: (body: NewLinkTerms) => setLinkTerms({ params: { linkId }, body }),
    onSuccess: () =>
      Promise.all([['link-terms'], ['statement']].map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate({ validFrom: month, monthlyFeeRupiah: feeRupiah, steps: stepsOf(steps), powerCounts });
  };
  const setStep = (key: number, more: Partial<Step>) =>
    setSteps(steps.map((step) => (step.key === key ? { ...step, ...more } : step)));
  return (
    <form className="form" onSubmit={submit}>
      <div className="form-pair">
        <label className="labelled">
          {s.terms.valid}
          <input
            className="field"
            type="month"
            required
            pattern={MONTH_PATTERN}
            value={month}
            onChange={({ target }) => setMonth(target.value)}
          />
        </label>
        <label className="labelled">
          {s.terms.monthlyFee}
          <input
            className="field"
            inputMode="numeric"
            required
            pattern="[\d.\s]{1,17}"
            value={fee}
            onChange={({ target }) => setFee(target.value)}
          />
        </label>
      </div>
      <fieldset className="group">
        <legend>{s.terms.steps}</legend>
        {steps.map(({ key, below, back }) => (
          <div key={key} className="terms-step">
            <label className="labelled">
              {s.terms.below}
              <input
                className="field"
                inputMode="decimal"
                required
                pattern="(100|\d{1,2}([.,]\d{1,4})?)"
                value={below}
                onChange={({ target }) => setStep(key, { below: target.value })}
              />
            </label>
            <label className="labelled">
              {s.terms.back}
              <input
                className="field"
                inputMode="decimal"
                required
                pattern="(100|\d{1,2}([.,]\d{1,4})?)"
                value={back}
                onChange={({ target }) => setStep(key, { back: target.value })}
              />
            </label>
            <button
              type="button"
              className="button quiet"
              aria-label={s.terms.removeStep}
              onClick={() => setSteps(steps.filter((step) => step.key !== key))}
            >
              <Icon name="close" size={14} />
            </button>
          </div>
        ))}
        <div className="form-actions">
          <button
            type="button"
            className="button"
            disabled={steps.length >= 50}
            onClick={() =>
              setSteps([...steps, { key: Math.max(0, ...steps.map(({ key }) => key)) + 1, below: '', back: '' }])
            }
          >
            {s.terms.addStep}
          </button>
        </div>
        <p className="form-hint">{s.terms.stepsHint}</p>
        {Number.isSafeInteger(feeRupiah) && <Example fee={feeRupiah} steps={stepsOf(steps)} />}
      </fieldset>
      <label className="check">
        <input type="checkbox" checked={powerCounts} onChange={({ target }) => setPowerCounts(target.checked)} />
        {s.terms.powerCounts}
      </label>
      <Wrong error={save.error} />
      <div className="form-actions">
        <button type="submit" className="button primary" disabled={save.isPending || !Number.isSafeInteger(feeRupiah)}>
          {s.terms.saveTerms}
        </button>
        <Saved isShown={save.isSuccess} />
      </div>
    </form>
  );
}
