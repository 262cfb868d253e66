import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { UsmSecurity } from '../../../collector/snmp/client.ts';
import { createEngine } from '../../../collector/snmp/traps/engine.ts';
import { decodeCommunityNotification } from '../../../collector/snmp/traps/notification.ts';
import { receiveNotification } from '../../../collector/snmp/traps/receive.ts';
import { decrypt, encrypt, localizedKey, usmKeys } from '../../../collector/snmp/usm/keys.ts';
import { Secret } from '../../../core/config/secret.ts';
import { mutate, seededRandom } from '../../support/random.ts';
import { snmptrap } from '../../support/snmptrap.ts';

const SEED = 20_261_122;
const AUTH = new Secret('authpass123');
const PRIV = new Secret('privpass123');
const security = {
  version: '3',
  user: 'noc',
  context: '',
  level: 'authPriv',
  authProtocol: 'sha',
  authKey: AUTH,
  privProtocol: 'aes',
  privKey: PRIV,
} as const satisfies UsmSecurity;
const SENDER = Buffer.from('8000000001020304', 'hex');

/** What `snmptrap` sends, as it is on the wire. */
async function captured(...args: readonly string[]): Promise<Buffer> {
  return await capturedTrap(['', '1.3.6.1.6.3.1.1.5.3', '1.3.6.1.2.1.2.2.1.1.2', 'i', '2'], args);
}

async function capturedTrap(trap: readonly string[], args: readonly string[]): Promise<Buffer> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const heard = once(socket, 'message');
  const sent = snmptrap([...args, `127.0.0.1:${socket.address().port}`, ...trap]).catch(() => {});
  const [datagram] = await heard;
  await sent;
  socket.close();
  return datagram;
}

const SIGNED = [
  '-v3',
  '-u',
  'noc',
  '-l',
  'authPriv',
  '-a',
  'SHA',
  '-A',
  AUTH.reveal(),
  '-x',
  'AES',
  '-X',
  PRIV.reveal(),
];

test('keys are those of RFC 3414, A.3', () => {
  const engineId = Buffer.from('000000000000000000000002', 'hex');
  const passphrase = new Secret('maplesyrup');

  const md5 = localizedKey('md5', passphrase, engineId);
  const sha = localizedKey('sha', passphrase, engineId);

  expect(md5.toString('hex')).toBe('526f5eed9fcce26f8964c2930787d82b');
  expect(sha.toString('hex')).toBe('6695febc9288e36282235fc7151f128497b38f3f');
});

test.each(['des', 'aes', 'aes256b', 'aes256r'] as const)('what %s encrypts it decrypts', (privProtocol) => {
  const plain = Buffer.from('3016040080000000010203040400a10b020105020100020100', 'hex');

  const { priv } = usmKeys({ ...security, privProtocol }, SENDER);
  if (priv === null) throw new Error('a user without a key');
  const salt = Buffer.from('0102030405060708', 'hex');
  const encrypted = encrypt(priv, plain, 3, 1_234, salt);
  const again = decrypt(priv, encrypted, 3, 1_234, salt);

  expect(again?.subarray(0, plain.length)).toEqual(plain);
  expect(encrypted.includes(plain)).toBe(false);
});

test('a trap that is sent again much later is not taken', async () => {
  const datagram = await captured(...SIGNED, '-e', '0x8000000001020304', '-Z', '7,1000');
  const later = await captured(...SIGNED, '-e', '0x8000000001020304', '-Z', '7,2000');
  const engine = createEngine('here', Date.now);
  const receive = (what: Buffer) => receiveNotification(what, { engine, usersNamed: () => [security] });

  const results = [receive(datagram), receive(datagram), receive(later), receive(datagram)];

  expect(results.map((result) => (result.type === 'refused' ? result.why : result.type))).toEqual([
    'notification',
    'notification',
    'notification',
    'notInTimeWindow',
  ]);
});

test('an inform’s answer is the same message as a response', async () => {
  const datagram = await captured('-v2c', '-Ci', '-r', '0', '-t', '0.2', '-c', 'public');

  const { notification, response } = decodeCommunityNotification(datagram);

  expect(notification).toMatchObject({ isInform: true, trapOid: '1.3.6.1.6.3.1.1.5.3' });
  const changed = [...(response ?? [])].flatMap((octet, at) => (octet === datagram[at] ? [] : [[datagram[at], octet]]));
  expect(changed).toEqual([[0xa6, 0xa2]]);
});

test('100,000 damaged datagrams of every version are read, refused, or answered with a report, and none throws', async () => {
  const trap = ['-e', '0x8000000001020304'];
  const datagrams = [
    await captured('-v2c', '-c', 'public'),
    await captured('-v2c', '-Ci', '-r', '0', '-t', '0.2', '-c', 'public'),
    await captured(...SIGNED, ...trap),
    await captured('-v3', '-u', 'noc', '-l', 'noAuthNoPriv', ...trap),
    await capturedTrap(['1.3.6.1.4.1.8072', '127.0.0.1', '2', '0', ''], ['-v1', '-c', 'public']),
  ];
  const open = { version: '3', user: 'noc', context: '', level: 'noAuthNoPriv' } as const;
  const engine = createEngine('here', Date.now);
  const random = seededRandom(SEED);
  const outcomes = new Map<string, number>();

  for (let round = 0; round < 100_000; round++) {
    const damaged = mutate(datagrams[round % datagrams.length] ?? Buffer.alloc(0), random);
    const usersNamed = () => (round % 2 === 0 ? [security] : [open]);
    const received = receiveNotification(damaged, { engine, usersNamed });
    const what = received.type === 'refused' ? received.why : received.type;
    outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
  }

  expect([...outcomes.keys()].sort()).toEqual([
    'notification',
    'report',
    'unauthenticated',
    'unreadable',
    'weakSecurity',
  ]);
  expect(outcomes.get('unreadable')).toBeGreaterThan(10_000);
});
