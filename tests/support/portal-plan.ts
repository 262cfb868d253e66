import type { NewPlan } from '../../core/contract/portal/plan.ts';
import type { PlanLimits } from '../../core/domain/portal/decide.ts';

export const NO_LIMITS: PlanLimits = {
  sessionSeconds: null,
  idleSeconds: null,
  daySeconds: null,
  monthSeconds: null,
  dayOctets: null,
  monthOctets: null,
  downKbit: null,
  upKbit: null,
  devices: null,
  opensAt: null,
  closesAt: null,
};

/** A plan that limits nothing. */
export const PLAN: NewPlan = { ...NO_LIMITS, name: 'Warga' };
