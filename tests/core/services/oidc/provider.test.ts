import type { RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { Secret } from '../../../../core/config/secret.ts';
import { oidcProvider } from '../../../../core/services/oidc/provider.ts';
import { startPretender } from '../../../support/identity-provider.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const { close } of open.splice(0)) await close();
});

async function pretender(answer: RequestListener) {
  const server = await startPretender(answer);
  open.push(server);
  return oidcProvider(
    {
      issuer: server.issuer,
      clientId: 'simpul',
      clientSecret: new Secret('a secret nobody may see'),
      name: 'x',
      scope: 'openid',
      redirectUri: 'https://simpul.example/api/v1/session/oidc/callback',
      claim: null,
    },
    { clock: Date.now, timeoutMs: 300 },
  );
}

const described = (host: string | undefined) => ({
  issuer: `http://${host}`,
  authorization_endpoint: `http://${host}/authorize`,
  token_endpoint: `http://${host}/token`,
  jwks_uri: `http://${host}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
});
const isDescription = (url: string | undefined): boolean => url?.startsWith('/.well-known/') === true;
const TRIP = { state: 's'.repeat(43), nonce: 'n'.repeat(43), verifier: 'v'.repeat(43) };
const CAME_BACK = `code=abc&state=${TRIP.state}`;

test.each<[string, RequestListener]>([
  ['is silent', () => {}],
  ['closes the line', (request) => request.socket.destroy()],
  ['sends half an answer', (_, response) => response.writeHead(200, { 'content-length': 1000 }).write('{"issuer":')],
  ['sends nonsense', (_, response) => response.end('<html>Selamat datang</html>')],
  ['speaks for another', (_, response) => response.end(JSON.stringify(described('elsewhere.example')))],
  ['sends people on', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
  ['fails', (_, response) => response.writeHead(500).end('a secret nobody may see')],
  [
    'never stops',
    (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('x'.repeat(300 * 1024)),
  ],
])('a provider that %s is told as away', async (_, answer) => {
  const provider = await pretender(answer);

  const leaving = provider.leave();

  await expect(leaving).rejects.toMatchObject({
    code: 'store-unavailable',
    message: expect.not.stringMatching(/secret/),
  });
});

test.each<[string, RequestListener, string]>([
  ['is silent', () => {}, 'store-unavailable'],
  ['sends nonsense', (_, response) => response.end('nonsense'), 'store-unavailable'],
  [
    'sends no identity',
    (_, response) => void json(response, { access_token: 'x', token_type: 'bearer' }),
    'not-signed-in',
  ],
  ['sends an unsigned identity', (_, response) => void json(response, forged()), 'not-signed-in'],
  ['refuses', (_, response) => void json(response, { error: 'invalid_grant' }, 400), 'not-signed-in'],
])('a token endpoint that %s opens nothing', async (_, answer, code) => {
  const provider = await pretender((request, response) => {
    if (isDescription(request.url)) json(response, described(request.headers.host));
    else answer(request, response);
  });

  const arriving = provider.arrive(CAME_BACK, TRIP);

  await expect(arriving).rejects.toMatchObject({ code });
});

test('a provider that was away is asked again at once', async () => {
  let isAway = true;
  const provider = await pretender((request, response) => {
    if (isAway) response.writeHead(503).end();
    else json(response, described(request.headers.host));
  });

  await expect(provider.leave()).rejects.toMatchObject({ code: 'store-unavailable' });
  isAway = false;
  const { url, trip } = await provider.leave();

  const asked = new URL(url).searchParams;
  expect(Object.fromEntries(asked)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    state: trip.state,
    nonce: trip.nonce,
  });
  expect(url).not.toContain(trip.verifier);
});

function json(response: Parameters<RequestListener>[1], body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** An identity that nobody signed. */
function forged(): object {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: 'http://127.0.0.1', aud: 'simpul', sub: 'admin', iat: now, exp: now + 60, nonce: TRIP.nonce };
  return { access_token: 'x', token_type: 'bearer', id_token: `${part({ alg: 'none' })}.${part(claims)}.` };
}
