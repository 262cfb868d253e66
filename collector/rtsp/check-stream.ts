import { isIPv6 } from 'node:net';
import { ProbeError } from '../../core/domain/errors.ts';
import type { PasswordLogin } from '../password-of.ts';
import { headerOf } from './reader.ts';
import { controlUrl, readSdp, type VideoTrack } from './sdp.ts';
import { openRtsp, type RtspResponse, type RtspSession } from './session.ts';
import { openUdpPair, type UdpPair } from './udp-pair.ts';

export type StreamQuestion = {
  readonly address: string;
  readonly port: number;
  /** As the server is to read it, without user or password. */
  readonly url: string;
  readonly login: PasswordLogin | null;
  /** Whether packets are waited for; otherwise the description suffices. */
  readonly wantsPicture: boolean;
  readonly timeoutMs: number;
};

export type StreamStep = 'describe' | 'setup' | 'play' | 'picture';

/**
 * `live`: packets of the picture came. `described`: the stream is there, and no picture was waited for, or it could not
 * be had. `unseen`: none came over UDP, which can be a firewall's doing. The other two are what is wrong.
 */
export type StreamState = 'live' | 'described' | 'unseen' | 'no-picture' | 'needs-password';

export type StreamReport = {
  readonly state: StreamState;
  /** The last step, which failed unless the state is `live` or `described`. */
  readonly step: StreamStep;
  /** What went wrong, a short stable word; the status where the server told one. Null where nothing did. */
  readonly detail: string | null;
  readonly server: string;
  readonly video: VideoTrack | null;
  readonly transport: 'tcp' | 'udp' | null;
  readonly optionsMs: number;
  readonly describeMs: number | null;
  /** From PLAY. */
  readonly firstPacketMs: number | null;
};

/** Share of the whole patience that each step has at most. */
const SHARE = { options: 0.25, describe: 0.35, setup: 0.25, play: 0.25, picture: 0.35 } as const;
/** A little is left for saying goodbye. */
const USED_SHARE = 0.95;
const TEARDOWN_MS = 300;
const PACKETS = 3;
const RTP_HEADER_BYTES = 12;
const MAX_SERVER_TEXT = 100;
const UNSUPPORTED_TRANSPORT = 461;

/** What a step found wrong: it ends the check. */
class StreamFault extends Error {
  readonly state: StreamState;
  readonly step: StreamStep;
  readonly detail: string;
  constructor(state: StreamState, step: StreamStep, detail: string) {
    super(detail);
    this.state = state;
    this.step = step;
    this.detail = detail;
  }
}

/**
 * Asks a camera as a viewer would, and waits for some packets of the picture.
 * @throws ProbeError where no server of RTSP answers at all: `timeout`, `refused`, `unreachable`, `bad-answer`
 *   (`not-rtsp`, `closed`, …)
 */
