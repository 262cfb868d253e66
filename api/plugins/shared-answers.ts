import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Contract } from '../../core/contract/contract.ts';
import { type Packing, pack, packingFor } from '../packing.ts';
import { sharedWork } from '../shared-work.ts';

/** Packing less than this costs more than it saves. */
const PACKED_FROM = 1_024;

type Answer = { readonly text: string; readonly etag: string; readonly packed: Map<Packing, Promise<Buffer>> };

/**
 * Open screens ask the same after each change. What these contracts answer depends on the address and the rights of who
 * asks, and on nothing else: it is worked out, written and packed once for all who ask at the same time.
 */
export function installSharedAnswers(app: FastifyInstance, contracts: readonly Contract[]): void {
  const urls = new Set<string>(contracts.map(({ url }) => url));
  const shared = sharedWork<Answer>();

  app.addHook('onRoute', (route) => {
    if (route.method !== 'GET' || !urls.has(route.url)) return;
    const { handler } = route;
    route.handler = async function (this: FastifyInstance, request: FastifyRequest, reply: FastifyReply) {
      const { role, holds } = request.scope;
      const answer = await shared(JSON.stringify([request.url, role, holds]), async () => {
        const text = String(reply.serialize(await handler.call(this, request, reply)));
        const etag = `W/"${createHash('sha1').update(text).digest('base64url')}"`;
        return { text, etag, packed: new Map() };
      });
      reply.header('etag', answer.etag).header('vary', 'accept-encoding').type('application/json; charset=utf-8');
      if (answer.text.length < PACKED_FROM) return answer.text;
      const packing = packingFor(request.headers['accept-encoding']);
      const bytes = answer.packed.get(packing) ?? pack(answer.text, packing, 'passing');
      answer.packed.set(packing, bytes);
      if (packing !== 'identity') reply.header('content-encoding', packing);
      return await bytes;
    };
  });
}
