import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { collectRum, getRumFigures, getRumSetting } from '../../core/contract/rum.ts';
import { MINUTE } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import { readFaro } from '../../core/domain/rum.ts';
import { attemptLimiter } from '../../core/services/attempt-limiter.ts';
import { alloyForwarder } from '../../core/services/forward-rum.ts';
import type { ApiParts } from '../parts.ts';
import { accountIdOf } from '../plugins/authorise.ts';
import { rumFigures, rumRange } from '../read-models/rum-figures.ts';

const BODY_BYTES = 64 * 1024;
/** A browser sends once in a quarter of a minute at most; an office shares one address. */
const LIMITS = {
  pair: { attempts: 60, windowMs: 5 * MINUTE },
  name: { attempts: 120, windowMs: 5 * MINUTE },
  address: { attempts: 3_000, windowMs: 5 * MINUTE },
} as const;

export const rumRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock' | 'log' | 'config'>> = async (
  app,
  { inventory, clock, log, config },
) => {
  const limiter = attemptLimiter(clock, LIMITS);
  const isOn = config.rum !== null;
  const alloyUrl = config.rum?.alloyUrl ?? null;
  const forward = alloyUrl === null ? null : alloyForwarder({ url: alloyUrl, clock, log });

  app.route({ ...getRumSetting, handler: async () => ({ isOn }) });

  app.route({
    ...collectRum,
    bodyLimit: BODY_BYTES,
    handler: async (request) => {
      if (!isOn) throw new AppError('not-supported', 'nothing is measured here: SIMPUL_RUM is off');
      const waitMs = limiter.take(accountIdOf(request), request.ip);
      if (waitMs > 0) throw new AppError('too-many-requests', 'too often in a short time', { retryAfterMs: waitMs });
      const report = readFaro(request.body);
      const regency = (request.account?.regionCode ?? '').split('.').slice(0, 2).join('.');
      if (report.vitals.length + report.errors.length > 0) await inventory.rum.add(report, regency, clock());
      forward?.(report, regency);
      return null;
    },
  });

  app.route({
    ...getRumFigures,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      const { route, connection, days = 7 } = query;
      // What no region names is nothing to anybody: the store finds nothing for it.
      const filter = { region: region ?? 'none', ...rumRange(days, clock()), route, connection };
      return { isOn, ...(await rumFigures(inventory, filter)) };
    },
  });
};
