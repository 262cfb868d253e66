import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../core/config/secret.ts';
import { stableId } from '../../core/delivery/stable-id.ts';
import { HOUR, MINUTE, SECOND } from '../../core/domain/clock.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { NewMessage } from '../../core/stores/inventory/outbox.ts';
import type { InventoryUnderTest } from './inventory.ts';

const T0 = Date.UTC(2026, 10, 22);
const SECRET = 'kunci rahasia yang cukup panjang';
const INCIDENT = '11111111-2222-4333-8444-555555555555';

/** Every implementation of the inventory keeps channels and messages like this. */
export function outboxContract(name: string, open: () => Promise<InventoryUnderTest>): void {
  describe(`outbox on ${name}`, () => {
    let under: InventoryUnderTest;
    let inventory: Inventory;
    let channelId: string;
    beforeAll(async () => {
      under = await open();
      inventory = under.inventory;
    });
    afterAll(async () => {
      await under.close();
    });
    beforeEach(async () => {
      await inventory.sql.run('DELETE FROM channel');
      const settings = { url: 'http://127.0.0.1/hook', secret: SECRET };
      channelId = (await inventory.channels.create({ name: 'NOC', kind: 'webhook', settings })).id;
    });

    const message = (what: string, more: Partial<NewMessage> = {}): NewMessage => ({
      id: stableId(what),
      channelId,
      to: 'noc',
      language: 'id',
      event: { type: 'test', channelName: what, at: T0 },
      ...more,
    });
    const wanted = { leaseMs: 45 * SECOND, most: 100, perMinute: 100, perRecipientPerMinute: 100 };
    const claim = (at: number, more: Partial<typeof wanted> = {}) =>
      inventory.outbox.claim(channelId, { at, ...wanted, ...more });
    const idsOf = (messages: readonly { readonly id: string }[]): string[] => messages.map(({ id }) => id).sort();

    describe('channels', () => {
      test('what is secret is named and not shown, and opens as a secret', async () => {
        const { channels, sql } = inventory;

        const shown = [await channels.get(channelId), await channels.list()];
        const opened = await channels.open(channelId);
        const [row] = await sql.query<{ sealed: Buffer }>('SELECT sealed FROM channel');

        expect(shown[0]).toMatchObject({ settings: { url: 'http://127.0.0.1/hook' }, secretsSet: ['secret'] });
        expect(JSON.stringify([shown, opened])).not.toContain(SECRET);
        expect(opened.settings['secret']).toBeInstanceOf(Secret);
        expect(row?.sealed.toString('latin1')).not.toContain('127.0.0.1');
      });

      test('a change keeps the secrets it does not name, and is another version', async () => {
        const { channels } = inventory;
        const before = await channels.open(channelId);
        await channels.update(channelId, { name: 'Posko', settings: { url: 'http://127.0.0.1/other' } });

        const after = await channels.open(channelId);

        expect(after).toMatchObject({ name: 'Posko', settings: { url: 'http://127.0.0.1/other' } });
        expect(after.settings['secret']).toEqual(before.settings['secret']);
        expect(after.version).toBeGreaterThan(before.version);
      });

      test('settings that do not fit are refused by name, without their value', async () => {
        const { channels } = inventory;
        const settings = { url: 'ftp://rahasia', secret: 'pendek' };

        const error = await channels.create({ name: 'x', kind: 'webhook', settings }).catch((thrown) => thrown);
        const stranger = await channels.create({ name: 'x', kind: 'pigeon', settings }).catch((thrown) => thrown);
        const bare = await channels
          .update(channelId, { settings: { url: 'http://127.0.0.1/', secret: null } })
          .catch((thrown) => thrown);

        expect(error).toMatchObject({ code: 'bad-input' });
        expect(error.faults.map(({ field }: { field: string }) => field).sort()).toEqual(['/secret', '/url']);
        expect(JSON.stringify([error, error.message])).not.toMatch(/rahasia|pendek/);
        expect([stranger, bare]).toMatchObject([{ code: 'bad-input' }, { code: 'bad-input' }]);
      });

      test('a name is given once, and what does not exist is not found', async () => {
        const { channels } = inventory;
        const settings = { url: 'http://127.0.0.1/', secret: SECRET };

        const twice = channels.create({ name: 'NOC', kind: 'webhook', settings });
        await expect(twice).rejects.toMatchObject({ code: 'conflict' });

        const nowhere = channels.get(INCIDENT);
        await expect(nowhere).rejects.toMatchObject({ code: 'not-found' });
      });

      test('a channel for which messages wait is not removed; one whose messages have left is', async () => {
        const { channels, outbox } = inventory;
        await outbox.enqueue([message('a')], T0);

        await expect(channels.remove(channelId)).rejects.toMatchObject({ code: 'conflict' });
        await outbox.markSent(message('a'), T0, null);
        await channels.remove(channelId);

        expect(await channels.list()).toEqual([]);
        expect((await outbox.list({})).total).toBe(0);
      });
    });

    describe('writing down', () => {
      test('a message written down twice is one', async () => {
        const first = await inventory.outbox.enqueue([message('a'), message('b')], T0);
        const second = await inventory.outbox.enqueue([message('b'), message('c')], T0);

        const listed = await inventory.outbox.list({ state: 'waiting' });

        expect([first, second, listed.total]).toEqual([2, 1, 3]);
      });

      test('what the transaction undoes was never written', async () => {
        const work = inventory.sql.transaction(async (sql) => {
          await inventory.outbox.enqueue([message('a')], T0, sql);
          throw new Error('changed my mind');
        });

        await expect(work).rejects.toThrow('changed my mind');
        expect(await claim(T0)).toEqual([]);
      });

      test('a channel that does not exist takes none', async () => {
        const writing = inventory.outbox.enqueue([message('a', { channelId: INCIDENT })], T0);

        await expect(writing).rejects.toMatchObject({ code: 'conflict' });
      });
    });

    describe('sending', () => {
      test('of two senders at once each gets other messages', async () => {
        const messages = Array.from({ length: 40 }, (_, index) => message(`m${index}`, { to: `r${index}` }));
        await inventory.outbox.enqueue(messages, T0);

        const claims = await Promise.all(Array.from({ length: 8 }, () => claim(T0, { most: 5 })));

        const ids = claims.flat().map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const rest = await claim(T0);
        expect(ids.length + rest.length).toBe(40);
      });

      test('a message taken by one who died is free again when the lease is over, and not before', async () => {
        await inventory.outbox.enqueue([message('a')], T0);
        const [first] = await claim(T0);

        const early = await claim(T0 + 44 * SECOND);
        const [again] = await claim(T0 + 45 * SECOND);

        expect(early).toEqual([]);
        expect([first?.tries, again?.tries]).toEqual([1, 2]);
        expect(again?.id).toBe(first?.id);
      });

      test('one who comes back after its lease changes nothing, but what it sent is sent', async () => {
        await inventory.outbox.enqueue([message('a')], T0);
        const [late] = await claim(T0);
        const [current] = await claim(T0 + MINUTE);
        if (late === undefined || current === undefined) throw new Error('nothing taken');

        await inventory.outbox.putOff(late, T0 + HOUR, 'timeout: late');
        await inventory.outbox.giveUp(late, T0 + MINUTE, 'refused: late');
        const untouched = await inventory.outbox.get(late.id);
        await inventory.outbox.markSent(late, T0 + MINUTE, 'p-1');
        await inventory.outbox.giveUp(current, T0 + 2 * MINUTE, 'refused: too late');

        expect(untouched).toMatchObject({ failedAt: null, lastError: null, nextTryAt: T0 + MINUTE + 45 * SECOND });
        expect(await inventory.outbox.get(late.id)).toMatchObject({
          sentAt: T0 + MINUTE,
          providerId: 'p-1',
          failedAt: null,
        });
      });

      test('the messages of one incident to one recipient leave in their order', async () => {
        const of = (what: string, to: string) => message(what, { to, incidentId: INCIDENT });
        await inventory.outbox.enqueue([of('down', 'dewi'), of('up', 'dewi'), of('up-2', 'budi')], T0);
        const first = await claim(T0);
        const whileUnderWay = await claim(T0);
        await inventory.outbox.markSent(message('down'), T0, null);

        const afterwards = await claim(T0);

        expect(idsOf(first)).toEqual(idsOf([message('down'), message('up-2')]));
        expect(whileUnderWay).toEqual([]);
        expect(idsOf(afterwards)).toEqual(idsOf([message('up')]));
      });

      test('the limits of a channel and of a recipient hold over a sliding minute', async () => {
        const to = (who: string, count: number) =>
          Array.from({ length: count }, (_, index) => message(`${who}${index}`, { to: who }));
        await inventory.outbox.enqueue([...to('a', 5), ...to('b', 5), ...to('c', 5)], T0);
        const limits = { perMinute: 5, perRecipientPerMinute: 2 };
        const count = async (at: number) => (await claim(at, { ...limits, leaseMs: HOUR })).length;

        const counts = [await count(T0), await count(T0 + 30 * SECOND), await count(T0 + 61 * SECOND)];

        expect(counts).toEqual([5, 0, 5]);
      });

      test('a recipient who is held gets nothing until then, others do', async () => {
        const other = message('c', { to: 'budi' });
        await inventory.outbox.enqueue([message('a'), message('b'), other], T0);
        await inventory.outbox.hold(channelId, 'noc', T0 + MINUTE);

        const now = await claim(T0);
        const later = await claim(T0 + MINUTE);

        expect(idsOf(now)).toEqual([other.id]);
        expect(idsOf(later)).toEqual(idsOf([message('a'), message('b'), other]));
      });

      test('what is too old is given up, what is under way just then is not', async () => {
        await inventory.outbox.enqueue([message('old'), message('under way')], T0);
        await inventory.outbox.enqueue([message('new')], T0 + HOUR);
        await claim(T0 + 6 * HOUR - SECOND, { most: 1 });

        const expired = await inventory.outbox.expire(T0 + 6 * HOUR);

        expect(expired).toBe(1);
        expect((await inventory.outbox.list({ state: 'failed' })).items).toMatchObject([{ lastError: 'expired' }]);
        expect((await inventory.outbox.list({ state: 'waiting' })).total).toBe(2);
      });

      test('what was given up is shown, counted, and can be tried again from the beginning', async () => {
        await inventory.outbox.enqueue([message('a', { incidentId: INCIDENT })], T0);
        const [taken] = await claim(T0);
        if (taken === undefined) throw new Error('nothing taken');
        await inventory.outbox.giveUp(taken, T0, 'sign-in: telegram 401');
        const failed = await inventory.outbox.list({ state: 'failed', incidentId: INCIDENT });
        const counts = await inventory.outbox.counts(T0 - HOUR);

        const revived = await inventory.outbox.revive(taken.id, T0 + MINUTE);

        expect(failed.items).toMatchObject([{ id: taken.id, lastError: 'sign-in: telegram 401', tries: 1 }]);
        expect(counts).toEqual([{ channelId, waiting: 0, failed: 1 }]);
        expect(revived).toBe(true);
        expect(await claim(T0 + MINUTE)).toMatchObject([{ id: taken.id, tries: 1 }]);
        expect(await inventory.outbox.revive(taken.id, T0 + MINUTE)).toBe(false);
      });

      test('the past is forgotten, what waits is not', async () => {
        await inventory.outbox.enqueue([message('a'), message('b')], T0);
        await inventory.outbox.markSent(message('a'), T0, null);

        const purged = await inventory.outbox.purge(T0 + HOUR);

        expect(purged).toBe(1);
        expect((await inventory.outbox.list({})).items.map(({ id }) => id)).toEqual([message('b').id]);
      });
    });
  });
}
