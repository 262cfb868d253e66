import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { NewPlan, Plan } from '../../../core/contract/portal/plan.ts';
import { SECOND } from '../../../core/domain/clock.ts';
import { createPlan, deletePlan, plansQuery, updatePlan } from '../../api/portal.ts';
import { FormFoot } from '../../components/form/FormFoot.tsx';
import { NameField } from '../../components/form/NameField.tsx';
import { Answer, Empty } from '../../components/Screen.tsx';
import { Table } from '../../components/Table.tsx';
import { clockText, minutesOf } from '../settings/minutes.ts';
import { usePortalChange, useRights } from './change.ts';
import { NumberField } from './NumberField.tsx';
import { PortalPage } from './PortalPage.tsx';
import { SideList } from './SideList.tsx';
import { Sure } from './Sure.tsx';
import { usePortalTexts } from './texts.ts';

const PER_HOUR = 3600;
const PER_MINUTE = 60;
const PER_MEGABYTE = 1_000_000;
const PER_MEGABIT = 1_000;

const FRESH: NewPlan = {
  name: '',
  sessionSeconds: 8 * PER_HOUR,
  idleSeconds: 15 * PER_MINUTE,
  daySeconds: null,
  monthSeconds: null,
  dayOctets: null,
  monthOctets: null,
  downKbit: 5 * PER_MEGABIT,
  upKbit: 2 * PER_MEGABIT,
  devices: null,
  opensAt: null,
  closesAt: null,
};
const USUAL_HOURS = { opensAt: 6 * 60, closesAt: 22 * 60 } as const;

function useEdit() {
  const navigate = useNavigate({ from: '/portal/plans' });
  return (edit: string | undefined) => void navigate({ search: (previous) => ({ ...previous, edit }) });
}

