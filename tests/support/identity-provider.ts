import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** Someone the provider knows. */
export type Person = {
  readonly subject: string;
  readonly email?: string;
  readonly isVerified?: boolean;
  readonly name?: string;
  readonly groups?: readonly string[];
};

export type IdentityProvider = {
  readonly issuer: string;
  /** Whom the next visit is of. */
  visitor: Person;
  /**
   * Goes where a browser is sent, through the provider's pages.
   * @returns the address that it sends the browser back to
   */
  visit(address: string): Promise<URL>;
  close(): Promise<void>;
};

export const CLIENT = { id: 'simpul', secret: 'a secret that both know, and nobody else' } as const;

/** A certified OpenID provider on a free port of the loopback, which signs in whoever `visitor` is. */
export async function startIdentityProvider(redirectUri: string): Promise<IdentityProvider> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const people = new Map<string, Person>();
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username', 'groups'] },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['only of this test'] },
    ttl: { Session: 60, Interaction: 60, Grant: 60, AccessToken: 60, IdToken: 60, AuthorizationCode: 60 },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, id) => {
      const { email, isVerified = false, name, groups } = people.get(id) ?? { subject: id };
      return { accountId: id, claims: () => ({ sub: id, email, email_verified: isVerified, name, groups }) };
    },
  });
  const answer = provider.callback();
  const state: { visitor: Person } = { visitor: { subject: 'nobody' } };

  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) return void answer(request, response);
    const consent = async (): Promise<void> => {
      const { visitor } = state;
      people.set(visitor.subject, visitor);
      const grant = new provider.Grant({ accountId: visitor.subject, clientId: CLIENT.id });
      grant.addOIDCScope('openid email profile');
      const result = { login: { accountId: visitor.subject }, consent: { grantId: await grant.save() } };
      await provider.interactionFinished(request, response, result);
    };
    consent().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });

  return {
    issuer,
    get visitor() {
      return state.visitor;
    },
    set visitor(person) {
      state.visitor = person;
    },
    async visit(address) {
      const cookies = new Map<string, string>();
      let next = new URL(address);
      // Four pages at most: ask, interact, resume, back.
      for (let page = 0; page < 6 && next.origin === issuer; page++) {
        const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
        const response = await fetch(next, { redirect: 'manual', headers: { cookie } });
        for (const set of response.headers.getSetCookie()) {
          const [name = '', value = ''] = (set.split(';')[0] ?? '').split(/=(.*)/s);
          cookies.set(name, value);
        }
        const location = response.headers.get('location');
        if (location === null) throw new Error(`the provider stays at ${next.pathname}: ${await response.text()}`);
        next = new URL(location, next);
      }
      return next;
    },
    close: () => closeServer(server),
  };
}

/** A server that answers whatever it is told to, for providers that are none. */
export async function startPretender(
  answer: Parameters<typeof createServer>[1],
): Promise<{ issuer: string; close(): Promise<void> }> {
  const server = createServer(answer ?? (() => {}));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => closeServer(server) };
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
