import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../../core/domain/clock.ts';
import { pastFaults } from '../../../../provisioning/lab/faults/script.ts';
import { checksWithin, devicePast, REACH_MS } from '../../../../provisioning/lab/history/past.ts';
import { labNetwork } from '../../../../provisioning/lab/network.ts';

const network = labNetwork();
const TO = 1_800_000_000_000;
const span = { from: TO - 30 * DAY, to: TO };
const faults = pastFaults(network, span.from, span.to);
const pasts = network.devices.map((device) => devicePast(device, faults, span));

test('states follow each other without a break, and each fall lasts as long as its silence', () => {
  for (const { changes, silences } of pasts) {
    expect(changes[0]).toMatchObject({ at: span.from, state: 'up', previous: 'unknown' });
    for (const [index, change] of changes.entries()) {
      const before = changes[index - 1];
      if (before === undefined) continue;
      expect(change.previous).toBe(before.state);
      expect(change.at).toBeGreaterThan(before.at);
    }
    const falls = changes.flatMap((change, index) =>
      change.state === 'down' ? [{ from: change.at, to: changes[index + 1]?.at }] : [],
    );
    expect(falls).toEqual(silences.map(({ from, to }) => ({ from, to })));
    expect(changes.at(-1)?.state).toBe('up');
  }
});

test('an outage is found out after it began and before it ended', () => {
  const silences = pasts.flatMap((past) => past.silences);

  expect(silences.length).toBeGreaterThan(200);
  for (const { from, to, detectedAt } of silences) {
    expect(detectedAt).toBeGreaterThan(from);
    expect(detectedAt).toBeLessThan(to);
  }
});

test('checks are counted one by one, wherever a stretch is cut', () => {
  const past = pasts.find(({ silences }) => silences.length > 2);
  const silence = past?.silences[1];
  if (past === undefined || silence === undefined) throw new Error('no device of the past has three outages');
  const from = silence.from - HOUR - 1_234;
  const to = silence.to + HOUR;
  const inside = (silence.to - silence.from) / REACH_MS - 1;

  const whole = checksWithin(past, from, to);
  let [made, answered] = [0, 0];
  for (let at = from; at < to; at += MINUTE) {
    const part = checksWithin(past, at, Math.min(to, at + MINUTE));
    made += part.made;
    answered += part.answered;
  }

  expect(whole).toMatchObject({ made, answered });
  expect(made - answered).toBe(inside);
  expect(checksWithin(past, silence.from + 1, silence.to).answered).toBe(0);
});

test('a village without power ends two lives at once, and both hotspots begin anew when it is back', () => {
  const cut = faults.find(({ kind }) => kind === 'power-cut');

  const lives = pasts.filter(({ device }) => cut?.effects.some(({ deviceCode }) => deviceCode === device.code));

  expect(lives).toHaveLength(2);
  for (const past of lives) expect(past.lives.map(({ bootAt }) => bootAt)).toContain(cut?.to);
});
