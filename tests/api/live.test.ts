import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Client, liveHub } from '../../api/live/hub.ts';
import type { BusEvent } from '../../core/bus/bus.ts';
import { memoryBus } from '../../core/bus/memory.ts';
import { layProvince, NOON, openTestApi, type TestApi } from '../support/api.ts';
import { type EventStream, openEventStream } from '../support/event-stream.ts';

let api: TestApi;
let base: string;
const streams: EventStream[] = [];
beforeAll(async () => {
  api = await openTestApi();
  await layProvince(api.inventory);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  base = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close();
});
afterAll(() => api.close());

async function open(cookie: string, path = '/api/v1/live', headers = {}): Promise<EventStream> {
  const stream = await openEventStream(base + path, { cookie, ...headers });
  streams.push(stream);
  return stream;
}

const stateOf = (regionCode: string, since = NOON): BusEvent => ({
  type: 'device-state',
  deviceId: randomUUID(),
  siteId: randomUUID(),
  regionCode,
  state: 'down',
  previous: 'up',
  since,
});

test('an event on the bus comes out of the stream with its type and a mark', async () => {
  const { cookie } = await api.signIn('officer');
  const stream = await open(cookie);
  const event = stateOf('16.03.11.2009');

  api.bus.publish(event);
  const seen = await stream.next();

  expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  expect(stream.headers['x-content-type-options']).toBe('nosniff');
  expect(seen).toEqual({ id: expect.stringMatching(/^[0-9a-f]{12}-\d+$/), type: 'device-state', data: event });
});

test('who comes back gets what was missed, in order and once', async () => {
  const { cookie } = await api.signIn('officer');
  const first = await open(cookie);
  api.bus.publish(stateOf('16.03'));
  const { id } = await first.next();
  first.close();
  await first.ended;
  const missed = [1, 2, 3].map((since) => stateOf('16.03', since));
  for (const event of missed) api.bus.publish(event);

  const second = await open(cookie, undefined, { 'last-event-id': String(id) });
  const last = stateOf('16.03', 4);
  api.bus.publish(last);

  const seen = [await second.next(), await second.next(), await second.next(), await second.next()];
  expect(seen.map(({ data }) => data)).toEqual([...missed, last]);
});

test('who saw no event at all before the line broke misses none either', async () => {
  const { cookie } = await api.signIn('officer');
  const first = await open(cookie);
  const mark = await first.firstId;
  first.close();
  await first.ended;
  const event = stateOf('16.03');
  api.bus.publish(event);

  const again = await open(cookie, undefined, { 'last-event-id': mark });

  expect((await again.next()).data).toEqual(event);
});

test.each(['nonsense', '0123456789ab-3', '-', '999999999999999999', 'ä'])(
  'the mark %j of another life is answered with resync',
  async (mark) => {
    const { cookie } = await api.signIn('officer');

    const stream = await open(cookie, undefined, { 'last-event-id': encodeURIComponent(mark) });

    expect(await stream.next()).toMatchObject({ type: 'resync', data: { type: 'resync', at: api.time.now } });
  },
);

test('an account hears of its own region, and of changes that concern all', async () => {
  const { cookie } = await api.signIn('officer', '16.03');
  const stream = await open(cookie, '/api/v1/live?region=16');
  const own = stateOf('16.03.11.2009');
  const forAll: BusEvent = { type: 'inventory-changed', regionCode: '', at: NOON };

  api.bus.publish(stateOf('16.71.01.1001'));
  api.bus.publish(stateOf('16.030'));
  api.bus.publish(own);
  api.bus.publish(forAll);

  expect((await stream.next()).data).toEqual(own);
  expect((await stream.next()).data).toEqual(forAll);
});

test('a region outside the account has no stream, and nobody has one without signing in', async () => {
  const { cookie } = await api.signIn('officer', '16.03');

  const outside = await open(cookie, '/api/v1/live?region=16.71');
  const nobody = await open('');

  expect(outside.status).toBe(404);
  expect(outside.headers['content-type']).toContain('application/problem+json');
  expect(nobody.status).toBe(401);
});

test('signing out, another region or disabling ends the line when it is next checked', async () => {
  const bus = memoryBus(() => {});
  const hub = liveHub(bus, () => NOON);
  const [kept, left] = [clientOf(async () => true), clientOf(async () => false)];
  hub.join(kept.client, undefined);
  hub.join(left.client, undefined);

  await hub.recheck();
  hub.beat();

  expect(left.log.at(-1)).toBe('end');
  expect(kept.log.at(-1)).toMatch(/^:/);
  expect(hub.clients()).toBe(1);
});

test('a client that reads too slowly is dropped, and the others are not', async () => {
  const bus = memoryBus(() => {});
  const hub = liveHub(bus, () => NOON);
  const slow = clientOf(async () => true, 2);
  const quick = clientOf(async () => true);
  hub.join(slow.client, undefined);
  hub.join(quick.client, undefined);

  for (let since = 1; since <= 5; since += 1) bus.publish(stateOf('16', since));

  expect(slow.log.filter((text) => text === 'end')).toHaveLength(1);
  expect(slow.log).toHaveLength(4);
  expect(quick.log).toHaveLength(6);
  expect(hub.dropped()).toBe(1);
});

test('there are at most so many lines, in all and for one account', () => {
  const hub = liveHub(
    memoryBus(() => {}),
    () => NOON,
    { clients: 3, clientsPerAccount: 2 },
  );
  const join = (accountId: string) => hub.join({ ...clientOf(async () => true).client, accountId }, undefined);

  const leaveFirst = join('a');
  const answers = [join('a'), join('a'), join('b'), join('c')].map((leave) => leave !== null);
  leaveFirst?.();

  expect(answers).toEqual([true, false, true, false]);
  expect(join('c')).not.toBeNull();
});

test('only so many events are kept: a mark before them is answered with resync', () => {
  const bus = memoryBus(() => {});
  const hub = liveHub(bus, () => NOON, { kept: 3 });
  const early = clientOf(async () => true);
  hub.join(early.client, undefined);
  for (let since = 1; since <= 5; since += 1) bus.publish(stateOf('16', since));
  const marks = early.log.slice(1).map((text) => /^id: (.*)$/m.exec(text)?.[1]);

  const back = [marks[0], marks[1], marks[4]].map((mark) => {
    const { client, log } = clientOf(async () => true);
    hub.join(client, mark);
    return log.slice(1).join('');
  });

  expect(back[0]).toContain('event: resync');
  expect([...String(back[1]).matchAll(/"since":(\d)/g)].map((match) => match[1])).toEqual(['3', '4', '5']);
  expect(back[2]).toBe('');
});

test('closing the server ends the lines at once', async () => {
  const other = await openTestApi();
  const { cookie } = await other.signIn('officer');
  await other.app.listen({ host: '127.0.0.1', port: 0 });
  const port = (other.app.server.address() as AddressInfo).port;
  const stream = await openEventStream(`http://127.0.0.1:${port}/api/v1/live`, { cookie });

  await other.close();

  await stream.ended;
});

/** @param takes how many writes it takes before it counts as too slow */
function clientOf(isAllowed: () => Promise<boolean>, takes = Number.POSITIVE_INFINITY) {
  const log: string[] = [];
  const line = {
    write: (text: string) => log.push(text) <= takes,
    end: () => {
      log.push('end');
    },
  };
  const client: Client = { accountId: randomUUID(), grant: '', region: '', line, isAllowed };
  return { client, log };
}