export async function checkStream(question: StreamQuestion, signal: AbortSignal): Promise<StreamReport> {
  const { url, timeoutMs } = question;
  const until = performance.now() + timeoutMs * USED_SHARE;
  const limit = (step: keyof typeof SHARE): number => Math.min(timeoutMs * SHARE[step], until - performance.now());
  const session = await openRtsp(question, signal);
  const report: { -readonly [Key in keyof StreamReport]: StreamReport[Key] } = {
    state: 'described',
    step: 'describe',
    detail: null,
    server: '',
    video: null,
    transport: null,
    optionsMs: 0,
    describeMs: null,
    firstPacketMs: null,
  };
  const hear = hearing();
  session.onMedia((channel, packet) => hear.packet(channel, packet));
  let pair: UdpPair | null = null;
  let running: { readonly url: string; readonly headers: Record<string, string> } | null = null;

  async function ask(step: StreamStep, method: string, to: string, headers: Record<string, string>) {
    const answer = await session
      .ask(method, to, headers, limit(step))
      .catch((error: unknown) => raise(error, step, signal));
    if (answer.status === 401)
      throw new StreamFault('needs-password', step, question.login === null ? 'no-password' : 'wrong-password');
    if (answer.status === 403) throw new StreamFault('needs-password', step, 'forbidden');
    return answer;
  }

  try {
    const startedAt = performance.now();
    // Whatever it answers, it speaks RTSP.
    const options = await session.ask('OPTIONS', url, {}, limit('options'));
    report.optionsMs = performance.now() - startedAt;
    report.server = (headerOf(options.headers, 'server') ?? '').slice(0, MAX_SERVER_TEXT);

    const describedAt = performance.now();
    const described = ok(await ask('describe', 'DESCRIBE', url, { Accept: 'application/sdp' }), 'describe');
    report.describeMs = performance.now() - describedAt;
    const description = readSdp(described.body.toString('utf8'));
    report.video = description.video;
    if (description.video === null) throw new StreamFault('no-picture', 'describe', 'no-video');
    if (!question.wantsPicture) return report;

    report.step = 'setup';
    const base = baseOf(described, url);
    const track = controlUrl(base, description.video.control);
    let setup = await ask('setup', 'SETUP', track, { Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1' });
    report.transport = 'tcp';
    if (setup.status === UNSUPPORTED_TRANSPORT) {
      report.transport = 'udp';
      pair = await openUdpPair(question.address);
      if (pair !== null) {
        const ports = `${pair.port}-${pair.port + 1}`;
        setup = await ask('setup', 'SETUP', track, { Transport: `RTP/AVP;unicast;client_port=${ports}` });
        pair.onPacket((packet) => hear.packet(hear.channel, packet));
      }
      if (setup.status === UNSUPPORTED_TRANSPORT) {
        report.transport = null;
        report.detail = 'no-common-transport';
        return report;
      }
    }
    ok(setup, 'setup');
    hear.channel = interleavedOf(setup);
    const sessionId = headerOf(setup.headers, 'session')?.split(';')[0]?.trim();
    const headers: Record<string, string> = sessionId === undefined || sessionId === '' ? {} : { Session: sessionId };
    running = { url: controlUrl(base, description.control), headers };

    report.step = 'play';
    const playedAt = performance.now();
    ok(await ask('play', 'PLAY', running.url, { ...headers, Range: 'npt=0.000-' }), 'play');

    report.step = 'picture';
    const why = await hear.until(PACKETS, limit('picture'), session.ended);
    if (why !== null)
      throw new StreamFault(pair !== null && why === 'no-packets' ? 'unseen' : 'no-picture', 'picture', why);
    report.firstPacketMs = Math.max(0, (hear.firstAt ?? playedAt) - playedAt);
    report.state = 'live';
    return report;
  } catch (error) {
    if (!(error instanceof StreamFault)) throw error;
    const { state, step, detail } = error;
    return { ...report, state, step, detail };
  } finally {
    if (running !== null && !signal.aborted)
      await session.ask('TEARDOWN', running.url, running.headers, TEARDOWN_MS).catch(() => {});
    session.close();
    await pair?.close();
  }
}

/** The server lives by now: what goes wrong from here on is the stream's. */
function raise(error: unknown, step: StreamStep, signal: AbortSignal): never {
  if (!(error instanceof ProbeError) || signal.aborted) throw error;
  throw new StreamFault('no-picture', step, error.detail ?? error.failure);
}

function ok(answer: RtspResponse, step: StreamStep): RtspResponse {
  if (answer.status < 200 || answer.status > 299) throw new StreamFault('no-picture', step, `status-${answer.status}`);
  return answer;
}

const baseOf = ({ headers }: RtspResponse, url: string): string => {
  const base = headerOf(headers, 'content-base') ?? headerOf(headers, 'content-location');
  return base !== undefined && /^rtsps?:\/\/\S+$/i.test(base) ? base : url;
};

/** Channel of the picture: the server may choose another than it was asked for. */
const interleavedOf = ({ headers }: RtspResponse): number =>
  Number(/interleaved=(\d{1,3})/.exec(headerOf(headers, 'transport') ?? '')?.[1] ?? 0);

/** Counts packets of RTP (RFC 3550: version 2, and more than a header) on one channel. */
function hearing() {
  let count = 0;
  let wake: () => void = () => {};
  const heard = {
    channel: 0,
    firstAt: null as number | null,
    packet(channel: number, packet: Buffer): void {
      if (channel !== heard.channel || packet.length <= RTP_HEADER_BYTES || (packet[0] ?? 0) >> 6 !== 2) return;
      heard.firstAt ??= performance.now();
      count++;
      wake();
    },
    /** @returns null when so many came in time, otherwise why not */
    async until(wanted: number, limitMs: number, ended: RtspSession['ended']): Promise<string | null> {
      let timer: NodeJS.Timeout | undefined;
      try {
        return await new Promise<string | null>((resolve) => {
          wake = () => {
            if (count >= wanted) resolve(null);
          };
          wake();
          timer = setTimeout(() => resolve('no-packets'), Math.max(0, limitMs));
          void ended.then(({ detail, failure }) => resolve(detail ?? failure));
        });
      } finally {
        clearTimeout(timer);
        wake = () => {};
      }
    },
  };
  return heard;
}

/** `rtsp://HOST:PORT/PATH` as cameras expect it: the usual port is written as well. */
export const streamUrl = (host: string, port: number, path: string): string =>
  `rtsp://${isIPv6(host) ? `[${host}]` : host}:${port}${path}`;
