import type { FastifyPluginAsync } from 'fastify';
import type { Contract } from '../../core/contract/contract.ts';
import { DOCS_STYLE, docsPage } from '../docs-page.ts';
import { openApiDocument } from '../openapi.ts';
import { OPENAPI_URL } from '../plugins/authorise.ts';

type Deps = {
  /** Every contract that is served; complete once the server is ready. */
  readonly contracts: readonly Contract[];
  readonly version: string;
};

export const docsRoutes: FastifyPluginAsync<Deps> = async (app, { contracts, version }) => {
  let document: string | undefined;
  let page: string | undefined;

  app.get('/api/docs', async (_request, reply) => {
    page ??= docsPage(contracts, version);
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
  });

  app.get('/api/docs/style.css', async (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/css; charset=utf-8').send(DOCS_STYLE),
  );

  app.get(OPENAPI_URL, async (_request, reply) => {
    document ??= JSON.stringify(openApiDocument(contracts, version));
    return reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(document);
  });
};
