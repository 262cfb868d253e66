import { type Static, Type } from 'typebox';
import { EVIDENCE, type EvidenceKind } from '../domain/cause.ts';
import { CAUSES, INCIDENT_EVENTS, ROOT_KINDS } from '../domain/incident.ts';
import { INCIDENT_SORTS } from '../domain/list-sorts.ts';
import { OFFICER_QUESTION_IDS, OFFICER_REPLIES } from '../domain/officer.ts';
import { OFFICER_REPORTS } from '../domain/report.ts';
import { SITE_KINDS } from '../domain/site.ts';
import { Moment, nullable, oneOf, PageQuery, pageOf, RegionCodeText, Uuid } from './common.ts';
import { type Contract, EDITORS, ROLES, SPEAKERS } from './contract.ts';
import { Outage } from './outages.ts';
import { sortQuery } from './sorting.ts';

const CauseText = oneOf(CAUSES);
const Person = Type.Object({ id: Uuid, name: Type.String() });

export const Incident = Type.Object({
  id: Uuid,
  /** For people to name it by. */
  number: Type.Integer(),
  startedAt: Moment,
  endedAt: nullable(Moment),
  openedAt: Moment,
  closedAt: nullable(Moment),
  rootKind: oneOf(ROOT_KINDS),
  /** What it hangs on; null outside the region of whoever asks, and where it is gone. */
  root: nullable(
    Type.Object({
      deviceId: Uuid,
      deviceName: Type.String(),
      siteId: Uuid,
      siteName: Type.String(),
      regionCode: RegionCodeText,
      place: Type.String(),
    }),
  ),
  regionCode: Type.String(),
  /** What a person says, or else the evidence. */
  cause: CauseText,
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  /** What the evidence said where a person corrected it. */
  guessedCause: nullable(CauseText),
  isFlapping: Type.Boolean(),
  acknowledged: nullable(Type.Object({ at: Moment, by: Type.String() })),
  assignee: nullable(Person),
  resolved: nullable(Type.Object({ at: Moment, by: Type.String() })),
  mergedInto: nullable(Uuid),
  /** What it takes down, as far as the region of whoever asks goes. */
  effect: Type.Object({
    devices: Type.Integer(),
    sites: Type.Integer(),
    villages: Type.Integer(),
    agencies: Type.Integer(),
    population: Type.Integer(),
  }),
  openOutages: Type.Integer(),
});
export type Incident = Static<typeof Incident>;

const EVIDENCE_KINDS = Object.keys(EVIDENCE) as readonly EvidenceKind[];
export const EvidenceItem = Type.Object({
  kind: oneOf(EVIDENCE_KINDS),
  figure: Type.Number(),
  unit: Type.String(),
  at: Moment,
  /** Name of the device, maintenance window or village that it is of. */
  of: nullable(Type.String()),
});
export type EvidenceItem = Static<typeof EvidenceItem>;

export const TimelineEvent = Type.Object({
  id: Type.Integer(),
  at: Moment,
  kind: oneOf(INCIDENT_EVENTS),
  /** Null: Simpul itself. */
  by: nullable(Type.String()),
  /** Text, cause, name or count, as the kind has it. */
  text: nullable(Type.String()),
  cause: nullable(CauseText),
  count: nullable(Type.Integer()),
  incident: nullable(Type.Object({ id: Uuid, number: Type.Integer() })),
  /** The officer of a village did it, through a link: no account. Village null where it lies outside the region. */
  officer: nullable(
    Type.Object({
      village: nullable(Type.String()),
      question: nullable(oneOf(OFFICER_QUESTION_IDS)),
      answer: nullable(oneOf(OFFICER_REPLIES)),
    }),
  ),
  /** What the officer of a village reported. */
  report: Type.Optional(oneOf(OFFICER_REPORTS)),
  photoId: nullable(Uuid),
});
export type TimelineEvent = Static<typeof TimelineEvent>;

export const IncidentDetail = Type.Intersect([
  Incident,
  Type.Object({
    evidence: Type.Array(EvidenceItem),
    timeline: Type.Array(TimelineEvent),
    outages: Type.Array(Outage),
    /** All of the outages in the region of whoever asks; `outages` has at most 500 of them. */
    outageCount: Type.Integer(),
    /** Whether whoever asks may work on it: it lies within their region. */
    isMine: Type.Boolean(),
  }),
]);
export type IncidentDetail = Static<typeof IncidentDetail>;

const Params = Type.Object({ incidentId: Uuid });
const changed = { 200: IncidentDetail };

export const listIncidents = {
  method: 'GET',
  url: '/api/v1/incidents',
  summary: 'Incidents, those that take most down first while open, else newest first',
  tag: 'incidents',
  access: ROLES,
  schema: {
    querystring: Type.Intersect([
      PageQuery,
      sortQuery(INCIDENT_SORTS),
      Type.Object({
        region: Type.Optional(RegionCodeText),
        open: Type.Optional(Type.Boolean()),
        cause: Type.Optional(CauseText),
        assigneeId: Type.Optional(Uuid),
        acknowledged: Type.Optional(Type.Boolean()),
        deviceId: Type.Optional(Uuid),
        siteId: Type.Optional(Uuid),
        /** Incidents that touch the range. */
        from: Type.Optional(Moment),
        to: Type.Optional(Moment),
        q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      }),
    ]),
    response: { 200: pageOf(Incident) },
  },
} as const satisfies Contract;

