import { expect, test } from 'vitest';
import { shortenedAddress } from '../../../core/domain/short-address.ts';

test.each([
  ['203.0.113.57', '203.0.113.0/24'],
  ['::ffff:203.0.113.57', '203.0.113.0/24'],
  ['2001:DB8:12:3456:7:8:9:a', '2001:db8:12::/48'],
  ['2001:db8::1', '2001:db8:0::/48'],
  ['::1', '0:0:0::/48'],
  ['unix socket', null],
  ['', null],
])('%s is shown as %s', (address, shown) => {
  expect(shortenedAddress(address)).toBe(shown);
});
