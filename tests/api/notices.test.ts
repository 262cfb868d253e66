import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DutyRoster } from '../../core/contract/duty.ts';
import type { NewNoticePolicy } from '../../core/contract/notice-policies.ts';
import { HOUR, MINUTE } from '../../core/domain/clock.ts';
import { layProvince, NOON, openTestApi, type TestApi } from '../support/api.ts';
import { incidentIn } from '../support/incidents.ts';
import { type Answer, type Provider, startProvider } from '../support/provider.ts';

const SECRET = 'kunci rahasia yang cukup panjang';
const INSIDE = '16.03';

let api: TestApi;
let provider: Provider;
let siteId: string;
let answer: Answer;
let admin: string;
beforeAll(async () => {
  api = await openTestApi();
  provider = await startProvider(() => answer);
  siteId = (await layProvince(api.inventory)).inside.site.id;
  admin = (await api.signIn('admin')).cookie;
});
afterAll(async () => {
  await provider.stop();
  await api.close();
});
beforeEach(async () => {
  answer = {};
  await api.inventory.sql.run('DELETE FROM notice_policy; DELETE FROM recipient; DELETE FROM channel');
});

const call = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object, cookie = admin) => {
  const body = payload === undefined ? {} : { payload };
  const reply = await api.app.inject({ method, url: `/api/v1/${path}`, headers: { cookie }, ...body });
  return { status: reply.statusCode, text: reply.body, json: reply.body === '' ? null : reply.json() };
};
const addHook = async (): Promise<string> =>
  (await call('POST', 'channels', { name: 'NOC', kind: 'webhook', settings: { url: provider.url, secret: SECRET } }))
    .json.id;
const addPerson = async (name: string, channelId: string, more: object = {}): Promise<string> => {
  const person = { name, role: 'engineer', regionCode: INSIDE, addresses: [{ channelId, to: name }], ...more };
  return (await call('POST', 'recipients', person)).json.id;
};
const policy: NewNoticePolicy = {
  regionCode: INSIDE,
  enabled: true,
  quietHours: { from: 22 * 60, to: 6 * 60, except: ['critical'], exceptDuty: false },
  steps: [
    {
      afterMinutes: 0,
      minSeverity: 'minor',
      to: [{ kind: 'duty', role: 'engineer' }],
      channelIds: null,
      repeat: { everyMinutes: 30, times: 1 },
      evenIfAcknowledged: false,
    },
    {
      afterMinutes: 60,
      minSeverity: 'major',
      to: [{ kind: 'role', role: 'manager' }],
      channelIds: null,
      repeat: null,
      evenIfAcknowledged: true,
    },
  ],
};

test('the secret of a channel goes in, and comes out nowhere', async () => {
  const id = await addHook();

  const answers = [
    await call('GET', 'channels'),
    await call('PATCH', `channels/${id}`, { name: 'Posko' }),
    await call('PATCH', `channels/${id}`, { settings: { url: 'ftp://x', secret: SECRET } }),
    await call('POST', `channels/${id}/test`, { to: 'noc' }),
  ];

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 400, 200]);
  expect(answers[1]?.json).toMatchObject({ name: 'Posko', secretsSet: ['secret'], settings: { url: provider.url } });
  expect(JSON.stringify(answers)).not.toContain(SECRET);
});

test('a test message arrives, and a refusal is told as an answer', async () => {
  const id = await addHook();
  const before = provider.asked.length;

  const good = await call('POST', `channels/${id}/test`, { to: 'noc', language: 'en' });
  answer = { status: 503 };
  const bad = await call('POST', `channels/${id}/test`, { to: 'noc' });

  expect(JSON.parse(provider.asked[before]?.body ?? '')).toMatchObject({
    to: 'noc',
    subject: 'Test message from Simpul',
  });
  expect(good).toMatchObject({ status: 200, json: { ok: true, failure: null } });
  expect(bad).toMatchObject({ status: 200, json: { ok: false, failure: 'provider-fault', mayPass: true } });
});

test('the catalogue tells what each kind of channel takes, and which of it is secret', async () => {
  const { json } = await call('GET', 'catalogue');

  const webhook = json.channelKinds.find(({ id }: { id: string }) => id === 'webhook');
  expect(webhook).toMatchObject({
    label: { id: 'Webhook' },
    secrets: ['secret', 'previousSecret'],
    recipient: { type: 'string' },
    settings: { properties: { url: {} } },
  });
});

