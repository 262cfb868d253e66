import { type Static, Type } from 'typebox';
import { Moment, nullable, Uuid } from './common.ts';
import { type Contract, SPEAKERS } from './contract.ts';

export const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;

/** A photograph of an incident, drawn anew by Simpul: without the place and the camera that its file may have named. */
export const Photo = Type.Object({
  id: Uuid,
  at: Moment,
  /** It is removed then. */
  expiresAt: Moment,
  width: Type.Integer(),
  height: Type.Integer(),
  /** Village whose officer sent it through a link; null where an account did. */
  village: nullable(Type.String()),
  by: nullable(Type.String()),
});
export type Photo = Static<typeof Photo>;

const Params = Type.Object({ incidentId: Uuid });

export const listPhotos = {
  method: 'GET',
  url: '/api/v1/incidents/:incidentId/photos',
  summary: 'Photographs of an incident, the first first',
  tag: 'incidents',
  access: 'signed-in',
  schema: { params: Params, response: { 200: Type.Object({ items: Type.Array(Photo) }) } },
} as const satisfies Contract;

/** Body: the JPEG, PNG or WebP itself, of 8 MB at most. */
export const addPhoto = {
  method: 'POST',
  url: '/api/v1/incidents/:incidentId/photos',
  summary: 'Attach a photograph; the same one again is kept once',
  tag: 'incidents',
  access: SPEAKERS,
  consumes: PHOTO_TYPES,
  schema: { params: Params, response: { 201: Photo } },
} as const satisfies Contract;

export const getPhoto = {
  method: 'GET',
  url: '/api/v1/incidents/:incidentId/photos/:photoId',
  summary: 'A photograph itself',
  tag: 'incidents',
  access: 'signed-in',
  produces: ['image/webp'],
  schema: {
    params: Type.Object({ incidentId: Uuid, photoId: Uuid }),
    response: { 200: Type.Unsafe<unknown>({}) },
  },
} as const satisfies Contract;
