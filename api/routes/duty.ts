import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  createShift,
  createSubstitution,
  deleteShift,
  deleteSubstitution,
  getDuty,
  listShifts,
  listSubstitutions,
} from '../../core/contract/duty.ts';
import { DAY } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import { checkShift } from '../../core/services/notices/checked.ts';
import { dutyRoster } from '../../core/services/notices/roster.ts';
import type { ApiParts } from '../parts.ts';
import type { Scope } from '../scope.ts';

/** As far as a roster is shown at once. */
const LONGEST_MS = 62 * DAY;

export const dutyRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock'>> = async (
  app,
  { inventory, clock },
) => {
  const { duty, recipients, regions } = inventory;

  const admitPerson = async (scope: Scope, id: string | null) =>
    id === null ? null : scope.admit(await recipients.get(id));

  app.route({
    ...getDuty,
    handler: async ({ query, scope }) => {
      const at = clock();
      const { from = at, to = from + 7 * DAY } = query;
      if (to <= from || to - from > LONGEST_MS)
        throw new AppError('bad-input', 'the range ends after it begins, and is two months long at most', {
          faults: [{ field: '/to', reason: 'must lie after from, by 62 days at most' }],
        });
      const regionCode = scope.narrow(query.region);
      if (regionCode === null) return { at, items: [] };
      return { at, items: await dutyRoster(inventory, { regionCode, at, range: { from, to } }) };
    },
  });

  app.route({
    ...listShifts,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      return { items: region === null ? [] : await duty.shifts(region) };
    },
  });

  app.route({
    ...createShift,
    handler: async ({ body, scope }) => {
      scope.admitRegion(body.regionCode);
      if (body.regionCode !== '' && (await regions.get(body.regionCode)) === null)
        throw new AppError('not-found', 'there is no such region here');
      await admitPerson(scope, body.recipientId);
      checkShift(body);
      return await duty.addShift(body);
    },
  });

  app.route({
    ...deleteShift,
    handler: async ({ params, scope }) => {
      scope.admit(await duty.shift(params.shiftId));
      await duty.removeShift(params.shiftId);
      return null;
    },
  });

  app.route({
    ...listSubstitutions,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      return { items: region === null ? [] : await duty.substitutions(clock(), region) };
    },
  });

  app.route({
    ...createSubstitution,
    handler: async ({ body, scope }) => {
      await admitPerson(scope, body.absentId);
      await admitPerson(scope, body.substituteId);
      if (body.to <= body.from || body.substituteId === body.absentId)
        throw new AppError('bad-input', 'a substitution is of two people, and ends after it begins');
      return await duty.addSubstitution(body);
    },
  });

  app.route({
    ...deleteSubstitution,
    handler: async ({ params, scope }) => {
      const found = await duty.substitution(params.substitutionId);
      await admitPerson(scope, found?.absentId ?? params.substitutionId);
      await duty.removeSubstitution(params.substitutionId);
      return null;
    },
  });
};
