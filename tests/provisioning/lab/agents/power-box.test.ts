import { afterEach, expect, test } from 'vitest';
import { listen } from '../../../../collector/listeners/mqtt.ts';
import { HOUR } from '../../../../core/domain/clock.ts';
import { type PowerBox, startPowerBox } from '../../../../provisioning/lab/agents/power-box/agent.ts';
import { powerBoxModel } from '../../../../provisioning/lab/agents/power-box/model.ts';
import { heardCollector, OWN_BROKER, speakingDevice } from '../../../support/mqtt-listener.ts';

/** Midnight, WIB. */
const MIDNIGHT = Date.UTC(2026, 10, 20, 17);
const PASSWORD = 'a long password';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function setUp(): Promise<{ collector: ReturnType<typeof heardCollector>; box: PowerBox }> {
  const collector = heardCollector(OWN_BROKER, [
    speakingDevice('box', 'simpul', 'simpul/16.03.11.2009/daya', PASSWORD),
  ]);
  const listener = await listen(collector);
  stops.push(async () => listener?.close());
  const box = startPowerBox({
    url: `mqtt://127.0.0.1:${listener?.stats()['port']}`,
    username: 'box',
    password: PASSWORD,
    topic: 'simpul/16.03.11.2009/daya',
    model: powerBoxModel({ seed: 7, serial: 'KD-0007', bootAt: MIDNIGHT - HOUR }),
    clock: () => MIDNIGHT + 12 * HOUR,
    intervalMs: 50,
  });
  stops.push(() => box.close());
  return { collector, box };
}

test('a power box announces itself and publishes what its model says', async () => {
  const { collector } = await setUp();
  const { batteryV, chargePercent, panelW } = powerBoxModel({ seed: 7, serial: '', bootAt: 0 }).readings(
    MIDNIGHT + 12 * HOUR,
  );

  await collector.until(({ type }) => type === 'online');

  await expect(collector.value('box', 'sensor.voltage', 'baterai')).resolves.toBe(batteryV);
  await expect(collector.value('box', 'sensor.charge', 'baterai')).resolves.toBe(chargePercent);
  await expect(collector.value('box', 'sensor.power', 'panel')).resolves.toBe(panelW);
  await expect(collector.value('box', 'system.uptime_s')).resolves.toBe(13 * 3_600);
  await collector.until((event) => event.type === 'told' && event.told.identity?.serial === 'KD-0007');
});

test('a box whose line is cut is gone by its will, and there again when it is mended', async () => {
  const { collector, box } = await setUp();
  await collector.until(({ type }) => type === 'online');

  await box.cut();
  await collector.until(({ type }) => type === 'gone');
  box.mend();

  await expect.poll(() => collector.events.filter(({ type }) => type === 'online').length, { timeout: 10_000 }).toBe(2);
});

test('a box that is closed says goodbye itself', async () => {
  const { collector, box } = await setUp();
  await collector.until(({ type }) => type === 'online');

  await box.close();

  await collector.until(({ type }) => type === 'gone');
});

test('the battery goes down without mains at night and is full after a day of sun', () => {
  const dark = powerBoxModel({ seed: 3, serial: '', bootAt: 0, hasMains: (at) => at < MIDNIGHT - 5 * HOUR });

  const evening = dark.readings(MIDNIGHT - 5 * HOUR);
  const morning = dark.readings(MIDNIGHT + 5 * HOUR);
  const afternoon = dark.readings(MIDNIGHT + 15 * HOUR);

  expect(evening.chargePercent).toBe(100);
  expect(morning.chargePercent).toBeLessThan(65);
  expect(morning.batteryA).toBeLessThan(0);
  expect(morning.panelW).toBe(0);
  expect(afternoon.chargePercent).toBeGreaterThan(morning.chargePercent);
});
