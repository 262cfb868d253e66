import { expect, test } from 'vitest';
import { readingNames } from '../../../collector/pipeline/reading-names.ts';

test('the name of a reading comes with the limits that its device tells, where it tells them', () => {
  const reading = { group: 'sensor', class: 'dbm', unit: 'dBm', label: 'sfp1 rx power', value: -9 } as const;
  const limits = { low: -20, lowWarning: -18, highWarning: -2, high: -1 };

  const names = readingNames([
    { ...reading, index: 'rx.1', limits },
    { ...reading, index: 'rx.2' },
  ]);

  const name = { metric: 'sensor.dbm', label: 'sfp1 rx power', unit: 'dBm' };
  expect(names).toEqual([
    { ...name, instance: 'rx.1', limits },
    { ...name, instance: 'rx.2' },
  ]);
});
