import { expect, test } from 'vitest';
import { shorten, withLink } from '../../../core/delivery/shorten.ts';

test('a text is cut at the end of a word, and never inside a character', () => {
  const word = shorten('Kantor Desa Sukamaju putus', 22);
  const family = shorten(`${'a'.repeat(8)}👨‍👩‍👧 rumah`, 12);

  expect(word).toBe('Kantor Desa Sukamaju…');
  expect(family).toBe('aaaaaaaa…');
});

test('what fits stays as it is', () => {
  expect(shorten('Putus', 5)).toBe('Putus');
});

test('a link longer than the limit is left out', () => {
  expect(withLink('Putus', 'https://simpul.example/', 10)).toBe('Putus');
});
