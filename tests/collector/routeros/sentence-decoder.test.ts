import { describe, expect, test } from 'vitest';
import { createSentenceDecoder, REPLY_LIMITS } from '../../../collector/routeros/sentence-decoder.ts';
import { encodeLength, encodeSentence } from '../../../collector/routeros/word.ts';
import { ProbeError } from '../../../core/domain/errors.ts';
import { byteByByte, cutAtRandom, whole } from '../../support/fake-router.ts';
import { mutate, seededRandom } from '../../support/random.ts';
import { corpusLines, hasCorpus } from '../../support/routeros-corpus.ts';

type Words = readonly string[];

function decode(pieces: readonly Uint8Array[], limits = REPLY_LIMITS): Words[] {
  const sentences: Words[] = [];
  const decoder = createSentenceDecoder(limits, (words) => sentences.push(words));
  for (const piece of pieces) decoder.push(piece);
  return sentences;
}
/** Words of clients begin with a slash, which the reader of replies refuses. */
const limitsFor = ([first = '!']: Words) =>
  ({ ...REPLY_LIMITS, startsWith: first.startsWith('/') ? '/' : '!' }) as const;

const SAMPLES: readonly Words[] = [
  ['!done'],
  ['!re', '=name=ether1', '=comment=Kampung Sg. Besar – 马来', '.tag=12'],
  ['!re', '.tag=1', `=source=${'x'.repeat(200)}`],
  ['!re', `=source=${'ł'.repeat(20_000)}`, '=only-key'],
  ['!trap', '=category=1', '=message=no such item'],
];

describe('sentences come out the same', () => {
  const bytes = Buffer.concat(SAMPLES.map((words) => encodeSentence(words)));

  test('whether the bytes come whole or one by one', () => {
    expect(decode(whole(bytes))).toEqual(SAMPLES);
    expect(decode(byteByByte(bytes))).toEqual(SAMPLES);
  });

  test('wherever the bytes are cut in two', () => {
    const short = Buffer.concat(
      SAMPLES.filter((words) => words.join('').length < 300).map((words) => encodeSentence(words)),
    );
    const expected = decode([short]);

    for (let at = 0; at <= short.length; at++)
      expect(decode([short.subarray(0, at), short.subarray(at)])).toEqual(expected);
  });

  test('cut anywhere, any number of times', () => {
    const random = seededRandom(1);

    for (let round = 0; round < 50; round++) expect(decode(cutAtRandom(random)(bytes))).toEqual(SAMPLES);
  });
});

test('empty sentences say nothing', () => {
  expect(decode([Buffer.concat([Buffer.of(0, 0), encodeSentence(['!done']), Buffer.of(0)])])).toEqual([['!done']]);
});

test('text that is no UTF-8 is of one byte a letter', () => {
  const word = Buffer.concat([Buffer.from('=comment=caf'), Buffer.of(0xe9)]);
  const bytes = Buffer.concat([encodeSentence(['!re']).subarray(0, 4), encodeLength(word.length), word, Buffer.of(0)]);

  expect(decode([bytes])).toEqual([['!re', '=comment=café']]);
});

describe('what is no answer of a router is refused', () => {
  test.each([
    ['a web server', 'HTTP/1.1 400 Bad Request\r\n'],
    ['a secure shell', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a mail server', '220 mail.example ESMTP\r\n'],
    ['TLS', Buffer.from('15030100020228', 'hex')],
  ])('%s, at its first bytes', (_who, greeting) => {
    const first = Buffer.from(greeting).subarray(0, 2);

    expect(() => decode([first])).toThrow(expect.objectContaining({ failure: 'bad-answer', detail: 'wrong-protocol' }));
  });

  test.each([
    ['a reserved length', Buffer.of(0xf8), 'reserved-length'],
    ['a word that is too long', Buffer.from(encodeLength(300_000)), 'oversized'],
    ['a word of four gigabytes', Buffer.from(encodeLength(2 ** 32 - 1)), 'oversized'],
    ['too many words', encodeSentence(['!re', ...Array.from({ length: 3_000 }, () => 'x')]), 'oversized'],
    [
      'a sentence that is too long',
      encodeSentence(['!re', ...Array.from({ length: 10 }, () => 'x'.repeat(200_000))]),
      'oversized',
    ],
  ])('%s', (_what, bytes, detail) => {
    expect(() => decode([bytes])).toThrow(expect.objectContaining({ failure: 'bad-answer', detail }));
  });

  test('and after it nothing more is taken', () => {
    const decoder = createSentenceDecoder(REPLY_LIMITS, () => {});
    expect(() => decoder.push(Buffer.of(0xff))).toThrow(ProbeError);

    expect(() => decoder.push(encodeSentence(['!done']))).toThrow(ProbeError);
  });
});

describe('damage', () => {
  test('gives sentences or one typed failure, in 20,000 mutations', () => {
    const random = seededRandom(20_000);
    const samples = SAMPLES.map((words) => encodeSentence(words)).filter(({ length }) => length < 1_000);
    let refused = 0;

    for (let round = 0; round < 20_000; round++) {
      const sample = samples[round % samples.length] ?? Buffer.alloc(0);
      const bytes = mutate(Buffer.concat([sample, sample]), random);
      const outcomes = [whole(bytes), cutAtRandom(random)(bytes)].map((pieces) => outcomeOf(pieces));

      expect(outcomes[1]).toEqual(outcomes[0]);
      if (outcomes[0]?.failure !== null) refused++;
    }
    expect(refused).toBeGreaterThan(1_000);
  });

  test('pure noise is no different', () => {
    const random = seededRandom(7);

    for (let round = 0; round < 5_000; round++) {
      const noise = Buffer.from(Array.from({ length: 64 }, () => Math.floor(random() * 256)));

      expect(() => outcomeOf([noise])).not.toThrow();
    }
  });
});

/** What came out before the end or the failure; anything but a typed failure goes through. */
function outcomeOf(pieces: readonly Uint8Array[]): { readonly sentences: Words[]; readonly failure: string | null } {
  const sentences: Words[] = [];
  const decoder = createSentenceDecoder(REPLY_LIMITS, (words) => sentences.push(words));
  try {
    for (const piece of pieces) decoder.push(piece);
    return { sentences, failure: null };
  } catch (error) {
    if (!(error instanceof ProbeError)) throw error;
    return { sentences, failure: error.detail ?? '' };
  }
}

describe.skipIf(!hasCorpus)('the vectors', () => {
  const sentences = corpusLines<{ name: string; words: string[]; hex: string }>('sentences.jsonl');

  test.each(sentences)('$name', ({ words, hex }) => {
    const bytes = Buffer.from(hex, 'hex');
    const expected = words.length === 0 ? [] : [words];

    expect(decode(whole(bytes), limitsFor(words))).toEqual(expected);
    expect(decode(byteByByte(bytes), limitsFor(words))).toEqual(expected);
  });
});
