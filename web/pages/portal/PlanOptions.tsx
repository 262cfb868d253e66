import type { Plan } from '../../../core/contract/portal/plan.ts';

/** Choices of a field for a plan. @param none says what holds where no plan is chosen */
export function PlanOptions({ plans, none }: { readonly plans: readonly Plan[]; readonly none: string }) {
  return (
    <>
      <option value="">{none}</option>
      {plans.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </>
  );
}
