import type { FastifyInstance } from 'fastify';
import type { Family } from './exposition.ts';

const BOUNDS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

type Histogram = { readonly labels: Record<string, string>; readonly buckets: number[]; sum: number; count: number };

/** Times every request by its route, never by its address: ids and names stay out of the metrics. */
export function httpDurations(app: FastifyInstance): () => Family {
  const histograms = new Map<string, Histogram>();
  app.addHook('onResponse', async (request, reply) => {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: `${Math.floor(reply.statusCode / 100)}xx`,
    };
    const key = Object.values(labels).join(' ');
    let histogram = histograms.get(key);
    if (histogram === undefined) {
      histogram = { labels, buckets: BOUNDS_S.map(() => 0), sum: 0, count: 0 };
      histograms.set(key, histogram);
    }
    const seconds = reply.elapsedTime / 1000;
    histogram.sum += seconds;
    histogram.count += 1;
    const index = BOUNDS_S.findIndex((bound) => seconds <= bound);
    if (index >= 0) histogram.buckets[index] = (histogram.buckets[index] ?? 0) + 1;
  });

  return () => ({
    name: 'simpul_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    type: 'histogram',
    samples: [...histograms.values()].flatMap(({ labels, buckets, sum, count }) => {
      let cumulative = 0;
      const rows = BOUNDS_S.map((bound, index) => {
        cumulative += buckets[index] ?? 0;
        return { suffix: '_bucket', labels: { ...labels, le: String(bound) }, value: cumulative };
      });
      return [
        ...rows,
        { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
        { suffix: '_sum', labels, value: sum },
        { suffix: '_count', labels, value: count },
      ];
    }),
  });
}
