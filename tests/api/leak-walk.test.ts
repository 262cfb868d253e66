import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BusEvent } from '../../core/bus/bus.ts';
import { type Contract, REGION_ROLES, type Role, rolesOf } from '../../core/contract/contract.ts';
import { LiveEvent } from '../../core/contract/live.ts';
import { readZip } from '../../core/inventory-files/xlsx/zip.ts';
import { NOON, openTestApi, type TestApi } from '../support/api.ts';
import { everyContract } from '../support/contracts.ts';
import { openEventStream } from '../support/event-stream.ts';
import { type Laid, layMarkedProvince, type Marked, OWN } from '../support/marked-province.ts';
import { pdfText } from '../support/pdf.ts';
import { formsOf, requestOf } from '../support/route-walk.ts';

/*
 * Every route of the OpenAPI document and every live event, as somebody of one regency and as an agency: no id, name,
 * address, number or coordinate of another comes out of any of them, whatever is asked for. Requests are made from the
 * schemas of the contracts, so a new route is walked as it is; one with a new kind of id in its path fails until such a
 * thing is laid in `tests/support/marked-province.ts`.
 */
const contracts = await everyContract();
let api: TestApi;
let marked: Marked;
let agencyCookie: string;
const cookies = new Map<Role, string>();
beforeAll(async () => {
  api = await openTestApi({ portalPreview: async () => '<!doctype html><title>Wi-Fi</title>' });
  marked = await layMarkedProvince(api.inventory);
  for (const role of REGION_ROLES) cookies.set(role, (await api.signIn(role, OWN)).cookie);
  agencyCookie = (await api.signIn('agency', `${OWN}.11.2009`, marked.agency['siteId'])).cookie;
});
afterAll(() => api.close());

/** Streams never end, and signing in or out would change who walks. */
const APART: ReadonlySet<string> = new Set(['live', 'signIn', 'signOut']);
const walked = [...contracts].filter(([name]) => !APART.has(name));
const isRead = ([, { method }]: readonly [string, Contract]): boolean => method === 'GET';
const mayCall = ({ access }: Contract, role: Role): boolean => access === 'public' || rolesOf(access).includes(role);

/** Reads that would show the other regency without the rule, if only because a new one was found to. */
const MARKED = [
  ...['listSites', 'getSite', 'listDevices', 'getDevice', 'listInterfaces', 'listLinks', 'getLink', 'listOutages'],
  ...['listIncidents', 'getIncident', 'listAffectedSites', 'listMaintenance', 'listExclusions', 'listRecipients'],
  ...['listShifts', 'getDuty', 'listSubstitutions', 'listAccounts', 'listStatements'],
  ...['exportInventory', 'getCoverage', 'getMap', 'getVillage', 'listRegions', 'getRegion', 'listPortalSites'],
  ...['listPortalGateways', 'listPortalSessions', 'listVoucherBatches'],
];

type Answer = { readonly status: number; readonly text: string };

async function ask(contract: Contract, values: Laid, cookie: string, isBare = false): Promise<Answer> {
  const { path, query, payload, type } = requestOf(contract, values, NOON, isBare);
  const answer = await api.app.inject({
    method: contract.method,
    url: path,
    query,
    ...(payload === undefined ? {} : { payload }),
    headers: { cookie, ...(type === undefined ? {} : { 'content-type': type }) },
  });
  const text = `${JSON.stringify(answer.headers)}\n${await textOf(answer.rawPayload)}`;
  return { status: answer.statusCode, text };
}

/** What a reader of the file would read. */
async function textOf(bytes: Buffer): Promise<string> {
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) {
    const parts: Uint8Array[] = [];
    for (const entry of readZip(bytes).values()) for await (const part of entry.unpack()) parts.push(part);
    return Buffer.concat(parts).toString();
  }
  if (bytes.subarray(0, 5).toString() === '%PDF-') return await pdfText(bytes);
  return bytes.toString();
}

/** An answer may say again what was asked: only what it adds to that gives something away. */
function foundIn(text: string, marks: readonly string[], asked: string): readonly string[] {
  return marks.filter((mark) => text.includes(mark) && !asked.includes(mark));
}

