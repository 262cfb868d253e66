import { Resolver } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { ProbeError, type ProbeFailure } from '../../core/domain/errors.ts';
import { type ProbeKind, SINGLE_QUESTION } from '../../core/domain/probe-kind.ts';
import { codeOf } from '../connecting.ts';
import { createDeadlines } from '../deadlines.ts';
import type { OpenProbe } from '../probe.ts';
import { createSameFindings } from '../same-findings.ts';

const RECORD_TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const;
type RecordType = (typeof RECORD_TYPES)[number];

const Settings = Type.Object(
  {
    name: Type.String({ pattern: '^[A-Za-z0-9._-]+$', maxLength: 253 }),
    type: Type.Optional(Type.Union(RECORD_TYPES.map((type) => Type.Literal(type)))),
    /** Name or address; the device itself when absent. */
    server: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9._:-]+$', maxLength: 253 })),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
    /** Each of them must be among the answers, written as they are shown: `10 mail.example` for an MX. */
    expect: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { maxItems: 20 })),
  },
  { additionalProperties: false },
);

export const kind: ProbeKind = {
  title: { id: 'Server nama (DNS)', en: 'Name server (DNS)' },
  settings: Settings,
  credentials: [],
  reachIntervalMs: 30_000,
  reachTimeoutMs: 5_000,
  thresholds: SINGLE_QUESTION,
};

const DNS_PORT = 53;
/** A lost packet is asked for once more. */
const TRIES = 2;
const MAX_ANSWERS = 50;
const MAX_ANSWER_TEXT = 500;

/** Codes of c-ares: the failure, and what was bad of an answer. */
const FAILURES: Readonly<Record<string, readonly [ProbeFailure, string?]>> = {
  ETIMEOUT: ['timeout'],
  ECANCELLED: ['timeout'],
  ECONNREFUSED: ['refused'],
  ENOTFOUND: ['bad-answer', 'no-such-name'],
  ENODATA: ['bad-answer', 'no-records'],
  ESERVFAIL: ['bad-answer', 'server-failure'],
  EREFUSED: ['bad-answer', 'query-refused'],
  ENOTIMP: ['bad-answer', 'not-implemented'],
};

/** Asks a name server for records, over UDP, and over TCP where the server says that the answer is longer. */
export const open = (({ resolve }) => {
  const deadlines = createDeadlines();
  const same = createSameFindings();
  return {
    async reach({ id, host, settings }, timeoutMs) {
      if (!Value.Check(Settings, settings))
        throw new ProbeError('not-supported', 'the settings of the name server do not fit');
      const { name, type = 'A', server = host, port = DNS_PORT, expect = [] } = settings;
      const address = await resolve(server);
      const startedAt = performance.now();
      const answers = await deadlines.run(timeoutMs, (signal) => ask({ address, port, name, type, timeoutMs }, signal));
      const roundTripMs = performance.now() - startedAt;
      const missing = expect.find((one) => !answers.some((answer) => plain(answer) === plain(one)));
      if (missing !== undefined)
        throw new ProbeError('bad-answer', `${server} does not answer ${missing} for ${name}`, {
          detail: 'wrong-answer',
        });
      return {
        roundTripMs,
        readings: [
          { metric: 'dns_query.query_time_ms', instance: '', value: roundTripMs, kind: 'gauge' },
          { metric: 'dns_query.answers', instance: '', value: answers.length, kind: 'gauge' },
        ],
        findings: same.of(id, {
          dns: { server, name, type, answers: [...answers].sort().slice(0, MAX_ANSWERS) },
        }),
      };
    },
    forget: same.forget,
    close: deadlines.close,
  };
}) satisfies OpenProbe;

type Query = {
  readonly address: string;
  readonly port: number;
  readonly name: string;
  readonly type: RecordType;
  readonly timeoutMs: number;
};

/** @throws ProbeError */
async function ask({ address, port, name, type, timeoutMs }: Query, signal: AbortSignal): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: Math.max(1, Math.floor(timeoutMs / TRIES)), tries: TRIES });
  resolver.setServers([`${isIPv6(address) ? `[${address}]` : address}:${port}`]);
  // The resolver's own patience grows from try to try.
  const cancel = (): void => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    if (signal.aborted) throw new ProbeError('timeout', `${address}:${port} was not asked`);
    return await records(resolver, name, type);
  } catch (cause) {
    if (cause instanceof ProbeError) throw cause;
    const [failure, detail = 'unreadable'] = FAILURES[codeOf(cause)] ?? ['bad-answer'];
    throw new ProbeError(failure, `${address}:${port} does not answer for ${name}`, {
      cause,
      ...(failure === 'bad-answer' ? { detail } : {}),
    });
  } finally {
    signal.removeEventListener('abort', cancel);
    resolver.cancel();
  }
}

async function records(resolver: Resolver, name: string, type: RecordType): Promise<readonly string[]> {
  switch (type) {
    case 'A':
      return await resolver.resolve4(name);
    case 'AAAA':
      return await resolver.resolve6(name);
    case 'CNAME':
      return await resolver.resolveCname(name);
    case 'NS':
      return await resolver.resolveNs(name);
    case 'PTR':
      return await resolver.resolvePtr(name);
    case 'MX':
      return (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}`);
    case 'SRV':
      return (await resolver.resolveSrv(name)).map(
        ({ priority, weight, port, name: target }) => `${priority} ${weight} ${port} ${target}`,
      );
    case 'TXT':
      return (await resolver.resolveTxt(name)).map((parts) => parts.join('').slice(0, MAX_ANSWER_TEXT));
    case 'SOA': {
      // Without the serial number, which changes with every edit.
      const { nsname, hostmaster } = await resolver.resolveSoa(name);
      return [`${nsname} ${hostmaster}`];
    }
  }
}

/** Names are the same in capitals, and with or without the dot of the root. */
const plain = (answer: string): string => answer.toLowerCase().replace(/\.$/, '');
