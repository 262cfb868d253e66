import { afterEach, describe, expect, test } from 'vitest';
import { findAddresses } from '../../../collector/http/addresses.ts';
import type { ReachAnswer } from '../../../collector/probe.ts';
import { open } from '../../../collector/probes/dns.ts';
import { ProbeError } from '../../../core/domain/errors.ts';
import { DNS_TYPE, type DnsReply, dnsName, dnsNumbers, dnsText, startDnsServer } from '../../support/dns-server.ts';
import { leftovers, untilNothingIsLeft } from '../../support/leftovers.ts';
import { freePort } from '../../support/port.ts';
import { probeTools, watchedDevice } from '../../support/probe-tools.ts';
import { mutate, seededRandom } from '../../support/random.ts';

const SEED = 20_261_126;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const probe = open(probeTools());
const check = (settings: Readonly<Record<string, unknown>>, patienceMs = 20_000): Promise<ReachAnswer> =>
  probe.reach(watchedDevice({ reachability: 'dns', settings }), patienceMs);

async function server(...args: Parameters<typeof startDnsServer>) {
  const started = await startDnsServer(...args);
  closing.push(started.stop);
  return started;
}

const A = (...octets: number[]) => ({ type: DNS_TYPE.A, data: Buffer.from(octets) });

describe('a name server', () => {
  test('that answers as expected is timed, and its answers are shown in order', async () => {
    const { port } = await server(() => ({ records: [A(192, 0, 2, 9), A(192, 0, 2, 1)] }));

    const answer = await check({ name: 'sumselprov.go.id', port, expect: ['192.0.2.1'] });

    expect(answer.roundTripMs).toBeGreaterThan(0);
    expect(answer.readings?.map(({ metric }) => metric)).toEqual(['dns_query.query_time_ms', 'dns_query.answers']);
    expect(answer.findings?.['dns']).toEqual({
      server: '127.0.0.1',
      name: 'sumselprov.go.id',
      type: 'A',
      answers: ['192.0.2.1', '192.0.2.9'],
    });
  });

  const TYPES: readonly (readonly [keyof typeof DNS_TYPE, Buffer, string])[] = [
    ['AAAA', Buffer.from('20010db8000000000000000000000001', 'hex'), '2001:db8::1'],
    ['CNAME', dnsName('WWW.a.test'), 'www.a.test.'],
    ['NS', dnsName('ns.a.test'), 'ns.a.test'],
    ['PTR', dnsName('host.a.test'), 'host.a.test'],
    ['MX', Buffer.concat([dnsNumbers(10), dnsName('mx.a.test')]), '10 mx.a.test'],
    ['SRV', Buffer.concat([dnsNumbers(1, 2, 443), dnsName('s.a.test')]), '1 2 443 s.a.test'],
    ['TXT', Buffer.concat([dnsText('v=spf1 '), dnsText('-all')]), 'v=spf1 -all'],
    [
      'SOA',
      Buffer.concat([dnsName('ns.a.test'), dnsName('root.a.test'), Buffer.alloc(20, 1)]),
      'ns.a.test root.a.test',
    ],
  ];
  test.each(TYPES)('is asked for %s records', async (type, data, expected) => {
    const { port } = await server((_name, asked) =>
      asked === DNS_TYPE[type] ? { records: [{ type: asked, data }] } : {},
    );

    const answer = await check({ name: 'a.test', type, port, expect: [expected] });

    expect(answer.readings?.[1]?.value).toBe(1);
  });

  test('whose answer is too long for a datagram is asked over TCP', async () => {
    const { port, asked } = await server(() => ({ isTruncated: true, records: [A(192, 0, 2, 1)] }));

    await check({ name: 'a.test', port, expect: ['192.0.2.1'] });

    expect(asked).toEqual(['udp a.test', 'tcp a.test']);
  });
});

