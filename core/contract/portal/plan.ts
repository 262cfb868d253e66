import { type Static, Type } from 'typebox';
import { nullable, Uuid } from '../common.ts';
import { MinuteOfDay } from '../recipients.ts';

const seconds = nullable(Type.Integer({ minimum: 60, maximum: 31 * 86_400, description: 's' }));
const octets = nullable(Type.Integer({ minimum: 1_000_000, maximum: 1e15, description: 'bytes, both directions' }));
const kbit = nullable(Type.Integer({ minimum: 32, maximum: 10_000_000, description: 'kbit/s' }));

/** What people get at a site; null = no limit. */
export const PlanFields = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }),
  sessionSeconds: seconds,
  idleSeconds: seconds,
  daySeconds: seconds,
  monthSeconds: seconds,
  dayOctets: octets,
  monthOctets: octets,
  downKbit: kbit,
  upKbit: kbit,
  /** At the same time, of one voucher, number or account. */
  devices: nullable(Type.Integer({ minimum: 1, maximum: 100 })),
  /** In the time of the province; over midnight where it closes before it opens; both or neither. */
  opensAt: nullable(MinuteOfDay),
  closesAt: nullable(MinuteOfDay),
});
export const Plan = Type.Intersect([Type.Object({ id: Uuid }), PlanFields]);
export type Plan = Static<typeof Plan>;
export type NewPlan = Static<typeof PlanFields>;
export const PlanChange = Type.Partial(PlanFields);
export type PlanChange = Static<typeof PlanChange>;
