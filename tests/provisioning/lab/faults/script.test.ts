import { expect, test } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../../../core/domain/clock.ts';
import { FAULT_KINDS, type Fault, targetsOf } from '../../../../provisioning/lab/faults/fault.ts';
import { liveFaults, pastFaults } from '../../../../provisioning/lab/faults/script.ts';
import { labNetwork } from '../../../../provisioning/lab/network.ts';

const network = labNetwork();
const TO = 1_800_000_000_000;
const FROM = TO - 30 * DAY;
const isHotspot = (code: string): boolean => /-(office|public)-ap$/.test(code);

function firstLive(count: number): Fault[] {
  const script = liveFaults(network, TO);
  return Array.from({ length: count }, () => script.next().value);
}

test('the past is the same for the same seed, has every kind of fault, and is over when the present begins', () => {
  const faults = pastFaults(network, FROM, TO);

  expect(pastFaults(network, FROM, TO)).toEqual(faults);
  expect(pastFaults(labNetwork(99), FROM, TO)).not.toEqual(faults);
  expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(FAULT_KINDS));
  for (const { from, to, effects } of faults) {
    expect(from).toBeGreaterThan(FROM);
    expect(to).toBeLessThan(TO);
    for (const effect of effects) expect(effect.from >= from && effect.to <= to).toBe(true);
  }
});

test('no device has two faults at a time in the past', () => {
  const byDevice = new Map<string, [number, number][]>();
  for (const fault of pastFaults(network, FROM, TO)) {
    for (const code of new Set(fault.effects.map(({ deviceCode }) => deviceCode))) {
      byDevice.set(code, [...(byDevice.get(code) ?? []), [fault.from, fault.to]]);
    }
  }

  for (const spans of byDevice.values()) {
    const ordered = spans.toSorted((a, b) => a[0] - b[0]);
    for (const [index, [from]] of ordered.entries()) expect(from).toBeGreaterThan(ordered[index - 1]?.[1] ?? 0);
  }
});

test('a fibre cut takes exactly seven agencies, a power cut both hotspots of a village', () => {
  const [cut] = targetsOf(network, 'fibre-cut');
  const villages = targetsOf(network, 'power-cut');

  expect(targetsOf(network, 'fibre-cut')).toHaveLength(1);
  expect(cut?.deviceCodes.filter((code) => code.startsWith('opd-'))).toHaveLength(7);
  expect(villages).toHaveLength(46);
  expect(villages.every(({ deviceCodes }) => deviceCodes.length === 2 && deviceCodes.every(isHotspot))).toBe(true);
});

test('live faults begin after a minute and a half, come one at a time, and every kind within an hour', () => {
  const faults = firstLive(40);

  expect(faults[0]?.from).toBeGreaterThanOrEqual(TO + 90 * SECOND);
  for (const [index, { from }] of faults.entries()) {
    expect(from).toBeGreaterThan((faults[index - 1]?.to ?? 0) + 30 * SECOND);
  }
  const firstHour = faults.filter(({ from }) => from < TO + 60 * MINUTE);
  expect(new Set(firstHour.map(({ kind }) => kind))).toEqual(new Set(FAULT_KINDS));
  expect(firstLive(40)).toEqual(faults);
});

test('a live fault never takes more than two hotspots', () => {
  for (const { effects } of firstLive(200)) {
    const struck = new Set(effects.map(({ deviceCode }) => deviceCode).filter(isHotspot));
    expect(struck.size).toBeLessThanOrEqual(2);
  }
});
