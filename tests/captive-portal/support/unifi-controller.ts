import { once } from 'node:events';
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTls } from 'node:https';
import type { KeyPair } from '../../support/certificates.ts';

export type Sta = {
  readonly mac: string;
  is_guest: boolean;
  authorized: boolean;
  uptime: number;
  rx_bytes: number;
  tx_bytes: number;
};

type Options = {
  /** UniFi OS: everything under /proxy/network, a token against forged requests. */
  readonly isUniFiOs: boolean;
  readonly tls?: KeyPair;
  readonly user?: string;
  readonly password?: string;
  readonly apiKey?: string;
};

type Reply = readonly [status: number, value: unknown];
const reply = (status: number, value: unknown): Reply => [status, value];

const SITE_ID = '88f7af54-98f8-306a-a1c7-c9349722b1f6';

/** A UniFi controller with both of its APIs, of the site `default`; what it was asked stands in `asked`. */
export async function startController({
  isUniFiOs,
  tls,
  user = 'simpul',
  password = 'rahasia',
  apiKey = 'kunci-api-1',
}: Options) {
  const clients = new Map<string, Sta>();
  const asked: string[] = [];
  const grants: Record<string, unknown>[] = [];
  let cookie = '';
  let csrf = '';
  let count = 0;
  /** Instead of the usual answer, once for each that is put here. */
  const spoiled: ((response: ServerResponse) => void)[] = [];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const part of request.setEncoding('utf8')) text += part;
    const url = new URL(request.url ?? '/', 'http://controller');
    asked.push(`${request.method} ${url.pathname}`);
    const spoil = spoiled.shift();
    if (spoil !== undefined) return spoil(response);
    const body = text === '' ? {} : JSON.parse(text);
    const json = (status: number, value: unknown, headers: Record<string, string> = {}): void =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
    const official = '/proxy/network/integration/v1';
    if (url.pathname.startsWith(official)) {
      if (request.headers['x-api-key'] !== apiKey) return json(401, { statusCode: 401 });
      return json(...answerOfficial(url.pathname.slice(official.length), url, body));
    }
    if (url.pathname === '/proxy/network/status') return json(isUniFiOs ? 401 : 404, {});
    if (url.pathname === (isUniFiOs ? '/api/auth/login' : '/api/login')) {
      if (body.username !== user || body.password !== password)
        return json(isUniFiOs ? 401 : 400, { meta: { rc: 'error', msg: 'api.err.Invalid' } });
      cookie = `${isUniFiOs ? 'TOKEN' : 'unifises'}=sesi${++count}`;
      csrf = `csrf-${count}`;
      const headers = { 'set-cookie': `${cookie}; Path=/; HttpOnly`, ...(isUniFiOs ? { 'x-csrf-token': csrf } : {}) };
      return json(200, { meta: { rc: 'ok' }, data: [] }, headers);
    }
    const prefix = isUniFiOs ? '/proxy/network' : '';
    if (!url.pathname.startsWith(`${prefix}/api/s/default/`)) return json(404, {});
    if (cookie === '' || request.headers.cookie !== cookie)
      return json(401, { meta: { rc: 'error', msg: 'api.err.LoginRequired' } });
    if (isUniFiOs && request.method === 'POST' && request.headers['x-csrf-token'] !== csrf) return json(403, {});
    return json(...answerClassic(url.pathname.slice(`${prefix}/api/s/default`.length), body));
  }

  function answerClassic(path: string, body: Record<string, unknown>): Reply {
    const ok = (data: unknown) => reply(200, { meta: { rc: 'ok' }, data });
    if (path === '/stat/sta') return ok([...clients.values()]);
    if (path.startsWith('/stat/sta/')) {
      const one = clients.get(path.slice('/stat/sta/'.length));
      return one === undefined ? reply(400, { meta: { rc: 'error', msg: 'api.err.UnknownStation' } }) : ok([one]);
    }
    if (path !== '/cmd/stamgr') return reply(404, {});
    const client = clients.get(String(body['mac']));
    if (body['cmd'] === 'authorize-guest') grants.push(body);
    if (client === undefined) return reply(200, { meta: { rc: 'error', msg: 'api.err.UnknownStation' }, data: [] });
    client.authorized = body['cmd'] === 'authorize-guest';
    return ok([client]);
  }

  function answerOfficial(path: string, url: URL, body: Record<string, unknown>): Reply {
    const page = (data: readonly unknown[]) =>
      reply(200, { offset: 0, limit: 200, count: data.length, totalCount: data.length, data });
    const shown = (one: Sta) => ({
      id: idOf(one.mac),
      macAddress: one.mac,
      ipAddress: '10.9.0.7',
      access: {
        type: one.is_guest ? 'GUEST' : 'DEFAULT',
        authorized: one.authorized,
        authorization: { usage: { durationSec: one.uptime, rxBytes: one.tx_bytes, txBytes: one.rx_bytes } },
      },
    });
    if (path === '/sites') return page([{ id: SITE_ID, internalReference: 'default', name: 'Desa' }]);
    if (path === `/sites/${SITE_ID}/clients`) {
      const mac = /^macAddress\.eq\('([^']*)'\)$/.exec(url.searchParams.get('filter') ?? '')?.[1];
      return page([...clients.values()].filter((one) => mac === undefined || one.mac === mac).map(shown));
    }
    const one = [...clients.values()].find(({ mac }) => path === `/sites/${SITE_ID}/clients/${idOf(mac)}/actions`);
    if (one === undefined) return reply(404, { statusCode: 404 });
    one.authorized = body['action'] === 'AUTHORIZE_GUEST_ACCESS';
    if (one.authorized) grants.push(body);
    return reply(200, { action: body['action'] });
  }

  const idOf = (mac: string): string => `c-${mac.replaceAll(':', '')}`;
  const handler = (request: IncomingMessage, response: ServerResponse): void =>
    void serve(request, response).catch(() => response.destroy());
  const server = tls === undefined ? createPlain(handler) : createTls(tls, handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    asked,
    grants,
    spoiled,
    clients,
    connect(mac: string, more: Partial<Sta> = {}): Sta {
      const client = { mac, is_guest: true, authorized: false, uptime: 5, rx_bytes: 1_000, tx_bytes: 2_000, ...more };
      clients.set(mac, client);
      return client;
    },
    /** As after its restart: nobody is signed in. */
    forget(): void {
      cookie = '';
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
