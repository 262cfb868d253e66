import { afterEach, describe, expect, test } from 'vitest';
import { countBadReadings } from '../../../collector/snmp/bad-reading.ts';
import { createSnmpClient } from '../../../collector/snmp/client.ts';
import { readObjects } from '../../../collector/snmp/objects.ts';
import {
  createWalkPace,
  DEFAULT_WALK_LIMITS,
  type Walker,
  type WalkLimits,
  walkTable,
  walkTables,
} from '../../../collector/snmp/walk.ts';
import { Secret } from '../../../core/config/secret.ts';
import { ProbeError } from '../../../core/domain/errors.ts';
import {
  type AgentRequest,
  answerTo,
  type FakeAgent,
  integer,
  routerObjects,
  startFakeAgent,
  text,
} from '../../support/fake-agent.ts';

const IF_ENTRY = '1.3.6.1.2.1.2.2.1';
const IF_DESCR = `${IF_ENTRY}.2`;
const COLUMNS = {
  descr: IF_DESCR,
  type: `${IF_ENTRY}.3`,
  mtu: `${IF_ENTRY}.4`,
  speed: `${IF_ENTRY}.5`,
  adminStatus: `${IF_ENTRY}.7`,
  operStatus: `${IF_ENTRY}.8`,
};
const GET_NEXT = 0xa1;
const GET_BULK = 0xa5;
const TOO_BIG = 1;
const GEN_ERR = 5;

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

type Setup = {
  readonly agent: FakeAgent;
  readonly walker: Walker;
  readonly bad: ReturnType<typeof countBadReadings>;
  /** PDUs heard since the last time this was asked. */
  readonly heard: () => readonly number[];
  /** What the agent does instead of answering plainly. */
  readonly misbehave: (how: Parameters<FakeAgent['interfere']>[0]) => void;
};

async function setUp(
  options: { ports?: number; version?: '1' | '2c'; timeoutMs?: number; retries?: number; limits?: WalkLimits } = {},
): Promise<Setup> {
  const { ports = 30, version = '2c', timeoutMs = 1_000, retries = 0, limits = DEFAULT_WALK_LIMITS } = options;
  const agent = await startFakeAgent(routerObjects('r1', ports));
  const bad = countBadReadings();
  const client = createSnmpClient({ count: bad.count });
  opened.push(agent.stop, client.close);
  const security = { version, community: new Secret('public') } as const;
  const target = { address: '127.0.0.1', port: agent.port, security, timeoutMs, retries };
  let pdus: number[] = [];
  const misbehave: Setup['misbehave'] = (how) =>
    agent.interfere((answer, request, again) => {
      pdus.push(request.pdu);
      return how === null ? [answer] : how(answer, request, again);
    });
  misbehave(null);
  return {
    agent,
    walker: { client, target, pace: createWalkPace(), limits, count: bad.count },
    bad,
    heard: () => {
      const until = pdus;
      pdus = [];
      return until;
    },
    misbehave,
  };
}

const failureOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => {
      if (!(error instanceof ProbeError)) throw error;
      return error.detail ?? error.failure;
    },
  );

const isWhole = (table: ReadonlyMap<string, object>, rows: number, columns = 6): boolean =>
  table.size === rows && [...table.values()].every((row) => Object.keys(row).length === columns);

