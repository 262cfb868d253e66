import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ApiError, addressOf } from '../../../web/api/endpoint.ts';
import { getSummary, signIn } from '../../../web/api/endpoints.ts';

let server: Server | undefined;

/** Lets the client's own paths reach a server on a free port. */
async function answering(handler: RequestListener): Promise<void> {
  const started = createServer(handler);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const real = globalThis.fetch;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => real(`http://127.0.0.1:${port}${path}`, init));
}

afterEach(async () => {
  vi.unstubAllGlobals();
  server?.closeAllConnections();
  await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
  server = undefined;
});

describe('an endpoint', () => {
  test('fills the path and asks in a stable order, leaving out what is not asked', () => {
    const address = addressOf(
      '/api/v1/devices/:deviceId/series',
      { deviceId: 'a/b' },
      { to: 2, from: 1, stepMs: undefined },
    );

    expect(address).toBe('/api/v1/devices/a%2Fb/series?from=1&to=2');
  });

  test('turns problem details into a typed error', async () => {
    await answering((_, response) => {
      response.writeHead(403, { 'content-type': 'application/problem+json' });
      response.end(
        JSON.stringify({ type: 'x', title: 'no', status: 403, code: 'forbidden', faults: [{ reason: 'region' }] }),
      );
    });

    const call = getSummary({ query: {} });

    await expect(call).rejects.toMatchObject({ code: 'forbidden', status: 403, faults: [{ reason: 'region' }] });
  });

  test('names an error by its status where the body is nonsense', async () => {
    await answering((_, response) => {
      response.writeHead(503, { 'content-type': 'text/html' });
      response.end('<h1>Bad Gateway');
    });

    await expect(getSummary({ query: {} })).rejects.toMatchObject({ code: 'store-unavailable', status: 503 });
  });

  test('calls half an answer an error of the server, not of the line', async () => {
    await answering((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"region":');
    });

    await expect(getSummary({ query: {} })).rejects.toMatchObject({ code: 'internal', status: 200 });
  });

  test('says offline where nothing answers', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));

    const failure = await getSummary({ query: {} }).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({ code: 'offline', status: 0 });
  });

  test('sends a body as JSON and keeps the cookie to its own origin', async () => {
    const seen: RequestInit[] = [];
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      seen.push(init);
      return Promise.resolve(new Response('{"id":"1"}', { status: 200 }));
    });

    await signIn({ body: { name: 'sri', password: 'rahasia' } });

    expect(seen[0]).toMatchObject({
      method: 'POST',
      credentials: 'same-origin',
      body: '{"name":"sri","password":"rahasia"}',
    });
  });
});
