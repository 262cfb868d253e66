import { expect, test } from 'vitest';
import { STATES, type State, villageState, worstState } from '../../../core/domain/state.ts';

test.each<[State, State, string]>([
  ['up', 'up', 'normal'],
  ['up', 'degraded', 'partial'],
  ['up', 'down', 'partial'],
  ['up', 'unknown', 'unknown'],
  ['degraded', 'degraded', 'partial'],
  ['degraded', 'down', 'partial'],
  ['degraded', 'unknown', 'partial'],
  ['down', 'down', 'down'],
  ['down', 'unknown', 'partial'],
  ['unknown', 'unknown', 'unknown'],
])('an office %s and a public place %s make the village %s', (office, publicPlace, village) => {
  expect(villageState([office, publicPlace])).toBe(village);
  expect(villageState([publicPlace, office])).toBe(village);
});

test('a village without sites is unknown', () => {
  expect(villageState([])).toBe('unknown');
});

test('the worst of several states decides, and a seen fault outweighs what is not seen', () => {
  expect(worstState(['up', 'unknown', 'degraded', 'down'])).toBe('down');
  expect(worstState(['up', 'unknown', 'degraded'])).toBe('degraded');
  expect(worstState(['up', 'unknown'])).toBe('unknown');
  expect(worstState(['up', 'up'])).toBe('up');
  expect(worstState([])).toBe('unknown');
  expect(STATES.map((state) => worstState([state]))).toEqual([...STATES]);
});
