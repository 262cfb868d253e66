import { expect, test } from 'vitest';
import type { BusEvent } from '../../../core/bus/bus.ts';
import { memoryBus } from '../../../core/bus/memory.ts';

const EVENT: BusEvent = { type: 'inventory-changed', regionCode: '16', at: 1 };

test('a listener that throws does not keep the others from hearing', () => {
  const errors: unknown[] = [];
  const heard: BusEvent[] = [];
  const bus = memoryBus((error) => errors.push(error));
  bus.subscribe(() => {
    throw new Error('broken');
  });
  bus.subscribe((event) => heard.push(event));

  bus.publish(EVENT);

  expect(heard).toEqual([EVENT]);
  expect(errors).toHaveLength(1);
});

test('who has left hears nothing more', () => {
  const heard: BusEvent[] = [];
  const bus = memoryBus(() => {});
  const leave = bus.subscribe((event) => heard.push(event));

  leave();
  bus.publish(EVENT);

  expect(heard).toEqual([]);
});
