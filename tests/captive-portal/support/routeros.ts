import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { ReplyAttribute } from '../../../captive-portal/gateway.ts';
import type { GatewayFile } from '../../../provisioning/gateway-files.ts';
import { type Credential, type Nas, type NasOptions, openNas, type Told } from './nas.ts';
import { octalEscaped, renderPage, type Variables } from './routeros-page.ts';

export type Seen = {
  readonly status: number;
  readonly location: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type Device = { readonly mac: string; readonly ip: string };

type Session = {
  readonly id: string;
  readonly user: string;
  readonly told: Told;
  readonly isTrial: boolean;
  seconds: number;
  up: bigint;
  down: bigint;
};

export type HotspotOptions = NasOptions & {
  /** As `html-directory` names them. */
  readonly files: readonly GatewayFile[];
  readonly directory: string;
  readonly loginBy: readonly ('http-pap' | 'http-chap' | 'mac' | 'trial')[];
  /** Host and port of the walled garden. */
  readonly portalHost: string;
  readonly identity: string;
};

const SERVER = 'hotspot1';

/**
 * A hotspot of RouterOS as its manual says: foreign hosts are answered with `rlogin.html`, `/login` asks RADIUS by PAP
 * or CHAP, a MAC may ask before any page, sessions are told to accounting and end by Disconnect.
 */
export async function startHotspot(options: HotspotOptions) {
  const { files, portalHost, identity } = options;
  let { directory, loginBy } = options;
  const nas: Nas = await openNas(options);
  const devices = new Map<string, Device>();
  const sessions = new Map<string, Session>();
  const challenges = new Map<string, { readonly id: Buffer; readonly challenge: Buffer }>();
  const trialled = new Set<string>();
  const asked: string[] = [];
  let count = 0x80000000;
  let lanAddress = '';

  const server = createServer((incoming, answer) => {
    void serve(incoming).then(
      ({ status, headers, text }) => answer.writeHead(status, headers).end(text),
      (error: unknown) => answer.writeHead(500).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  lanAddress = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

  async function serve(incoming: IncomingMessage) {
    const device = devices.get(incoming.socket.remoteAddress ?? '');
    if (device === undefined) throw new Error('a device without a lease');
    const host = incoming.headers.host ?? '';
    const url = new URL(incoming.url ?? '/', `http://${host}`);
    const original = url.searchParams.get('dst') ?? (host === lanAddress ? '' : url.href);
    if (host !== lanAddress) {
      if (loginBy.includes('mac') && !sessions.has(device.mac) && (await byMac(device))) return internet(url);
      return sessions.has(device.mac) ? internet(url) : page('rlogin.html', device, { original });
    }
    switch (url.pathname) {
      case '/login': {
        if (sessions.has(device.mac)) return page('status.html', device, {});
        const form = incoming.method === 'POST' ? new URLSearchParams(await bodyOf(incoming)) : url.searchParams;
        const user = form.get('username');
        const error = user === null ? null : await logIn(device, user, form.get('password') ?? '');
        if (user !== null && error === null) return page('alogin.html', device, { original: form.get('dst') ?? '' });
        return page('login.html', device, { original: form.get('dst') ?? '', error: error ?? '' });
      }
      case '/logout':
        await end(device.mac, 1);
        return page('logout.html', device, {});
      case '/api.json':
        return page('api.json', device, {});
      default:
        return sessions.has(device.mac) ? page('status.html', device, {}) : page('login.html', device, { original });
    }
  }

  const internet = (url: URL) => ({ status: 200, headers: {}, text: `INTERNET ${url.host}${url.pathname}` });

  function page(name: string, device: Device, { original = '', error = '' }: { original?: string; error?: string }) {
    const file = files.find(({ path }) => path === `${directory}/${name}`);
    if (file === undefined) throw new Error(`no page ${name}`);
    const { status, headers, text } = renderPage(file.text, variablesOf(device, original, error));
    const type = name.endsWith('.json') ? 'application/json' : 'text/html';
    return { status, headers: { 'content-type': type, ...headers }, text };
  }

  function variablesOf(device: Device, original: string, error: string): Variables {
    const session = sessions.get(device.mac);
    const limit = session?.told.get('Session-Timeout');
    let chap: Record<string, string> = { 'chap-id': '', 'chap-challenge': '' };
    if (loginBy.includes('http-chap') && session === undefined) {
      const fresh = { id: randomBytes(1), challenge: randomBytes(16) };
      challenges.set(device.mac, fresh);
      chap = { 'chap-id': octalEscaped(fresh.id), 'chap-challenge': octalEscaped(fresh.challenge) };
    }
    const base = `http://${lanAddress}`;
    return {
      mac: device.mac,
      ip: device.ip,
      'server-name': SERVER,
      'interface-name': 'bridge-warga',
      identity,
      'logged-in': session === undefined ? 'no' : 'yes',
      trial: loginBy.includes('trial') && !trialled.has(device.mac) ? 'yes' : 'no',
      error,
      'error-orig': error,
      'link-login': `${base}/login?dst=${encodeURIComponent(original)}`,
      'link-login-only': `${base}/login`,
      'link-logout': `${base}/logout`,
      'link-status': `${base}/status`,
      'link-orig': original,
      'link-redirect': original === '' ? `${base}/status` : original,
      'session-timeout-secs': limit === undefined ? '0' : String(limit),
      'session-time-left': limit === undefined ? '' : `${Number(limit) - (session?.seconds ?? 0)}s`,
      'remain-bytes-total': '',
      'bytes-in-nice': String(session?.up ?? 0n),
      'bytes-out-nice': String(session?.down ?? 0n),
      ...chap,
    };
  }

  const identityOf = ({ mac, ip }: Device, user: string, session: string): readonly ReplyAttribute[] => [
    { name: 'NAS-Port-Type', value: 19 },
    { name: 'Calling-Station-Id', value: mac },
    { name: 'Called-Station-Id', value: SERVER },
    { name: 'NAS-Port-Id', value: 'bridge-warga' },
    { name: 'User-Name', value: user },
    { name: 'NAS-Port', value: 1 },
    { name: 'Acct-Session-Id', value: session },
    { name: 'Framed-IP-Address', value: ip },
    { name: 'Mikrotik-Host-IP', value: ip },
    { name: 'NAS-Identifier', value: identity },
    { name: 'NAS-IP-Address', value: '10.5.50.1' },
  ];

  /** @returns the error for the page; null = in */
  async function logIn(device: Device, user: string, password: string): Promise<string | null> {
    if (loginBy.includes('trial') && user === `T-${device.mac}`) {
      if (trialled.has(device.mac)) return 'trial time is over';
      trialled.add(device.mac);
      sessions.set(device.mac, { id: '', user, told: new Map(), isTrial: true, seconds: 0, up: 0n, down: 0n });
      return null;
    }
    const known = challenges.get(device.mac);
    const credential: Credential =
      known !== undefined && loginBy.includes('http-chap')
        ? { kind: 'chap', ...known, response: Buffer.from(password, 'hex') }
        : { kind: 'pap', password };
    return await authenticate(device, user, credential);
  }

  const byMac = async (device: Device): Promise<boolean> =>
    (await authenticate(device, device.mac, { kind: 'pap', password: '' })) === null;

  async function authenticate(device: Device, user: string, credential: Credential): Promise<string | null> {
    const id = (count++).toString(16);
    asked.push(user);
    const answer = await nas.ask(identityOf(device, user, id), credential);
    if (answer === null) return 'RADIUS server is not responding';
    if (!answer.accepted) return String(answer.told.get('Reply-Message') ?? 'invalid username or password');
    const session = { id, user, told: answer.told, isTrial: false, seconds: 0, up: 0n, down: 0n };
    sessions.set(device.mac, session);
    await tell(device.mac, session, 1);
    return null;
  }

  async function tell(mac: string, session: Session, status: 1 | 2 | 3, cause = 0): Promise<boolean> {
    if (session.isTrial) return true;
    const device = [...devices.values()].find((one) => one.mac === mac);
    if (device === undefined) return false;
    const words = (name: string, octets: bigint): ReplyAttribute[] => [
      { name: `Acct-${name}-Octets`, value: Number(octets % 2n ** 32n) },
      { name: `Acct-${name}-Gigawords`, value: Number(octets / 2n ** 32n) },
    ];
    const classText = session.told.get('Class');
    return await nas.tell([
      { name: 'Acct-Status-Type', value: status },
      ...identityOf(device, session.user, session.id),
      { name: 'Acct-Delay-Time', value: 0 },
      ...(classText === undefined ? [] : [{ name: 'Class', value: classText }]),
      ...(status === 1
        ? []
        : [
            { name: 'Acct-Session-Time', value: session.seconds },
            // Received from the client: its upload.
            ...words('Input', session.up),
            ...words('Output', session.down),
          ]),
      ...(status === 2 ? [{ name: 'Acct-Terminate-Cause', value: cause }] : []),
    ]);
  }

  async function end(mac: string, cause: number): Promise<void> {
    const session = sessions.get(mac);
    sessions.delete(mac);
    if (session !== undefined) await tell(mac, session, 2, cause);
  }

  nas.onDisconnect((told) => {
    for (const [mac, session] of sessions) {
      const device = [...devices.values()].find((one) => one.mac === mac);
      const isIt =
        told.get('User-Name') === session.user &&
        told.get('Framed-IP-Address') === device?.ip &&
        told.get('Acct-Session-Id') === session.id;
      if (!isIt) continue;
      void end(mac, 6);
      return true;
    }
    return false;
  });

  return {
    lanAddress,
    nas,
    /** User names that RADIUS was asked for. */
    asked,
    sessionOf: ({ mac }: Device): Session | null => sessions.get(mac) ?? null,
    /** What a device used until now; tells it as an interim update. */
    async used({ mac }: Device, use: { seconds: number; up: bigint; down: bigint }): Promise<boolean> {
      const session = sessions.get(mac);
      if (session === undefined) return false;
      Object.assign(session, use);
      return await tell(mac, session, 3);
    },
    end: ({ mac }: Device, cause: number) => end(mac, cause),
    /** As its netwatch does when the portal is gone, or back. */
    turnTo(pages: string, by: HotspotOptions['loginBy']): void {
      directory = pages;
      loginBy = by;
    },
    /** A citizen's device on this hotspot: a request that goes where the router lets it. Redirects are not followed. */
    device(number: number) {
      const ip = `127.0.7.${number}`;
      const mac = `02:00:00:00:07:${number.toString(16).padStart(2, '0').toUpperCase()}`;
      const self = { mac, ip };
      devices.set(ip, self);
      return {
        ...self,
        get: (url: string) => send(url, ip, null),
        post: (url: string, form: URLSearchParams) => send(url, ip, form.toString()),
      };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await nas.close();
    },
  };

  async function send(target: string, ip: string, form: string | null): Promise<Seen> {
    const url = new URL(target);
    const isDirect = url.host === portalHost || url.host === lanAddress;
    const to = new URL(isDirect ? url.origin : `http://${lanAddress}`);
    const outgoing = request({
      ...{ host: to.hostname, port: to.port, path: url.pathname + url.search, localAddress: ip, agent: false },
      method: form === null ? 'GET' : 'POST',
      headers: { host: url.host, ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }) },
    });
    outgoing.end(form ?? undefined);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    const body = await bodyOf(answer);
    const { statusCode = 0, headers } = answer;
    return { status: statusCode, location: headers.location ?? '', headers, body };
  }
}

async function bodyOf(stream: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
