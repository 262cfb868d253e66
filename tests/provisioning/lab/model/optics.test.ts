import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../../../core/domain/clock.ts';
import { FALLING_DB } from '../../../../core/domain/link-health.ts';
import { limitsOf, opticsClassOf } from '../../../../core/domain/optics.ts';
import { moduleAt } from '../../../../provisioning/lab/model/optics.ts';
import { labNetwork } from '../../../../provisioning/lab/network.ts';
import { hardwareOf } from '../../../../provisioning/lab/network-builder.ts';

const START = Date.UTC(2026, 10, 21, 13);
const { devices } = labNetwork();
const uplinks = devices.flatMap((device) => {
  const port = hardwareOf(device).ports.find(({ role }) => role === 'uplink');
  return port === undefined || moduleAt(device, port, START) === null ? [] : [{ device, port }];
});

test('every agency has a module in its uplink', () => {
  const codes = new Set(uplinks.map(({ device }) => device.code));

  const agencies = devices.filter(({ siteCode }) => siteCode.startsWith('opd-'));
  expect(agencies.length).toBeGreaterThan(0);
  for (const { code } of agencies) expect(codes).toContain(code);
});

test('the light moves gently, and never leaves what its kind of optics bears', () => {
  for (const { device, port } of uplinks) {
    const kind = opticsClassOf(port.mbps * 1e6, [port.name]);
    for (let at = START; at < START + 20 * DAY; at += 5 * HOUR) {
      const [now, later] = [moduleAt(device, port, at), moduleAt(device, port, at + HOUR)];
      for (const [side, dbm] of [
        ['rx', now?.rxDbm ?? 0],
        ['tx', now?.txDbm ?? 0],
      ] as const) {
        const limits = limitsOf(undefined, kind, side);
        expect(dbm, `${device.code} ${side}`).toBeGreaterThan(limits?.low ?? 0);
        expect(dbm, `${device.code} ${side}`).toBeLessThan(limits?.high ?? 0);
      }
      const step = (later?.rxDbm ?? 0) - (now?.rxDbm ?? 0);
      // A connector that was cleaned is the only jump, and a jump for the better.
      expect(step).toBeGreaterThan(-0.3);
    }
  }
});

test('at any time one signal, or two, falls by more than a watch over links lets pass', () => {
  for (let day = 0; day < 40; day++) {
    const at = START + day * DAY * 0.9;
    const falling = uplinks.filter(({ device, port }) => {
      const [before, now] = [moduleAt(device, port, at - 6.5 * DAY), moduleAt(device, port, at)];
      return (now?.rxDbm ?? 0) - (before?.rxDbm ?? 0) <= FALLING_DB;
    });

    expect(falling.length, `day ${day}`).toBeGreaterThanOrEqual(1);
    expect(falling.length, `day ${day}`).toBeLessThanOrEqual(2);
  }
});

test('the same moment always has the same light, and an empty cage none', () => {
  const { device, port } = uplinks[0] ?? {};
  if (device === undefined || port === undefined) throw new Error('the lab has no fibre');

  expect(moduleAt(device, port, START)).toEqual(moduleAt({ ...device }, { ...port }, START));
  expect(moduleAt(device, { ...port, role: 'idle' }, START)).toBeNull();
  expect(moduleAt(device, { ...port, name: 'ether1' }, START)).toBeNull();
});
