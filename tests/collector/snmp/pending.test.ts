import { expect, test } from 'vitest';
import { Pending } from '../../../collector/snmp/pending.ts';
import { seededRandom } from '../../support/random.ts';

test('whatever comes and goes, it holds what a Map holds', () => {
  const random = seededRandom(20_261_122);
  const pending = new Pending<{ readonly id: number }>();
  const held = new Map<number, { readonly id: number }>();

  for (let round = 0; round < 100_000; round++) {
    // Few ids that differ in their last bits, so that many want the same place.
    const id = 0x0100_0000 + Math.floor(random() * 40) * 4_096 + Math.floor(random() * 20);
    if (random() < 0.5) {
      const item = { id };
      pending.add(item);
      held.set(id, item);
    } else {
      pending.delete(id);
      held.delete(id);
    }
    if (pending.get(id) !== held.get(id)) expect(pending.get(id)).toBe(held.get(id));
  }

  expect(pending.size).toBe(held.size);
  expect(pending.all().toSorted((a, b) => a.id - b.id)).toEqual([...held.values()].toSorted((a, b) => a.id - b.id));
});
