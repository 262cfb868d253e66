import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { stableId } from '../../../core/delivery/stable-id.ts';
import { HOUR, MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { type Log, silentLog } from '../../../core/log/log.ts';
import { createOutboxSender, type OutboxPolicy } from '../../../core/services/outbox.ts';
import type { NewMessage } from '../../../core/stores/inventory/outbox.ts';
import { openTestInventory, type TestInventory } from '../../support/inventory.ts';
import { type Answer, type Asked, type Provider, startProvider } from '../../support/provider.ts';

const T0 = Date.UTC(2026, 10, 22, 3, 15);
const SECRET = 'kunci rahasia yang cukup panjang';
const TOKEN = '123456789:AAErahasia-dari-botfather';
const zone = { timeZone: 'Asia/Jakarta', label: 'WIB' };
const sent: Answer = { body: { ok: true, result: { message_id: 1 } } };

let under: TestInventory;
let provider: Provider;
let answer: (asked: Asked, count: number) => Answer | Promise<Answer>;
let now: number;
const clock = (): number => now;
beforeAll(async () => {
  under = await openTestInventory();
});
afterAll(async () => {
  await under.close();
});
beforeEach(async () => {
  now = T0;
  answer = () => sent;
  provider = await startProvider((asked, count) => answer(asked, count));
  await under.inventory.sql.run('DELETE FROM channel');
});
afterEach(async () => {
  await provider.stop();
});

const sender = (policy: Partial<OutboxPolicy> = {}, log: Log = silentLog) =>
  createOutboxSender({ inventory: under.inventory, clock, log, zone, policy, random: () => 0.999 });
const addHook = async (name = 'NOC', path = '') => {
  const settings = { url: `${provider.url}/${path}`, secret: SECRET };
  return (await under.inventory.channels.create({ name, kind: 'webhook', settings })).id;
};
const addBot = async () => {
  const settings = { token: TOKEN, apiUrl: provider.url };
  return (await under.inventory.channels.create({ name: 'bot', kind: 'telegram', settings })).id;
};
const message = (channelId: string, what: string, to = '-100'): NewMessage => ({
  id: stableId(channelId, what, to),
  channelId,
  to,
  language: 'id',
  event: { type: 'test', channelName: what, at: T0 },
});
const write = (...messages: NewMessage[]) => under.inventory.outbox.enqueue(messages, now);
const all = async () => (await under.inventory.outbox.list({})).items;

test('what is written down is sent once, in the words of its language, under its id', async () => {
  const channelId = await addHook();
  await write(message(channelId, 'a'), { ...message(channelId, 'b'), language: 'en' });
  const one = sender();

  await one.round();
  await one.round();

  const subjects = provider.asked.map(({ body }) => JSON.parse(body).subject).sort();
  expect(subjects).toEqual(['Pesan uji dari Simpul', 'Test message from Simpul']);
  expect(provider.asked.map(({ headers }) => headers['webhook-id']).sort()).toEqual(
    (await all()).map(({ id }) => id).sort(),
  );
  expect(await all()).toMatchObject([
    { sentAt: T0, tries: 1 },
    { sentAt: T0, tries: 1 },
  ]);
  await one.stop();
});

test('what fails for the moment is tried again after ever longer waits, until it goes', async () => {
  const channelId = await addHook();
  await write(message(channelId, 'a'));
  answer = (_, count) => (count <= 3 ? { status: 503 } : {});
  const one = sender();
  const waits: number[] = [];

  for (let round = 0; round < 3; round += 1) {
    await one.round();
    const [row] = await all();
    const nextTryAt = row?.nextTryAt ?? 0;
    waits.push(nextTryAt - now);
    now = nextTryAt - 1;
    await one.round();
    now = nextTryAt;
  }
  await one.round();

  expect(waits.map((wait) => Math.round(wait / SECOND))).toEqual([5, 10, 20]);
  expect(provider.asked).toHaveLength(4);
  expect(new Set(provider.asked.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(await all()).toMatchObject([{ sentAt: now, tries: 4, lastError: null }]);
  await one.stop();
});

test('a provider that asks for patience gets it, and others at the same recipient wait with it', async () => {
  const channelId = await addBot();
  await write(message(channelId, 'a'));
  answer = (_, count) =>
    count === 1 ? { status: 429, body: { ok: false, error_code: 429, parameters: { retry_after: 35 } } } : sent;
  const one = sender();

  await one.round();
  await write(message(channelId, 'elsewhere', '-200'));
  now += 34 * SECOND;
  await one.round();
  const early = provider.asked.length;
  now += SECOND;
  await one.round();

  expect(early).toBe(2);
  expect(provider.asked.map(({ body }) => JSON.parse(body).chat_id)).toEqual(['-100', '-200', '-100']);
  await one.stop();
});

test('what can never go is given up at once, with the reason and without a secret', async () => {
  const channelId = await addBot();
  await write(message(channelId, 'a'));
  const said: unknown[] = [];
  const log: Log = { ...silentLog, warn: (...line) => said.push(line) };
  answer = () => ({ status: 403, body: { ok: false, description: `Forbidden: bot was kicked ${TOKEN} -100` } });
  const one = sender({}, log);

  await one.round();

  expect(await all()).toMatchObject([
    { failedAt: T0, tries: 1, lastError: 'recipient: telegram 403 bot is not in the chat' },
  ]);
  expect(JSON.stringify([said, await all()])).not.toContain('rahasia');
  expect(said).toMatchObject([[{ failure: 'recipient' }, 'message given up']]);
  await one.stop();
});

test('after so many tries a message is given up', async () => {
  const channelId = await addHook();
  await write(message(channelId, 'a'));
  answer = () => ({ status: 500 });
  const one = sender({ maxTries: 3 });

  for (let round = 0; round < 5; round += 1) {
    await one.round();
    now += 15 * MINUTE;
  }

  expect(provider.asked).toHaveLength(3);
  expect(await all()).toMatchObject([{ tries: 3, lastError: 'provider-fault: http 500', sentAt: null }]);
  expect((await all())[0]?.failedAt).not.toBeNull();
  await one.stop();
});

test('a channel that is silent holds up no other, and is waited for no longer than set', async () => {
  const silent = await addHook('silent', 'silent');
  const awake = await addHook('awake', 'awake');
  await write(message(silent, 'a'), message(awake, 'b'));
  let heard: () => void = () => {};
  const wasHeard = new Promise<void>((resolve) => {
    heard = resolve;
  });
  answer = ({ url }) => {
    if (url !== '/silent') heard();
    return url === '/silent' ? new Promise<Answer>(() => {}) : {};
  };
  const one = sender({ sendTimeoutMs: 2_000 });

  const round = one.round();
  await wasHeard;
  await round;

  const rows = await all();
  expect(rows.find(({ channelId }) => channelId === awake)?.sentAt).toBe(T0);
  expect(rows.find(({ channelId }) => channelId === silent)).toMatchObject({ lastError: 'timeout: no answer in time' });
  await one.stop();
});

test('of a rush as many leave as the provider bears in a minute, and the rest follows', async () => {
  const channelId = await addBot();
  await write(...Array.from({ length: 30 }, (_, index) => message(channelId, `m${index}`)));
  const one = sender();

  await one.round();
  const atOnce = provider.asked.length;
  now += 59 * SECOND;
  await one.round();
  const early = provider.asked.length;
  now += 2 * SECOND;
  await one.round();

  expect([atOnce, early, provider.asked.length]).toEqual([20, 20, 30]);
  await one.stop();
});

test('a channel that is switched off keeps its messages until it is on, or they are too old', async () => {
  const channelId = await addHook();
  await under.inventory.channels.update(channelId, { enabled: false });
  await write(message(channelId, 'old'));
  const one = sender();

  await one.round();
  now += 5 * HOUR;
  await write(message(channelId, 'new'));
  now += HOUR;
  await under.inventory.channels.update(channelId, { enabled: true });
  await one.round();

  expect(provider.asked).toHaveLength(1);
  expect(await all()).toMatchObject([{ sentAt: now }, { sentAt: null, lastError: 'expired' }]);
  await one.stop();
});

test('a change of a channel holds from the next message on', async () => {
  const channelId = await addHook('NOC', 'old');
  const one = sender();
  await write(message(channelId, 'a'));
  await one.round();
  await under.inventory.channels.update(channelId, { settings: { url: `${provider.url}/new` } });
  await write(message(channelId, 'b'));

  await one.round();

  expect(provider.asked.map(({ url }) => url)).toEqual(['/old', '/new']);
  await one.stop();
});

test('what was sent and could not be written down is not sent again by the same process', async () => {
  const channelId = await addHook();
  await write(message(channelId, 'a'));
  let isStoreAway = true;
  const { outbox, channels } = under.inventory;
  const markSent: typeof outbox.markSent = async (...mark) => {
    if (isStoreAway) throw new Error('the store is away');
    await outbox.markSent(...mark);
  };
  const inventory = { channels, outbox: { ...outbox, markSent } };
  const one = createOutboxSender({ inventory, clock, log: silentLog, zone });

  await one.round();
  now += HOUR;
  await one.round();
  isStoreAway = false;
  await one.round();

  expect(provider.asked).toHaveLength(1);
  expect(await all()).toMatchObject([{ sentAt: T0 }]);
  await one.stop();
});

test('two senders beside each other send nothing twice', async () => {
  const channelId = await addHook();
  await write(...Array.from({ length: 40 }, (_, index) => message(channelId, `m${index}`, `r${index}`)));
  const both = [sender(), sender()];

  await Promise.all(both.map((one) => one.round()));

  expect(new Set(provider.asked.map(({ headers }) => headers['webhook-id'])).size).toBe(40);
  expect(provider.asked).toHaveLength(40);
  await Promise.all(both.map((one) => one.stop()));
});

test('once started it sends by itself when it is woken, and a stop ends what hangs', async () => {
  const channelId = await addHook();
  let heard: () => void = () => {};
  const wasHeard = new Promise<void>((resolve) => {
    heard = resolve;
  });
  answer = () => {
    heard();
    return new Promise<Answer>(() => {});
  };
  const one = sender({ tickMs: HOUR, stopMs: 10 });
  one.start();
  await write(message(channelId, 'a'));

  one.wake();
  await wasHeard;
  await one.stop();

  expect(await all()).toMatchObject([
    { sentAt: null, failedAt: null, tries: 1, lastError: 'timeout: no answer in time' },
  ]);
});