describe('an agent that answers well', () => {
  test('is asked for many rows of all columns at once, and for more as it goes', async () => {
    const { walker, heard } = await setUp({ ports: 100 });

    const table = await walkTable(walker, COLUMNS);

    expect(isWhole(table, 100)).toBe(true);
    expect(heard().length).toBeLessThanOrEqual(10);
  });

  test('tells in a request or two of a dozen tables which it has, and all scalars with it', async () => {
    const { agent, walker, heard } = await setUp({ ports: 2 });
    for (let scalar = 1; scalar <= 10; scalar++) agent.objects.set(`1.3.6.1.4.1.99999.2.${scalar}.0`, integer(scalar));
    const scalars = Object.fromEntries(
      Array.from({ length: 10 }, (_, at) => [`scalar${at}`, `1.3.6.1.4.1.99999.2.${at + 1}`]),
    );
    const absent = Array.from({ length: 12 }, (_, at) => ({ columns: { value: `1.3.6.1.4.1.99998.${at}.1` } }));

    const tables = await walkTables(walker, [{ columns: scalars }, ...absent]);

    expect(tables[0]?.get('0')).toMatchObject({ scalar0: { value: 1 }, scalar9: { value: 10 } });
    expect(tables.slice(1).every((table) => table?.size === 0)).toBe(true);
    expect(heard().length).toBeLessThanOrEqual(2);
  });

  test('is asked once for a column that several tables have', async () => {
    const { walker, heard } = await setUp({ ports: 20 });
    await walkTable(walker, COLUMNS);
    const alone = heard().length;

    const tables = await walkTables(walker, [{ columns: COLUMNS }, { columns: COLUMNS }, { columns: COLUMNS }]);

    expect(tables.every((table) => table !== null && isWhole(table, 20))).toBe(true);
    expect(heard().length).toBeLessThanOrEqual(alone + 1);
  });

  test('that has more rows than are wanted is left in peace', async () => {
    const { walker, heard } = await setUp({ ports: 500 });

    const table = await walkTable(walker, COLUMNS, 20);

    expect(table.size).toBeGreaterThanOrEqual(20);
    expect(table.size).toBeLessThan(60);
    expect(heard().length).toBeLessThanOrEqual(5);
  });
});

describe('an agent without GETBULK', () => {
  const refusals: [string, Parameters<FakeAgent['interfere']>[0]][] = [
    [
      'that answers it with an error',
      (answer, { pdu }, again) => (pdu === GET_BULK ? [again([], { status: GEN_ERR, index: 0 })] : [answer]),
    ],
    ['that answers it with nothing in it', (answer, { pdu }, again) => (pdu === GET_BULK ? [again([])] : [answer])],
    ['that keeps silent over it', (answer, { pdu }) => (pdu === GET_BULK ? [] : [answer])],
  ];

  test.each(refusals)('%s is walked by GETNEXT, and not asked that way again', async (_, how) => {
    const { walker, heard, misbehave } = await setUp({ ports: 8, timeoutMs: 250, retries: 2 });
    misbehave(how);
    const first = await walkTable(walker, COLUMNS);
    const before = heard();

    const second = await walkTable(walker, COLUMNS);

    expect([isWhole(first, 8), isWhole(second, 8)]).toEqual([true, true]);
    expect(before).toContain(GET_BULK);
    expect(new Set(heard())).toEqual(new Set([GET_NEXT]));
  });

  test('that learns it is asked for many rows again one day', async () => {
    const { walker, heard, misbehave } = await setUp({ ports: 8 });
    const [, [, nothingInIt] = []] = refusals;
    misbehave(nothingInIt ?? null);
    await walkTable(walker, COLUMNS);
    misbehave(null);

    for (let walks = 0; walks < 100 && walker.pace.bulk !== 'works'; walks++) await walkTable(walker, COLUMNS);

    expect(heard()).toContain(GET_BULK);
    expect(walker.pace.bulk).toBe('works');
  });

  test('is not what one lost answer makes of an agent', async () => {
    const { walker, misbehave } = await setUp({ ports: 30, timeoutMs: 250, retries: 2 });
    await walkTable(walker, COLUMNS);
    let lost = 2;
    misbehave((answer) => (lost-- > 0 ? [] : [answer]));

    const table = await walkTable(walker, COLUMNS);

    expect(isWhole(table, 30)).toBe(true);
    expect(walker.pace.bulk).toBe('works');
  });
});

