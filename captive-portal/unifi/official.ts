import { AppError } from '../../core/domain/errors.ts';
import type { Grant } from '../../core/domain/portal/grant.ts';
import { macOf } from '../../core/domain/portal/mac.ts';
import { ipOf } from '../family/reading.ts';
import { type Guest, type GuestApi, megabytesOf, minutesOf, type Settings } from './api.ts';
import { type Answer, askController, asObject, countOf, objectsOf, textOf } from './controller.ts';

const PAGE = 200;
const MOST_PAGES = 10;
const ID = /^[A-Za-z0-9-]{1,64}$/;

const refused = (why: string): AppError => new AppError('store-unavailable', `the controller of the gateway ${why}`);

/** The documented API of UniFi Network (9.1.105 and newer), by a key. */
export function officialApi(settings: Settings, kept: Map<string, unknown>, signal: AbortSignal): GuestApi {
  const { apiKey, site = 'default', certificateSha256 = null } = settings;
  const base = `${settings.controllerUrl.replace(/\/+$/, '')}/proxy/network/integration/v1`;
  const siteKey = `unifi site ${base} ${site}`;

  async function call(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
    const headers = { 'x-api-key': apiKey?.reveal() ?? '' };
    const url = new URL(base + path);
    const question = { method, url, headers, certificateSha256, ...(body === undefined ? {} : { body }) };
    const answer = await askController(question, signal);
    if (answer.status === 401 || answer.status === 403) throw refused('does not take the key');
    if (answer.status >= 500) throw refused(`answers with ${answer.status}`);
    return answer;
  }

  async function list(path: string, filter?: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const rows: Readonly<Record<string, unknown>>[] = [];
    for (let page = 0; page < MOST_PAGES; page++) {
      const where = filter === undefined ? '' : `&filter=${encodeURIComponent(filter)}`;
      const { status, json } = await call('GET', `${path}?offset=${page * PAGE}&limit=${PAGE}${where}`);
      const body = asObject(json);
      if (status !== 200 || !Array.isArray(body?.['data'])) throw refused('says something else than expected');
      const data = objectsOf(body['data']);
      rows.push(...data);
      if (data.length < PAGE || rows.length >= countOf(body['totalCount'])) break;
    }
    return rows;
  }

  /** The API's own id of the site, by its short name in addresses or by the name that people gave it. */
  async function siteId(): Promise<string> {
    const known = kept.get(siteKey);
    if (typeof known === 'string') return known;
    const sites = await list('/sites');
    const named = (name: string) => sites.find((row) => row[name] === site);
    const id = textOf((named('internalReference') ?? named('name') ?? named('id'))?.['id']);
    if (id === null || !ID.test(id)) throw refused('does not know the site');
    kept.set(siteKey, id);
    return id;
  }

  async function find(mac: string): Promise<{ readonly id: string; readonly guest: Guest } | null> {
    const rows = await list(`/sites/${await siteId()}/clients`, `macAddress.eq('${mac}')`);
    for (const row of rows) {
      const guest = guestOf(row);
      const id = textOf(row['id']);
      if (guest?.mac === mac && id !== null && ID.test(id)) return { id, guest };
    }
    return null;
  }

  async function act(clientId: string, body: object): Promise<boolean> {
    const { status } = await call('POST', `/sites/${await siteId()}/clients/${clientId}/actions`, body);
    if (status === 404) return false;
    if (status < 200 || status >= 300) throw refused(`refuses with ${status}`);
    return true;
  }

  return {
    guest: async (mac) => (await find(mac))?.guest ?? null,
    guests: async () => (await list(`/sites/${await siteId()}/clients`)).flatMap((row) => guestOf(row) ?? []),
    async authorize(mac, grant) {
      const found = await find(mac);
      const isDone = found !== null && (await act(found.id, { action: 'AUTHORIZE_GUEST_ACCESS', ...limits(grant) }));
      if (!isDone) throw refused('does not know the client');
    },
    async unauthorize(mac) {
      const found = await find(mac);
      return found !== null && (await act(found.id, { action: 'UNAUTHORIZE_GUEST_ACCESS' }));
    },
  };
}

/** Rates are from the client's side: what it receives is its download. */
const limits = (grant: Grant): object => ({
  timeLimitMinutes: minutesOf(grant),
  ...(grant.totalOctets === null ? {} : { dataUsageLimitMBytes: megabytesOf(grant.totalOctets) }),
  ...(grant.downKbit === null ? {} : { rxRateLimitKbps: grant.downKbit }),
  ...(grant.upKbit === null ? {} : { txRateLimitKbps: grant.upKbit }),
});

function guestOf(row: Readonly<Record<string, unknown>>): Guest | null {
  const mac = macOf(textOf(row['macAddress']));
  if (mac === null) return null;
  const access = asObject(row['access']);
  const usage = asObject(asObject(access?.['authorization'])?.['usage']);
  return {
    mac,
    ip: ipOf(textOf(row['ipAddress'])),
    isGuest: access?.['type'] === 'GUEST',
    isAuthorized: access?.['authorized'] === true,
    seconds: countOf(usage?.['durationSec']),
    upOctets: countOf(usage?.['txBytes']),
    downOctets: countOf(usage?.['rxBytes']),
  };
}