test('an address that its channel cannot reach is refused by its field', async () => {
  const settings = { host: '127.0.0.1', tls: 'none', from: 'noc@dinas.test' };
  const { json: mail } = await call('POST', 'channels', { name: 'Surel', kind: 'email', settings });
  const person = { name: 'Dewi', role: 'engineer', regionCode: INSIDE };

  const refused = await call('POST', 'recipients', { ...person, addresses: [{ channelId: mail.id, to: '0812' }] });
  const twice = await call('POST', 'recipients', {
    ...person,
    addresses: [
      { channelId: mail.id, to: 'a@desa.test' },
      { channelId: mail.id, to: 'b@desa.test' },
    ],
  });

  expect(refused).toMatchObject({ status: 400, json: { faults: [{ field: '/addresses/0/to' }] } });
  expect(twice).toMatchObject({ status: 400, json: { faults: [{ field: '/addresses/1/channelId' }] } });
});

test('the preview tells who would be told when, whom nothing reaches, and where nobody is on duty', async () => {
  const id = await addHook();
  const onDuty = await addPerson('malam', id);
  await addPerson('bos', id, { role: 'manager' });
  await addPerson('tanpa alamat', id, { role: 'manager', addresses: [] });
  const times = { kind: 'weekly', days: [6], from: 18 * 60, to: 6 * 60 };
  await call('POST', 'duty/shifts', { regionCode: INSIDE, role: 'engineer', recipientId: onDuty, times });
  const late = NOON + 11 * HOUR;

  const { json } = await call('POST', 'notice-policies/preview', {
    region: INSIDE,
    at: late,
    severity: 'major',
    policy,
  });
  const day = await call('POST', 'notice-policies/preview', { region: INSIDE, at: NOON, severity: 'minor', policy });

  expect(json.items).toMatchObject([
    {
      step: 0,
      level: 0,
      round: 0,
      isDutyEmpty: false,
      messages: [{ name: 'malam', isOnDuty: true, leavesAt: NOON + 18 * HOUR }],
    },
    { step: 0, round: 1, at: late + 30 * MINUTE },
    { step: 1, level: 1, at: late + HOUR, messages: [{ name: 'bos', channelName: 'NOC' }] },
  ]);
  expect(json.unreachable).toMatchObject([{ name: 'tanpa alamat' }]);
  expect(day.json.items).toMatchObject([
    { isDutyEmpty: true, messages: [{ name: 'malam', isOnDuty: false, leavesAt: NOON }] },
    { round: 1 },
  ]);
});

test('steps out of order are refused, and a region has one policy', async () => {
  const steps = [...policy.steps].reverse();

  const backwards = await call('POST', 'notice-policies', { ...policy, steps });
  const made = await call('POST', 'notice-policies', policy);
  const second = await call('POST', 'notice-policies', policy);

  expect([backwards.status, made.status, second.status]).toEqual([400, 201, 409]);
  expect(backwards.json.faults).toMatchObject([{ field: '/steps/1/afterMinutes' }]);
});

test('the setup names what is missing, one thing after the other', async () => {
  const missing = async () => (await call('GET', 'notice-setup')).json.missing;
  const bare = await missing();
  const id = await addHook();
  const person = await addPerson('dewi', id);
  const manned = await missing();
  await call('POST', 'notice-policies', policy);
  const ruled = await missing();
  const times = { kind: 'once', from: NOON, to: NOON + HOUR };
  await call('POST', 'duty/shifts', { regionCode: INSIDE, role: 'engineer', recipientId: person, times });

  const done = await missing();

  const known = bare.filter((gap: string) => gap === 'public-url');
  expect(bare).toEqual([...known, 'channel', 'recipient', 'policy']);
  expect([manned, ruled, done]).toEqual([[...known, 'policy'], [...known, 'duty'], known]);
});

test('the roster tells who is on duty now and over midnight, and who stands in', async () => {
  const id = await addHook();
  const [dewi, budi] = [await addPerson('dewi', id), await addPerson('budi', id, { addresses: [] })];
  const times = { kind: 'weekly', days: [6], from: 8 * 60, to: 8 * 60 };
  await call('POST', 'duty/shifts', { regionCode: INSIDE, role: 'engineer', recipientId: dewi, times });
  const midnight = NOON + 12 * HOUR;
  await call('POST', 'duty/substitutions', {
    absentId: dewi,
    substituteId: budi,
    from: midnight,
    to: midnight + 4 * HOUR,
  });

  const { json } = await call('GET', `duty?region=${INSIDE}.11&from=${NOON}&to=${NOON + 24 * HOUR}`);

  expect(json.items).toMatchObject([
    {
      role: 'engineer',
      now: [{ name: 'dewi', isReachable: true, insteadOf: null }],
      spans: [
        { from: NOON, to: midnight, people: [{ name: 'dewi' }] },
        { from: midnight, to: midnight + 4 * HOUR, people: [{ name: 'budi', insteadOf: 'dewi', isReachable: false }] },
        { from: midnight + 4 * HOUR, to: midnight + 8 * HOUR, people: [{ name: 'dewi' }] },
        { from: midnight + 8 * HOUR, people: [] },
      ],
    },
  ]);
});

