import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BusEvent } from '../../core/bus/bus.ts';
import { layProvince, NOON, openTestApi, type Province, type TestApi } from '../support/api.ts';
import { incidentIn } from '../support/incidents.ts';

let api: TestApi;
let province: Province;
const events: BusEvent[] = [];
beforeAll(async () => {
  api = await openTestApi();
  province = await layProvince(api.inventory);
  api.bus.subscribe((event) => void events.push(event));
});
afterAll(() => api.close());

const call = async (cookie: string, method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) => {
  const answer = await api.app.inject({
    method,
    url: `/api/v1/${url}`,
    headers: { cookie },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, body: answer.statusCode === 204 ? null : answer.json() };
};

/** One incident that reaches over both regencies of the province. */
async function acrossRegions(): Promise<string> {
  const { inventory } = api;
  const [inside, outside] = [
    await incidentIn(inventory, province.inside.site.id),
    await incidentIn(inventory, province.outside.site.id),
  ];
  await inventory.incidentLedger.alone(async (tx) => {
    await inventory.incidentLedger.place(tx, inside.id, outside.outageIds);
    await inventory.incidentLedger.absorb(tx, inside.id, [outside.id], NOON);
    await inventory.incidentLedger.describe(tx, inside.id, {
      root: { kind: 'device', deviceId: outside.deviceIds[0] ?? '' },
      startedAt: NOON,
      regionCode: '16',
    });
  });
  return inside.id;
}

test('an engineer takes, works on and resolves an incident, and everybody who listens hears of it', async () => {
  const { id } = await incidentIn(api.inventory, province.inside.site.id);
  const { cookie, account } = await api.signIn('engineer');
  events.length = 0;

  const assignees = await call(cookie, 'GET', `incidents/${id}/assignees`);
  await call(cookie, 'POST', `incidents/${id}/acknowledge`);
  await call(cookie, 'POST', `incidents/${id}/unacknowledge`);
  await call(cookie, 'POST', `incidents/${id}/acknowledge`);
  await call(cookie, 'POST', `incidents/${id}/assign`, { accountId: account.id });
  await call(cookie, 'POST', `incidents/${id}/comments`, { text: 'Teknisi berangkat' });
  const { body } = await call(cookie, 'POST', `incidents/${id}/resolve`, { cause: 'power', note: 'PLN padam' });

  expect(assignees.body.items).toContainEqual({ id: account.id, name: account.displayName });
  expect(body).toMatchObject({
    cause: 'power',
    confidence: 1,
    guessedCause: 'unknown',
    acknowledged: { by: account.displayName },
    assignee: { id: account.id },
    resolved: { by: account.displayName },
    isMine: true,
    outageCount: 1,
  });
  expect(
    body.timeline.map(({ kind, text, cause }: { kind: string; text: string; cause: string }) => [kind, text, cause]),
  ).toEqual([
    ['opened', null, null],
    ['acknowledged', null, null],
    ['unacknowledged', null, null],
    ['acknowledged', null, null],
    ['assigned', account.displayName, null],
    ['commented', 'Teknisi berangkat', null],
    ['cause-corrected', null, 'power'],
    ['resolved', 'PLN padam', 'power'],
  ]);
  expect(events.map(({ type }) => type)).toEqual(Array.from({ length: 6 }, () => 'incident-changed'));
});

test('an incident that reaches beyond a region is seen there without the names beyond, and worked on by others', async () => {
  const id = await acrossRegions();
  const { cookie } = await api.signIn('engineer', '16.03');

  const seen = await call(cookie, 'GET', `incidents/${id}`);
  const comment = await call(cookie, 'POST', `incidents/${id}/comments`, { text: 'Di sini juga putus' });
  const refused = [
    await call(cookie, 'POST', `incidents/${id}/acknowledge`),
    await call(cookie, 'POST', `incidents/${id}/resolve`, { cause: 'power' }),
  ];

  expect(seen.body).toMatchObject({ root: null, outageCount: 1, isMine: false, effect: { devices: 1 } });
  expect(JSON.stringify(seen.body)).not.toMatch(/16\.71/);
  expect(comment.status).toBe(200);
  expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
    [403, 'forbidden'],
    [403, 'forbidden'],
  ]);
});

