import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, test } from 'vitest';
import { identify } from '../../../collector/identify.ts';
import { loadProfiles } from '../../../collector/profile.ts';
import { BadReadingError, countBadReadings } from '../../../collector/snmp/bad-reading.ts';
import { createSnmpClient, type SnmpTarget } from '../../../collector/snmp/client.ts';
import { decodeResponse, decodeVarBinds } from '../../../collector/snmp/message.ts';
import { numberOf, textOf } from '../../../collector/snmp/value.ts';
import { createWalkPace } from '../../../collector/snmp/walk.ts';
import { Secret } from '../../../core/config/secret.ts';
import { ProbeError } from '../../../core/domain/errors.ts';
import { answerTo, encodeResponse, routerObjects, startFakeAgent } from '../../support/fake-agent.ts';
import { mutate, seededRandom } from '../../support/random.ts';
import { AUTH_PASSPHRASE, PRIV_PASSPHRASE, startSnmpd } from '../../support/snmpd.ts';
import { startMeddler } from '../../support/udp-meddler.ts';

const SEED = 20_261_121;

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

/** Reads all of an answer as the client does, down to numbers and texts. */
function readAll(datagram: Uint8Array): 'read' | string {
  try {
    const { bindings } = decodeResponse(datagram);
    for (const { value } of decodeVarBinds(bindings, 11)) {
      textOf(value);
      try {
        numberOf(value);
      } catch (error) {
        if (!(error instanceof BadReadingError)) throw error;
      }
    }
    return 'read';
  } catch (error) {
    if (!(error instanceof BadReadingError)) throw error;
    return error.reason;
  }
}

/** A true answer of so many objects. */
function answerOf(size: number): Buffer {
  const objects = routerObjects('fuzz', 4);
  const oids = [...objects.keys()].slice(-size);
  const request = {
    version: 1,
    community: Buffer.from('public'),
    pdu: 0xa0,
    requestId: 0x1234_5678,
    nonRepeaters: 0,
    repetitions: 0,
    oids,
  };
  return answerTo(request, objects, (bindings, error = { status: 0, index: 0 }) =>
    encodeResponse(request, bindings, error),
  );
}

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  return process.memoryUsage().heapUsed;
}

describe('damaged answers', () => {
  test('40,000 of them are read, or refused by a known reason, and leave no memory behind', () => {
    const random = seededRandom(SEED);
    const answers = [1, 3, 12].map(answerOf);
    const reasons = new Map<string, number>();
    const round = (count: number): void => {
      for (let mutation = 0; mutation < count; mutation++) {
        const reason = readAll(mutate(answers[mutation % answers.length] ?? Buffer.alloc(0), random));
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
    };
    round(10_000);
    const before = heapAfterCollection();
    round(30_000);
    const grown = heapAfterCollection() - before;

    expect([...reasons.keys()].sort()).toEqual(['oversized', 'read', 'truncated', 'wrong-type', 'wrong-version']);
    expect(reasons.get('truncated')).toBeGreaterThan(1_000);
    expect(grown).toBeLessThan(4 * 1024 * 1024);
  });

  test('10,000 of them on the wire cost their readings, are counted, and the next true answer is read', async () => {
    const agent = await startFakeAgent(routerObjects('fuzz', 3));
    const bad = countBadReadings();
    const client = createSnmpClient({ count: bad.count });
    closing.push(agent.stop, client.close);
    const profiles = await loadProfiles();
    const target: SnmpTarget = {
      address: '127.0.0.1',
      port: agent.port,
      security: { version: '2c', community: new Secret('public') },
      timeoutMs: 5,
      retries: 0,
    };
    const limits = { maxRows: 100, maxBytes: 100_000, maxMs: 2_000 };
    const random = seededRandom(SEED + 1);
    let damaged = 0;
    let failed = 0;
    let read = 0;
    // The true answer mostly follows the damaged ones, so that questions go on to later tables and are damaged there.
    agent.interfere((answer) => {
      const wrong = Array.from({ length: 8 }, () => mutate(answer, random));
      damaged += wrong.length;
      return random() < 0.9 ? [...wrong, answer] : wrong;
    });

    while (damaged < 10_000) {
      const walker = { client, target, pace: createWalkPace(), limits, count: bad.count };
      await identify(walker, profiles).then(
        () => read++,
        (error: unknown) => {
          if (!(error instanceof ProbeError)) throw error;
          failed++;
        },
      );
    }
    agent.interfere(null);
    const walker = {
      client,
      target: { ...target, timeoutMs: 2_000 },
      pace: createWalkPace(),
      limits,
      count: bad.count,
    };
    const { interfaces } = await identify(walker, profiles);

    expect(failed).toBeGreaterThan(0);
    expect(interfaces).toHaveLength(3);
    const counted = Object.values(bad.snapshot()).reduce((sum, count) => sum + count, 0);
    expect(counted).toBeGreaterThan(damaged / 2);
    expect(read + failed).toBeGreaterThan(10);
  });

  test('damaged answers over SNMPv3 neither end the process nor leave a question open', async () => {
    const snmpd = await startSnmpd();
    const random = seededRandom(SEED + 2);
    let isDamaging = true;
    const meddler = await startMeddler(snmpd.port, (answer) => (isDamaging ? [mutate(answer, random)] : [answer]));
    const bad = countBadReadings();
    const client = createSnmpClient({ count: bad.count });
    closing.push(client.close, meddler.stop, snmpd.stop);
    const target: SnmpTarget = {
      address: '127.0.0.1',
      port: meddler.port,
      security: {
        version: '3',
        user: 'noc',
        context: '',
        level: 'authPriv',
        authProtocol: 'sha',
        authKey: new Secret(AUTH_PASSPHRASE),
        privProtocol: 'aes',
        privKey: new Secret(PRIV_PASSPHRASE),
      },
      timeoutMs: 15,
      retries: 0,
    };
    const outcomes = new Map<string, number>();
    const note = (what: string): void => void outcomes.set(what, (outcomes.get(what) ?? 0) + 1);

    for (let round = 0; round < 40; round++) {
      await Promise.all(
        Array.from({ length: 10 }, (_, at) =>
          client.get({ ...target, security: { ...target.security } }, [`1.3.6.1.2.1.1.${(at % 6) + 1}.0`]).then(
            () => note('read'),
            (error: unknown) => {
              if (!(error instanceof ProbeError)) throw error;
              note(error.failure);
            },
          ),
        ),
      );
    }
    isDamaging = false;
    const [name] = await client.get({ ...target, timeoutMs: 2_000 }, ['1.3.6.1.2.1.1.5.0']);

    expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(400);
    expect(textOf(name)).toBe('test-agent');
    expect(Object.keys(bad.snapshot()).length).toBeGreaterThan(0);
  });
});
