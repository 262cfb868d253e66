import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, test } from 'vitest';
import type { Listener, ListenerTools } from '../../../collector/listener.ts';
import { listen } from '../../../collector/listeners/snmp-trap.ts';
import type { WatchedDevice } from '../../../collector/pipeline/watched-device.ts';
import { Secret } from '../../../core/config/secret.ts';
import { silentLog } from '../../../core/log/log.ts';
import type { OpenCredential } from '../../../core/stores/inventory/credentials.ts';
import { type HandClock, handClock } from '../../support/hand-clock.ts';
import { leftovers, untilNothingIsLeft } from '../../support/leftovers.ts';
import { watchedDevice } from '../../support/probe-tools.ts';
import { snmptrap } from '../../support/snmptrap.ts';
import { freeUdpPort } from '../../support/udp-port.ts';

const AUTH = 'authpass123';
const PRIV = 'privpass123';

const community = (name: string): OpenCredential => ({
  id: name,
  name,
  kind: 'snmp-v2c',
  settings: { community: new Secret(name) },
});
const usm = (user: string, more: Readonly<Record<string, string>>): OpenCredential => ({
  id: user,
  name: user,
  kind: 'snmp-v3',
  settings: { user, ...more, authKey: new Secret(AUTH), privKey: new Secret(PRIV) },
});

