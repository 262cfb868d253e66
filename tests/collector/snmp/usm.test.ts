import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BadReadings, countBadReadings } from '../../../collector/snmp/bad-reading.ts';
import {
  AUTH_PROTOCOLS,
  PRIV_PROTOCOLS,
  type SnmpClient,
  type SnmpTarget,
  type UsmSecurity,
} from '../../../collector/snmp/client.ts';
import { Engine } from '../../../collector/snmp/usm/engine.ts';
import { decrypt, encrypt, localizedKey, usmKeys } from '../../../collector/snmp/usm/keys.ts';
import { createUsmClient } from '../../../collector/snmp/usm-client.ts';
import { textOf } from '../../../collector/snmp/value.ts';
import { Secret } from '../../../core/config/secret.ts';
import { ProbeError } from '../../../core/domain/errors.ts';
import { createNetSnmpClient } from '../../support/net-snmp-client.ts';
import { AUTH_PASSPHRASE, PRIV_PASSPHRASE, type Snmpd, startSnmpd } from '../../support/snmpd.ts';
import { startMeddler } from '../../support/udp-meddler.ts';

const SYSTEM = [1, 2, 4, 5, 6, 7].map((column) => `1.3.6.1.2.1.1.${column}.0`);
const NAME = '1.3.6.1.2.1.1.5.0';
/** As snmpd.conf calls them; this agent has no AES-256. */
const AUTH_NAMES = {
  md5: 'MD5',
  sha: 'SHA',
  sha224: 'SHA-224',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};
const PRIV_NAMES = { des: 'DES', aes: 'AES' };
const PAIRS = AUTH_PROTOCOLS.flatMap((auth) => (['des', 'aes'] as const).map((priv) => [auth, priv] as const));

let snmpd: Snmpd;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  snmpd = await startSnmpd({
    users: PAIRS.map(([auth, priv]) => [`${auth}-${priv}`, AUTH_NAMES[auth], PRIV_NAMES[priv]] as const),
  });
});
afterAll(async () => {
  for (const close of closing) await close();
  await snmpd.stop();
});

const keys = { authKey: new Secret(AUTH_PASSPHRASE), privKey: new Secret(PRIV_PASSPHRASE) };
const authPriv = (
  authProtocol: (typeof AUTH_PROTOCOLS)[number],
  privProtocol: (typeof PRIV_PROTOCOLS)[number],
  user = `${authProtocol}-${privProtocol}`,
): Extract<UsmSecurity, { level: 'authPriv' }> => ({
  version: '3',
  user,
  context: '',
  level: 'authPriv',
  authProtocol,
  privProtocol,
  ...keys,
});

function setUp(): { client: SnmpClient<UsmSecurity>; bad: BadReadings } {
  const bad = countBadReadings();
  const client = createUsmClient({ count: bad.count });
  closing.push(client.close);
  return { client, bad };
}

const at = (security: UsmSecurity, port = snmpd.port, timeoutMs = 2_000): SnmpTarget<UsmSecurity> => ({
  address: '127.0.0.1',
  port,
  security,
  timeoutMs,
  retries: 0,
});

const failureOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => {
      if (!(error instanceof ProbeError)) throw error;
      return error.failure;
    },
  );

describe('keys and ciphers are those of the standards', () => {
  const engineId = Buffer.from('000000000000000000000002', 'hex');
  const passphrase = new Secret('maplesyrup');

  test.each([
    ['md5', '526f5eed9fcce26f8964c2930787d82b'],
    ['sha', '6695febc9288e36282235fc7151f128497b38f3f'],
  ] as const)('a passphrase gives the localised %s key of RFC 3414, A.3', (protocol, key) => {
    expect(localizedKey(protocol, passphrase, engineId).toString('hex')).toBe(key);
  });

  test('AES encrypts as NIST SP 800-38A, F.3.13 says of CFB128, with the IV of RFC 3826', () => {
    const priv = { cipher: 'aes-128-cfb', key: Buffer.from('2b7e151628aed2a6abf7158809cf4f3c', 'hex'), preIv: null };
    const plain = Buffer.from('6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51', 'hex');
    const salt = Buffer.from('08090a0b0c0d0e0f', 'hex');

    const encrypted = encrypt(priv, plain, 0x0001_0203, 0x0405_0607, salt);

    expect(encrypted.toString('hex')).toBe('3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b');
    expect(decrypt(priv, encrypted, 0x0001_0203, 0x0405_0607, salt)).toEqual(plain);
  });

  test.each(PRIV_PROTOCOLS)('%s gives back what it was given, whatever its length', (privProtocol) => {
    const { priv } = usmKeys({ ...authPriv('sha', privProtocol), authKey: passphrase, privKey: passphrase }, engineId);
    const salt = Buffer.from('0000000100000002', 'hex');
    const lengths = [1, 7, 8, 9, 64, 1_000];

    const back = lengths.map((length) => {
      const plain = Buffer.alloc(length, 7);
      return priv === null ? null : decrypt(priv, encrypt(priv, plain, 3, 4, salt), 3, 4, salt)?.subarray(0, length);
    });

    expect(back).toEqual(lengths.map((length) => Buffer.alloc(length, 7)));
  });
});

