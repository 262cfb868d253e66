import { randomUUID } from 'node:crypto';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { Secret } from '../../core/config/secret.ts';
import type { Log } from '../../core/log/log.ts';
import type { Timers } from '../../core/timers.ts';
import { MAX_PAYLOAD_BYTES } from './format.ts';
import type { Roster } from './roster.ts';
import type { MessageSource, SourceEvents } from './source.ts';

export type OutsideBrokerOptions = {
  readonly url: Secret;
  readonly roster: Roster;
  readonly timers: Timers;
  readonly log: Log;
  readonly events: SourceEvents;
};

const CONNECT_TIMEOUT_MS = 10_000;
const KEEPALIVE_S = 15;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A broker counts the filters of a packet, and some the packet's octets. */
const FILTERS_PER_PACKET = 100;
/** Answers to SUBSCRIBE from which on a filter was refused (MQTT 5, 3.9.3; 128 in 3.1.1). */
const REFUSED_FROM = 128;
/** "Unsupported protocol version" of MQTT 5, and of 3.1.1. */
const WRONG_VERSION: ReadonlySet<unknown> = new Set([0x84, 1]);

/**
 * Hears the topics of all devices at a broker elsewhere, in MQTT 5, or 3.1.1 where the broker knows no other. It connects
 * again by itself, with longer and longer pauses.
 */
export function openOutsideBroker({ url, roster, timers, log, events }: OutsideBrokerOptions): MessageSource {
  /** One name for the whole life, so that a broker ends our old connection when the new one comes. */
  const clientId = `simpul-${randomUUID().slice(0, 13)}`;
  let version: 4 | 5 = 5;
  /** Since the last connection that came to be. */
  let failures = 0;
  let pauseMs = FIRST_PAUSE_MS;
  let client: MqttClient | null = null;
  let cancelPause = (): void => {};
  let isClosing = false;
  let canHear = false;
  let subscribed = new Set<string>();
  /** Changes of subscriptions are made one after the other. */
  let subscribing = Promise.resolve();
  const counts = { connections: 0, connection_failures: 0, filters_refused: 0, unsent: 0 };

  function setHearing(now: boolean): void {
    if (canHear === now) return;
    canHear = now;
    events.hearing(now);
  }

  function open(): void {
    const options: IClientOptions = {
      clientId,
      clean: true,
      protocolVersion: version,
      keepalive: KEEPALIVE_S,
      connectTimeout: CONNECT_TIMEOUT_MS,
      reconnectPeriod: 0,
      queueQoSZero: false,
      resubscribe: false,
      ...(version === 5
        ? { properties: { maximumPacketSize: MAX_PAYLOAD_BYTES + 64 * 1024, receiveMaximum: 1_000 } }
        : {}),
    };
    const opened = connect(url.reveal(), options);
    client = opened;
    opened.on('connect', () => {
      counts.connections++;
      pauseMs = FIRST_PAUSE_MS;
      failures = 0;
      subscribed = new Set();
      log.info({ version }, 'connected to the MQTT broker');
      resubscribe(opened);
    });
    opened.on('message', (topic, payload, { retain }) => events.message({ topic, payload, isKept: retain }));
    opened.on('error', (error) => {
      const code = 'code' in error ? error.code : undefined;
      if (version === 5 && WRONG_VERSION.has(code)) version = 4;
      log.warn({ reason: error.message, code }, 'the MQTT broker refused or failed');
      lost(opened);
    });
    opened.on('close', () => lost(opened));
  }

  function lost(which: MqttClient): void {
    if (client !== which) return;
    client = null;
    setHearing(false);
    which.end(true);
    if (isClosing) return;
    counts.connection_failures++;
    // Old brokers close without a word when they are spoken to in MQTT 5.
    if (++failures % 2 === 0) version = version === 5 ? 4 : 5;
    // Many collectors must not come back in the same moment.
    cancelPause = timers.after(pauseMs * (0.5 + Math.random() / 2), open);
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
  }

  function resubscribe(which: MqttClient): void {
    subscribing = subscribing
      .then(() => follow(which))
      .catch((error: unknown) => {
        // The connection was lost meanwhile, and all is subscribed anew at the next.
        if (client === which) log.warn({ reason: String(error) }, 'MQTT topics could not be subscribed');
      });
  }

  async function follow(which: MqttClient): Promise<void> {
    if (client !== which || !which.connected) return;
    const wanted = roster.filters();
    const fresh = [...wanted].filter((filter) => !subscribed.has(filter));
    const stale = [...subscribed].filter((filter) => !wanted.has(filter));
    for (let at = 0; at < fresh.length; at += FILTERS_PER_PACKET) {
      const part = fresh.slice(at, at + FILTERS_PER_PACKET);
      // QoS 1: a goodbye must not be lost to a broker that is in a hurry.
      const granted = await which.subscribeAsync(part, { qos: 1 });
      const refused = granted.filter(({ qos }) => Number(qos) >= REFUSED_FROM);
      counts.filters_refused += refused.length;
      if (refused.length > 0)
        log.warn({ filters: refused.slice(0, 5).map(({ topic }) => topic) }, 'the MQTT broker refused topics');
      for (const filter of part) subscribed.add(filter);
    }
    for (let at = 0; at < stale.length; at += FILTERS_PER_PACKET) {
      const part = stale.slice(at, at + FILTERS_PER_PACKET);
      await which.unsubscribeAsync(part);
      for (const filter of part) subscribed.delete(filter);
    }
    if (client === which) setHearing(true);
  }

  open();
  return {
    send({ topic, payload }) {
      if (client?.connected !== true) {
        counts.unsent++;
        return;
      }
      client.publish(topic, typeof payload === 'string' ? payload : Buffer.from(payload), { qos: 0 }, (error) => {
        if (error) counts.unsent++;
      });
    },
    rosterChanged() {
      if (client !== null) resubscribe(client);
    },
    stats: () => ({ ...counts, connected: canHear ? 1 : 0, filters: subscribed.size }),
    async close() {
      isClosing = true;
      cancelPause();
      const last = client;
      client = null;
      setHearing(false);
      await last?.endAsync(last.connected !== true);
    },
  };
}
