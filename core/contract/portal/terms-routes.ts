import { type Static, Type } from 'typebox';
import { Moment, PageQuery, pageOf, Uuid } from '../common.ts';
import { type Contract, EDITORS } from '../contract.ts';
import { DataRequest, NewTerms, Terms } from './terms.ts';

const ADMIN = ['admin'] as const;

export const listTerms = {
  method: 'GET',
  url: '/api/v1/portal/terms',
  summary: 'Versions of the terms of use, newest first',
  tag: 'portal',
  access: 'signed-in',
  schema: { response: { 200: Type.Object({ items: Type.Array(Terms) }) } },
} as const satisfies Contract;

export const addTerms = {
  method: 'POST',
  url: '/api/v1/portal/terms',
  summary: 'Add a version of the terms; versions are never changed, because people agreed to their very words',
  tag: 'portal',
  access: ADMIN,
  schema: { body: NewTerms, response: { 201: Terms } },
} as const satisfies Contract;

export const listDataRequests = {
  method: 'GET',
  url: '/api/v1/portal/data-requests',
  summary: 'What people asked of their data, the most urgent first',
  tag: 'portal',
  access: ADMIN,
  schema: {
    querystring: Type.Intersect([PageQuery, Type.Object({ open: Type.Optional(Type.Boolean()) })]),
    response: { 200: pageOf(DataRequest) },
  },
} as const satisfies Contract;

export const completeDataRequest = {
  method: 'POST',
  url: '/api/v1/portal/data-requests/:requestId/done',
  summary: 'Do what was asked: erase or stop, and keep what was done',
  tag: 'portal',
  access: ADMIN,
  schema: {
    params: Type.Object({ requestId: Uuid }),
    body: Type.Object({ outcome: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }) }),
    response: { 200: DataRequest },
  },
} as const satisfies Contract;

/** One run of retention for one class of data. */
export const Forgotten = Type.Object({
  at: Moment,
  dataClass: Type.String(),
  olderThan: Moment,
  rows: Type.Integer(),
});
export type Forgotten = Static<typeof Forgotten>;

export const listForgotten = {
  method: 'GET',
  url: '/api/v1/portal/retention',
  summary: 'What retention removed, newest first',
  tag: 'portal',
  access: EDITORS,
  schema: { querystring: PageQuery, response: { 200: pageOf(Forgotten) } },
} as const satisfies Contract;