export const getIncident = {
  method: 'GET',
  url: '/api/v1/incidents/:incidentId',
  summary: 'An incident with its evidence and timeline',
  tag: 'incidents',
  access: ROLES,
  schema: { params: Params, response: { 200: IncidentDetail } },
} as const satisfies Contract;

export const AffectedSite = Type.Object({
  siteId: Uuid,
  siteName: Type.String(),
  siteKind: oneOf(SITE_KINDS),
  regionCode: RegionCodeText,
  /** Village, district or regency in words, nearest first. */
  place: Type.String(),
  /** How many of its devices the incident took down or cut off, and how many of them are down to this day. */
  devices: Type.Integer(),
  openOutages: Type.Integer(),
});
export type AffectedSite = Static<typeof AffectedSite>;

export const listAffectedSites = {
  method: 'GET',
  url: '/api/v1/incidents/:incidentId/sites',
  summary: 'Sites that an incident takes down, whole or in part, with the most devices first',
  tag: 'incidents',
  access: ROLES,
  schema: { params: Params, querystring: PageQuery, response: { 200: pageOf(AffectedSite) } },
} as const satisfies Contract;

export const listAssignees = {
  method: 'GET',
  url: '/api/v1/incidents/:incidentId/assignees',
  summary: 'Who may be given an incident',
  tag: 'incidents',
  access: EDITORS,
  schema: { params: Params, response: { 200: Type.Object({ items: Type.Array(Person) }) } },
} as const satisfies Contract;

export const acknowledgeIncident = {
  method: 'POST',
  url: '/api/v1/incidents/:incidentId/acknowledge',
  summary: 'Say that someone looks after it; a second time changes nothing',
  tag: 'incidents',
  access: EDITORS,
  schema: { params: Params, response: changed },
} as const satisfies Contract;

export const unacknowledgeIncident = {
  method: 'POST',
  url: '/api/v1/incidents/:incidentId/unacknowledge',
  summary: 'Take an acknowledgement back: it waits for someone again, and its escalation goes on',
  tag: 'incidents',
  access: EDITORS,
  schema: { params: Params, response: changed },
} as const satisfies Contract;

export const assignIncident = {
  method: 'POST',
  url: '/api/v1/incidents/:incidentId/assign',
  summary: 'Give it to someone, or take it back',
  tag: 'incidents',
  access: EDITORS,
  schema: { params: Params, body: Type.Object({ accountId: nullable(Uuid) }), response: changed },
} as const satisfies Contract;

export const commentIncident = {
  method: 'POST',
  url: '/api/v1/incidents/:incidentId/comments',
  summary: 'Write something into its timeline',
  tag: 'incidents',
  access: SPEAKERS,
  schema: {
    params: Params,
    body: Type.Object({ text: Type.String({ minLength: 1, maxLength: 4000, pattern: '\\S' }) }),
    response: changed,
  },
} as const satisfies Contract;

export const mergeIncident = {
  method: 'POST',
  url: '/api/v1/incidents/:incidentId/merge',
  summary: 'Take the outages of other incidents over: it is one and the same',
  tag: 'incidents',
  access: EDITORS,
  schema: {
    params: Params,
    body: Type.Object({ incidentIds: Type.Array(Uuid, { minItems: 1, maxItems: 50, uniqueItems: true }) }),
    response: changed,
  },
} as const satisfies Contract;

export const splitIncident = {
  method: 'POST',
  url: '/api/v1/incidents/:incidentId/split',
  summary: 'Make some of its outages an incident of their own; answers the new one',
  tag: 'incidents',
  access: EDITORS,
  schema: {
    params: Params,
    body: Type.Object({ outageIds: Type.Array(Uuid, { minItems: 1, maxItems: 500, uniqueItems: true }) }),
    response: { 201: IncidentDetail },
  },
} as const satisfies Contract;

export const resolveIncident = {
  method: 'POST',
  url: '/api/v1/incidents/:incidentId/resolve',
  summary: 'Say what the cause was; what the evidence said is kept beside it',
  tag: 'incidents',
  access: EDITORS,
  schema: {
    params: Params,
    body: Type.Object({ cause: CauseText, note: Type.Optional(Type.String({ minLength: 1, maxLength: 4000 })) }),
    response: changed,
  },
} as const satisfies Contract;

export const listCorrections = {
  method: 'GET',
  url: '/api/v1/incident-corrections',
  summary: 'How often people found another cause than the evidence said, or the same',
  tag: 'incidents',
  access: EDITORS,
  schema: {
    querystring: Type.Object({
      region: Type.Optional(RegionCodeText),
      from: Type.Optional(Moment),
      to: Type.Optional(Moment),
    }),
    response: {
      200: Type.Object({
        items: Type.Array(Type.Object({ guessed: CauseText, actual: CauseText, count: Type.Integer() })),
      }),
    },
  },
} as const satisfies Contract;
