import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { EDITORS } from '../../core/contract/contract.ts';
import { search } from '../../core/contract/search.ts';
import type { Finder } from '../read-models/finder.ts';

export const searchRoutes: FastifyPluginAsyncTypebox<{ finder: Finder }> = async (app, { finder }) => {
  // Whoever only calls, as tests do, has it made by the first question.
  app.addHook('onListen', () => void finder.warm().catch(() => {}));
  app.addHook('onClose', async () => finder.stop());

  app.route({
    ...search,
    handler: async ({ query: { q, region: asked, perKind = 6 }, scope }) => {
      const within = scope.within({ region: asked });
      if (within === null) return { items: [], isNearly: false };
      // As their own lists are open to.
      const mayFind = (kind: 'gateway' | 'account'): boolean =>
        kind === 'account' ? scope.role === 'admin' : EDITORS.some((role) => role === scope.role);
      return await finder.find({ q, region: within.region, sees: scope.sees, perKind, mayFind });
    },
  });
};