describe('an agent that bears little', () => {
  const objectsOf = ({ oids, repetitions, pdu }: AgentRequest): number =>
    oids.length * (pdu === GET_BULK ? repetitions : 1);

  test.each([20, 6, 4, 1])(
    'and says too big beyond %i objects is asked for fewer, and that is remembered',
    async (most) => {
      const { walker, heard, misbehave } = await setUp({ ports: 12 });
      let refused = 0;
      misbehave((answer, request, again) => {
        if (objectsOf(request) <= most) return [answer];
        refused++;
        return [again([], { status: TOO_BIG, index: 0 })];
      });
      const first = await walkTable(walker, COLUMNS);
      const [refusedFirst] = [refused, heard()];
      refused = 0;

      const second = await walkTable(walker, COLUMNS);

      expect([isWhole(first, 12), isWhole(second, 12)]).toEqual([true, true]);
      expect(refused).toBeLessThanOrEqual(Math.max(2, refusedFirst));
      expect(refused).toBeLessThan(heard().length / 2);
    },
  );

  test('and keeps silent over long answers is asked for less after few silences, from then on at once', async () => {
    const { agent, walker, misbehave } = await setUp({ ports: 0, timeoutMs: 250, retries: 2 });
    const longest = 4;
    for (let port = 1; port <= 60; port++) agent.objects.set(`${IF_DESCR}.${port}`, text('x'.repeat(900)));
    let silences = 0;
    misbehave((answer, request) => {
      if (objectsOf(request) <= longest) return [answer];
      silences++;
      return [];
    });
    const first = await walkTable(walker, { descr: IF_DESCR });
    const silencesFirst = silences;
    silences = 0;

    const second = await walkTable(walker, { descr: IF_DESCR });

    expect([first.size, second.size]).toEqual([60, 60]);
    expect(silencesFirst).toBeLessThanOrEqual(3);
    expect(silences).toBeLessThanOrEqual(1);
  });

  test('and puts only five objects in any answer gives them all, five by five', async () => {
    const { agent, walker, misbehave } = await setUp({ ports: 10 });
    misbehave((answer, request, again) => {
      const { oids, pdu, repetitions } = request;
      if (pdu !== GET_BULK) return [answer];
      const cut = { ...request, oids: oids.slice(0, 5), repetitions: Math.min(repetitions, 1) };
      return [answerTo(cut, agent.objects, again)];
    });

    const table = await walkTable(walker, COLUMNS);

    expect(isWhole(table, 10)).toBe(true);
    expect(walker.pace.objects).toBeLessThan(10);
  });

  test('and is gone in the midst of a walk costs few questions', async () => {
    const { walker, heard, misbehave } = await setUp({ ports: 50, timeoutMs: 40, retries: 1 });
    await walkTable(walker, COLUMNS);
    heard();
    let left = 2;
    misbehave((answer) => (left-- > 0 ? [answer] : []));

    const failure = await failureOf(walkTable(walker, COLUMNS));

    expect(failure).toBe('timeout');
    expect(heard().length).toBeLessThanOrEqual(9);
  });
});

