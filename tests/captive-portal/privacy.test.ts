import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../core/domain/clock.ts';
import { account } from '../../core/services/portal/account.ts';
import { authenticate } from '../../core/services/portal/authenticate.ts';
import { createVoucherBatch } from '../../core/services/portal/create-voucher-batch.ts';
import { forgetOld } from '../../core/services/portal/forget.ts';
import { keptLog, startSmsGateway } from '../support/portal-ways.ts';
import { formOf, type Hotspot, openHotspot, post } from './flow/support/hotspot.ts';

const PEOPLE = 24;
const kept = keptLog();
let hotspot: Hotspot;
let sms: Awaited<ReturnType<typeof startSmsGateway>>;
let failing = false;
beforeAll(async () => {
  hotspot = await openHotspot({ log: kept.log });
  // A provider that repeats the number in what it answers.
  sms = await startSmsGateway(({ body }) => (failing ? { status: 400, body: `bad recipient ${body}` } : {}));
  const channel = await hotspot.inventory.channels.create({
    name: 'SMS',
    kind: 'sms',
    settings: {
      url: sms.url,
      method: 'POST',
      format: 'json',
      body: '{"to":"{{to}}","text":"{{text}}"}',
      numberForm: 'e164',
    },
  });
  await hotspot.inventory.portal.sites.update(
    hotspot.siteId,
    {
      methods: [
        { kind: 'phone', planId: null, settings: { channelId: channel.id } },
        { kind: 'voucher', planId: null, settings: {} },
        { kind: 'terms', planId: null, settings: {} },
        { kind: 'account', planId: null, settings: {} },
      ],
      news: true,
      surveyQuestion: 'Puas?',
    },
    hotspot.time.now,
  );
});
afterAll(async () => {
  await hotspot.close();
  await sms.stop();
});

const macOf = (n: number): string => `02:ab:cd:ef:7${(n % 16).toString(16)}:${(n + 16).toString(16).padStart(2, '0')}`;
const nationalOf = (n: number): string => `8139${String(47_118_200 + n * 37)}`;
/** How telephones and gateways write them. */
const MAC_FORMS: readonly ((mac: string) => string)[] = [
  (mac) => mac,
  (mac) => mac.toUpperCase().replaceAll(':', '-'),
  (mac) => mac.replaceAll(':', ''),
  (mac) => mac.replaceAll(':', '').replace(/(.{6})(.{6})/, '$1-$2'),
  (mac) => mac.replaceAll(':', '').replace(/(.{4})(.{4})(.{4})/, '$1.$2.$3'),
  (mac) => mac.replaceAll(':', ' '),
];
const PHONE_FORMS: readonly ((national: string) => string)[] = [
  (national) => `0${national}`,
  (national) => `+62 ${national.slice(0, 3)}-${national.slice(3, 7)}-${national.slice(7)}`,
  (national) => `62${national}`,
];
const formed = (forms: readonly ((text: string) => string)[], text: string, n: number): string =>
  forms[n % forms.length]?.(text) ?? text;

const get = async (n: number): Promise<string> =>
  await (await fetch(hotspot.arrival({ mac: formed(MAC_FORMS.slice(0, 2), macOf(n), n), ip: '10.5.50.9' }))).text();

/** Fills in the form of a way in and presses its button. */
async function press(page: string, way: string, filled: Readonly<Record<string, string>>): Promise<Response> {
  const { action, fields } = formOf(page, way);
  for (const [name, value] of Object.entries({ news: '1', survey: 'Ya', ...filled })) fields.set(name, value);
  return await post(hotspot.url(action), fields);
}

async function byPhone(n: number): Promise<Response> {
  const count = sms.asked.length;
  const asked = await (
    await press(await get(n), 'phone', { 'phone-number': formed(PHONE_FORMS, nationalOf(n), n) })
  ).text();
  const texts = await sms.until(count + 1);
  await press(asked, 'phone', { 'phone-code': '000000' });
  return await press(asked, 'phone', { 'phone-code': /\b\d{6}\b/.exec(texts.at(-1)?.text ?? '')?.[0] ?? '' });
}

/** What the gateway does with the browser that comes back, and tells of the session. */
async function online(answer: Response, n: number): Promise<(status: 'interim' | 'stop') => Promise<void>> {
  const { searchParams } = new URL(answer.headers.get('location') ?? '');
  const userName = searchParams.get('username') ?? '';
  const nas = { id: hotspot.gateway.id, siteId: hotspot.siteId };
  const mac = formed(MAC_FORMS, macOf(n), n);
  // Some gateways make the session's id of the address, some use it as the user name of the way back in.
  const acctSessionId = n % 3 === 0 ? `80-${mac}` : `8000${n}`;
  const request = { calledStationId: 'hotspot1', nasIdentifier: null, framedIp: '10.5.50.9', acctSessionId };
  const check = (right: string): boolean => right === searchParams.get('password');
  const outcome = await authenticate(hotspot.service, nas, { userName, check, callingStationId: mac, ...request });
  if (outcome.kind !== 'accept') throw new Error(`not let in: ${outcome.refusal}`);
  const again = { userName: mac, check: () => false, callingStationId: mac, ...request };
  await authenticate(hotspot.service, nas, again);
  const name = n % 4 === 0 ? mac : userName;
  const begunAt = hotspot.time.now;
  const classText = n % 5 === 0 ? null : outcome.loginId;
  const tell = (status: 'start' | 'interim' | 'stop', seconds: number) =>
    account(hotspot.service, {
      ...{ gatewayId: nas.id, siteId: nas.siteId, status, acctSessionId, userName: name, classText, mac },
      ...{
        framedIp: '10.5.50.9',
        at: begunAt + seconds * 1_000,
        seconds,
        upOctets: 1_000n,
        downOctets: 2_000n,
      },
      cause: status === 'stop' ? 'User-Request' : null,
    });
  await tell('start', 0);
  return (status) => tell(status, status === 'stop' ? 1_200 : 300);
}

