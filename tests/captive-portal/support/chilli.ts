import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { ReplyAttribute } from '../../../captive-portal/gateway.ts';
import { type Credential, type NasOptions, openNas, type Told } from './nas.ts';

export type ChilliOptions = NasOptions & {
  readonly uamServer: string;
  readonly uamSecret: string;
  readonly nasId: string;
  readonly clock: () => number;
};

type Session = { readonly user: string; readonly id: string; readonly told: Told };
type Client = {
  readonly mac: string;
  readonly ip: string;
  challenge: Buffer;
  challengeAt: number;
  session: Session | null;
};

const CHALLENGE_MS = 600_000;
const md5 = (...parts: readonly (Buffer | string)[]): Buffer =>
  createHash('md5')
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest();

/**
 * CoovaChilli's UAM as `src/redir.c` has it: signed redirects, `/logon` by CHAP and PAP under the UAM secret,
 * `/prelogin`, `/logoff`; RADIUS for each log-on. One client, which every request is of.
 */
export async function startChilli(options: ChilliOptions) {
  const { uamServer, uamSecret, nasId, clock } = options;
  const nas = await openNas(options);
  const client: Client = {
    mac: '02-00-00-00-00-64',
    ip: '10.1.0.7',
    challenge: randomBytes(16),
    challengeAt: clock(),
    session: null,
  };
  let lanAddress = '';
  let count = 1;

  const server = createServer((incoming, answer) => {
    void serve(incoming).then((location) =>
      location === null ? answer.end('INTERNET') : answer.writeHead(302, { location }).end(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  lanAddress = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

  /** Made and signed in the order of redir_buildurl. */
  function redirect(outcome: string, { userurl = '', reply = '', reason = '' } = {}): string {
    const [host = '', port = ''] = lanAddress.split(':');
    const parts = [`res=${outcome}`];
    if (reason !== '') parts.push(`reason=${reason}`);
    parts.push(`uamip=${host}`, `uamport=${port}`, `challenge=${client.challenge.toString('hex')}`);
    parts.push('called=02-00-00-00-0A-01', `mac=${client.mac}`, `ip=${client.ip}`);
    if (reply !== '') parts.push(`reply=${encodeURIComponent(reply)}`);
    parts.push(`nasid=${nasId}`, `sessionid=${'0'.repeat(15)}${count}`);
    if (userurl !== '') parts.push(`userurl=${encodeURIComponent(userurl)}`);
    const url = `${uamServer}?${parts.join('&')}`;
    return `${url}&md=${md5(url, uamSecret).toString('hex').toUpperCase()}`;
  }

  function renew(): void {
    client.challenge = randomBytes(16);
    client.challengeAt = clock();
  }

  /** @returns null where the client is through to the internet */
  async function serve(incoming: IncomingMessage): Promise<string | null> {
    const host = incoming.headers.host ?? '';
    const url = new URL(incoming.url ?? '/', `http://${host}`);
    const userurl = url.searchParams.get('userurl') ?? '';
    if (host !== lanAddress) return client.session === null ? redirect('notyet', { userurl: url.href }) : null;
    switch (url.pathname) {
      case '/prelogin':
        if (client.session !== null) return redirect('already', { userurl });
        renew();
        return redirect('notyet', { userurl });
      case '/logoff': {
        const { session } = client;
        client.session = null;
        renew();
        if (session !== null) await tell(session, 2);
        return redirect('logoff', { userurl });
      }
      case '/logon':
        return await logOn(url.searchParams, userurl);
      default:
        return redirect(client.session === null ? 'notyet' : 'already', { userurl });
    }
  }

  async function logOn(query: URLSearchParams, userurl: string): Promise<string> {
    if (client.session !== null) return redirect('already', { userurl });
    const key = md5(client.challenge, uamSecret);
    const response = query.get('response');
    const hidden = Buffer.from(query.get('password') ?? '', 'hex');
    const shown = Buffer.from(hidden.map((octet, at) => octet ^ (key[at % 16] ?? 0)));
    const credential: Credential =
      response === null
        ? { kind: 'pap', password: shown.toString('latin1').replace(/\0+$/, '') }
        : { kind: 'chap', id: Buffer.of(0), response: Buffer.from(response, 'hex'), challenge: key };
    const isFresh = clock() - client.challengeAt < CHALLENGE_MS;
    const user = query.get('username') ?? '';
    const answer = isFresh ? await nas.ask(identityOf(user, `${count}`), credential) : null;
    renew();
    if (answer === null) return redirect('failed', { userurl, reason: isFresh ? 'timeout' : 'other' });
    const reply = String(answer.told.get('Reply-Message') ?? '');
    if (!answer.accepted) return redirect('failed', { userurl, reply, reason: 'reject' });
    client.session = { user, id: `${count++}`, told: answer.told };
    await tell(client.session, 1);
    return userurl === '' ? redirect('success') : userurl;
  }

  const identityOf = (user: string, id: string): readonly ReplyAttribute[] => [
    { name: 'User-Name', value: user },
    { name: 'NAS-Identifier', value: nasId },
    { name: 'NAS-IP-Address', value: '10.1.0.1' },
    { name: 'Service-Type', value: 1 },
    { name: 'NAS-Port-Type', value: 19 },
    { name: 'Calling-Station-Id', value: client.mac },
    { name: 'Called-Station-Id', value: '02-00-00-00-0A-01' },
    { name: 'Framed-IP-Address', value: client.ip },
    { name: 'Acct-Session-Id', value: `65a1b2c3${id.padStart(8, '0')}` },
  ];

  const tell = (session: Session, status: 1 | 2 | 3, use = { seconds: 0, up: 0, down: 0 }): Promise<boolean> => {
    const classText = session.told.get('Class');
    return nas.tell([
      { name: 'Acct-Status-Type', value: status },
      ...identityOf(session.user, session.id),
      ...(classText === undefined ? [] : [{ name: 'Class', value: classText }]),
      { name: 'Acct-Session-Time', value: use.seconds },
      { name: 'Acct-Input-Octets', value: use.up },
      { name: 'Acct-Output-Octets', value: use.down },
    ]);
  };

  return {
    lanAddress,
    session: () => client.session,
    used: async (use: { seconds: number; up: number; down: number }): Promise<boolean> =>
      client.session !== null && (await tell(client.session, 3, use)),
    /** A request of the client: to the portal and to the gateway itself as it is, all else through the gateway. */
    async browse(target: string, form?: URLSearchParams) {
      const url = new URL(target);
      const isDirect = url.host === lanAddress || url.host === new URL(uamServer).host;
      const to = new URL(isDirect ? url.origin : `http://${lanAddress}`);
      const outgoing = request({
        ...{ host: to.hostname, port: to.port, path: url.pathname + url.search, agent: false },
        method: form === undefined ? 'GET' : 'POST',
        headers: {
          host: url.host,
          ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
      });
      outgoing.end(form?.toString());
      const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
      let body = '';
      for await (const part of answer.setEncoding('utf8')) body += part;
      return { status: answer.statusCode ?? 0, location: answer.headers.location ?? '', body };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await nas.close();
    },
  };
}
