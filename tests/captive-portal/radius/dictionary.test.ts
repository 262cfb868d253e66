import { describe, expect, test } from 'vitest';
import { vendorAttribute } from '../../../captive-portal/radius/attributes.ts';
import { standard } from '../../../captive-portal/radius/dictionary/standard.ts';
import { vendors } from '../../../captive-portal/radius/dictionary/vendors.ts';
import { encodeAttributes, readAttributes } from '../../../captive-portal/radius/dictionary.ts';

const written = (name: string, value: string | number): string =>
  Buffer.concat(
    encodeAttributes([{ name, value }]).map(({ type, value: octets }) => Buffer.concat([Buffer.from([type]), octets])),
  ).toString('hex');

describe('attributes by name', () => {
  test.each([
    ['Session-Timeout', 3_600, '1b00000e10'],
    ['Acct-Interim-Interval', 4_294_967_295, '55ffffffff'],
    ['Framed-IP-Address', '10.5.50.7', '080a053207'],
    ['NAS-Port-Type', 'Wireless-802.11', '3d00000013'],
    ['Reply-Message', 'Buka pukul 06.00', '1242756b612070756b756c2030362e3030'],
    ['Class', 'a1', '196131'],
    ['Mikrotik-Total-Limit-Gigawords', 2, '1a00003a8c120600000002'],
    ['Mikrotik-Address-List', 'malam', '1a00003a8c13076d616c616d'],
    ['WISPr-Bandwidth-Max-Down', 2_000_000, '1a0000372a0806001e8480'],
    [
      'WISPr-Session-Terminate-Time',
      '2026-11-22T22:00:00+07:00',
      '1a0000372a091b323032362d31312d32325432323a30303a30302b30373a3030',
    ],
    ['ChilliSpot-Max-Total-Octets', 1_048_576, '1a000038df030600100000'],
    ['ChilliSpot-Max-Total-Gigawords', 1, '1a000038df170600000001'],
  ])('%s = %s', (name, value, octets) => {
    expect(written(name, value)).toBe(octets);
  });

  test('are read again as they were written', () => {
    const said = [
      { name: 'Session-Timeout', value: 3_600 },
      { name: 'Framed-IP-Address', value: '10.5.50.7' },
      { name: 'Service-Type', value: 'Login-User' },
      { name: 'Event-Timestamp', value: 1_800_000_000 },
      { name: 'Reply-Message', value: 'Selamat datang di Désa' },
      { name: 'Mikrotik-Host-IP', value: '192.168.1.9' },
      { name: 'ChilliSpot-Config', value: 'x' },
    ];

    expect(readAttributes(encodeAttributes(said))).toEqual(said);
  });

  test('long text is cut between characters, and empty text left out', () => {
    expect(encodeAttributes([{ name: 'Reply-Message', value: 'é'.repeat(200) }])[0]?.value.toString('utf8')).toBe(
      'é'.repeat(126),
    );
    expect(encodeAttributes([{ name: 'Mikrotik-Group', value: 'x'.repeat(300) }])[0]?.value.length).toBe(253);
    expect(encodeAttributes([{ name: 'Reply-Message', value: '' }])).toEqual([]);
  });

  test.each([
    ['Nothing-Known', 1],
    ['Session-Timeout', -1],
    ['Session-Timeout', 4_294_967_296],
    ['Session-Timeout', 1.5],
    ['Session-Timeout', Number.NaN],
    ['Session-Timeout', 'lama'],
    ['Framed-IP-Address', '10.5.50'],
    ['Framed-IP-Address', 'fe80::1'],
    ['User-Password', 'rahasia'],
  ])('%s = %s is refused, and the value not told', (name, value) => {
    expect(() => encodeAttributes([{ name, value }])).toThrow(TypeError);
    expect(() => encodeAttributes([{ name, value }])).not.toThrow('rahasia');
  });

  test('what the dictionary does not know keeps its number and its octets', () => {
    const nested = Buffer.concat([vendorAttribute(14988, 8, Buffer.from('1M')).value, Buffer.from('120300', 'hex')]);

    const read = readAttributes([
      { type: 241, value: Buffer.from('beef', 'hex') },
      vendorAttribute(9, 1, Buffer.from('x')),
      vendorAttribute(14988, 250, Buffer.from('01', 'hex')),
      { type: 26, value: Buffer.from('00003a8c', 'hex') },
      { type: 26, value: Buffer.from('00003a8c0809', 'hex') },
      { type: 26, value: nested },
      { type: 27, value: Buffer.from('0e10', 'hex') },
    ]);

    expect(read).toEqual([
      { name: 'Attr-241', value: '0xbeef' },
      { name: 'Vendor-9-Attr-1', value: '0x78' },
      { name: 'Vendor-14988-Attr-250', value: '0x01' },
      { name: 'Attr-26', value: '0x00003a8c' },
      { name: 'Attr-26', value: '0x00003a8c0809' },
      { name: 'Mikrotik-Rate-Limit', value: '1M' },
      { name: 'Mikrotik-Total-Limit-Gigawords', value: '0x00' },
      { name: 'Session-Timeout', value: '0x0e10' },
    ]);
  });

  test('no number and no name stands in it twice', () => {
    const all = [standard, ...vendors];

    for (const { entries } of all) expect(new Set(entries.map(([number]) => number)).size).toBe(entries.length);
    const names = all.flatMap(({ entries }) => entries.map(([, name]) => name));
    expect(new Set(names).size).toBe(names.length);
  });
});