function PlanForm({ plan }: { readonly plan: Plan | null }) {
  const { p, t } = usePortalTexts();
  const edit = useEdit();
  const [draft, setDraft] = useState<NewPlan>(plan ?? FRESH);
  const set = (more: Partial<NewPlan>) => setDraft({ ...draft, ...more });
  const save = usePortalChange(
    ({ ...body }: NewPlan) =>
      plan === null ? createPlan({ body }) : updatePlan({ params: { planId: plan.id }, body }),
    () => edit(undefined),
  );
  const remove = usePortalChange(
    (planId: string) => deletePlan({ params: { planId } }),
    () => edit(undefined),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { id: _, ...body } = { id: '', ...draft };
    save.mutate({ ...body, name: body.name.trim() });
  };
  const time = (key: 'sessionSeconds' | 'idleSeconds' | 'daySeconds' | 'monthSeconds', label: string, per: number) => (
    <NumberField
      label={label}
      unit={per === PER_HOUR ? p.plans.hours : p.plans.minutes}
      value={draft[key]}
      per={per}
      onChange={(value) => set({ [key]: value })}
    />
  );
  return (
    <form className="form" onSubmit={submit}>
      <h2>{plan === null ? p.plans.add : plan.name}</h2>
      <NameField label={p.plans.name} maxLength={60} value={draft.name} onChange={(name) => set({ name })} />
      <fieldset className="group">
        <legend>{p.plans.time}</legend>
        <div className="form-pair">
          {time('sessionSeconds', p.plans.session, PER_MINUTE)}
          {time('idleSeconds', p.plans.idle, PER_MINUTE)}
        </div>
        <div className="form-pair">
          {time('daySeconds', p.plans.day, PER_MINUTE)}
          {time('monthSeconds', p.plans.month, PER_HOUR)}
        </div>
      </fieldset>
      <fieldset className="group">
        <legend>{p.plans.data}</legend>
        <div className="form-pair">
          {(['dayOctets', 'monthOctets'] as const).map((key) => (
            <NumberField
              key={key}
              label={key === 'dayOctets' ? p.plans.day : p.plans.month}
              unit={p.plans.megabytes}
              value={draft[key]}
              per={PER_MEGABYTE}
              onChange={(value) => set({ [key]: value })}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="group">
        <legend>{p.plans.rate}</legend>
        <div className="form-pair">
          {(['downKbit', 'upKbit'] as const).map((key) => (
            <NumberField
              key={key}
              label={key === 'downKbit' ? p.plans.down : p.plans.up}
              unit={p.plans.mbit}
              value={draft[key]}
              per={PER_MEGABIT}
              least={0.032}
              onChange={(value) => set({ [key]: value })}
            />
          ))}
        </div>
      </fieldset>
      <NumberField
        label={p.plans.devices}
        hint={p.plans.devicesHint}
        value={draft.devices}
        per={1}
        onChange={(devices) => set({ devices })}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={draft.opensAt === null}
          onChange={({ target }) => set(target.checked ? { opensAt: null, closesAt: null } : USUAL_HOURS)}
        />
        {p.plans.hours24}
      </label>
      {draft.opensAt !== null && draft.closesAt !== null && (
        <div className="form-pair">
          {(['opensAt', 'closesAt'] as const).map((key) => (
            <label key={key} className="labelled">
              {key === 'opensAt' ? p.plans.opens : p.plans.closes}
              <input
                className="field"
                type="time"
                required
                value={clockText(draft[key] ?? 0)}
                onChange={({ target }) => set({ [key]: minutesOf(target.value) ?? draft[key] })}
              />
            </label>
          ))}
        </div>
      )}
      <FormFoot
        error={save.error ?? remove.error}
        submit={t.action.save}
        isDisabled={save.isPending}
        onClose={() => edit(undefined)}
      >
        {plan !== null && (
          <Sure
            text={p.plans.remove}
            question={p.plans.removeSure}
            isBusy={remove.isPending}
            onSure={() => remove.mutate(plan.id)}
          />
        )}
      </FormFoot>
    </form>
  );
}

function Row({ plan, onOpen }: { readonly plan: Plan; readonly onOpen: (() => void) | undefined }) {
  const { p, f, language } = usePortalTexts();
  const hour = (minutes: number) => (language === 'id' ? clockText(minutes).replace(':', '.') : clockText(minutes));
  const none = <span className="zero">{p.noLimit}</span>;
  const time = (seconds: number | null) => (seconds === null ? null : f.lasting(seconds * SECOND));
  const data = (octets: number | null) => {
    if (octets === null) return null;
    const { value, unit } = f.bytes(octets);
    return `${value} ${unit}`;
  };
  const both = (seconds: number | null, octets: number | null) =>
    [time(seconds), data(octets)].filter((part) => part !== null).join(' · ') || none;
  const rate = (kbit: number | null) => (kbit === null ? '–' : f.number(kbit / PER_MEGABIT, 1));
  return (
    <>
      <th scope="row">
        {onOpen === undefined ? (
          <span className="name">{plan.name}</span>
        ) : (
          <button type="button" className="portal-open" onClick={onOpen}>
            {plan.name}
          </button>
        )}
      </th>
      <td>{time(plan.sessionSeconds) ?? none}</td>
      <td className="wide-only">{both(plan.daySeconds, plan.dayOctets)}</td>
      <td className="roomy-only">{both(plan.monthSeconds, plan.monthOctets)}</td>
      <td className="number">
        {plan.downKbit === null && plan.upKbit === null ? (
          none
        ) : (
          <>
            {rate(plan.downKbit)} / {rate(plan.upKbit)} <span className="unit">{p.plans.mbit}</span>
          </>
        )}
      </td>
      <td className="wide-only nowrap">
        {plan.opensAt === null || plan.closesAt === null ? (
          <span className="zero">{p.plans.always}</span>
        ) : (
          p.plans.open(hour(plan.opensAt), hour(plan.closesAt))
        )}
      </td>
    </>
  );
}

/** What people get. */
export function PlansPage() {
  const { p } = usePortalTexts();
  const { edit: asked } = useSearch({ from: '/portal/plans' });
  const edit = useEdit();
  const { mayEditAll, isEditor } = useRights();
  const query = useQuery(plansQuery);
  const { column } = p.plans;
  return (
    <PortalPage
      context={isEditor && !mayEditAll ? p.plans.everywhereOnly : p.plans.context}
      actions={
        mayEditAll && (
          <button type="button" className="button primary" onClick={() => edit('new')}>
            {p.plans.add}
          </button>
        )
      }
    >
      <Answer query={query} what={p.tab.plans}>
        {({ items }) => {
          const chosen = items.find(({ id }) => id === asked) ?? null;
          const isEditing = mayEditAll && (chosen !== null || asked === 'new');
          return (
            <SideList side={isEditing && <PlanForm key={chosen?.id ?? 'new'} plan={chosen} />}>
              {items.length === 0 ? (
                <Empty title={p.plans.none}>{p.plans.noneHint}</Empty>
              ) : (
                <Table
                  columns={[
                    column.name,
                    column.session,
                    [column.day, 'wide-only'],
                    [column.month, 'roomy-only'],
                    [column.rate, 'number'],
                    [column.open, 'wide-only'],
                  ]}
                >
                  {items.map((plan) => (
                    <tr key={plan.id} aria-current={plan.id === asked}>
                      <Row plan={plan} onOpen={mayEditAll ? () => edit(plan.id) : undefined} />
                    </tr>
                  ))}
                </Table>
              )}
            </SideList>
          );
        }}
      </Answer>
    </PortalPage>
  );
}
