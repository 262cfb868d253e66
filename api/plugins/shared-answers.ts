import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema, RouteOptions } from 'fastify';
import type { Contract } from '../../core/contract/contract.ts';
import { type Packing, pack, packingFor } from '../packing.ts';
import { scopeOf } from '../scope.ts';
import { sharedWork } from '../shared-work.ts';
import { buildSerializer } from '../validation.ts';

/** Packing less than this costs more than it saves. */
const PACKED_FROM = 1_024;
/** What browsers take. */
const USUAL_PACKING: Packing = 'br';

type Answer = { readonly text: string; readonly etag: string; readonly packed: Map<Packing, Promise<Buffer>> };
/** What an answer depends on. */
type Asked = Pick<FastifyRequest, 'url' | 'query' | 'scope'>;

/**
 * Open screens ask the same after each change. What these contracts answer depends on the address and the rights of who
 * asks, and on nothing else: it is worked out, written and packed once for all who ask at the same time. A handler that
 * gives the very object that it gave before has nothing new to tell: that is not written and packed again.
 * @param first asked by the first screens without anything beside the address
 * @returns works these out for the whole province, so that whoever looks first after a start does not wait for stores
 *   that nobody asked before; what fails there is told to whoever asks
 */
export function installSharedAnswers(
  app: FastifyInstance,
  contracts: readonly Contract[],
  first: readonly Contract[],
): () => Promise<void> {
  const urls = new Set<string>(contracts.map(({ url }) => url));
  const firstUrls = new Set<string>(first.map(({ url }) => url));
  const shared = sharedWork<Answer>();
  const ahead: (() => Promise<unknown>)[] = [];

  app.addHook('onRoute', (route) => {
    if (route.method !== 'GET' || !urls.has(route.url)) return;
    const { handler } = route;
    const write = writerOf(route);
    const written = new WeakMap<object, Answer>();
    const answerTo = async (asked: Asked, reply?: FastifyReply): Promise<Answer> => {
      const body = Object(await handler.call(app, asked as FastifyRequest, reply as FastifyReply));
      const known = written.get(body);
      if (known !== undefined) return known;
      const text = write(body);
      const etag = `W/"${createHash('sha1').update(text).digest('base64url')}"`;
      const answer: Answer = { text, etag, packed: new Map() };
      written.set(body, answer);
      return answer;
    };
    if (firstUrls.has(route.url)) {
      const asked = { url: route.url, query: {}, scope: scopeOf('viewer', '') };
      ahead.push(async () => await packedAs(await answerTo(asked), USUAL_PACKING));
    }
    route.handler = async (request, reply) => {
      const { role, holds } = request.scope;
      const answer = await shared(JSON.stringify([request.url, role, holds]), () => answerTo(request, reply));
      reply.header('etag', answer.etag).header('vary', 'accept-encoding').type('application/json; charset=utf-8');
      if (answer.text.length < PACKED_FROM) return answer.text;
      const packing = packingFor(request.headers['accept-encoding']);
      if (packing !== 'identity') reply.header('content-encoding', packing);
      return await packedAs(answer, packing);
    };
  });

  let isClosing = false;
  let running: Promise<unknown> = Promise.resolve();
  // Stores close after the server: nothing of this may still be asking them.
  app.addHook('onClose', async () => {
    isClosing = true;
    await running;
  });
  return async () => {
    for (const work of ahead) {
      if (isClosing) return;
      running = work().catch(() => {});
      await running;
    }
  };
}

/** How the route writes its answers, made when the first is written. */
function writerOf({ schema, serializerCompiler, method, url }: RouteOptions): (body: unknown) => string {
  const compile = serializerCompiler ?? buildSerializer({}, {});
  const responses = schema?.response as Readonly<Record<string, FastifySchema>> | undefined;
  return compile({ schema: responses?.['200'] ?? {}, method: String(method), url, httpStatus: '200' });
}

function packedAs({ text, packed }: Answer, packing: Packing): Promise<Buffer> {
  const bytes = packed.get(packing) ?? pack(text, packing, 'passing');
  packed.set(packing, bytes);
  return bytes;
}