describe('what is wrong with a name server', () => {
  const WRONG: readonly (readonly [string, DnsReply | null, object])[] = [
    ['silence', null, { failure: 'timeout' }],
    ['a name that is not there', { code: 3 }, { failure: 'bad-answer', detail: 'no-such-name' }],
    ['no records', {}, { failure: 'bad-answer', detail: 'no-records' }],
    ['its own failure', { code: 2 }, { failure: 'bad-answer', detail: 'server-failure' }],
    ['a refusal', { code: 5 }, { failure: 'bad-answer', detail: 'query-refused' }],
    ['another answer', { records: [A(203, 0, 113, 66)] }, { failure: 'bad-answer', detail: 'wrong-answer' }],
  ];
  test.each(WRONG)('%s has a word of its own', async (_what, reply, failure) => {
    const { port } = await server(() => reply);
    const before = leftovers();

    const error = await check({ name: 'a.test', port, expect: ['192.0.2.1'] }, reply === null ? 300 : 20_000).catch(
      (thrown: unknown) => thrown,
    );

    expect(error).toBeInstanceOf(ProbeError);
    expect(error).toMatchObject(failure);
    expect(await untilNothingIsLeft(before)).toEqual([]);
  });

  test('half an answer, nonsense, and no server at all', async () => {
    const half = await server(
      () => ({ records: [A(192, 0, 2, 1)] }),
      (message) => message.subarray(0, 20),
    );
    const nonsense = await server(
      () => ({}),
      () => Buffer.from('HTTP/1.1 400 Bad Request\r\n'),
    );
    const port = await freePort();

    const failures = await Promise.all(
      [half.port, nonsense.port, port].map((one) =>
        check({ name: 'a.test', port: one }).catch((error: ProbeError) => error.failure),
      ),
    );

    expect(failures).toEqual(['bad-answer', 'bad-answer', 'refused']);
  });

  test('an answer over TCP that never ends is waited for no longer than the patience', async () => {
    const { port } = await server(
      () => ({ isTruncated: true }),
      undefined,
      (socket) => void socket.write(Buffer.from([0xff, 0xff, 1])),
    );
    const before = leftovers();

    const error = await check({ name: 'a.test', port }, 300).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ failure: 'timeout' });
    expect(await untilNothingIsLeft(before)).toEqual([]);
  });

  test('closing the probe ends what is under way', async () => {
    const { port } = await server(() => null);
    const own = open(probeTools());

    const reach = own
      .reach(watchedDevice({ settings: { name: 'a.test', port } }), 60_000)
      .catch((error: unknown) => error);
    await new Promise((done) => setImmediate(done));
    await own.close();

    expect(await reach).toMatchObject({ failure: 'timeout' });
  });

  test('10,000 damaged answers are read or failed readings, never an error, and leave nothing behind', async () => {
    const random = seededRandom(SEED);
    const { port } = await server(
      () => ({ records: [A(192, 0, 2, 1), { type: DNS_TYPE.TXT, data: dnsText('text') }] }),
      (message) => mutate(message, random),
    );
    const outcomes = new Map<string, number>();
    const before = leftovers();

    for (let round = 0; round < 40; round++) {
      const checks = Array.from({ length: 250 }, () =>
        check({ name: 'a.test', port }, 300).then(
          () => 'read',
          (error: unknown) => {
            if (!(error instanceof ProbeError)) throw error;
            return error.detail ?? error.failure;
          },
        ),
      );
      for (const outcome of await Promise.all(checks)) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }

    expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(10_000);
    expect(outcomes.get('read')).toBeGreaterThan(100);
    expect(await untilNothingIsLeft(before)).toEqual([]);
  }, 240_000);
});

describe('addresses of a name', () => {
  test('an address is its own, and names of this machine are found', async () => {
    const { signal } = new AbortController();

    const literals = [await findAddresses('192.0.2.1', signal), await findAddresses('[2001:db8::1]', signal)];
    const local = await findAddresses('localhost', signal);

    expect(literals).toEqual([['192.0.2.1'], ['2001:db8::1']]);
    expect(local).toContain('127.0.0.1');
  });
});
