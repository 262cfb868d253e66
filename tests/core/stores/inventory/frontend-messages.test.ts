import { expect, test } from 'vitest';
import { type Unit, UnitReader } from '../../../../core/stores/inventory/frontend-messages.ts';
import { seededRandom } from '../../../support/random.ts';

const message = (type: string, body: string): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(4 + Buffer.byteLength(body), 1);
  return Buffer.concat([head, Buffer.from(body)]);
};
const startup = Buffer.from([0, 0, 0, 12, 0, 3, 0, 0, 0x75, 0, 0x70, 0]);
const batch = (name: string): Buffer =>
  Buffer.concat(['P', 'B', 'D', 'E', 'S'].map((type) => message(type, type === 'S' ? '' : name)));
const query = message('Q', 'SELECT 1\0');

const texts = (units: readonly Unit[]): string[] => units.map(({ bytes }) => Buffer.from(bytes).toString('hex'));

test('what belongs together up to Sync comes as one unit', () => {
  const reader = new UnitReader();

  const units = reader.push(Buffer.concat([startup, batch('a'), query, batch('b')]));

  expect(texts(units)).toEqual(texts([startup, batch('a'), query, batch('b')].map((bytes) => ({ bytes, last: 0 }))));
});

test('however the bytes are cut, the units are the same', () => {
  const random = seededRandom(7);
  const stream = Buffer.concat([
    startup,
    ...Array.from({ length: 40 }, (_, index) => batch('x'.repeat(index * 13))),
    query,
  ]);
  const whole = texts(new UnitReader().push(stream));

  for (let round = 0; round < 300; round += 1) {
    const reader = new UnitReader();
    const units: Unit[] = [];
    for (let at = 0; at < stream.length; ) {
      const end = at + 1 + Math.floor(random() * (round % 3 === 0 ? 3 : 400));
      units.push(...reader.push(stream.subarray(at, end)));
      at = end;
    }
    expect(texts(units)).toEqual(whole);
  }
});

test('a client that does not begin with protocol 3.0 is refused', () => {
  const reader = new UnitReader();

  expect(() => reader.push(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toThrow('protocol 3.0');
});
