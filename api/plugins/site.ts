import { access } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendNotFound } from './problems.ts';

/** Files whose name holds a hash of what is in them never change. */
const HASHED = /[/\\]assets[/\\][^/\\]+-[\w-]{8,}\.\w+$/;

/**
 * Serves the built web. Every address that is neither a file nor the API's is a screen, whose page is `index.html`:
 * screens have addresses of their own that the browser resolves.
 */
export async function installSite(app: FastifyInstance, siteDir: string | null): Promise<void> {
  if (siteDir !== null) {
    await app.register(fastifyStatic, {
      root: siteDir,
      index: false,
      wildcard: true,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const isForever = HASHED.test(path.replace(/\.(br|gz)$/, ''));
        reply.header('cache-control', isForever ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  const screen = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (siteDir === null || !isScreen(request)) return sendNotFound(reply);
    return (await exists(join(siteDir, 'index.html'))) ? reply.sendFile('index.html') : sendNotBuilt(reply);
  };
  app.get('/', screen);
  app.setNotFoundHandler(screen);
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * A person's browser on some page, rather than a script, a picture or a call of the API that does not exist. What
 * follows the last dot of a village's code is no extension.
 */
function isScreen({ method, url, headers }: FastifyRequest): boolean {
  const path = url.split('?', 1)[0] ?? '';
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (path === '/api' || path.startsWith('/api/') || /\.[a-z]\w*$/i.test(path)) return false;
  const { accept } = headers;
  return accept === undefined || /text\/html|\*\/\*/.test(accept);
}

const NOT_BUILT = `<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>Simpul</title></head>
<body><h1>Simpul</h1><p>Halaman web belum dibangun. Jalankan <code>npm run build</code>, lalu muat ulang.</p>
<p lang="en">The web is not built yet: run <code>npm run build</code> and reload. The <a href="/api/docs">API</a> works.</p></body></html>
`;

const sendNotBuilt = (reply: FastifyReply): FastifyReply =>
  reply.code(503).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(NOT_BUILT);
