import { expect, test } from 'vitest';
import { holdsMac, macOf } from '../../../../core/domain/portal/mac.ts';
import { seededRandom } from '../../../support/random.ts';

const MAC = '0a:1b:2c:3d:4e:5f';

test.each([
  '0A:1B:2C:3D:4E:5F',
  '0A1B:2C3D:4E5F',
  '0A1B2C:3D4E5F',
  '0A-1B-2C-3D-4E-5F',
  '0A1B2C-3D4E5F',
  '0A1B2C3D4E5F',
  '0A 1B 2C 3D 4E 5F',
  '0a1b.2c3d.4e5f',
  '0a:1b:2c:3d:4e:5f',
])('%s is one address', (text) => {
  expect(macOf(text)).toBe(MAC);
});

test.each([
  null,
  '',
  'warga',
  '0A:1B:2C:3D:4E',
  '0A:1B:2C:3D:4E:5F:60',
  '0A:1B-2C:3D:4E:5F',
  '0G:1B:2C:3D:4E:5F',
  ' 0A1B2C3D4E5F',
  '0A1B2C3D4E5F\n',
  '０A1B2C3D4E5F',
  '0A1B2C3D4E5F'.repeat(1_000),
])('%j is none', (text) => {
  expect(macOf(text)).toBeNull();
});

test('every form of every address comes to the same, and nothing of it is lost', () => {
  const random = seededRandom(7);
  for (let run = 0; run < 500; run++) {
    const pairs = Array.from({ length: 6 }, () =>
      Math.floor(random() * 256)
        .toString(16)
        .padStart(2, '0'),
    );
    const bare = pairs.join('');
    const forms = [pairs.join(':'), pairs.join('-'), pairs.join(' '), bare, bare.replace(/(.{4})(?=.)/g, '$1:')];
    expect(new Set(forms.map((form) => macOf(form.toUpperCase())))).toEqual(new Set([pairs.join(':')]));
  }
});

test('an address is found within other text', () => {
  expect(holdsMac('81d00001', MAC)).toBe(false);
  expect(holdsMac('0A-1B-2C-3D-4E-5F-0000012c', MAC)).toBe(true);
  expect(holdsMac('sess_0a1b2c3d4e5f', MAC)).toBe(true);
});