type Walker = {
  readonly cookie: string;
  readonly mine: Laid;
  readonly notMine: Laid;
  readonly marks: readonly string[];
};
const ofRegency = (role: Role): Walker => ({
  cookie: cookies.get(role) ?? '',
  mine: marked.own,
  notMine: marked.other,
  marks: marked.marksOfOther,
});

/** @returns what came out that should not, turn by turn */
async function walk(name: string, contract: Contract, { cookie, mine, notMine, marks }: Walker): Promise<string[]> {
  const isOfIncident = contract.url.includes('incidentId');
  const ofProvider = { region: OWN, provider: 'ISP' };
  const turns: readonly (readonly [string, Laid, boolean])[] = [
    ['all of its own', mine, true],
    ['its own, asked closely', mine, false],
    ...formsOf(contract).map((form) => ['its own, in another form', { ...mine, ...form }, false] as const),
    ...(isOfIncident ? [['an incident shared', { ...mine, incidentId: marked.sharedIncidentId }, true] as const] : []),
    ...(contract.url.includes('statements') ? [['a provider', ofProvider, false] as const] : []),
    ['another', notMine, false],
    ['its own with what is of another', mixed(contract, mine, notMine), false],
  ];
  const leaks: string[] = [];
  for (const [what, values, isBare] of turns) {
    const { status, text } = await ask(contract, values, cookie, isBare);
    const asked = status < 400 ? '' : JSON.stringify(requestOf(contract, values, NOON, isBare));
    const found = foundIn(text, marks, asked);
    if (found.length > 0)
      leaks.push(
        `${name} of ${what}: ${status} shows ${found.join(', ')} in ${text.split('\n').slice(1).join('\n').slice(0, 2_000)}`,
      );
    if (status >= 500 && status !== 503) leaks.push(`${name} of ${what}: ${status} ${text.split('\n', 2)[1]}`);
  }
  return leaks;
}

/** Own ids in the path, the other's everywhere else. */
function mixed(contract: Contract, mine: Laid, notMine: Laid): Laid {
  const inPath = [...contract.url.matchAll(/:(\w+)/g)].flatMap(([, name = '']) => {
    const id = mine[name];
    return id === undefined ? [] : [[name, id] as const];
  });
  return { ...notMine, ...Object.fromEntries(inPath) };
}

