import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { listen } from '../../../collector/listeners/mqtt.ts';
import { Secret } from '../../../core/config/secret.ts';
import { startCollectd } from '../../support/collectd.ts';
import { startMosquitto } from '../../support/mosquitto.ts';
import { heardCollector, speakingDevice } from '../../support/mqtt-listener.ts';
import { program } from '../../support/program.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** What Debian's own client shows of a topic: lines of topic and payload in hexadecimal digits. */
function watch(port: number, topic: string): { readonly lines: readonly string[]; stop(): Promise<unknown> } {
  const args = ['-p', String(port), '-t', topic, '-F', '%t %x'];
  const child = spawn(program('mosquitto_sub', 'mosquitto-clients'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString('latin1')).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  return {
    lines,
    async stop() {
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}

/** Numbers of a payload as they were written, without collectd's NUL. */
const numbersOf = (hex: string): readonly number[] =>
  Buffer.from(hex, 'hex').toString('latin1').replace(/\0$/, '').split(':').slice(1).map(Number);

const PORT_METRICS: Readonly<Record<string, readonly [rx: string, tx: string]>> = {
  if_octets: ['interface.ifHCInOctets', 'interface.ifHCOutOctets'],
  if_errors: ['interface.ifInErrors', 'interface.ifOutErrors'],
  if_dropped: ['interface.ifInDiscards', 'interface.ifOutDiscards'],
};

/** Where each value of a payload is found again: metric and instance. */
function placesOf(topic: string): readonly string[] {
  const [, , plugin = '', type = ''] = topic.split('/');
  if (type === 'load') return ['system.load1 ', 'system.load5 ', 'system.load15 '];
  if (type === 'uptime') return ['system.uptime_s '];
  const port = plugin.replace(/^interface-/, '');
  const metrics = PORT_METRICS[type];
  if (metrics !== undefined) return metrics.map((metric) => `${metric} ${port}`);
  if (type === 'if_packets') return ['rx', 'tx'].map((way) => `collectd.if_packets ${plugin}/${type}.${way}`);
  return [`collectd.${plugin.split('-')[0]} ${plugin}/${type}`];
}

test('real collectd → real Mosquitto → the listener: values are those that mosquitto_sub shows', async () => {
  const mosquitto = await startMosquitto();
  stops.push(mosquitto.stop);
  const port = Number(new URL(mosquitto.url).port);
  const seen = watch(port, 'raw/#');
  stops.push(seen.stop);
  const device = speakingDevice('ap', 'collectd', 'raw/kg-017-ap1');
  const collector = heardCollector({ url: new Secret(mosquitto.url), bind: '', port: 0, tls: null }, [device]);
  const listener = await listen(collector);
  stops.push(async () => listener?.close());
  await expect.poll(() => collector.hearing.since()).not.toBeNull();

  const collectd = await startCollectd({ host: 'kg-017-ap1', brokerPort: port, prefix: 'raw', storeRates: false });
  stops.push(collectd.stop);
  await expect
    .poll(() => seen.lines.filter((line) => line.includes('/load/load')).length, { timeout: 30_000 })
    .toBeGreaterThan(3);
  await collectd.stop();
  await expect.poll(() => listener?.stats()['messages'], { timeout: 10_000 }).toBe(seen.lines.length);
  await listener?.close();

  const told = new Map<string, number[]>();
  const kinds = new Map<string, string>();
  for (const event of collector.events) {
    if (event.type !== 'told') continue;
    for (const { metric, instance, value, kind } of event.told.readings) {
      const key = `${metric} ${instance}`;
      told.set(key, [...(told.get(key) ?? []), value]);
      kinds.set(key, kind);
    }
  }
  let compared = 0;
  for (const line of seen.lines) {
    const [topic = '', hex = ''] = line.split(' ');
    const places = placesOf(topic);
    for (const [at, number] of numbersOf(hex).entries()) {
      const values = told.get(places[at] ?? '');
      // Each message in its turn; a counter of 0 is held back until the first that is not shows counters, not rates.
      if (values?.[0] === number) {
        values.shift();
        compared++;
      } else expect({ topic, number }).toEqual({ topic, number: 0 });
    }
  }
  process.stdout.write(`collectd → Mosquitto → listener: ${seen.lines.length} messages, ${compared} values equal\n`);
  expect([...told].filter(([key, rest]) => rest.length > 0 && !/^(cpu|mem)\./.test(key))).toEqual([]);
  expect(compared).toBeGreaterThan(100);
  expect(kinds.get('interface.ifHCInOctets lo')).toBe('counter');
  expect(kinds.get('collectd.cpu cpu-0/cpu-idle')).toBe('counter');
  expect(kinds.get('system.load1 ')).toBe('gauge');
});

test('with the rates that are its default, counters become no counters', async () => {
  const mosquitto = await startMosquitto();
  stops.push(mosquitto.stop);
  const port = Number(new URL(mosquitto.url).port);
  const device = speakingDevice('ap', 'collectd', 'collectd/kg-017-ap1');
  const collector = heardCollector({ url: new Secret(mosquitto.url), bind: '', port: 0, tls: null }, [device]);
  const listener = await listen(collector);
  stops.push(async () => listener?.close());
  await expect.poll(() => collector.hearing.since()).not.toBeNull();

  const collectd = await startCollectd({ host: 'kg-017-ap1', brokerPort: port, prefix: 'collectd', storeRates: true });
  stops.push(collectd.stop);
  await collector.until(
    (event) =>
      event.type === 'told' && event.told.readings.some(({ metric }) => metric === 'collectd.if_octets_per_second'),
  );
  await expect(collector.value('ap', 'mem.used_percent')).resolves.toBeGreaterThan(0);
  const kinds = collector.events
    .flatMap((event) => (event.type === 'told' ? event.told.readings : []))
    .map(({ kind }) => kind);

  expect(new Set(kinds)).toEqual(new Set(['gauge']));
});