type Hearing = {
  readonly to: string;
  readonly asked: string[];
  readonly time: HandClock;
  replace(devices: readonly WatchedDevice[]): void;
  stats(): Readonly<Record<string, number>>;
  /** Resolves when a count has reached so much; datagrams come when they come. */
  until(name: string, least: number): Promise<void>;
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function hear(devices: readonly WatchedDevice[]): Promise<Hearing> {
  let watched = devices;
  let renew = (): void => {};
  const asked: string[] = [];
  const time = handClock(Date.now());
  const port = await freeUdpPort();
  const tools: ListenerTools = {
    clock: time.clock,
    timers: time,
    log: silentLog,
    settings: { mqtt: null, snmpTrap: { bind: '127.0.0.1', port } },
    devices: () => watched,
    onDevicesChanged(run) {
      renew = run;
      return () => {};
    },
    tell: () => {},
    online: () => {},
    gone: () => {},
    hearsSince: () => {},
    pollSoon: (id) => void asked.push(id),
  };
  const listener: Listener | null = await listen(tools);
  if (listener === null) throw new Error('it does not listen');
  closing.push(listener.close);
  return {
    to: `127.0.0.1:${port}`,
    asked,
    time,
    replace(others) {
      watched = others;
      renew();
    },
    stats: listener.stats,
    async until(name, least) {
      for (let turn = 0; turn < 2_000 && (listener.stats()[name] ?? 0) < least; turn++)
        await new Promise((done) => setTimeout(done, 5));
      expect(listener.stats()[name]).toBeGreaterThanOrEqual(least);
    },
  };
}

const at = (id: string, host: string, credential: OpenCredential | null): WatchedDevice =>
  watchedDevice({ id, host, credential });
const LINK_DOWN = ['', '1.3.6.1.6.3.1.1.5.3', '1.3.6.1.2.1.2.2.1.1.2', 'i', '2'];

test('where the operator wants none nothing listens', async () => {
  const listener = await listen({
    clock: Date.now,
    timers: handClock(),
    log: silentLog,
    settings: { mqtt: null, snmpTrap: null },
    devices: () => [],
    onDevicesChanged: () => () => {},
    tell: () => {},
    online: () => {},
    gone: () => {},
    hearsSince: () => {},
    pollSoon: () => {},
  });

  expect(listener).toBeNull();
});

describe('traps of Debian’s snmptrap', () => {
  test('v2c: the device at the address is asked', async () => {
    const heard = await hear([at('a', '127.0.0.1', community('public')), at('b', '127.0.0.2', community('public'))]);

    await snmptrap(['-v2c', '-c', 'public', heard.to, ...LINK_DOWN]);
    await heard.until('linkDown', 1);

    expect(heard.asked).toEqual(['a']);
    expect(heard.stats()).toMatchObject({ received: 1, asked: 1, unknownSource: 0 });
  });

  test('v1: cold start, by the address that stands in the trap', async () => {
    const heard = await hear([at('a', '127.0.0.1', community('public')), at('far', '192.0.2.7', community('x'))]);

    await snmptrap(['-v1', '-c', 'public', heard.to, '1.3.6.1.4.1.8072', '192.0.2.7', '0', '0', '']);
    await heard.until('coldStart', 1);

    expect(heard.asked).toEqual(['far']);
  });

  test('v1: an enterprise’s own trap of power is known as such', async () => {
    const heard = await hear([at('ups', '127.0.0.1', null)]);

    await snmptrap(['-v1', '-c', 'public', heard.to, '1.3.6.1.4.1.318', '127.0.0.1', '6', '5', '']);
    await heard.until('power', 1);

    expect(heard.asked).toEqual(['ups']);
  });

  test('v2c inform: it is answered', async () => {
    const heard = await hear([at('a', '127.0.0.1', community('public'))]);

    await snmptrap(['-v2c', '-Ci', '-r', '0', '-t', '5', '-c', 'public', heard.to, ...LINK_DOWN]);

    expect(heard.stats()).toMatchObject({ informsAnswered: 1, linkDown: 1 });
    expect(heard.asked).toEqual(['a']);
  });

  const V3 = [
    ['noAuthNoPriv', [], {}],
    ['authNoPriv', ['-a', 'MD5', '-A', AUTH], { authProtocol: 'md5' }],
    ['authNoPriv', ['-a', 'SHA-256', '-A', AUTH], { authProtocol: 'sha256' }],
    ['authPriv', ['-a', 'SHA', '-A', AUTH, '-x', 'AES', '-X', PRIV], { authProtocol: 'sha', privProtocol: 'aes' }],
    ['authPriv', ['-a', 'MD5', '-A', AUTH, '-x', 'DES', '-X', PRIV], { authProtocol: 'md5', privProtocol: 'des' }],
    [
      'authPriv',
      ['-a', 'SHA-512', '-A', AUTH, '-x', 'AES-256', '-X', PRIV],
      { authProtocol: 'sha512', privProtocol: 'aes256b' },
    ],
    [
      'authPriv',
      ['-a', 'SHA', '-A', AUTH, '-x', 'AES-256', '-X', PRIV],
      { authProtocol: 'sha', privProtocol: 'aes256b' },
    ],
  ] as const;

  test.each(V3)('v3 %s %s: trap and inform', async (level, options, settings) => {
    const heard = await hear([at('a', '127.0.0.1', usm('noc', { level, ...settings }))]);
    const user = ['-v3', '-u', 'noc', '-l', level, ...options];

    await snmptrap([...user, '-e', '0x8000000001020304', heard.to, ...LINK_DOWN]);
    await heard.until('linkDown', 1);
    await snmptrap([...user, '-Ci', '-r', '0', '-t', '5', heard.to, '', '1.3.6.1.6.3.1.1.5.4']);

    expect(heard.stats()).toMatchObject({ linkDown: 1, linkUp: 1, informsAnswered: 1, unreadable: 0 });
    expect(heard.stats()['reportsSent']).toBeGreaterThan(0);
    expect(heard.asked).toEqual(['a']);
  });

  test('v3 with a wrong passphrase, a wrong user, or less than the user has: nobody is asked', async () => {
    const heard = await hear([
      at('a', '127.0.0.1', usm('noc', { level: 'authPriv', authProtocol: 'sha', privProtocol: 'aes' })),
    ]);
    const engine = ['-e', '0x8000000001020304', heard.to, ...LINK_DOWN];
    const signed = ['-a', 'SHA', '-A', AUTH, '-x', 'AES', '-X'];

    await snmptrap(['-v3', '-u', 'noc', '-l', 'authNoPriv', '-a', 'SHA', '-A', 'anotherpass', ...engine]);
    await heard.until('unauthenticated', 1);
    await snmptrap(['-v3', '-u', 'other', '-l', 'noAuthNoPriv', ...engine]);
    await heard.until('unknownUser', 1);
    await snmptrap(['-v3', '-u', 'noc', '-l', 'noAuthNoPriv', ...engine]);
    await heard.until('weakSecurity', 1);
    await snmptrap(['-v3', '-u', 'noc', '-l', 'authPriv', ...signed, 'anotherpass', ...engine]);
    await heard.until('undecryptable', 1);

    expect(heard.asked).toEqual([]);
  });
});

describe('whose it is', () => {
  test('behind one address the community tells devices apart', async () => {
    const heard = await hear([at('a', '127.0.0.1', community('one')), at('b', '127.0.0.1', community('two'))]);

    await snmptrap(['-v2c', '-c', 'two', heard.to, ...LINK_DOWN]);
    await heard.until('linkDown', 1);

    expect(heard.asked).toEqual(['b']);
  });

  test('from an unknown address, a community that one device alone has tells which it is', async () => {
    const heard = await hear([at('a', '10.9.9.9', community('one')), at('b', '10.9.9.8', community('two'))]);

    await snmptrap(['-v2c', '-c', 'one', heard.to, ...LINK_DOWN]);
    await heard.until('linkDown', 1);

    expect(heard.asked).toEqual(['a']);
  });

  test('unknown sources and too many at one address are counted, and a new device is known at once', async () => {
    const heard = await hear([]);

    await snmptrap(['-v2c', '-c', 'public', heard.to, ...LINK_DOWN]);
    await heard.until('unknownSource', 1);
    heard.replace(Array.from({ length: 9 }, (_, n) => at(`many-${n}`, '127.0.0.1', community('public'))));
    await snmptrap(['-v2c', '-c', 'public', heard.to, ...LINK_DOWN]);
    await heard.until('ambiguousSource', 1);
    heard.replace([at('new', 'localhost', community('public'))]);
    await snmptrap(['-v2c', '-c', 'public', heard.to, ...LINK_DOWN]);
    await heard.until('linkDown', 3);

    expect(heard.asked).toEqual(['new']);
  });
});

test('a device that announces on and on is asked at once, and once more when ten seconds are over', async () => {
  const heard = await hear([at('a', '127.0.0.1', community('public'))]);
  const announce = async (times: number): Promise<void> => {
    for (let sent = 0; sent < times; sent++) await snmptrap(['-v2c', '-c', 'public', heard.to, ...LINK_DOWN]);
  };

  await announce(3);
  await heard.until('linkDown', 3);
  const atOnce = heard.asked.length;
  await heard.time.advance(10_000);
  const later = heard.asked.length;
  await heard.time.advance(60_000);

  expect([atOnce, later, heard.asked.length]).toEqual([1, 2, 2]);
  expect(heard.stats()).toMatchObject({ asked: 1, askedLater: 2 });
});

describe('whatever else comes', () => {
  const send = async (to: string, datagrams: readonly (string | Buffer)[]): Promise<void> => {
    const socket = createSocket('udp4');
    const [address = '', port = ''] = to.split(':');
    for (const datagram of datagrams)
      await new Promise<void>((done) => socket.send(datagram, Number(port), address, () => done()));
    socket.close();
  };

  test('is counted, answered by nobody, and the next trap is heard', async () => {
    const heard = await hear([at('a', '127.0.0.1', community('public'))]);

    await send(heard.to, ['', 'GET / HTTP/1.1\r\n\r\n', Buffer.alloc(60_000, 0x30), Buffer.from('30820000', 'hex')]);
    await heard.until('unreadable', 4);
    await snmptrap(['-v2c', '-c', 'public', heard.to, ...LINK_DOWN]);
    await heard.until('linkDown', 1);

    expect(heard.asked).toEqual(['a']);
    expect(heard.stats()).toMatchObject({ received: 5, unreadable: 4, informsAnswered: 0, reportsSent: 0 });
  });

  test('a flood is thrown away unread beyond a limit, and a second later all is heard again', async () => {
    const heard = await hear([at('a', '127.0.0.1', community('public'))]);

    for (let sent = 0; sent < 3_000; sent += 100) {
      await send(
        heard.to,
        Array.from({ length: 100 }, () => 'x'),
      );
      await heard.until('received', sent + 100);
    }
    const { unreadable, overflow } = heard.stats();
    await heard.time.advance(1_000);
    await snmptrap(['-v2c', '-c', 'public', heard.to, ...LINK_DOWN]);
    await heard.until('linkDown', 1);

    expect({ unreadable, overflow }).toEqual({ unreadable: 2_000, overflow: 1_000 });
    expect(heard.asked).toEqual(['a']);
  });

  test('closing gives the port back and leaves no timer', async () => {
    const before = leftovers();
    const heard = await hear([at('a', '127.0.0.1', community('public'))]);
    await snmptrap(['-v2c', '-c', 'public', heard.to, ...LINK_DOWN]);
    await heard.until('asked', 1);

    for (const close of closing.splice(0)) await close();
    await heard.time.advance(60_000);

    expect(heard.asked).toEqual(['a']);
    expect(await untilNothingIsLeft(before)).toEqual([]);
  });
});
