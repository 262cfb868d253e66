import { connect, type MqttClient } from 'mqtt';
import type { Clock } from '../../../../core/domain/clock.ts';
import type { PowerBoxModel, PowerBoxReadings } from './model.ts';

export type PowerBoxOptions = {
  /** Of the broker, such as `mqtt://127.0.0.1:1883`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** `settings.topic` of the device. */
  readonly topic: string;
  readonly model: PowerBoxModel;
  readonly clock: Clock;
  /** Between two messages; 15 s where nothing else is said. */
  readonly intervalMs?: number;
};

/** A power box that publishes in the format `simpul`. It connects by itself, and again whenever the broker comes back. */
export type PowerBox = {
  /** Its line is cut: nothing more is heard of it, until the broker publishes its will. */
  cut(): Promise<void>;
  /** It is there again. */
  mend(): void;
  /** It says goodbye itself, and is gone. */
  close(): Promise<void>;
};

const INTERVAL_MS = 15_000;
const KEEPALIVE_S = 10;
const RECONNECT_MS = 2_000;

export function startPowerBox(options: PowerBoxOptions): PowerBox {
  const { url, username, password, topic, model, clock, intervalMs = INTERVAL_MS } = options;
  const status = `${topic}/status`;
  let client: MqttClient | null = null;
  let timer: NodeJS.Timeout | undefined;

  function open(): void {
    const opened = connect(url, {
      username,
      password,
      clientId: topic,
      clean: true,
      keepalive: KEEPALIVE_S,
      reconnectPeriod: RECONNECT_MS,
      queueQoSZero: false,
      will: { topic: status, payload: Buffer.from('offline'), qos: 1, retain: true },
    });
    client = opened;
    // The broker may be away; it is tried again.
    opened.on('error', () => {});
    opened.on('connect', () => {
      opened.publish(status, 'online', { qos: 1, retain: true });
      opened.publish(`${topic}/info`, JSON.stringify(model.info), { retain: true });
      publish();
    });
    timer = setInterval(publish, intervalMs);
  }

  function publish(): void {
    if (client?.connected === true)
      client.publish(`${topic}/readings`, JSON.stringify(messageOf(model.readings(clock()))));
  }

  function stop(): MqttClient | null {
    clearInterval(timer);
    const stopped = client;
    client = null;
    return stopped;
  }

  open();
  return {
    async cut() {
      const stopped = stop();
      // Without a DISCONNECT, so that the will is published.
      stopped?.stream.destroy();
      await stopped?.endAsync(true);
    },
    mend() {
      if (client === null) open();
    },
    async close() {
      const stopped = stop();
      if (stopped === null) return;
      if (stopped.connected) await stopped.publishAsync(status, 'offline', { qos: 1, retain: true }).catch(() => {});
      await stopped.endAsync(!stopped.connected);
    },
  };
}

/** The message that `docs/mqtt.md` describes. */
const messageOf = (readings: PowerBoxReadings): object => ({
  voltage: { baterai: readings.batteryV, panel: readings.panelV },
  current: { baterai: readings.batteryA },
  power: { panel: readings.panelW, beban: readings.loadW },
  charge: { baterai: readings.chargePercent },
  temperature: { baterai: readings.batteryC },
  mains: readings.hasMains,
  uptimeS: readings.uptimeS,
});
