import { Type } from 'typebox';
import { oneOf } from '../../core/contract/common.ts';
import { ProbeError } from '../../core/domain/errors.ts';
import { type ProbeKind, SINGLE_QUESTION } from '../../core/domain/probe-kind.ts';
import { loadFormats } from '../mqtt/format.ts';
import { TOPIC } from '../mqtt/roster.ts';
import type { OpenProbe } from '../probe.ts';

const FORMATS = await loadFormats();

export const kind: ProbeKind = {
  title: { id: 'Pesan MQTT', en: 'MQTT messages' },
  settings: Type.Object(
    {
      /** Id of a format, a file of `collector/mqtt/formats`. */
      format: oneOf([...FORMATS.keys()]),
      /** What the device publishes under, or its id: each format says which. */
      topic: Type.String({ pattern: TOPIC, maxLength: 200 }),
      /** How long it may say nothing; the format knows what is usual. */
      maxAgeS: Type.Optional(Type.Integer({ minimum: 5, maximum: 86_400 })),
    },
    { additionalProperties: false },
  ),
  // It asks nobody, but a device signs in at our broker with it.
  credentials: ['mqtt'],
  reachIntervalMs: 5_000,
  thresholds: SINGLE_QUESTION,
};

/** Asks nobody: the listener heard the device lately, or it did not. */
export const open = (({ hearing, clock }) => ({
  async reach({ id, settings }) {
    const now = clock();
    const heard = hearing.last(id);
    const maxAgeMs = maxAgeOf(settings);
    if (heard?.isGone === true) throw new ProbeError('timeout', 'the device said goodbye', { detail: 'gone' });
    if (heard !== undefined && now - heard.at <= maxAgeMs) return { roundTripMs: null };
    const since = hearing.since();
    if (since === null) throw new ProbeError('not-supported', 'there is no MQTT broker to hear devices by');
    if (now - since < maxAgeMs) throw new ProbeError('not-supported', 'the device was not listened to for long enough');
    throw new ProbeError('timeout', 'the device says nothing', { detail: 'too-old' });
  },
  async close() {},
})) satisfies OpenProbe;

const FALLBACK_MAX_AGE_S = 300;

function maxAgeOf({ format, maxAgeS }: Readonly<Record<string, unknown>>): number {
  if (typeof maxAgeS === 'number') return maxAgeS * 1_000;
  const usual = typeof format === 'string' ? FORMATS.get(format)?.maxAgeS : undefined;
  return (usual ?? FALLBACK_MAX_AGE_S) * 1_000;
}