describe('an agent that answers wrongly', () => {
  test('in an order of its own gives all its rows, and is counted', async () => {
    const { agent, walker, bad, misbehave } = await setUp({ ports: 0 });
    const order = ['1', '10', '11', '2', '20', '3'];
    for (const index of order) agent.objects.set(`${IF_DESCR}.${index}`, text(`port${index}`));
    misbehave((_answer, { oids: [oid = ''], repetitions, pdu }, again) => {
      const at = order.indexOf(oid.slice(IF_DESCR.length + 1));
      const rows = order.slice(at + 1, at + 1 + (pdu === GET_BULK ? Math.min(2, repetitions) : 1));
      return [
        again(
          rows.length === 0
            ? [{ oid: `${IF_ENTRY}.3.1`, value: integer(6) }]
            : rows.map((index) => ({ oid: `${IF_DESCR}.${index}`, value: text(`port${index}`) })),
        ),
      ];
    });

    const table = await walkTable(walker, { descr: IF_DESCR });

    expect([...table.keys()]).toEqual(order);
    expect(bad.snapshot()).toEqual({ 'oid-not-increasing': 1 });
  });

  test('going round in a circle ends where it began, and keeps what was read', async () => {
    const { agent, walker, bad, heard, misbehave } = await setUp({ ports: 0 });
    for (let port = 1; port <= 60; port++) agent.objects.set(`${IF_DESCR}.${port}`, text('x'));
    misbehave((answer, { oids }, again) =>
      oids[0] === IF_DESCR ? [answer] : [again([{ oid: `${IF_DESCR}.2`, value: text('again') }])],
    );

    const table = await walkTable(walker, { descr: IF_DESCR });

    expect(table.size).toBe(25);
    expect(bad.snapshot()).toEqual({ 'oid-not-increasing': 1 });
    expect(heard().length).toBe(2);
  });

  test('without an end is cut, and costs that table', async () => {
    const { agent, walker, bad, misbehave } = await setUp({ limits: { ...DEFAULT_WALK_LIMITS, maxRows: 200 } });
    let row = 0;
    misbehave((_answer, { oids, repetitions }, again) => [
      again(
        Array.from({ length: repetitions }, () =>
          oids.map(() => ({ oid: `${IF_DESCR}.${++row}`, value: text('more') })),
        ).flat(),
      ),
    ]);

    const failure = await failureOf(walkTable(walker, { descr: IF_DESCR }));
    const tables = await walkTables(walker, [{ columns: { descr: IF_DESCR } }]);

    expect(failure).toBe('endless-walk');
    expect(tables).toEqual([null]);
    expect(bad.snapshot()['endless-walk']).toBe(2);
    expect(agent.requests()).toBeLessThan(60);
  });

  test('with an error at one object loses the rest of that column alone', async () => {
    const { walker, misbehave } = await setUp({ ports: 12 });
    const broken = `${COLUMNS.mtu}.5`;
    misbehave((answer, { oids, pdu, repetitions }, again) => {
      const isHit = oids.some(
        (oid) =>
          oid.startsWith(COLUMNS.mtu) &&
          Array.from({ length: pdu === GET_BULK ? repetitions : 1 }, (_, at) => at + 1).some(
            (step) => `${COLUMNS.mtu}.${Number(oid.slice(COLUMNS.mtu.length + 1) || 0) + step}` === broken,
          ),
      );
      return isHit ? [again([], { status: GEN_ERR, index: 0 })] : [answer];
    });

    const table = await walkTable(walker, COLUMNS);

    expect(table.size).toBe(12);
    expect([...table.values()].filter((row) => row.operStatus !== undefined)).toHaveLength(12);
    expect([...table.values()].filter((row) => row.mtu !== undefined)).toHaveLength(4);
    expect(walker.pace.bulk).not.toBe('refused');
  });
});

describe('single objects of version 1', () => {
  test('that are missing cost no request each', async () => {
    const { agent, walker } = await setUp({ version: '1', ports: 1 });
    agent.objects.set('1.3.6.1.6.3.10.2.1.1.0', text('engine'));
    const missing = Array.from({ length: 15 }, (_, at) => `1.3.6.1.2.1.47.1.1.1.1.${at}.1`);

    const objects = await readObjects(walker, ['1.3.6.1.2.1.1.5.0', ...missing, '1.3.6.1.2.1.25.3.3.1.2.1']);

    expect(objects.get('1.3.6.1.2.1.1.5.0')).toMatchObject({ type: 'octets' });
    expect(objects.get('1.3.6.1.2.1.25.3.3.1.2.1')).toMatchObject({ type: 'integer', value: 17 });
    expect([...objects.values()].filter((value) => value !== null)).toHaveLength(2);
    expect(agent.requests()).toBe(1);
  });
});
