import { describe, expect, test } from 'vitest';
import { encodeLength, encodeSentence, lengthPrefix } from '../../../collector/routeros/word.ts';
import { corpusJson, corpusLines, hasCorpus } from '../../support/routeros-corpus.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('a length', () => {
  test.each([
    [0, '00'],
    [127, '7f'],
    [128, '8080'],
    [16_383, 'bfff'],
    [16_384, 'c04000'],
    [2_097_151, 'dfffff'],
    [2_097_152, 'e0200000'],
    [268_435_455, 'efffffff'],
    [268_435_456, 'f010000000'],
    [4_294_967_295, 'f0ffffffff'],
  ])('of %i takes the fewest bytes', (length, expected) => {
    expect(hex(encodeLength(length))).toBe(expected);
  });

  test.each([-1, 1.5, 2 ** 32, Number.NaN])('of %d does not exist', (length) => {
    expect(() => encodeLength(length)).toThrow(RangeError);
  });

  test('reads as it was written, over every width', () => {
    const lengths = Array.from({ length: 33 }, (_, bit) => [2 ** bit - 1, 2 ** bit]).flat();

    for (const length of lengths.filter((one) => one < 2 ** 32)) {
      const [first = 0, ...others] = encodeLength(length);
      const prefix = lengthPrefix(first);

      expect(prefix?.more).toBe(others.length);
      expect(others.reduce((sum, byte) => sum * 256 + byte, prefix?.bits ?? 0)).toBe(length);
    }
  });

  test.each([0xf1, 0xf8, 0xff])('does not begin with the reserved byte %i', (first) => {
    expect(lengthPrefix(first)).toBeNull();
  });
});

test('a sentence counts bytes, not characters, and ends with an empty word', () => {
  expect(hex(encodeSentence(['!re', '=comment=ł']))).toBe('032172650b3d636f6d6d656e743dc58200');
});

describe.skipIf(!hasCorpus)('the vectors', () => {
  const { vectors, reservedFirstByte } = corpusJson<{
    vectors: { length: number; hex: string }[];
    reservedFirstByte: string[];
  }>('lengths.json', { vectors: [], reservedFirstByte: [] });

  test('give each length its bytes', () => {
    expect(vectors.map(({ length }) => hex(encodeLength(length)))).toEqual(vectors.map((vector) => vector.hex));
    for (const first of reservedFirstByte) expect(lengthPrefix(Number.parseInt(first, 16))).toBeNull();
  });

  test('give each sentence its bytes', () => {
    const sentences = corpusLines<{ words: string[]; hex: string }>('sentences.jsonl');

    expect(sentences.length).toBeGreaterThan(10);
    expect(sentences.map(({ words }) => hex(encodeSentence(words)))).toEqual(sentences.map((vector) => vector.hex));
  });
});
