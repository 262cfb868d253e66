import { type Static, Type } from 'typebox';
import { Moment, oneOf, Uuid } from './common.ts';
import type { Contract } from './contract.ts';

export const VIEW_SCREENS = ['devices', 'sites', 'outages', 'villages', 'links'] as const;
export type ViewScreen = (typeof VIEW_SCREENS)[number];

export const SavedView = Type.Object({
  id: Uuid,
  screen: oneOf(VIEW_SCREENS),
  name: Type.String(),
  /** What stands in the address of the list. */
  search: Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 200 })),
  isShared: Type.Boolean(),
  /** Whether it is of whoever asks: only its maker removes it. */
  isMine: Type.Boolean(),
  /** Who made it. */
  by: Type.String(),
  createdAt: Moment,
});
export type SavedView = Static<typeof SavedView>;

const NewView = Type.Object({
  screen: oneOf(VIEW_SCREENS),
  name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
  search: Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 200 }), { maxProperties: 20 }),
  /** With everybody of the region of whoever shares it; only for admins and engineers. */
  isShared: Type.Boolean(),
});

export const listViews = {
  method: 'GET',
  url: '/api/v1/views',
  summary: 'Saved views of a list: own ones, and those shared within the region',
  tag: 'lists',
  access: 'signed-in',
  schema: {
    querystring: Type.Object({ screen: oneOf(VIEW_SCREENS) }),
    response: { 200: Type.Object({ items: Type.Array(SavedView) }) },
  },
} as const satisfies Contract;

export const saveView = {
  method: 'POST',
  url: '/api/v1/views',
  summary: 'Save a view under a name; one of that name is replaced',
  tag: 'lists',
  access: 'signed-in',
  schema: { body: NewView, response: { 201: SavedView } },
} as const satisfies Contract;

export const deleteView = {
  method: 'DELETE',
  url: '/api/v1/views/:viewId',
  summary: 'Remove an own view',
  tag: 'lists',
  access: 'signed-in',
  schema: { params: Type.Object({ viewId: Uuid }), response: { 204: Type.Null() } },
} as const satisfies Contract;
