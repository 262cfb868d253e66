import { expect, test } from 'vitest';
import { createNasTable } from '../../../captive-portal/radius/nas-table.ts';
import type { RadiusNas } from '../../../captive-portal/radius/policy.ts';
import { NAS } from './support/server.ts';

const nas = (id: string): RadiusNas => ({ ...NAS, id });
const find = createNasTable([
  { nas: nas('all'), address: '10.0.0.0/8', radsecName: null },
  { nas: nas('village'), address: '10.5.50.0/24', radsecName: null },
  { nas: nas('one'), address: '10.5.50.7', radsecName: 'Desa-01.example' },
  { nas: nas('whole'), address: '192.0.2.1/32', radsecName: null },
  { nas: nas('six'), address: '2001:db8::/32', radsecName: null },
  { nas: nas('bad'), address: 'not an address', radsecName: null },
  { nas: nas('worse'), address: '10.0.0.0/99', radsecName: null },
  { nas: nas('tls'), address: null, radsecName: 'desa-02.example' },
]);

test.each([
  ['10.5.50.7', 'one'],
  ['10.5.50.8', 'village'],
  ['10.9.0.1', 'all'],
  ['192.0.2.1', 'whole'],
  ['2001:db8::5', 'six'],
  ['192.0.2.2', undefined],
  ['', undefined],
])('%s is %s', (address, id) => {
  expect(find({ kind: 'udp', address })?.id).toBe(id);
});

test.each([
  ['desa-01.example', 'one'],
  ['desa-02.example', 'tls'],
  ['10.5.50.7', undefined],
])('over RadSec %s is %s', (name, id) => {
  expect(find({ kind: 'radsec', name })?.id).toBe(id);
});
