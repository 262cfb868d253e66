import { describe, expect, test } from 'vitest';
import type { ReplyAttribute } from '../../../captive-portal/gateway.ts';
import { decodePacket } from '../../../captive-portal/radius/packet.ts';
import { readRecord } from '../../../captive-portal/radius/record.ts';
import { accountingRequest } from './support/hotspot-peer.ts';

const NOW = 1_800_000_000_000;

function read(told: readonly ReplyAttribute[], swapOctets = false) {
  const packet = decodePacket(accountingRequest(told));
  if (typeof packet === 'string') throw new Error(packet);
  const result = readRecord(packet, '10.5.50.1', swapOctets, NOW);
  if (result.kind !== 'record') throw new Error(result.kind);
  return result.record;
}

describe('an accounting record', () => {
  test.each([
    ['Start', 'start'],
    ['Interim-Update', 'interim'],
    ['Stop', 'stop'],
    ['Accounting-On', 'on'],
    ['Accounting-Off', 'off'],
  ])('%s', (value, status) => {
    expect(read([{ name: 'Acct-Status-Type', value }]).status).toBe(status);
  });

  test('counts gigawords, and turns directions round where the gateway does', () => {
    const told = [
      { name: 'Acct-Input-Octets', value: 4_294_967_295 },
      { name: 'Acct-Input-Gigawords', value: 2 },
      { name: 'Acct-Output-Octets', value: 7 },
    ];

    expect(read(told)).toMatchObject({ upOctets: 12_884_901_887n, downOctets: 7n });
    expect(read(told, true)).toMatchObject({ upOctets: 7n, downOctets: 12_884_901_887n });
  });

  test('of a count that no line could carry reads 0', () => {
    const told = [{ name: 'Acct-Output-Gigawords', value: 4_294_967_295 }];

    expect(read(told)).toMatchObject({ downOctets: 0n });
  });

  test('happened before the delay that the gateway tells, and not before a month', () => {
    expect(read([]).at).toBe(NOW);
    expect(read([{ name: 'Acct-Delay-Time', value: 7_200 }]).at).toBe(NOW - 7_200_000);
    expect(read([{ name: 'Acct-Delay-Time', value: 4_294_967_295 }]).at).toBe(NOW - 31 * 86_400_000);
  });

  test.each([
    [1, 'User-Request'],
    [5, 'Session-Timeout'],
    [99, '99'],
  ])('with cause %i ended by %s', (value, cause) => {
    expect(read([{ name: 'Acct-Terminate-Cause', value }]).cause).toBe(cause);
  });

  test('keeps Class, addresses and names, and no address where there is none', () => {
    const told = [
      { name: 'Class', value: 'abc' },
      { name: 'Framed-IP-Address', value: '255.255.255.254' },
    ];

    expect(read(told)).toMatchObject({
      classText: 'abc',
      framedIp: null,
      userName: 'warga',
      calledStationId: 'hotspot1',
      from: '10.5.50.1',
    });
    expect(read([])).toMatchObject({ classText: null, framedIp: '10.5.50.7', cause: null, seconds: 0 });
  });
});
