import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { hostname } from 'node:os';
import type { Listen } from '../listener.ts';
import { createResolver } from '../resolve.ts';
import { createEngine } from '../snmp/traps/engine.ts';
import { createHints } from '../snmp/traps/hints.ts';
import { type Announcement, announcementOf } from '../snmp/traps/notification.ts';
import { type Received, type Refusal, receiveNotification } from '../snmp/traps/receive.ts';
import { createSenders } from '../snmp/traps/senders.ts';

type Heard = Extract<Received, { type: 'notification' }>;

/** A device that announces something again and again is asked this often. */
const ASK_EVERY_MS = 10_000;
/** What comes beyond this is thrown away unread. */
const MAX_PER_SECOND = 2_000;
const RECEIVE_BUFFER_BYTES = 1024 * 1024;

const STAT_OF: Readonly<Record<Announcement, string>> = {
  'cold-start': 'coldStart',
  'warm-start': 'warmStart',
  'link-down': 'linkDown',
  'link-up': 'linkUp',
  'authentication-failure': 'authenticationFailure',
  power: 'power',
  other: 'other',
};
const REFUSALS: readonly Refusal[] = [
  'unreadable',
  'unknownUser',
  'unauthenticated',
  'weakSecurity',
  'notInTimeWindow',
  'undecryptable',
];

/**
 * Hears traps and informs of SNMP v1, v2c and v3. Anyone can send them, so none is believed: the device that may have
 * sent one is asked, and what it answers counts.
 */
export const listen: Listen = async ({ settings, clock, timers, log, devices, onDevicesChanged, pollSoon }) => {
  const { snmpTrap } = settings;
  if (snmpTrap === null) return null;
  const { bind, port } = snmpTrap;
  const names = ['received', 'informsAnswered', 'reportsSent', ...Object.values(STAT_OF), ...REFUSALS];
  const own = ['asked', 'askedLater', 'unknownSource', 'ambiguousSource', 'overflow'];
  const counts: Record<string, number> = Object.fromEntries([...names, ...own].map((name) => [name, 0]));
  const count = (name: string): void => {
    counts[name] = (counts[name] ?? 0) + 1;
  };

  const engine = createEngine(`${hostname()}/${bind}/${port}`, clock);
  const senders = createSenders(devices, createResolver(clock));
  const stopFollowing = onDevicesChanged(senders.renew);
  const hints = createHints(timers, ASK_EVERY_MS, pollSoon);
  const socket = createSocket(bind.includes(':') ? 'udp6' : 'udp4');
  let second = 0;
  let inSecond = 0;

  function isTooMuch(): boolean {
    const now = Math.floor(timers.now() / 1000);
    if (now !== second) {
      second = now;
      inSecond = 0;
    }
    return ++inSecond > MAX_PER_SECOND;
  }

  function take(datagram: Buffer, from: RemoteInfo): void {
    const usersNamed = (user: string) => senders.named(user, from.address);
    const received = receiveNotification(datagram, { engine, usersNamed });
    if (received.type === 'refused') {
      count(received.why);
      return;
    }
    if (received.answer !== null) {
      count(received.type === 'report' ? 'reportsSent' : 'informsAnswered');
      // Whether it arrives is the sender's concern: it asks again.
      socket.send(received.answer, from.port, from.address, () => {});
    }
    if (received.type === 'notification') act(received, from.address);
  }

  function act({ notification, mark }: Heard, address: string): void {
    const announcement = announcementOf(notification);
    count(STAT_OF[announcement]);
    // Says something of whoever asked the device, and nothing of the device.
    if (announcement === 'authentication-failure') return;
    const found = senders.find({ address, origin: notification.origin, mark });
    if (found === null) count('ambiguousSource');
    else if (found.length === 0) count('unknownSource');
    for (const deviceId of found ?? []) {
      const isNow = hints.give(deviceId);
      count(isNow ? 'asked' : 'askedLater');
      if (isNow) log.info({ deviceId, announcement, trapOid: notification.trapOid }, 'a device announced something');
    }
  }

  socket.on('message', (datagram, from) => {
    count('received');
    if (isTooMuch()) {
      count('overflow');
      return;
    }
    try {
      take(datagram, from);
    } catch (error) {
      // One datagram must not end the hearing of all.
      count('unreadable');
      log.error({ err: error }, 'a notification could not be read');
    }
  });
  try {
    const bound = once(socket, 'listening');
    socket.bind({ address: bind, port });
    await bound;
  } catch (error) {
    stopFollowing();
    socket.close();
    throw error;
  }
  socket.on('error', (error) => log.warn({ err: error }, 'the socket for notifications has an error'));
  try {
    socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
  } catch {
    // The system's own size must do.
  }

  return {
    stats: () => ({ ...counts }),
    async close() {
      stopFollowing();
      hints.close();
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
};