test('the roster of no region in particular tells of each that has shifts, as far as the account may see', async () => {
  const id = await addHook();
  const times = { kind: 'weekly', days: [6], from: 8 * 60, to: 8 * 60 };
  for (const [name, regionCode] of [
    ['dewi', '16'],
    ['budi', `${INSIDE}.11`],
    ['jauh', '16.71'],
  ] as const) {
    const recipientId = await addPerson(name, id, { regionCode });
    await call('POST', 'duty/shifts', { regionCode, role: 'engineer', recipientId, times });
  }

  const all = await call('GET', 'duty');
  const { cookie } = await api.signIn('engineer', INSIDE);
  const seen = await call('GET', 'duty', undefined, cookie);

  const said = ({ json }: typeof all) =>
    json.items.map((one: DutyRoster) => [one.regionCode, ...one.now.map(({ name }) => name)]);
  expect(said(all)).toEqual([
    ['16', 'dewi'],
    [`${INSIDE}.11`, 'budi'],
    ['16.71', 'jauh'],
  ]);
  // Whoever has nobody of their own is looked after by the province.
  expect(said(seen)).toEqual([
    [INSIDE, 'dewi'],
    [`${INSIDE}.11`, 'budi'],
  ]);
  expect(seen.json.items[1]).toMatchObject({ regionName: 'Gelumbang' });
});

test('a secret that may be missing is cleared by null, and only that one', async () => {
  const settings = { url: provider.url, secret: SECRET, previousSecret: 'kunci lama yang cukup panjang' };
  const { json } = await call('POST', 'channels', { name: 'NOC', kind: 'webhook', settings });

  const cleared = await call('PATCH', `channels/${json.id}`, { settings: { url: provider.url, previousSecret: null } });
  const refused = await call('PATCH', `channels/${json.id}`, { settings: { url: provider.url, secret: null } });

  expect(json.secretsSet).toEqual(['secret', 'previousSecret']);
  expect(cleared.json.secretsSet).toEqual(['secret']);
  expect(refused.status).toBe(400);
});

test('the messages of an incident tell what became of each, and one that was given up goes once more', async () => {
  const channelId = await addHook();
  const { id: incidentId } = await incidentIn(api.inventory, siteId);
  const base = { incidentId, kind: 'opened', step: 0, round: 0, channelId, language: 'id', isOfficer: false } as const;
  const rest = {
    villageCode: null,
    heldExcept: [],
    untilAcknowledged: false,
    recipientName: 'Dewi',
    to: 'dewi',
  } as const;
  const idOf = (n: number) => `00000000-0000-8000-8000-00000000000${n}`;
  const heldUntil = NOON + 8 * HOUR;
  await api.inventory.notices.add(
    api.inventory.sql,
    [1, 2, 3].map((n) => ({
      ...base,
      ...rest,
      id: idOf(n),
      recipientId: idOf(n),
      heldUntil: n === 3 ? heldUntil : null,
    })),
    NOON,
  );
  const event = { type: 'test', channelName: 'x', at: NOON } as const;
  await api.inventory.outbox.enqueue(
    [1, 2].map((n) => ({ id: idOf(n), channelId, to: 'dewi', language: 'id', event, incidentId })),
    NOON,
  );
  await api.inventory.outbox.giveUp({ id: idOf(1), tries: 0 }, NOON, 'recipient: http 404');
  const states = async () =>
    (await call('GET', `incidents/${incidentId}/notices`)).json.items.map(({ state }: { state: string }) => state);
  const before = await states();

  const again = await call('POST', `incidents/${incidentId}/notices/${idOf(1)}/retry`);
  const refused = await call('POST', `incidents/${incidentId}/notices/${idOf(2)}/retry`);

  expect(before).toEqual(['failed', 'waiting', 'held']);
  expect(again.json.items[0]).toMatchObject({ state: 'waiting', recipientName: 'Dewi', channelName: 'NOC', step: 0 });
  expect(refused.status).toBe(409);
});

test('who holds for a region changes nothing outside it', async () => {
  const channelId = await addHook();
  const { cookie } = await api.signIn('admin', INSIDE);
  const person = { name: 'x', role: 'engineer', regionCode: '16.71', addresses: [] };
  const outside = await addPerson('jauh', channelId, { regionCode: '16.71' });
  const times = { kind: 'once', from: NOON, to: NOON + HOUR };

  const answers = [
    await call('POST', 'recipients', person, cookie),
    await call('POST', 'recipients', { ...person, regionCode: '' }, cookie),
    await call('PATCH', `recipients/${outside}`, { name: 'mine' }, cookie),
    await call('POST', 'duty/shifts', { regionCode: INSIDE, role: 'engineer', recipientId: outside, times }, cookie),
    await call('POST', 'notice-policies', { ...policy, regionCode: '16' }, cookie),
    await call('POST', 'channels', { name: 'x', kind: 'webhook', settings: {} }, cookie),
  ];

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 403]);
});