/** Every row of every table, and every line of the log. */
async function everything(): Promise<string> {
  const { sql } = hotspot.inventory;
  const tables = await sql.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  expect(tables.length).toBeGreaterThan(50);
  const dumped = [];
  for (const { name } of tables) dumped.push(await sql.query<object>(`SELECT to_jsonb(t) AS row FROM ${name} t`));
  return `${JSON.stringify(dumped)}\n${kept.lines.join('\n')}`;
}

/** Traces of a person: in any of the forms, between any separators, and as a hash that anybody could make. */
function tracesOf(n: number): readonly RegExp[] {
  const hex = macOf(n).replaceAll(':', '');
  const national = nationalOf(n);
  const loosely = (signs: string): RegExp => new RegExp([...signs].join('[^0-9a-z]{0,2}'), 'i');
  const plain = [
    ...MAC_FORMS.map((form) => form(macOf(n))),
    ...PHONE_FORMS.map((form) => form(national)),
    `+62${national}`,
  ];
  const hashes = plain.flatMap((text) =>
    ['md5', 'sha1', 'sha256'].map((kind) => new RegExp(createHash(kind).update(text).digest('hex'), 'i')),
  );
  const encoded = plain.map((text) => new RegExp(Buffer.from(text).toString('base64').replace(/[=+/]/g, '.')));
  return [loosely(hex), loosely(national), ...hashes, ...encoded];
}
const found = (dump: string): string[] =>
  Array.from({ length: PEOPLE }, (_, n) => tracesOf(n).filter((trace) => trace.test(dump)))
    .flat()
    .map(String);

test('after a full day nobody is found in the store or the log, in whatever form', async () => {
  const { inventory, service, time } = hotspot;
  const batch = await createVoucherBatch(
    service,
    {
      ...{ name: 'Hari ini', siteId: hotspot.siteId, regionCode: null, planId: null, count: PEOPLE },
      ...{ validSeconds: 86_400, validUntil: time.now + 24 * HOUR },
    },
    null,
  );
  const tellers: ((status: 'interim' | 'stop') => Promise<void>)[] = [];
  for (let n = 0; n < PEOPLE; n++) {
    time.now += 5 * MINUTE;
    const way = n % 3;
    const answer =
      way === 0
        ? await byPhone(n)
        : way === 1
          ? await press(await get(n), 'voucher', { 'voucher-code': batch.codes[n] ?? '' })
          : await press(await get(n), 'terms', {});
    expect(answer.status).toBe(303);
    tellers.push(await online(answer, n));
    if (n % 2 === 0) await tellers.at(-1)?.('interim');
  }
  // What goes wrong is told too: a provider that fails, wrong codes and passwords, nonsense.
  failing = true;
  for (let n = 1; n < PEOPLE; n += 3) {
    const page = await get(n);
    await press(page, 'phone', { 'phone-number': `0${nationalOf(n)}` });
    await press(page, 'voucher', { 'voucher-code': `0${nationalOf(n)}` });
    await press(page, 'account', { 'account-name': `0${nationalOf(n)}`, 'account-password': macOf(n) });
    await press(page, 'phone', { 'phone-number': `${nationalOf(n)}\u0000` });
    await fetch(hotspot.url(`/tidak-ada/${nationalOf(n)}?mac=${macOf(n)}`));
    await post(hotspot.url('/data-saya'), `s=x&a=send&phone-number=0${nationalOf(n)}`);
  }
  failing = false;
  while (kept.lines.filter((line) => line.includes('was not sent')).length < 8)
    await new Promise((resolve) => setImmediate(resolve));

  const alive = await everything();
  // The search itself finds what is there: while somebody is online, how to reach the device is kept.
  expect(found(alive).length).toBeGreaterThanOrEqual(PEOPLE);
  const [{ contacts } = { contacts: -1 }] = await inventory.sql.query<{ contacts: number }>(
    'SELECT count(contact)::int AS contacts FROM portal_sessions WHERE ended_at IS NULL',
  );
  expect(contacts).toBe(PEOPLE);

  time.now += 20 * MINUTE;
  for (const tell of tellers) await tell('stop');
  await forgetOld({ ...service, log: kept.log });

  const dump = await everything();
  expect(found(dump)).toEqual([]);
  for (const code of batch.codes) expect(dump).not.toContain(code);
  const [row] = await inventory.sql.query<{ sessions: number; consents: number }>(
    `SELECT (SELECT count(*)::int FROM portal_sessions WHERE ended_at IS NOT NULL) AS sessions,
       (SELECT count(*)::int FROM portal_consents) AS consents`,
  );
  expect(row).toEqual({ sessions: PEOPLE, consents: PEOPLE });
});
