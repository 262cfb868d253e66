import type { Log } from '../../../log/log.ts';
import type { Resolution, RollUp } from '../series-store.ts';
import { type InfluxClient, type Point, RefusedStatement } from './client.ts';
import { encodeName, identifier, type Place, placeOf } from './names.ts';

/** The tags that tell series apart. */
export const BY_SERIES = '"deviceId", "instance", "kind"';

/** Retention policy of each resolution, and the time one of its shards holds. */
const POLICIES: Readonly<Record<Resolution | 'ledger', readonly [name: string, shardDays: number]>> = {
  raw: ['raw', 1],
  '1m': ['m1', 7],
  '1h': ['h1', 28],
  '1d': ['d1', 364],
  ledger: ['ledger', 364],
};

export const policyOf = (resolution: Resolution | 'ledger'): string => POLICIES[resolution][0];

/**
 * Makes database and retention policies where they are missing. They keep everything: what is old is taken away shard
 * by shard by our own job, which knows what is rolled up. Other engines with this API map databases and policies by
 * settings of theirs, and refuse to have them made; then the first write tells whether they are there.
 */
export async function createSchema(client: InfluxClient, log: Log): Promise<void> {
  const database = identifier(encodeName(client.database));
  const statements = [
    `CREATE DATABASE ${database}`,
    ...Object.values(POLICIES).map(
      ([name, shardDays]) =>
        `CREATE RETENTION POLICY ${identifier(name)} ON ${database} ` +
        `DURATION INF REPLICATION 1 SHARD DURATION ${shardDays}d${name === 'raw' ? ' DEFAULT' : ''}`,
    ),
  ];
  for (const statement of statements) {
    try {
      await client.queryOne(statement);
    } catch (error) {
      if (!(error instanceof RefusedStatement)) throw error;
      log.warn({ reason: error.message }, 'database or retention policy was not made');
    }
  }
}

/**
 * What is asked of the fields of rolled-up buckets when several are put together. Most buckets of a minute hold one
 * sample, and those have `last` alone; where there are more, `more` counts them, `rest` is their sum without the last.
 */
const PARTS = {
  buckets: ['count', 'last'],
  more: ['sum', 'more'],
  sumOfLast: ['sum', 'last'],
  rest: ['sum', 'rest'],
  minOfLast: ['min', 'last'],
  min: ['min', 'min'],
  maxOfLast: ['max', 'last'],
  max: ['max', 'max'],
  last: ['last', 'last'],
  increase: ['sum', 'increase'],
  spanMs: ['sum', 'span_ms'],
} as const;
export type Part = keyof typeof PARTS;

/** E.g. `sum("field:more") AS "more"`. */
export const partSelectors = (field: string): string =>
  Object.entries(PARTS)
    .map(([name, [how, part]]) => `${how}(${identifier(`${field}:${part}`)}) AS ${identifier(name)}`)
    .join(', ');

export const source = (resolution: Resolution | 'ledger', measurement: string): string =>
  `${identifier(policyOf(resolution))}.${identifier(measurement)}`;

export const tagsOf = (key: { deviceId: string; instance: string; kind: string }): Record<string, string> => ({
  deviceId: encodeName(key.deviceId),
  // An empty tag is no tag.
  ...(key.instance === '' ? {} : { instance: encodeName(key.instance) }),
  kind: key.kind,
});

export function bucketPoint(rollUp: RollUp, { measurement, field }: Place = placeOf(rollUp.metric)): Point {
  const { at, count, min, max, sum, last, increase, spanMs, kind } = rollUp;
  return {
    measurement,
    tags: tagsOf(rollUp),
    at,
    fields: {
      [`${field}:last`]: last,
      ...(count > 1 || min !== last || max !== last || sum !== last
        ? { [`${field}:more`]: count - 1, [`${field}:rest`]: sum - last, [`${field}:min`]: min, [`${field}:max`]: max }
        : {}),
      ...(kind === 'counter' ? { [`${field}:increase`]: increase, [`${field}:span_ms`]: spanMs } : {}),
    },
  };
}
