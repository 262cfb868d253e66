import type { Figure } from '../answer.ts';
import { toPoints, toSeries } from '../answer.ts';
import { MAX_POINTS, tooManyPoints } from '../check.ts';
import { planSegments, ROLLED, resolutionFor, WIDTH_MS } from '../resolution.ts';
import type { Aggregate, GroupQuery, GroupSeries, Resolution, Series, SeriesQuery } from '../series-store.ts';
import type { Known } from './catalogue.ts';
import { bucketsOf } from './partitions.ts';
import type { Session } from './session.ts';

const AGGREGATES: Readonly<Record<Aggregate, string>> = {
  mean: 'sum(total) / sum(n)',
  min: 'min(low)',
  max: 'max(high)',
  sum: 'sum(total)',
  last: 'arg_max(last, at_ms)',
  count: 'sum(n)::DOUBLE',
  rate: 'CASE WHEN sum(span_ms) > 0 THEN sum(increase) * 1000 / sum(span_ms) END',
};

/** More ids than this are joined rather than spelled out in each condition. */
const MAX_IN_LIST = 200;

const listOf = (ids: readonly number[]): string => `SELECT unnest([${ids.join(',')}]::INTEGER[]) AS series`;

/** A condition that keeps most of what is not asked for from being read at all. */
function nearSeries(ids: readonly number[]): string {
  if (ids.length <= MAX_IN_LIST) return `series IN (${ids.join(',')})`;
  let lo = Infinity;
  let hi = -Infinity;
  for (const id of ids) {
    lo = Math.min(lo, id);
    hi = Math.max(hi, id);
  }
  return `series BETWEEN ${lo} AND ${hi}`;
}

/** Buckets of a range from whichever resolutions answer it; `null` where nothing is held of it. */
function bucketsWithin(
  { partitions, ledger }: Session,
  from: number,
  to: number,
  wanted: Resolution,
  where: string,
): string | null {
  const parts = planSegments(from, to, wanted, ledger).flatMap((segment) =>
    partitions
      .readable(segment.resolution, segment.from, segment.to)
      .map((each) =>
        bucketsOf(
          each,
          WIDTH_MS[segment.resolution],
          `at_ms >= ${segment.from} AND at_ms < ${segment.to} AND ${where}`,
        ),
      ),
  );
  return parts.length === 0 ? null : parts.join('\nUNION ALL ');
}

export async function querySeries(session: Session, query: SeriesQuery): Promise<readonly Series[]> {
  const { from, to, stepMs, aggregate = 'mean' } = query;
  const metrics = new Set(query.metrics);
  const instances = query.instances && new Set(query.instances);
  const known = session.catalogue.find(
    query.deviceIds,
    (each) => metrics.has(each.metric) && (instances === undefined || instances.has(each.instance)),
  );
  if (known.length === 0) return [];

  const ids = known.map(({ id }) => id);
  const rows = await session.engine.read(() => {
    const buckets = bucketsWithin(session, from, to, resolutionFor(stepMs), nearSeries(ids)) ?? NOTHING;
    const bucket = stepMs === undefined ? 'at_ms' : `at_ms - at_ms % ${stepMs}`;
    return `SELECT series, (${bucket})::DOUBLE AS bucket, ${AGGREGATES[aggregate]}, max(width)::DOUBLE
      FROM (${buckets}) ${ids.length > MAX_IN_LIST ? `SEMI JOIN (${listOf(ids)}) USING (series)` : ''}
      GROUP BY series, bucket ORDER BY series, bucket LIMIT ${MAX_POINTS + 1}`;
  });
  if (rows.length > MAX_POINTS) throw tooManyPoints();

  const figures = new Map<number, Figure[]>();
  for (const [id, at, value, widthMs] of rows) {
    const list = figures.get(Number(id)) ?? [];
    if (list.length === 0) figures.set(Number(id), list);
    list.push({ at: Number(at), value: typeof value === 'number' ? value : null, widthMs: Number(widthMs) });
  }
  return toSeries(
    known.map((key: Known) => ({ key, figures: figures.get(key.id) ?? [] })),
    query,
  );
}

const NOTHING =
  'SELECT 0 AS series, 0 AS at_ms, 0 AS n, 0 AS low, 0 AS high, 0 AS total, 0 AS last, 0 AS increase, 0 AS span_ms, ' +
  '0 AS width WHERE false';

export async function queryGroups(session: Session, query: GroupQuery): Promise<readonly GroupSeries[]> {
  const { metric, from, to, stepMs, aggregate } = query;
  const names = [...query.groups.keys()];
  const ids: number[] = [];
  const groups: number[] = [];
  names.forEach((name, index) => {
    for (const { id } of session.catalogue.find(query.groups.get(name) ?? [], (each) => each.metric === metric)) {
      ids.push(id);
      groups.push(index);
    }
  });

  const figures = names.map((): Figure[] => []);
  if (ids.length > 0) {
    const wanted = stepMs === undefined ? (ROLLED.at(-1) ?? 'raw') : resolutionFor(stepMs);
    const rows = await session.engine.read(() => {
      const buckets = bucketsWithin(session, from, to, wanted, nearSeries(ids)) ?? NOTHING;
      const bucket = stepMs === undefined ? from : `at_ms - at_ms % ${stepMs}`;
      return `SELECT grp, (${bucket})::DOUBLE AS bucket, ${AGGREGATES[aggregate]}, max(width)::DOUBLE
        FROM (${buckets}) JOIN (
          SELECT unnest([${ids.join(',')}]::INTEGER[]) AS series, unnest([${groups.join(',')}]::INTEGER[]) AS grp
        ) USING (series) GROUP BY grp, bucket ORDER BY grp, bucket`;
    });
    for (const [group, at, value, widthMs] of rows) {
      figures[Number(group)]?.push({
        at: Number(at),
        value: typeof value === 'number' ? value : null,
        widthMs: Number(widthMs),
      });
    }
  }
  return names.map((group, index) => ({
    group,
    points:
      stepMs === undefined
        ? [{ at: from, value: figures[index]?.[0]?.value ?? null }]
        : toPoints(figures[index] ?? [], query),
  }));
}
