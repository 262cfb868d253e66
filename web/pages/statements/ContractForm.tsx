import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { SeenLink } from '../../../core/contract/links.ts';
import { updateLink } from '../../api/endpoints.ts';
import { linkQuery } from '../../api/queries.ts';
import { dayText, endOfDay, momentOf } from '../../components/form/local-time.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { fieldText, figureOf } from './figures.ts';
import { useMayEdit } from './may-edit.ts';
import { Saved } from './Saved.tsx';
import { useStatementTexts } from './texts.ts';

/** What was contracted: the rate, the SLA, and from when to when. */
export function ContractForm({ link }: { readonly link: SeenLink }) {
  const { s, f } = useStatementTexts();
  const queryClient = useQueryClient();
  const mayEdit = useMayEdit();
  const save = useMutation({
    mutationFn: (body: Parameters<typeof updateLink>[0]['body']) => updateLink({ params: { linkId: link.id }, body }),
    onSuccess: async (changed) => {
      queryClient.setQueryData(linkQuery(link.id).queryKey, changed);
      await queryClient.invalidateQueries({ queryKey: ['statement'] });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const text = (name: string) => String(values.get(name) ?? '').trim();
    const last = endOfDay(text('contractTo'), f.zone);
    save.mutate({
      provider: text('provider') === '' ? null : text('provider'),
      contractMbps: figureOf(values.get('contractMbps')),
      slaPercent: figureOf(values.get('slaPercent')),
      contractFrom: momentOf(`${text('contractFrom')}T00:00`, f.zone),
      contractTo: last === null ? null : last + 1,
    });
  };
  const day = (at: number | null, back = 0) => (at === null ? '' : dayText(at - back, f.zone));
  return (
    <form className="form" onSubmit={submit}>
      <h2>{s.terms.contract}</h2>
      <fieldset className="group" disabled={!mayEdit}>
        <label className="labelled">
          {s.terms.provider}
          <input
            className="field"
            name="provider"
            maxLength={200}
            defaultValue={link.provider ?? ''}
            autoComplete="off"
          />
        </label>
        <div className="form-pair">
          <label className="labelled">
            {s.terms.mbps}
            <input
              className="field"
              name="contractMbps"
              inputMode="decimal"
              pattern="\d+([.,]\d+)?"
              defaultValue={fieldText(link.contractMbps, f.language)}
            />
          </label>
          <label className="labelled">
            {s.terms.sla}
            <input
              className="field"
              name="slaPercent"
              inputMode="decimal"
              pattern="(100|\d{1,2}([.,]\d+)?)"
              defaultValue={fieldText(link.slaPercent, f.language)}
            />
          </label>
          <label className="labelled">
            {s.terms.from}
            <input className="field" type="date" name="contractFrom" defaultValue={day(link.contractFrom)} />
          </label>
          <label className="labelled">
            {s.terms.to}
            <input className="field" type="date" name="contractTo" defaultValue={day(link.contractTo, 1)} />
          </label>
        </div>
        {mayEdit && (
          <div className="form-actions">
            <button type="submit" className="button" disabled={save.isPending}>
              {s.terms.saveContract}
            </button>
            <Saved isShown={save.isSuccess} />
          </div>
        )}
      </fieldset>
      <Wrong error={save.error} />
    </form>
  );
}