describe('the clock of an engine', () => {
  test('a message of long ago, of an earlier start or of an engine at its end is not of now', () => {
    const engine = new Engine(Buffer.from('80000000', 'hex'), 5, 1_000, 0);

    const judged = [
      engine.follow(5, 1_000, 0),
      engine.follow(5, 1_010, 5_000),
      engine.follow(5, 861, 5_000),
      engine.follow(5, 859, 5_000),
      engine.follow(4, 5_000, 5_000),
      engine.follow(6, 3, 6_000),
      engine.follow(5, 9_999, 6_000),
      engine.follow(2 ** 31 - 1, 0, 6_000),
    ];

    expect(judged).toEqual([true, true, true, false, false, true, false, false]);
    expect([engine.boots, engine.time(8_000)]).toEqual([6, 5]);
  });
});

describe('against a real agent', () => {
  test.each(PAIRS)('%s with %s gives what net-snmp gives', async (auth, priv) => {
    const { client } = setUp();
    const reference = createNetSnmpClient({ count: () => {} });
    closing.push(reference.close);
    const target = at(authPriv(auth, priv));

    const [ours, theirs] = [await client.get(target, SYSTEM), await reference.get(target, SYSTEM)];
    const [next, theirNext] = [
      await client.next(target, ['1.3.6.1.2.1.2.2.1.2', '1.3.6.1.2.1.2.2.1.3'], 5),
      await reference.next(target, ['1.3.6.1.2.1.2.2.1.2', '1.3.6.1.2.1.2.2.1.3'], 5),
    ];

    expect(ours.map(textOf)).toEqual(theirs.map(textOf));
    expect(ours.map((value) => value?.type)).toEqual(theirs.map((value) => value?.type));
    expect(next).toEqual(theirNext);
  });

  test.each([
    ['noAuthNoPriv', { version: '3', user: 'sha-aes', context: '', level: 'noAuthNoPriv' }],
    ['a passphrase that is not theirs', { ...authPriv('sha', 'aes'), authKey: new Secret('not-the-passphrase') }],
    ['a user that is not theirs', authPriv('sha', 'aes', 'nobody')],
    ['a protocol that is not theirs', { ...authPriv('sha', 'aes'), authProtocol: 'md5' }],
  ] satisfies [string, UsmSecurity][])('%s is refused, and told so', async (_what, security) => {
    const { client } = setUp();

    expect(await failureOf(client.get(at(security), [NAME]))).toBe('auth');
  });

  test('an agent that comes back as another engine is asked again at once', async () => {
    const port = await freePort();
    const first = await startSnmpd({ port });
    const { client } = setUp();
    const target = at(authPriv('sha', 'aes', 'noc'), port);
    await client.get(target, [NAME]);
    await first.stop();
    const second = await startSnmpd({ port });
    closing.push(second.stop);

    const [name] = await client.get(target, [NAME]);

    expect(textOf(name)).toBe('test-agent');
  });
});

describe('what is not the agent’s is dropped, and counted', () => {
  /** Only answers to questions are changed: the engine tells its name by a report. */
  const isEncrypted = (answer: Buffer): boolean => answer.length > 130;

  test.each([
    ['a digest that is not its own', (answer: Buffer) => flipped(answer, answer.length - 1)],
    ['a flag that says less than was asked for', (answer: Buffer) => flipped(answer, flagsAt(answer), 3)],
    ['a flag that says encrypted of what is not', (answer: Buffer) => flipped(answer, flagsAt(answer), 1)],
  ])('%s', async (_what, change) => {
    const meddler = await startMeddler(snmpd.port, (answer) => [isEncrypted(answer) ? change(answer) : answer]);
    closing.push(meddler.stop);
    const { client, bad } = setUp();

    const failure = await failureOf(client.get(at(authPriv('sha', 'aes'), meddler.port, 150), SYSTEM));

    expect(failure).toBe('timeout');
    expect(Object.values(bad.snapshot()).reduce((sum, each) => sum + each, 0)).toBe(1);
  });

  test('an answer that comes again belongs to no question', async () => {
    const seen: Buffer[] = [];
    const meddler = await startMeddler(snmpd.port, (answer) => {
      const copy = Buffer.from(answer);
      const repeated = isEncrypted(answer) ? seen.splice(0) : [];
      if (isEncrypted(answer)) seen.push(copy);
      return [...repeated, answer];
    });
    closing.push(meddler.stop);
    const { client, bad } = setUp();
    const target = at(authPriv('sha', 'aes'), meddler.port);
    await client.get(target, SYSTEM);

    const again = await client.get(target, SYSTEM);

    expect(again).toHaveLength(SYSTEM.length);
    expect(bad.snapshot()).toEqual({ 'wrong-request-id': 1 });
  });
});

function flipped(answer: Buffer, place: number, bits = 1): Buffer {
  const copy = Buffer.from(answer);
  copy[place] = (copy[place] ?? 0) ^ bits;
  return copy;
}

/** Behind the largest message's size: an octet string of one octet. */
const flagsAt = (answer: Buffer): number => answer.indexOf(Buffer.from([0x04, 0x01])) + 2;

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
