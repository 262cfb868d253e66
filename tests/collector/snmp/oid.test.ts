import { expect, test } from 'vitest';
import { BerReader, encodeOid } from '../../../collector/snmp/ber.ts';
import { compareOids } from '../../../collector/snmp/value.ts';
import { seededRandom } from '../../support/random.ts';

const decode = (body: Uint8Array): string => new BerReader(Uint8Array.from([0x06, body.length, ...body])).oid();

test('an identifier is the same after encoding and decoding, up to the largest numbers', () => {
  const edges = [0, 1, 39, 127, 128, 255, 16_383, 16_384, 2_097_151, 2_097_152, 268_435_455, 268_435_456, 2 ** 32 - 1];
  const oids = edges.flatMap((edge) => [`1.3.${edge}`, `2.39.${edge}.0`, `0.0.${edge}.${edge}`]);

  expect(oids.map((oid) => decode(encodeOid(oid)))).toEqual(oids);
});

test.each(['', '1', '1.3.x', '1.3.-1', '1..3', '3.1.1', `1.3.${2 ** 32}`, `1${'.1'.repeat(128)}`])(
  '%j is no identifier',
  (oid) => {
    expect(() => encodeOid(oid)).toThrow(TypeError);
  },
);

test('the order is that of the tree, not that of the letters', () => {
  const random = seededRandom(7);
  const part = (): number => [0, 1, 9, 10, 128, 70_000][Math.floor(random() * 6)] ?? 0;
  const oids = Array.from({ length: 200 }, () => Array.from({ length: 2 + Math.floor(random() * 4) }, part));
  const byParts = (a: readonly number[], b: readonly number[]): number => {
    for (let at = 0; at < Math.min(a.length, b.length); at++) if (a[at] !== b[at]) return (a[at] ?? 0) - (b[at] ?? 0);
    return a.length - b.length;
  };

  const wrong = oids.flatMap((a) =>
    oids.filter((b) => Math.sign(compareOids(a.join('.'), b.join('.'))) !== Math.sign(byParts(a, b))),
  );

  expect(wrong).toEqual([]);
});
