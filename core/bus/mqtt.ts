import { connectAsync } from 'mqtt';
import type { Secret } from '../config/secret.ts';
import { AppError } from '../domain/errors.ts';
import type { Log } from '../log/log.ts';
import type { Bus, BusEvent, BusMessage } from './bus.ts';
import { memoryBus } from './memory.ts';

const TOPIC = 'simpul/events';
const MESSAGES_TOPIC = 'simpul/messages';
/** No event comes near this; whatever is larger is not ours. */
const MAX_BYTES = 8_192;

const TYPES: ReadonlySet<string> = new Set<BusEvent['type']>([
  'device-state',
  'village-state',
  'outage-opened',
  'outage-closed',
  'incident-opened',
  'incident-changed',
  'incident-closed',
  'inventory-changed',
  'portal-end-asked',
]);

type Fields = Readonly<Record<string, unknown>>;
function parse(payload: Buffer): Fields | null {
  if (payload.length > MAX_BYTES) return null;
  try {
    const value: unknown = JSON.parse(payload.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Fields) : null;
  } catch {
    return null;
  }
}

/** @returns null for anything that is not one of our events */
function parseEvent(payload: Buffer): BusEvent | null {
  const value = parse(payload);
  if (value === null) return null;
  const { type, regionCode } = value;
  if (typeof type !== 'string' || !TYPES.has(type) || typeof regionCode !== 'string') return null;
  return value as BusEvent;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;

/** @returns null for anything that is not one of our messages */
function parseMessage(payload: Buffer): BusMessage | null {
  const value = parse(payload);
  if (value === null || !isText(value['askId'])) return null;
  const { type, deviceId, collector, part, parts, text } = value;
  const isWhole =
    (type === 'poll-asked' && isText(deviceId)) ||
    (type === 'poll-taken' && isText(collector)) ||
    (type === 'poll-answered' && isText(collector) && isText(text) && isCount(part) && isCount(parts));
  return isWhole ? (value as BusMessage) : null;
}

/**
 * A bus between processes over an MQTT 3.1.1 broker (QoS 1). A listener hears its own process's events at once and the
 * others' by way of the broker; while the broker is away events wait in memory, at most `maxWaiting` of them, and the
 * client connects again by itself.
 * @throws AppError `store-unavailable` when the broker cannot be reached at the start
 */
export async function mqttBus(options: {
  readonly url: Secret;
  readonly clientId: string;
  readonly log: Log;
  readonly maxWaiting?: number;
}): Promise<Bus> {
  const { url, clientId, log, maxWaiting = 10_000 } = options;
  const local = memoryBus((error) => log.error({ error: String(error) }, 'a bus listener failed'));
  const client = await connectAsync(url.reveal(), { clientId, clean: true, connectTimeout: 5_000 }, false).catch(
    (cause: unknown) => {
      throw new AppError('store-unavailable', 'the MQTT broker of MQTT_URL does not answer', { cause });
    },
  );
  client.on('error', (error) => log.warn({ reason: error.message }, 'MQTT bus'));
  client.on('message', (topic, payload) => {
    if (topic === MESSAGES_TOPIC) {
      const message = parseMessage(payload);
      if (message === null) log.warn({ bytes: payload.length }, 'ignored what is no message');
      else if (!isOwn(payload)) local.send(message);
      return;
    }
    const event = parseEvent(payload);
    if (event === null) log.warn({ bytes: payload.length }, 'ignored a message that is no event');
    else if (!isOwn(payload)) local.publish(event);
  });

  // MQTT 3.1.1 hands a publisher its own messages too: they carry the sender and are not heard twice.
  const ownMark = `"from":${JSON.stringify(clientId)}`;
  const isOwn = (payload: Buffer): boolean => payload.includes(ownMark);

  await client.subscribeAsync([TOPIC, MESSAGES_TOPIC], { qos: 1 });
  let waiting = 0;
  function handOn(topic: string, said: BusEvent | BusMessage): void {
    if (waiting >= maxWaiting) {
      log.warn({ type: said.type, waiting }, 'the MQTT broker is away too long: an event is not handed on');
      return;
    }
    waiting += 1;
    client
      .publishAsync(topic, JSON.stringify({ ...said, from: clientId }), { qos: 1 })
      .catch((error: unknown) => log.warn({ reason: String(error) }, 'an event was not handed on'))
      .finally(() => {
        waiting -= 1;
      });
  }
  return {
    publish(event) {
      local.publish(event);
      handOn(TOPIC, event);
    },
    subscribe: local.subscribe,
    send(message) {
      local.send(message);
      // While the broker is away nobody waits for an answer that comes later.
      if (client.connected) handOn(MESSAGES_TOPIC, message);
    },
    hear: local.hear,
    async close() {
      await local.close();
      await client.endAsync();
    },
  };
}
