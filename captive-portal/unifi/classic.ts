import { AppError } from '../../core/domain/errors.ts';
import type { Grant } from '../../core/domain/portal/grant.ts';
import { macOf } from '../../core/domain/portal/mac.ts';
import { ipOf } from '../family/reading.ts';
import { type Guest, type GuestApi, megabytesOf, minutesOf, type Settings } from './api.ts';
import { type Answer, askController, asObject, countOf, objectsOf, textOf } from './controller.ts';

/** What a sign-in left: one for all calls of a controller. */
type Session = { readonly prefix: string; readonly cookie: string; csrf: string | null };

const refused = (why: string): AppError => new AppError('store-unavailable', `the controller of the gateway ${why}`);

/**
 * The API that the controller's own screens use, by an account of its own. On UniFi OS it lies under `/proxy/network`,
 * signs in elsewhere and wants a token back with each change.
 */
export function classicApi(settings: Settings, kept: Map<string, unknown>, signal: AbortSignal): GuestApi {
  const { user = '', password, site = 'default', certificateSha256 = null } = settings;
  const base = settings.controllerUrl.replace(/\/+$/, '');
  const key = `unifi ${base} ${user}`;
  const ask = (method: 'GET' | 'POST', path: string, headers: Record<string, string>, body?: object): Promise<Answer> =>
    askController(
      { method, url: new URL(base + path), headers, certificateSha256, ...(body === undefined ? {} : { body }) },
      signal,
    );

  /** One sign-in for all that wait for it: controllers lock an account that signs in too often. */
  function session(): Promise<Session> {
    const known = kept.get(key) as Promise<Session> | undefined;
    if (known !== undefined) return known;
    const fresh = signIn().catch((error: unknown) => {
      kept.delete(key);
      throw error;
    });
    kept.set(key, fresh);
    return fresh;
  }

  async function signIn(): Promise<Session> {
    const isUniFiOs = (await ask('GET', '/proxy/network/status', {})).status === 401;
    const credentials = { username: user, password: password?.reveal() ?? '' };
    const answer = await ask('POST', isUniFiOs ? '/api/auth/login' : '/api/login', {}, credentials);
    const cookie = (answer.headers['set-cookie'] ?? [])
      .map((line) => line.split(';')[0] ?? '')
      .filter((pair) => /^[\w-]{1,64}=[^\s;,"\\]{1,4000}$/.test(pair))
      .slice(0, 8)
      .join('; ');
    if (answer.status !== 200 || cookie === '') throw refused('does not take the account');
    return { prefix: isUniFiOs ? '/proxy/network' : '', cookie, csrf: csrfOf(answer) };
  }

  async function call(method: 'GET' | 'POST', path: string, body?: object, isAgain = false): Promise<Answer> {
    const signedIn = await session();
    const csrf = signedIn.csrf === null ? {} : { 'x-csrf-token': signedIn.csrf };
    const url = `${signedIn.prefix}/api/s/${encodeURIComponent(site)}${path}`;
    const answer = await ask(method, url, { cookie: signedIn.cookie, ...csrf }, body);
    if ((answer.status === 401 || answer.status === 403) && !isAgain) {
      if ((await kept.get(key)) === signedIn) kept.delete(key);
      return await call(method, path, body, true);
    }
    signedIn.csrf = csrfOf(answer) ?? signedIn.csrf;
    if (answer.status >= 500 || answer.status === 401 || answer.status === 403)
      throw refused(`answers with ${answer.status}`);
    return answer;
  }

  /** @returns null where the controller says that it does not know the client */
  function dataOf(answer: Answer): readonly Readonly<Record<string, unknown>>[] | null {
    const body = asObject(answer.json);
    const meta = asObject(body?.['meta']);
    if (meta?.['rc'] === 'ok') return objectsOf(body?.['data']);
    if (/Unknown(Station|User)|NotFound|InvalidMac/i.test(textOf(meta?.['msg']) ?? '')) return null;
    throw refused('says something else than expected');
  }

  return {
    async guest(mac) {
      const data = dataOf(await call('GET', `/stat/sta/${mac}`));
      return data?.map(guestOf).find((guest) => guest?.mac === mac) ?? null;
    },
    async guests() {
      return (dataOf(await call('GET', '/stat/sta')) ?? []).flatMap((row) => guestOf(row) ?? []);
    },
    async authorize(mac, grant, apMac) {
      const data = dataOf(await call('POST', '/cmd/stamgr', { cmd: 'authorize-guest', mac, ...limits(grant, apMac) }));
      if (data === null) throw refused('does not know the client');
    },
    async unauthorize(mac) {
      return dataOf(await call('POST', '/cmd/stamgr', { cmd: 'unauthorize-guest', mac })) !== null;
    },
  };
}

const csrfOf = ({ headers }: Answer): string | null => {
  const token = headers['x-updated-csrf-token'] ?? headers['x-csrf-token'];
  return typeof token === 'string' && /^[\w.:=+/-]{1,500}$/.test(token) ? token : null;
};

/** kbit/s and MB, although the API says `bytes`. */
const limits = (grant: Grant, apMac: string | null): object => ({
  minutes: minutesOf(grant),
  ...(grant.upKbit === null ? {} : { up: grant.upKbit }),
  ...(grant.downKbit === null ? {} : { down: grant.downKbit }),
  ...(grant.totalOctets === null ? {} : { bytes: megabytesOf(grant.totalOctets) }),
  ...(apMac === null ? {} : { ap_mac: apMac }),
});

/** The access point receives what the client sends. */
function guestOf(row: Readonly<Record<string, unknown>>): Guest | null {
  const mac = macOf(textOf(row['mac']));
  if (mac === null) return null;
  return {
    mac,
    ip: ipOf(textOf(row['ip'])),
    isGuest: row['is_guest'] === true,
    isAuthorized: row['authorized'] === true,
    seconds: countOf(row['uptime']),
    upOctets: countOf(row['rx_bytes']),
    downOctets: countOf(row['tx_bytes']),
  };
}
