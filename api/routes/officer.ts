import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { answerOfficer, getOfficerIncident, sendOfficerPhoto } from '../../core/contract/officer.ts';
import { PHOTO_TYPES } from '../../core/contract/photos.ts';
import { AppError } from '../../core/domain/errors.ts';
import { officerSaid } from '../../core/domain/officer.ts';
import { answerOfficer as answer } from '../../core/services/officer/answer-officer.ts';
import { officerIncident } from '../../core/services/officer/officer-incident.ts';
import type { OfficerGrant } from '../../core/services/officer/officer-link.ts';
import { sendPhoto } from '../../core/services/officer/send-photo.ts';
import { PHOTO_BYTES, type PhotoEncoder } from '../../core/services/photos/encode-photo.ts';
import type { OfficerDoor, Uploads } from '../officer/door.ts';
import type { ApiParts } from '../parts.ts';
import { officerView } from '../read-models/officer-view.ts';

export type OfficerDeps = Pick<ApiParts, 'inventory' | 'series' | 'bus' | 'clock' | 'log'> & {
  readonly door: OfficerDoor;
  readonly encodePhoto: PhotoEncoder;
  readonly uploads: Uploads;
};

/** What the page of `officer-pages.ts` does, for programs. */
export const officerRoutes: FastifyPluginAsyncTypebox<OfficerDeps> = async (app, deps) => {
  const { door } = deps;
  app.decorateRequest('officer', null);
  app.addContentTypeParser(
    [...PHOTO_TYPES],
    { parseAs: 'buffer', bodyLimit: PHOTO_BYTES },
    async (_: unknown, body: Buffer) => body,
  );
  const view = async (grant: OfficerGrant) => officerView(await officerIncident(deps, grant), grant);

  app.route({
    ...getOfficerIncident,
    handler: (request) => view(door.open(request, request.params.token, 'look')),
  });

  app.route({
    ...answerOfficer,
    handler: async (request) => {
      const grant = door.open(request, request.params.token, 'answer');
      const said = officerSaid(request.body.question, request.body.answer);
      if (said === null)
        throw new AppError('bad-input', 'this is no answer to that question', {
          faults: [{ field: '/answer', reason: 'must be an answer of the question' }],
        });
      await answer(deps, grant, said);
      return await view(grant);
    },
  });

  app.route({
    ...sendOfficerPhoto,
    bodyLimit: PHOTO_BYTES,
    // Before the first byte of the body is read.
    onRequest: async (request, reply) => {
      request.officer = door.open(request, request.params.token, 'photo');
      deps.uploads.enter(reply);
    },
    handler: async (request) => {
      const { body, officer } = request;
      if (officer === null || !Buffer.isBuffer(body))
        throw new AppError('not-supported', `this call takes ${PHOTO_TYPES.join(', ')}`);
      await sendPhoto(deps, officer, body);
      return await view(officer);
    },
  });
};
