import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { ProbeError } from '../../core/domain/errors.ts';
import { type ProbeKind, SINGLE_QUESTION } from '../../core/domain/probe-kind.ts';
import type { Reading } from '../../core/domain/sample.ts';
import { createDeadlines } from '../deadlines.ts';
import { PASSWORD_CREDENTIALS, passwordOf } from '../password-of.ts';
import type { OpenProbe } from '../probe.ts';
import { checkStream, type StreamReport, streamUrl } from '../rtsp/check-stream.ts';
import { createSameFindings } from '../same-findings.ts';

const Settings = Type.Object(
  {
    /** Of the stream, query included, such as `/Streaming/Channels/102`. */
    path: Type.Optional(Type.String({ pattern: '^/[!-~]*$', maxLength: 1_000 })),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
    /** Whether some packets of the picture are waited for. Without them a stream that is described counts as well. */
    picture: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

const RTSP_PORT = 554;

export const kind: ProbeKind = {
  title: { id: 'Kamera (RTSP)', en: 'Camera (RTSP)' },
  settings: Settings,
  credentials: PASSWORD_CREDENTIALS,
  reachIntervalMs: 30_000,
  reachTimeoutMs: 12_000,
  thresholds: SINGLE_QUESTION,
};

/**
 * Asks a camera for its picture. A server that answers without giving one is impaired: `no-picture`, or
 * `needs-password` where it wants one that we do not have.
 */
export const open = (({ resolve }) => {
  const deadlines = createDeadlines();
  const same = createSameFindings();
  // Where packets came over UDP once, their absence is the camera's doing and no firewall's.
  const cameOverUdp = new Set<string>();

  return {
    async reach({ id, host, settings, credential }, timeoutMs) {
      if (!Value.Check(Settings, settings))
        throw new ProbeError('not-supported', 'the settings of the camera do not fit');
      const { path = '/', port = RTSP_PORT, picture = true } = settings;
      const address = await resolve(host);
      const report = await deadlines.run(timeoutMs, (signal) =>
        checkStream(
          {
            address,
            port,
            url: streamUrl(host, port, path),
            login: passwordOf(credential),
            wantsPicture: picture,
            timeoutMs,
          },
          signal,
        ),
      );
      const { state, step, detail, server, video, transport, optionsMs } = report;
      if (state === 'live' && transport === 'udp') cameOverUdp.add(id);
      const impairment = state === 'unseen' ? (cameOverUdp.has(id) ? 'no-picture' : null) : IMPAIRMENT[state];
      const { codec = '', width = null, height = null } = video ?? {};
      const stream = { state, step, detail, server, codec, width, height, transport };
      return {
        roundTripMs: optionsMs,
        readings: readingsOf(report),
        findings: same.of(id, { stream }),
        ...(impairment === null ? {} : { impairment }),
      };
    },
    forget(id) {
      same.forget(id);
      cameOverUdp.delete(id);
    },
    close: deadlines.close,
  };
}) satisfies OpenProbe;

const IMPAIRMENT = {
  live: null,
  described: null,
  'no-picture': 'no-picture',
  'needs-password': 'needs-password',
} as const satisfies Record<Exclude<StreamReport['state'], 'unseen'>, string | null>;

const METRICS = ['rtsp.options_ms', 'rtsp.describe_ms', 'rtsp.first_packet_ms'] as const;

function readingsOf({ optionsMs, describeMs, firstPacketMs }: StreamReport): Reading[] {
  const values = [optionsMs, describeMs, firstPacketMs];
  return METRICS.flatMap((metric, at) => {
    const value = values[at] ?? null;
    return value === null ? [] : [{ metric, instance: '', value, kind: 'gauge' as const }];
  });
}
