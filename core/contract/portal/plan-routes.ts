import { Type } from 'typebox';
import { Uuid } from '../common.ts';
import { type Contract, EDITORS } from '../contract.ts';
import { Plan, PlanChange, PlanFields } from './plan.ts';

const Params = Type.Object({ planId: Uuid });

export const listPlans = {
  method: 'GET',
  url: '/api/v1/portal/plans',
  summary: 'Plans of the captive portal, by name',
  tag: 'portal',
  access: 'signed-in',
  schema: { response: { 200: Type.Object({ items: Type.Array(Plan) }) } },
} as const satisfies Contract;

export const createPlan = {
  method: 'POST',
  url: '/api/v1/portal/plans',
  summary: 'Add a plan; plans hold for every region',
  tag: 'portal',
  access: EDITORS,
  schema: { body: PlanFields, response: { 201: Plan } },
} as const satisfies Contract;

export const updatePlan = {
  method: 'PATCH',
  url: '/api/v1/portal/plans/:planId',
  summary: 'Change a plan; who is online keeps what they were let in with',
  tag: 'portal',
  access: EDITORS,
  schema: { params: Params, body: PlanChange, response: { 200: Plan } },
} as const satisfies Contract;

export const deletePlan = {
  method: 'DELETE',
  url: '/api/v1/portal/plans/:planId',
  summary: 'Remove a plan; sites and vouchers of it are without limits then',
  tag: 'portal',
  access: EDITORS,
  schema: { params: Params, response: { 204: Type.Null() } },
} as const satisfies Contract;
