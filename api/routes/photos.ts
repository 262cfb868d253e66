import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addPhoto, getPhoto, listPhotos, PHOTO_TYPES } from '../../core/contract/photos.ts';
import { AppError } from '../../core/domain/errors.ts';
import { addPhoto as add } from '../../core/services/photos/add-photo.ts';
import { PHOTO_BYTES, type PhotoEncoder } from '../../core/services/photos/encode-photo.ts';
import type { StoredPhoto } from '../../core/stores/inventory/photos.ts';
import type { Uploads } from '../officer/door.ts';
import type { ApiParts } from '../parts.ts';
import { accountIdOf } from '../plugins/authorise.ts';
import type { Scope } from '../scope.ts';

type Deps = Pick<ApiParts, 'inventory' | 'bus' | 'clock'> & {
  readonly encodePhoto: PhotoEncoder;
  readonly uploads: Uploads;
};

/** Alone in a tab, a picture runs nothing and loads nothing. */
const PICTURE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

export const photoRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { inventory, clock } = deps;
  app.addContentTypeParser(
    [...PHOTO_TYPES],
    { parseAs: 'buffer', bodyLimit: PHOTO_BYTES },
    async (_: unknown, body: Buffer) => body,
  );

  async function seen({ scope }: Pick<FastifyRequest, 'scope'>, incidentId: string) {
    const incident = await inventory.incidents.get(incidentId, scope.holds);
    if (incident === null) throw new AppError('not-found', 'there is no such incident here');
    if (incident.mergedInto !== null) throw new AppError('conflict', 'another incident took this one over');
    return incident;
  }
  /** An incident may reach beyond the region: what officers of villages outside sent is not shown. */
  const isShown = (scope: Scope, { village }: StoredPhoto): boolean => village === null || scope.covers(village.code);
  const shape = ({ village, ...photo }: StoredPhoto) => ({ ...photo, village: village?.name ?? null });
  const list = async (scope: Scope, incidentId: string) =>
    (await inventory.photos.of(incidentId, clock())).filter((photo) => isShown(scope, photo));

  app.route({
    ...listPhotos,
    handler: async (request) => {
      const { id } = await seen(request, request.params.incidentId);
      return { items: (await list(request.scope, id)).map(shape) };
    },
  });

  app.route({
    ...addPhoto,
    bodyLimit: PHOTO_BYTES,
    onRequest: async (_request: FastifyRequest, reply: FastifyReply) => deps.uploads.enter(reply),
    handler: async (request) => {
      if (!Buffer.isBuffer(request.body))
        throw new AppError('not-supported', `this call takes ${PHOTO_TYPES.join(', ')}`);
      const incident = await seen(request, request.params.incidentId);
      const from = { accountId: accountIdOf(request) };
      const id = await add(deps, incident, { from, bytes: request.body });
      const photo = (await list(request.scope, incident.id)).find((one) => one.id === id);
      // The same one came from an officer of a village outside: it is there, and not shown.
      if (photo === undefined) throw new AppError('conflict', 'the incident has this photograph already');
      return shape(photo);
    },
  });

  app.route({
    ...getPhoto,
    handler: async (request, reply) => {
      const { id } = await seen(request, request.params.incidentId);
      const photo = await inventory.photos.get(id, request.params.photoId, clock());
      if (photo === null || !isShown(request.scope, photo))
        throw new AppError('not-found', 'there is no such photograph here');
      return reply
        .type(photo.contentType)
        .header('content-security-policy', PICTURE_POLICY)
        .header('content-disposition', `inline; filename="${photo.id}.webp"`)
        .header('cache-control', 'private, max-age=86400, immutable')
        .send(photo.bytes);
    },
  });
};
