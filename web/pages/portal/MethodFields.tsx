import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef } from 'react';
import type { Plan } from '../../../core/contract/portal/plan.ts';
import type { OfferedMethod } from '../../../core/contract/portal/site.ts';
import { channelsQuery } from '../../api/notices.ts';
import { catalogueQuery } from '../../api/queries.ts';
import { SchemaFields } from '../settings/SchemaFields.tsx';
import { type SchemaField, schemaFields, settingsOf } from '../settings/schema-fields.ts';
import { PlanOptions } from './PlanOptions.tsx';
import { usePortalTexts } from './texts.ts';

/** Reads the settings that stand in the forms of the ways in; null where one of them is not filled in rightly. */
export type CollectMethods = () => OfferedMethod[] | null;

/** Settings that name something of Simpul itself, chosen from a list instead of typed. */
const CHANNEL = 'channelId';

function ChannelField({ value, isRequired }: { readonly value: unknown; readonly isRequired: boolean }) {
  const { p } = usePortalTexts();
  const channels = useQuery(channelsQuery).data?.items ?? [];
  return (
    <label className="labelled">
      {p.site.channel}
      <select
        key={channels.length}
        className="field"
        name={CHANNEL}
        required={isRequired}
        defaultValue={typeof value === 'string' ? value : ''}
      >
        <option value="">–</option>
        {channels.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

type Props = {
  readonly methods: readonly OfferedMethod[];
  readonly plans: readonly Plan[];
  readonly collect: RefObject<CollectMethods>;
  readonly onChange: (methods: OfferedMethod[]) => void;
};

/** The ways in of a site, in the order of the page; each has a form of its own, drawn from its schema. */
export function MethodFields({ methods, plans, collect, onChange }: Props) {
  const { p, t, language } = usePortalTexts();
  const kinds = useQuery(catalogueQuery).data?.portalMethods ?? [];
  const forms = useRef(new Map<string, HTMLFormElement>());
  const fieldsOf = (kindId: string): readonly SchemaField[] =>
    schemaFields(kinds.find(({ id }) => id === kindId)?.settings, []);
  const filled = (): OfferedMethod[] =>
    methods.map((method) => {
      const form = forms.current.get(method.kind);
      return form === undefined
        ? method
        : { ...method, settings: settingsOf(fieldsOf(method.kind), new FormData(form)) };
    });
  useEffect(() => {
    collect.current = () => ([...forms.current.values()].every((form) => form.reportValidity()) ? filled() : null);
  });
  const labelOf = (kindId: string): string => kinds.find(({ id }) => id === kindId)?.label[language] ?? kindId;
  const change = (kind: string, more: Partial<OfferedMethod>) =>
    onChange(filled().map((method) => (method.kind === kind ? { ...method, ...more } : method)));
  const raise = (at: number) => {
    const next = filled();
    const [one] = next.splice(at, 1);
    if (one !== undefined) next.splice(at - 1, 0, one);
    onChange(next);
  };
  const others = kinds.filter(({ id }) => !methods.some(({ kind }) => kind === id));
  return (
    <fieldset className="group">
      <legend>{p.site.methods}</legend>
      <p className="form-hint">{methods.length === 0 ? p.site.noMethods : p.site.methodsHint}</p>
      <ul className="portal-methods">
        {methods.map((method, at) => (
          <li key={method.kind}>
            <div className="portal-method-head">
              <label className="check">
                <input
                  type="checkbox"
                  checked
                  onChange={() => onChange(filled().filter(({ kind }) => kind !== method.kind))}
                />
                {labelOf(method.kind)}
              </label>
              {at > 0 && (
                <button
                  type="button"
                  className="button quiet"
                  aria-label={p.site.up(labelOf(method.kind))}
                  onClick={() => raise(at)}
                >
                  ↑
                </button>
              )}
            </div>
            <form
              className="form portal-method-fields"
              ref={(node) => {
                if (node === null) forms.current.delete(method.kind);
                else forms.current.set(method.kind, node);
              }}
              onSubmit={(event) => event.preventDefault()}
            >
              {plans.length > 0 && (
                <label className="labelled">
                  {p.site.planOfMethod}
                  <select
                    className="field"
                    value={method.planId ?? ''}
                    onChange={({ target }) =>
                      change(method.kind, { planId: target.value === '' ? null : target.value })
                    }
                  >
                    <PlanOptions plans={plans} none={p.site.siteP} />
                  </select>
                </label>
              )}
              {fieldsOf(method.kind)
                .filter(({ name }) => name === CHANNEL)
                .map(({ name, isRequired }) => (
                  <ChannelField key={name} value={method.settings[name]} isRequired={isRequired} />
                ))}
              <SchemaFields
                fields={fieldsOf(method.kind).filter(({ name }) => name !== CHANNEL)}
                values={method.settings}
                secretsSet={[]}
              />
            </form>
          </li>
        ))}
        {others.map(({ id, label }) => (
          <li key={id}>
            <label className="check">
              <input
                type="checkbox"
                checked={false}
                onChange={() => onChange([...filled(), { kind: id, planId: null, settings: {} }])}
              />
              {label[language]}
            </label>
          </li>
        ))}
      </ul>
      {kinds.length === 0 && <p className="muted">{t.waiting}</p>}
    </fieldset>
  );
}
