import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { ReplyAttribute } from '../../../captive-portal/gateway.ts';
import { type Clock, SECOND } from '../../../core/domain/clock.ts';
import { openRadiusPeer, type RadiusServer } from './radius-peer.ts';

/** A RouterOS hotspot as far as citizens and RADIUS meet it. */
export type Hotspot = {
  /** Where browsers log in, `host:port`. */
  readonly lanAddress: string;
  /** Clients that are in, by MAC. */
  readonly clients: ReadonlyMap<string, Client>;
  /** Tells what its clients used, where that is due, and lets go of those whose time or data is over. */
  tick(): Promise<void>;
  /** A client switches its telephone off. */
  leave(mac: string, cause: string): Promise<void>;
  /** The power is gone: nothing is told. */
  fall(): void;
  close(): Promise<void>;
};

export type Client = {
  readonly mac: string;
  readonly ip: string;
  readonly userName: string;
  readonly sessionId: string;
  readonly classText: string | null;
  readonly since: number;
  readonly bytesPerSecond: { readonly up: number; readonly down: number };
  readonly mostSeconds: number;
  readonly mostOctets: number;
  readonly interimMs: number;
  told: number;
};

export type HotspotOptions = {
  /** Of loopback, its own. */
  readonly address: string;
  readonly port: number;
  readonly name: string;
  readonly secret: string;
  readonly radius: RadiusServer;
  readonly clock: Clock;
  /** What a client's traffic is. */
  readonly traffic: (mac: string) => Client['bytesPerSecond'];
};

const GIGAWORD = 2 ** 32;
const INTERIM_MS = 300 * SECOND;

/** @throws Error where the address is not this machine's */
export async function startHotspot({ clock, ...options }: HotspotOptions): Promise<Hotspot> {
  const { address, name, secret, radius, traffic } = options;
  const clients = new Map<string, Client>();
  let started = 0;
  const peer = await openRadiusPeer(address, secret, radius);

  const who = (mac: string, ip: string, userName: string): readonly ReplyAttribute[] => [
    { name: 'User-Name', value: userName },
    { name: 'NAS-IP-Address', value: address },
    { name: 'NAS-Identifier', value: name },
    { name: 'NAS-Port-Type', value: 'Wireless-802.11' },
    { name: 'Called-Station-Id', value: 'hotspot1' },
    { name: 'Calling-Station-Id', value: mac.toUpperCase() },
    { name: 'Framed-IP-Address', value: ip },
  ];

  function usedBy({ since, bytesPerSecond, mostOctets }: Client) {
    const seconds = Math.max(0, Math.round((clock() - since) / SECOND));
    const share = Math.min(1, mostOctets / Math.max(1, seconds * (bytesPerSecond.up + bytesPerSecond.down)));
    return {
      seconds,
      up: Math.round(seconds * bytesPerSecond.up * share),
      down: Math.round(seconds * bytesPerSecond.down * share),
    };
  }

  async function tell(client: Client, status: 'Start' | 'Interim-Update' | 'Stop', cause?: string): Promise<void> {
    const { seconds, up, down } = usedBy(client);
    client.told = clock();
    await peer.tell([
      ...who(client.mac, client.ip, client.userName),
      { name: 'Acct-Session-Id', value: client.sessionId },
      { name: 'Acct-Status-Type', value: status },
      ...(client.classText === null ? [] : [{ name: 'Class', value: client.classText }]),
      ...(status === 'Start'
        ? []
        : [
            { name: 'Acct-Session-Time', value: seconds },
            { name: 'Acct-Input-Octets', value: up % GIGAWORD },
            { name: 'Acct-Input-Gigawords', value: Math.floor(up / GIGAWORD) },
            { name: 'Acct-Output-Octets', value: down % GIGAWORD },
            { name: 'Acct-Output-Gigawords', value: Math.floor(down / GIGAWORD) },
          ]),
      ...(cause === undefined ? [] : [{ name: 'Acct-Terminate-Cause', value: cause }]),
    ]);
  }

  async function leave(mac: string, cause: string): Promise<void> {
    const client = clients.get(mac);
    if (client === undefined) return;
    clients.delete(mac);
    await tell(client, 'Stop', cause);
  }

  /** What `/login` of a hotspot does: asks RADIUS, and sends the browser on. */
  async function login(query: URLSearchParams, mac: string, ip: string): Promise<string | null> {
    const [userName, password] = [query.get('username') ?? '', query.get('password') ?? ''];
    const verdict = await peer.ask(who(mac, ip, userName), password);
    if (verdict === null || !verdict.isAccepted) return null;
    const numberOf = (attribute: string): number | null => {
      const value = verdict.attributes.find((one) => one.name === attribute)?.value;
      return typeof value === 'number' ? value : null;
    };
    const classText = verdict.attributes.find((one) => one.name === 'Class')?.value;
    const octets = numberOf('Mikrotik-Total-Limit');
    const client: Client = {
      mac,
      ip,
      userName,
      sessionId: `80${(++started).toString(16).padStart(6, '0')}${randomBytes(2).toString('hex')}`,
      classText: typeof classText === 'string' ? textOf(classText) : null,
      since: clock(),
      bytesPerSecond: traffic(mac),
      mostSeconds: numberOf('Session-Timeout') ?? Number.POSITIVE_INFINITY,
      mostOctets:
        octets === null
          ? Number.POSITIVE_INFINITY
          : octets + GIGAWORD * (numberOf('Mikrotik-Total-Limit-Gigawords') ?? 0),
      interimMs: (numberOf('Acct-Interim-Interval') ?? 0) * SECOND || INTERIM_MS,
      told: clock(),
    };
    clients.set(mac, client);
    await tell(client, 'Start');
    return query.get('dst');
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://hotspot');
    const [mac, ip] = [headerOf(request, 'x-lab-mac'), headerOf(request, 'x-lab-ip')];
    if (url.pathname !== '/login' || mac === '' || ip === '') return void response.writeHead(404).end();
    const next = await login(url.searchParams, mac, ip);
    if (next === null) return void response.writeHead(200, { 'content-type': 'text/plain' }).end('tidak masuk\n');
    response.writeHead(302, { location: next }).end();
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(options.port, address);
  try {
    await once(server, 'listening');
  } catch (error) {
    await peer.close();
    throw error;
  }
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : options.port;

  return {
    lanAddress: `${address}:${port}`,
    clients,
    leave,
    async tick() {
      for (const client of [...clients.values()]) {
        const { seconds, up, down } = usedBy(client);
        if (seconds >= client.mostSeconds) await leave(client.mac, 'Session-Timeout');
        else if (up + down >= client.mostOctets) await leave(client.mac, 'NAS-Request');
        else if (clock() - client.told >= client.interimMs) await tell(client, 'Interim-Update');
      }
    },
    fall: () => clients.clear(),
    async close() {
      server.closeAllConnections();
      const closed = once(server, 'close');
      server.close();
      await Promise.all([closed, peer.close()]);
    },
  };
}

const headerOf = (request: IncomingMessage, name: string): string => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
};

/** Octets are read as hex; ours are text. */
const textOf = (value: string): string =>
  /^0x[0-9a-f]*$/.test(value) ? Buffer.from(value.slice(2), 'hex').toString('utf8') : value;
