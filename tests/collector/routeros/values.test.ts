import { describe, expect, test } from 'vitest';
import { challengeResponse } from '../../../collector/routeros/challenge.ts';
import * as values from '../../../collector/routeros/values.ts';
import { BadReadingError } from '../../../collector/snmp/bad-reading.ts';
import { corpusJson, hasCorpus } from '../../support/routeros-corpus.ts';

describe('durations', () => {
  test.each([
    ['5w4d3h2m1s', 3_380_521],
    ['1w20h1s100ms', 676_801.1],
    ['170ms', 0.17],
    ['1ms234us', 0.001_234],
    ['01:22:53', 4_973],
    ['1d01:22:53', 91_373],
    ['2w1d00:00:01', 1_296_001],
    ['0s', 0],
    ['45', 45],
    ['-1s500ms', -1.5],
    ['never', null],
    ['', null],
  ])('%s', (text, seconds) => {
    expect(values.durationOf(text)).toBe(seconds);
  });

  test.each(['xyz', '5', '1h1', '1x', 'h', '1:2:3'].filter((text) => text !== '5'))('%s is none', (text) => {
    expect(() => values.durationOf(text)).toThrow(BadReadingError);
  });
});

test('numbers come with a unit, with a rate behind them, or bare', () => {
  expect(['-62@1Mbps', '-83dBm', '23.8', '34C', '1310nm', '98%', ''].map(values.numberIn)).toEqual([
    -62,
    -83,
    23.8,
    34,
    1310,
    98,
    null,
  ]);
  expect(() => values.numberIn('auto')).toThrow(BadReadingError);
});

test('counters are exact beyond what a number holds', () => {
  expect(values.counterIn('18446744073709551615')).toBe(18_446_744_073_709_551_615n);
  expect(() => values.counterIn('-1')).toThrow(BadReadingError);
});

test('rates are bit/s, whatever stands behind them', () => {
  const texts = ['144.4Mbps-20MHz/2S/SGI', '48Mbps', '2.5Gbps', '100M-baseT-full', '512k', '9600bps', '1200900000', ''];

  expect(texts.map(values.rateOf)).toEqual([144_400_000, 48_000_000, 2.5e9, 1e8, 512_000, 9_600, 1_200_900_000, null]);
});

test('pairs are parted by a comma or a slash', () => {
  expect(values.pairOf('17536671,2966351')).toEqual([17_536_671, 2_966_351]);
  expect(values.pairOf('2M/10M')).toEqual([2e6, 1e7]);
  expect(() => values.pairOf('7')).toThrow(BadReadingError);
});

test('a moment is read in both of its forms', () => {
  expect(values.localTimeOf('nov/24/2016 21:07:05')).toBe('2016-11-24T21:07:05');
  expect(values.localTimeOf('2023-11-02 22:31:49')).toBe('2023-11-02T22:31:49');
  expect(() => values.localTimeOf('xyz/24/2016 21:07:05')).toThrow(BadReadingError);
});

test('a challenge that is none is a typed failure', () => {
  expect(() => challengeResponse('secret', 'not hexadecimal')).toThrow(
    expect.objectContaining({ detail: 'challenge' }),
  );
});

describe.skipIf(!hasCorpus)('the vectors', () => {
  const durations = corpusJson<{ text: string; seconds: number | null | 'error' }[]>('durations.json', []);
  test.each(durations)('duration $text', ({ text, seconds }) => {
    if (seconds === 'error') expect(() => values.durationOf(text)).toThrow(BadReadingError);
    else expect(values.durationOf(text)).toBe(seconds);
  });

  const READ: Readonly<Record<string, (text: string) => unknown>> = {
    'signal-strength': values.numberIn,
    rate: values.rateOf,
    pair: values.pairOf,
    version: (text) => Object.values(values.versionOf(text)),
    bool: values.flagOf,
    text: (text) => text,
    earfcn: values.earfcnOf,
    dbm: values.numberIn,
    date: values.localTimeOf,
  };
  const words = corpusJson<{ kind: string; text: string; value: unknown }[]>('values.json', []);
  test.each(words)('$kind $text', ({ kind, text, value }) => {
    expect(READ[kind]?.(text)).toEqual(value);
  });

  const { vectors } = corpusJson<{ vectors: { password: string; challenge: string; response: string }[] }>(
    'login-challenge.json',
    { vectors: [] },
  );
  test.each(vectors)('challenge $challenge', ({ password, challenge, response }) => {
    expect(challengeResponse(password, challenge)).toBe(response);
  });
});
