import { expect, test } from 'vitest';
import { createHearing } from '../../../collector/hearing.ts';
import { kind, open } from '../../../collector/probes/mqtt.ts';
import { probeFaults } from '../../../core/domain/probe-kind.ts';
import { speakingDevice } from '../../support/mqtt-listener.ts';
import { probeTools } from '../../support/probe-tools.ts';

const START = 1_800_000_000_000;
const device = {
  ...speakingDevice('box', 'simpul', 'simpul/box'),
  settings: { format: 'simpul', topic: 'x', maxAgeS: 60 },
};

function setUp() {
  let now = START;
  const hearing = createHearing();
  hearing.hearsSince(START - 3_600_000);
  const tools = probeTools({ hearing, clock: () => now });
  const probe = open(tools);
  return {
    hearing,
    reach: () => probe.reach(device),
    pass: (seconds: number) => {
      now += seconds * 1_000;
    },
    stop: () => tools.snmp.close(),
  };
}

test('a device that spoke within its limit lives; beyond it, it is silent', async () => {
  const { hearing, reach, pass, stop } = setUp();
  hearing.note('box', { at: START, isGone: false });

  pass(60);
  await expect(reach()).resolves.toEqual({ roundTripMs: null });
  pass(1);
  await expect(reach()).rejects.toMatchObject({ failure: 'timeout', detail: 'too-old' });
  await stop();
});

test('a device that said goodbye is silent at once, whatever its limit', async () => {
  const { hearing, reach, stop } = setUp();
  hearing.note('box', { at: START, isGone: true });

  await expect(reach()).rejects.toMatchObject({ failure: 'timeout', detail: 'gone' });
  await stop();
});

test('nothing is held against a device while nobody can hear, nor before its limit has passed since', async () => {
  const { hearing, reach, pass, stop } = setUp();
  hearing.hearsSince(null);
  await expect(reach()).rejects.toMatchObject({ failure: 'not-supported' });

  hearing.hearsSince(START);
  pass(59);
  await expect(reach()).rejects.toMatchObject({ failure: 'not-supported' });
  pass(2);
  await expect(reach()).rejects.toMatchObject({ failure: 'timeout' });
  await stop();
});

test('settings name a format that there is and a plain topic', () => {
  const faults = (settings: Readonly<Record<string, unknown>>) =>
    probeFaults(new Map([['mqtt', kind]]), 'mqtt', settings).map(({ field }) => field);

  expect(faults({ format: 'simpul', topic: 'simpul/a' })).toEqual([]);
  expect(faults({ format: 'tasmota', topic: 'plug', maxAgeS: 600 })).toEqual([]);
  expect(faults({ format: 'nonsense', topic: 'a' })).toContain('settings/format');
  for (const topic of ['a/#', '+/a', '#', '$SYS/x', '/a', 'a/', 'a//b', ''])
    expect(faults({ format: 'simpul', topic })).toContain('settings/topic');
});
