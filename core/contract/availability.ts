import { type Static, Type } from 'typebox';
import { CONDITIONS, EXCLUSION_REASONS } from '../domain/availability.ts';
import { Moment, nullable, oneOf } from './common.ts';
import { type Contract, ROLES } from './contract.ts';

const Seconds = Type.Integer({ minimum: 0 });

/** Whole seconds of a period by what they count as. `cutOff` is part of `unknown`; the others add up to the period. */
export const Tally = Type.Object({
  up: Seconds,
  degraded: Seconds,
  down: Seconds,
  unknown: Seconds,
  /** Everything before the thing was down: counted there. */
  cutOff: Seconds,
  excluded: Seconds,
  excludedBy: Type.Object({ planned: Seconds, 'force-majeure': Seconds, power: Seconds, other: Seconds }),
});

/** (up + degraded) / (up + degraded + down), rounded down to four decimals; null where nothing counts. */
export const AvailabilityPercent = nullable(Type.Number({ minimum: 0, maximum: 100 }));

export const ConditionStretch = Type.Object({ from: Moment, to: Moment, condition: oneOf(CONDITIONS) });
export type ConditionStretch = Static<typeof ConditionStretch>;

export const ExclusionReasonText = oneOf(EXCLUSION_REASONS);

const UUID = '[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}';
const CODE = '\\d{2}(\\.\\d{2}(\\.\\d{2}(\\.\\d{4})?)?)?';

export const Availability = Type.Object({
  of: Type.String(),
  /** The period in whole seconds; what lies after now is not part of it. */
  from: Moment,
  to: Moment,
  seconds: Tally,
  availabilityPercent: AvailabilityPercent,
  /** How many sites of a region the seconds are summed over; 1 for anything else. */
  things: Type.Integer(),
  /** Of one thing; null for a region. */
  timeline: nullable(Type.Array(ConditionStretch)),
});
export type Availability = Static<typeof Availability>;

export const getAvailability = {
  method: 'GET',
  url: '/api/v1/availability',
  summary: 'Seconds up, degraded, down, unknown and excluded of a thing over a period',
  tag: 'statements',
  access: ROLES,
  schema: {
    querystring: Type.Object({
      of: Type.String({
        pattern: `^((device|site|agency|link):${UUID}|(village|region):${CODE})$`,
        description:
          '`device:ID`, `site:ID`, `agency:ID`, `link:ID`, `village:CODE`, or `region:CODE` for its hotspots',
      }),
      from: Moment,
      to: Moment,
    }),
    response: { 200: Availability },
  },
} as const satisfies Contract;
