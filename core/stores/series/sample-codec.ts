import type { Sample } from '../../domain/sample.ts';
import type { Codec } from '../../spool/segment.ts';

type Packed = [string, string, string, number, 0 | 1, number];

/** How samples wait in the spool. */
export const SAMPLE_CODEC: Codec<Sample> = {
  encode: (samples) =>
    Buffer.from(
      JSON.stringify(
        samples.map(
          ({ deviceId, metric, instance, value, kind, at }): Packed => [
            deviceId,
            metric,
            instance,
            value,
            kind === 'counter' ? 1 : 0,
            at,
          ],
        ),
      ),
    ),
  decode: (payload) =>
    (JSON.parse(payload.toString()) as Packed[]).map(([deviceId, metric, instance, value, kind, at]) => ({
      deviceId,
      metric,
      instance,
      value,
      kind: kind === 1 ? 'counter' : 'gauge',
      at,
    })),
  momentOf: ({ at }) => at,
};
