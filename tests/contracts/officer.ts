import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../core/domain/clock.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { NewPhoto } from '../../core/stores/inventory/photos.ts';
import { layProvince, NOON, type Province } from '../support/api.ts';
import { incidentIn } from '../support/incidents.ts';
import type { InventoryUnderTest } from './inventory.ts';

const VILLAGE = '16.03.11.2009';
const OTHER = '16.71.01.1001';

/** What village officers said and everybody's photographs, on every implementation of the inventory. */
export function officerContract(name: string, open: () => Promise<InventoryUnderTest>): void {
  describe(`answers and photographs on ${name}`, () => {
    let under: InventoryUnderTest;
    let inventory: Inventory;
    let province: Province;
    beforeAll(async () => {
      under = await open();
      inventory = under.inventory;
      province = await layProvince(inventory);
    });
    afterAll(() => under.close());

    const newIncident = async () => (await incidentIn(inventory, province.inside.site.id)).id;
    const absorb = (into: string, id: string) =>
      inventory.incidentLedger.alone((tx) => inventory.incidentLedger.absorb(tx, into, [id], NOON + HOUR));
    const photo = (incidentId: string, change: Partial<NewPhoto> = {}): NewPhoto => ({
      incidentId,
      from: { villageCode: VILLAGE },
      at: NOON,
      expiresAt: NOON + DAY,
      width: 40,
      height: 30,
      contentType: 'image/webp',
      bytes: Buffer.from('a picture'),
      ...change,
    });

    test('the last answer to each question of each village counts', async () => {
      const id = await newIncident();
      const say = (villageCode: string, minute: number, answer: 'on' | 'off') =>
        inventory.officerAnswers.add(id, { question: 'lamp', answer, villageCode, at: NOON + minute });

      await say(VILLAGE, 1, 'off');
      await say(OTHER, 2, 'off');
      await say(VILLAGE, 3, 'on');
      await inventory.officerAnswers.add(id, { question: 'plug', answer: 'in', villageCode: VILLAGE, at: NOON + 4 });

      expect(await inventory.officerAnswers.of(id)).toEqual([
        { villageCode: VILLAGE, question: 'lamp', answer: 'on', at: NOON + 3 },
        { villageCode: VILLAGE, question: 'plug', answer: 'in', at: NOON + 4 },
        { villageCode: OTHER, question: 'lamp', answer: 'off', at: NOON + 2 },
      ]);
    });

    test('an incident has the answers and photographs of those that it took over, and of those they had', async () => {
      const [first, second, third] = [await newIncident(), await newIncident(), await newIncident()];
      await inventory.officerAnswers.add(first, { question: 'lamp', answer: 'off', villageCode: VILLAGE, at: NOON });
      const { id } = await inventory.photos.add(photo(first));
      await absorb(second, first);
      await absorb(third, second);

      const [answers, photos, whole] = [
        await inventory.officerAnswers.of(third),
        await inventory.photos.of(third, NOON),
        await inventory.photos.get(third, id, NOON),
      ];

      expect(answers).toHaveLength(1);
      expect(photos.map((one) => one.id)).toEqual([id]);
      expect(whole?.bytes.toString()).toBe('a picture');
    });

    test('a photograph says who sent it, and is of its incident alone', async () => {
      const id = await newIncident();
      const account = await inventory.accounts.create({
        name: 'rina',
        displayName: 'Rina',
        role: 'engineer',
        regionCode: '',
        passwordHash: 'x',
      });
      const mine = { from: { accountId: account.id }, bytes: Buffer.from('another'), at: NOON + 1 };
      const [officers, engineers] = [
        await inventory.photos.add(photo(id)),
        await inventory.photos.add(photo(id, mine)),
      ];

      const all = await inventory.photos.of(id, NOON);

      expect(all.map(({ id: photoId, village, by }) => [photoId, village?.name, by])).toEqual([
        [officers.id, 'Sukamaju', null],
        [engineers.id, undefined, 'Rina'],
      ]);
      expect(await inventory.photos.count(id, VILLAGE)).toEqual({ all: 2, ofVillage: 1 });
      expect(await inventory.photos.get(await newIncident(), officers.id, NOON)).toBeNull();
    });

    test('the same photograph of an incident is kept once', async () => {
      const [id, other] = [await newIncident(), await newIncident()];

      const sent = await Promise.all([inventory.photos.add(photo(id)), inventory.photos.add(photo(id))]);
      const elsewhere = await inventory.photos.add(photo(other));

      expect(new Set(sent.map((one) => one.id)).size).toBe(1);
      expect(sent.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect(elsewhere.isNew).toBe(true);
    });

    test('a photograph is not shown once it has expired, and then it is removed', async () => {
      const id = await newIncident();
      const added = await inventory.photos.add(photo(id));
      await inventory.photos.add(photo(id, { expiresAt: NOON + 2 * DAY, bytes: Buffer.from('younger') }));

      const shown = await inventory.photos.of(id, NOON + DAY);
      const got = await inventory.photos.get(id, added.id, NOON + DAY);
      await inventory.photos.removeExpired(NOON + DAY);

      expect([shown.length, got]).toEqual([1, null]);
      expect((await inventory.photos.count(id, VILLAGE)).all).toBe(1);
    });

    test('they go with their incident', async () => {
      const id = await newIncident();
      await inventory.photos.add(photo(id));
      await inventory.officerAnswers.add(id, { question: 'lamp', answer: 'off', villageCode: VILLAGE, at: NOON });

      await inventory.sql.run('DELETE FROM incident WHERE id = $1', [id]);

      expect(await inventory.officerAnswers.of(id)).toEqual([]);
      expect((await inventory.photos.count(id, null)).all).toBe(0);
    });
  });
}
