import { connectAsync } from 'mqtt';
import type { Secret } from '../config/secret.ts';
import { AppError } from '../domain/errors.ts';
import type { Log } from '../log/log.ts';
import type { Bus, BusEvent } from './bus.ts';
import { memoryBus } from './memory.ts';

const TOPIC = 'simpul/events';
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

/** @returns null for anything that is not one of our events */
function parseEvent(payload: Buffer): BusEvent | null {
  if (payload.length > MAX_BYTES) return null;
  try {
    const value: unknown = JSON.parse(payload.toString('utf8'));
    if (typeof value !== 'object' || value === null) return null;
    const { type, regionCode } = value as { type?: unknown; regionCode?: unknown };
    if (typeof type !== 'string' || !TYPES.has(type) || typeof regionCode !== 'string') return null;
    return value as BusEvent;
  } catch {
    return null;
  }
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
  client.on('message', (_topic, payload) => {
    const event = parseEvent(payload);
    if (event === null) log.warn({ bytes: payload.length }, 'ignored a message that is no event');
    else if (!isOwn(payload)) local.publish(event);
  });

  // MQTT 3.1.1 hands a publisher its own messages too: they carry the sender and are not heard twice.
  const ownMark = `"from":${JSON.stringify(clientId)}`;
  const isOwn = (payload: Buffer): boolean => payload.includes(ownMark);

  await client.subscribeAsync(TOPIC, { qos: 1 });
  let waiting = 0;
  return {
    publish(event) {
      local.publish(event);
      if (waiting >= maxWaiting) {
        log.warn({ type: event.type, waiting }, 'the MQTT broker is away too long: an event is not handed on');
        return;
      }
      waiting += 1;
      client
        .publishAsync(TOPIC, JSON.stringify({ ...event, from: clientId }), { qos: 1 })
        .catch((error: unknown) => log.warn({ reason: String(error) }, 'an event was not handed on'))
        .finally(() => {
          waiting -= 1;
        });
    },
    subscribe: local.subscribe,
    async close() {
      await local.close();
      await client.endAsync();
    },
  };
}