test('every route of the OpenAPI document is walked', async () => {
  const { paths } = (await api.app.inject('/api/v1/openapi.json')).json();
  const served = Object.entries<Record<string, unknown>>(paths).flatMap(([path, calls]) =>
    Object.keys(calls).map((method) => `${method.toUpperCase()} ${path}`),
  );

  const known = [...contracts.values()].map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`);

  expect(known.sort()).toEqual(served.sort());
});

test('the marks are there to be found: who holds for every region finds them almost everywhere', async () => {
  const { cookie } = await api.signIn('admin');
  const found = [];
  for (const [name, contract] of walked.filter(isRead)) {
    const { text } = await ask(contract, marked.other, cookie, true);
    if (foundIn(text, marked.marksOfOther, '').length > 0) found.push(name);
  }

  expect(found).toEqual(expect.arrayContaining(MARKED));
});

describe('somebody of one regency reads nothing of another', () => {
  test.each(walked.filter(isRead))('%s', async (name, contract) => {
    const [first = 'admin'] = REGION_ROLES.filter((role) => mayCall(contract, role));
    const others = (['officer', 'viewer'] as const).filter((role) => role !== first && mayCall(contract, role));

    const leaks = await walk(name, contract, ofRegency(first));
    // Handlers ask for the grant everywhere and for a role here and there: those
    // who may least see what the first saw, or less.
    for (const role of others) {
      const { cookie, mine, marks } = ofRegency(role);
      const { text } = await ask(contract, mine, cookie, true);
      leaks.push(...foundIn(text, marks, '').map((mark) => `${name} shows ${mark} to the role ${role}`));
    }

    expect(leaks).toEqual([]);
  });
});

describe('an agency reads its own and nothing else', () => {
  const reads = walked.filter((one) => isRead(one) && one[1].access !== 'public' && mayCall(one[1], 'agency'));
  test.each(reads)('%s', async (name, contract) => {
    const { agency, own, marksForAgency } = marked;
    const walker = { cookie: agencyCookie, mine: agency, notMine: own, marks: marksForAgency };

    const leaks = await walk(name, contract, walker);
    const all = await ask(contract, agency, agencyCookie, true);
    const close = await ask(contract, agency, agencyCookie);

    // Narrowed, and not shut.
    expect([Math.min(all.status, close.status), leaks]).toEqual([200, []]);
  });
});

describe('who changes something is told nothing of another', () => {
  test.each(walked.filter((one) => !isRead(one)))('%s', async (name, contract) => {
    const role = REGION_ROLES.find((one) => mayCall(contract, one)) ?? 'admin';

    expect(await walk(name, contract, ofRegency(role))).toEqual([]);
  });
});

/** Each kind of event of the other regency, and one of an incident that reaches over all without touching this one. */
const FOREIGN: Readonly<Record<Exclude<LiveEvent['type'], 'resync'>, (other: Laid) => BusEvent>> = {
  'device-state': ({ deviceId = '', siteId = '', code = '' }) => ({
    ...{ type: 'device-state', deviceId, siteId, regionCode: code },
    ...{ state: 'down', previous: 'up', since: NOON },
  }),
  'village-state': ({ code = '' }) => ({
    ...{ type: 'village-state', regionCode: code, state: 'down', previous: 'normal', at: NOON },
  }),
  'outage-opened': (other) => outageEvent('outage-opened', other),
  'outage-closed': (other) => outageEvent('outage-closed', other),
  'incident-opened': (other) => incidentEvent('incident-opened', other),
  'incident-changed': (other) => incidentEvent('incident-changed', other),
  'incident-closed': (other) => incidentEvent('incident-closed', other),
  'inventory-changed': ({ code = '' }) => ({ type: 'inventory-changed', regionCode: code, at: NOON }),
};
const outageEvent = (
  type: 'outage-opened' | 'outage-closed',
  { outageId = '', deviceId = '', siteId = '', code = '' }: Laid,
): BusEvent => ({ type, outageId, deviceId, siteId, regionCode: code, at: NOON });
const incidentEvent = (
  type: 'incident-opened' | 'incident-changed' | 'incident-closed',
  { incidentId = '' }: Laid,
): BusEvent => ({ type, incidentId, regionCode: '16', at: NOON });

test('every kind of live event has its foreign one here', () => {
  const types = LiveEvent.anyOf.flatMap(({ properties: { type } }) =>
    'const' in type ? [type.const] : [...(type as unknown as { enum: string[] }).enum],
  );

  expect(Object.keys(FOREIGN).concat('resync').sort()).toEqual(types.sort());
});

test('live events of another regency, and of anything but itself for an agency, are not heard', async () => {
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}/api/v1/live`;
  const shared: BusEvent = {
    type: 'incident-changed',
    incidentId: marked.sharedIncidentId,
    regionCode: '16',
    at: NOON,
  };
  const streams = [
    { cookie: cookies.get('viewer') ?? '', marks: marked.marksOfOther, foreign: [marked.other] },
    { cookie: agencyCookie, marks: marked.marksForAgency, foreign: [marked.other, marked.own] },
  ];
  for (const { cookie, marks, foreign } of streams) {
    const stream = await openEventStream(url, { cookie });
    await stream.firstId;
    for (const laid of foreign) for (const made of Object.values(FOREIGN)) api.bus.publish(made(laid));
    api.bus.publish(shared);

    const heard: string[] = [];
    for (let text = ''; !text.includes(marked.sharedIncidentId); heard.push(text))
      text = JSON.stringify((await stream.next()).data);
    stream.close();

    expect(foundIn(heard.join('\n'), marks, '')).toEqual([]);
  }
});
