import { type Static, Type } from 'typebox';
import { Moment, oneOf, RegionCodeText, RegionQuery, StateText, Uuid, VillageStateText } from './common.ts';
import { type Contract, ROLES } from './contract.ts';

/**
 * Server-sent events. `event:` is the type, `data:` the JSON below, `id:` an opaque mark for `Last-Event-ID`.
 * `resync` says that some events may have been missed (the mark is too old or from before a restart): ask again for
 * whatever is on the screen. A comment line comes every 15 s to keep the line open.
 */
export const LiveEvent = Type.Union([
  Type.Object({
    type: Type.Literal('device-state'),
    deviceId: Uuid,
    siteId: Uuid,
    regionCode: RegionCodeText,
    state: StateText,
    previous: StateText,
    since: Moment,
  }),
  Type.Object({
    type: Type.Literal('village-state'),
    regionCode: RegionCodeText,
    state: VillageStateText,
    previous: VillageStateText,
    at: Moment,
  }),
  Type.Object({
    type: oneOf(['outage-opened', 'outage-closed']),
    outageId: Uuid,
    deviceId: Uuid,
    siteId: Uuid,
    regionCode: RegionCodeText,
    at: Moment,
  }),
  Type.Object({
    type: oneOf(['incident-opened', 'incident-changed', 'incident-closed']),
    incidentId: Uuid,
    /** What all its places have in common. */
    regionCode: Type.String(),
    at: Moment,
  }),
  Type.Object({ type: Type.Literal('inventory-changed'), regionCode: Type.String(), at: Moment }),
  Type.Object({ type: Type.Literal('resync'), at: Moment }),
]);
export type LiveEvent = Static<typeof LiveEvent>;

export const live = {
  method: 'GET',
  url: '/api/v1/live',
  summary: 'What happens, as it happens (text/event-stream)',
  tag: 'live',
  access: ROLES,
  produces: ['text/event-stream'],
  schema: {
    querystring: RegionQuery,
    response: { 200: Type.String({ description: 'text/event-stream of LiveEvent' }) },
  },
} as const satisfies Contract;