test('an engineer of one region takes over nothing of another', async () => {
  const [mine, theirs] = [
    await incidentIn(api.inventory, province.inside.site.id),
    await incidentIn(api.inventory, province.outside.site.id),
  ];
  const { cookie } = await api.signIn('engineer', '16.03');

  const { status } = await call(cookie, 'POST', `incidents/${mine.id}/merge`, { incidentIds: [theirs.id] });

  expect(status).toBe(404);
});

test('a split answers the new incident, and a merge the one that is left', async () => {
  const { id, outageIds } = await incidentIn(api.inventory, province.inside.site.id, 3);
  const { cookie } = await api.signIn('engineer', '16.03');

  const split = await call(cookie, 'POST', `incidents/${id}/split`, { outageIds: outageIds.slice(0, 1) });
  const merged = await call(cookie, 'POST', `incidents/${id}/merge`, { incidentIds: [split.body.id] });

  expect([split.status, split.body.outageCount]).toEqual([201, 1]);
  expect(merged.body).toMatchObject({ id, outageCount: 3 });
  expect(merged.body.timeline.at(-1)).toMatchObject({
    kind: 'merged',
    incident: { id: split.body.id, number: split.body.number },
  });
});

test('maintenance that is told of afterwards makes an incident planned, until it is called off', async () => {
  const { id, deviceIds } = await incidentIn(api.inventory, province.inside.site.id);
  const { cookie } = await api.signIn('engineer', '16.03');
  const causeOf = async () => (await call(cookie, 'GET', `incidents/${id}`)).body;

  const made = await call(cookie, 'POST', 'maintenance', {
    title: 'Ganti antena',
    startsAt: NOON - 60_000,
    endsAt: NOON + 3_600_000,
    recurrence: 'FREQ=WEEKLY;COUNT=4',
    deviceIds,
  });
  const planned = await causeOf();
  const listed = await call(cookie, 'GET', 'maintenance?region=16.03');
  const cancelled = await call(cookie, 'DELETE', `maintenance/${made.body.id}`);

  expect(made.status).toBe(201);
  expect(planned.cause).toBe('planned');
  expect(planned.evidence[0]).toMatchObject({ kind: 'in-maintenance', figure: 100, unit: '%', of: 'Ganti antena' });
  expect(listed.body.items.map((item: { id: string }) => item.id)).toContain(made.body.id);
  expect(cancelled.status).toBe(204);
  expect((await causeOf()).cause).not.toBe('planned');
});

test.each([
  ['comments', { text: '   ' }],
  ['comments', {}],
  ['resolve', { cause: 'ghosts' }],
  ['assign', { accountId: 'nobody' }],
  ['merge', { incidentIds: [] }],
  ['split', { outageIds: [] }],
])('%s with %j is refused', async (verb, payload) => {
  const { id } = await incidentIn(api.inventory, province.inside.site.id);
  const { cookie } = await api.signIn('engineer');

  const { status, body } = await call(cookie, 'POST', `incidents/${id}/${verb}`, payload);

  expect([status, body.code]).toEqual([400, 'bad-input']);
});

test('an incident that never was is not found', async () => {
  const { cookie } = await api.signIn('admin');
  const url = 'incidents/00000000-0000-4000-8000-000000000000';

  const answers = [await call(cookie, 'GET', url), await call(cookie, 'POST', `${url}/acknowledge`)];

  expect(answers.map(({ status }) => status)).toEqual([404, 404]);
});

test('what an incident takes down is told site by site, only inside the region of whoever asks', async () => {
  const id = await acrossRegions();
  const { cookie: everywhere } = await api.signIn('engineer');
  const { cookie: regional } = await api.signIn('engineer', province.inside.site.regionCode);

  const all = await call(everywhere, 'GET', `incidents/${id}/sites`);
  const some = await call(regional, 'GET', `incidents/${id}/sites`);
  const none = await call(everywhere, 'GET', 'incidents/00000000-0000-4000-8000-000000000000/sites');

  expect(all.body.total).toBe(2);
  expect(all.body.items.map(({ siteId }: { siteId: string }) => siteId).toSorted()).toEqual(
    [province.inside.site.id, province.outside.site.id].toSorted(),
  );
  expect(some.body.items).toEqual([
    expect.objectContaining({ siteId: province.inside.site.id, devices: 1, openOutages: 1 }),
  ]);
  expect(none.status).toBe(404);
});
