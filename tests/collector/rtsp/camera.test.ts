import { existsSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { WatchedDevice } from '../../../collector/pipeline/watched-device.ts';
import { open } from '../../../collector/probes/rtsp.ts';
import { headerOf } from '../../../collector/rtsp/reader.ts';
import { Secret } from '../../../core/config/secret.ts';
import { ProbeError } from '../../../core/domain/errors.ts';
import { startCameraHost } from '../../../provisioning/lab/agents/cameras/host.ts';
import { leftovers, untilNothingIsLeft } from '../../support/leftovers.ts';
import { probeTools, watchedDevice } from '../../support/probe-tools.ts';
import { root } from '../../support/process.ts';
import { mutate, seededRandom } from '../../support/random.ts';
import { type RtspRequest, rtspResponse, startRawServer, startRtspServer } from '../../support/rtsp-server.ts';

const SEED = 20_261_124;
const PATIENCE_MS = 20_000;
/** Where a step is to run out of time: a quarter of it is enough for every other step on a busy machine. */
const STEPPING_MS = 6_000;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const probe = open(probeTools());
const watched = (port: number, path = '/cam', login?: { user: string; password: string }): WatchedDevice =>
  watchedDevice({
    kind: 'camera',
    reachability: 'rtsp',
    settings: { path, port },
    credential:
      login === undefined
        ? null
        : {
            id: 'c',
            name: 'c',
            kind: 'password',
            settings: { user: login.user, password: new Secret(login.password) },
          },
  });

const SDP = 'v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H265/90000\r\na=control:trackID=0\r\n';

/** A camera that is well; what the test says goes before. */
async function cameraThat(
  does: (request: RtspRequest, socket: Socket) => string | Buffer | null | undefined,
): Promise<Awaited<ReturnType<typeof startRtspServer>>> {
  const server = await startRtspServer((request, socket) => {
    const own = does(request, socket);
    if (own !== undefined) return own;
    switch (request.method) {
      case 'DESCRIBE':
        return rtspResponse(request, '200 OK', {}, SDP);
      case 'SETUP':
        return rtspResponse(request, '200 OK', { Session: '42;timeout=60', Transport: 'RTP/AVP/TCP;interleaved=4-5' });
      case 'PLAY': {
        const packet = Buffer.alloc(20);
        packet.set([0x80, 96]);
        const frame = Buffer.concat([Buffer.from([0x24, 4, 0, 20]), packet]);
        return Buffer.concat([Buffer.from(rtspResponse(request, '200 OK')), frame, frame, frame]);
      }
      default:
        return rtspResponse(request, '200 OK');
    }
  });
  closing.push(server.stop);
  return server;
}

describe('a camera', () => {
  test('chooses its own channel and names its session; the stream is ended politely', async () => {
    const camera = await cameraThat(() => undefined);

    const answer = await probe.reach(watched(camera.port, '/cam?channel=1'), PATIENCE_MS);

    expect(answer).toMatchObject({ findings: { stream: { state: 'live', codec: 'H265' } } });
    expect(camera.requests.map(({ method, url }) => `${method} ${url.replace(/:\d+\//, '/')}`)).toEqual([
      'OPTIONS rtsp://127.0.0.1/cam?channel=1',
      'DESCRIBE rtsp://127.0.0.1/cam?channel=1',
      'SETUP rtsp://127.0.0.1/cam?channel=1/trackID=0',
      'PLAY rtsp://127.0.0.1/cam?channel=1',
      'TEARDOWN rtsp://127.0.0.1/cam?channel=1',
    ]);
    expect(camera.requests.slice(3).map(({ headers }) => headerOf(headers, 'session'))).toEqual(['42', '42']);
  });

  test('that has no words for us but Basic is told the password that way', async () => {
    const camera = await cameraThat((request) =>
      headerOf(request.headers, 'authorization') === undefined
        ? rtspResponse(request, '401 Unauthorized', { 'WWW-Authenticate': 'Basic realm="cam"' })
        : undefined,
    );

    const answer = await probe.reach(watched(camera.port, '/cam', { user: 'u', password: 'p:w' }), PATIENCE_MS);

    expect(answer.impairment).toBeUndefined();
    const given = new Set(camera.requests.slice(1).map(({ headers }) => headerOf(headers, 'authorization')));
    expect([...given]).toEqual([`Basic ${Buffer.from('u:p:w').toString('base64')}`]);
  });

  test('whose nonce grows stale is told once more', async () => {
    let fresh = 0;
    const camera = await cameraThat((request) => {
      const given = headerOf(request.headers, 'authorization');
      if (given?.includes(`nonce="n${fresh}"`) && request.method !== 'PLAY') return undefined;
      if (given?.includes('nonce="n2"')) return undefined;
      fresh++;
      return rtspResponse(request, '401 Unauthorized', {
        'WWW-Authenticate': `Digest realm="cam", nonce="n${fresh}", stale=TRUE`,
      });
    });

    const answer = await probe.reach(watched(camera.port, '/cam', { user: 'u', password: 'p' }), PATIENCE_MS);

    expect(answer).toMatchObject({ findings: { stream: { state: 'live' } } });
  });

  const STATES: readonly (readonly [string, (request: RtspRequest) => string | null | undefined, object])[] = [
    ['is busy', (r) => only(r, 'DESCRIBE', '503 Service Unavailable'), { step: 'describe', detail: 'status-503' }],
    [
      'has no more sessions',
      (r) => only(r, 'SETUP', '453 Not Enough Bandwidth'),
      { step: 'setup', detail: 'status-453' },
    ],
    ['does not play', (r) => only(r, 'PLAY', '500 Internal Server Error'), { step: 'play', detail: 'status-500' }],
    [
      'has sound alone',
      (r) => (r.method === 'DESCRIBE' ? rtspResponse(r, '200 OK', {}, 'v=0\r\nm=audio 0 RTP/AVP 0\r\n') : undefined),
      { step: 'describe', detail: 'no-video' },
    ],
    ['plays and sends nothing', (r) => only(r, 'PLAY', '200 OK'), { step: 'picture', detail: 'no-packets' }],
    ['never sets up', (r) => (r.method === 'SETUP' ? null : undefined), { step: 'setup', detail: 'timeout' }],
  ];
  test.each(STATES)('that %s is alive without a picture', async (_what, does, stream) => {
    const camera = await cameraThat(does);

    const answer = await probe.reach(watched(camera.port), STEPPING_MS);

    expect(answer).toMatchObject({
      impairment: 'no-picture',
      findings: { stream: { state: 'no-picture', ...stream } },
    });
  });

  test('that takes neither TCP nor UDP is described, which is said', async () => {
    const camera = await cameraThat((request) => only(request, 'SETUP', '461 Unsupported Transport'));

    const answer = await probe.reach(watched(camera.port), PATIENCE_MS);

    expect(answer.impairment).toBeUndefined();
    expect(answer.findings?.['stream']).toMatchObject({
      state: 'described',
      detail: 'no-common-transport',
      transport: null,
    });
  });

  test('that counts the octets of its description wrong is read all the same', async () => {
    const camera = await cameraThat((request) =>
      request.method === 'DESCRIBE'
        ? rtspResponse(request, '200 OK', {}, SDP).replace(/Content-Length: \d+/, 'Content-Length: 400')
        : undefined,
    );

    const answer = await probe.reach(watched(camera.port), STEPPING_MS);

    expect(answer).toMatchObject({ findings: { stream: { state: 'live' } } });
  });

  test('of which the same is found twice gives the same findings', async () => {
    const camera = await cameraThat(() => undefined);
    const device = watched(camera.port);

    const [first, second] = [await probe.reach(device, PATIENCE_MS), await probe.reach(device, PATIENCE_MS)];

    expect(second.findings?.['stream']).toBe(first.findings?.['stream']);
  });
});

const only = (request: RtspRequest, method: string, status: string): string | undefined =>
  request.method === method ? rtspResponse(request, status) : undefined;

describe('what is no camera', () => {
  const PEERS: readonly (readonly [string, (socket: Socket) => void, { failure?: string; detail?: string }])[] = [
    ['is silent', () => {}, { failure: 'timeout' }],
    ['closes at once', (s) => s.destroy(), { failure: 'bad-answer', detail: 'closed' }],
    ['closes in the middle', (s) => s.once('data', () => s.end('RTSP/1.0 200 OK\r\nCS')), { detail: 'closed' }],
    ['gives half an answer', (s) => s.once('data', () => s.write('RTSP/1.0 200 OK\r\nCSeq')), { failure: 'timeout' }],
    ['speaks HTTP', (s) => s.once('data', () => s.end('HTTP/1.0 400 Bad Request\r\n\r\n')), { detail: 'not-rtsp' }],
    ['speaks SSH', (s) => s.write('SSH-2.0-OpenSSH_9.2p1\r\n'), { detail: 'not-rtsp' }],
    ['sends headers without end', (s) => pour(s, 'RTSP/1.0 200 OK\r\n', 'A: b\r\n'), { detail: 'head-too-large' }],
    [
      'sends media without end',
      (s) => pour(s, '', Buffer.from([0x24, 9, 4, 0, ...Array(1_024).fill(1)])),
      { detail: 'endless' },
    ],
  ];
  test.each(PEERS)('that %s is a failed reading, and leaves nothing behind', async (_what, serve, failure) => {
    const peer = await startRawServer(serve);
    const before = leftovers();

    const patienceMs = 'failure' in failure && failure.failure === 'timeout' ? 1_000 : PATIENCE_MS;
    const error = await probe.reach(watched(peer.port), patienceMs).catch((thrown: unknown) => thrown);
    await peer.stop();

    expect(error).toBeInstanceOf(ProbeError);
    expect(error).toMatchObject(failure);
    expect(await untilNothingIsLeft(before)).toEqual([]);
  });

  test('closing the probe ends what is under way', async () => {
    const peer = await startRawServer(() => {});
    closing.push(peer.stop);
    const own = open(probeTools());

    const reach = own.reach(watched(peer.port), 60_000).catch((thrown: unknown) => thrown);
    await own.close();

    expect(await reach).toMatchObject({ failure: 'timeout' });
  });

  test('3,000 answers, half of them damaged, are failed readings or impairments, never an error, and leave nothing behind', async () => {
    const random = seededRandom(SEED);
    let damaged = 0;
    const outcomes = new Map<string, number>();
    const camera = await cameraThat(() => undefined);
    const meddler = await startRtspServer((request) => {
      const status =
        request.method === 'DESCRIBE' ? rtspResponse(request, '200 OK', {}, SDP) : rtspResponse(request, '200 OK');
      damaged++;
      return random() < 0.5 ? status : mutate(Buffer.from(status), random);
    });
    const before = leftovers();

    while (damaged < 3_000) {
      const checks = Array.from({ length: 20 }, () =>
        probe.reach(watched(meddler.port), 200).then(
          ({ impairment = 'well' }) => impairment,
          (error: unknown) => {
            if (!(error instanceof ProbeError)) throw error;
            return error.failure;
          },
        ),
      );
      for (const outcome of await Promise.all(checks)) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    await meddler.stop();
    const well = await probe.reach(watched(camera.port), PATIENCE_MS);

    expect(outcomes.get('no-picture')).toBeGreaterThan(100);
    expect(well.impairment).toBeUndefined();
    expect(await untilNothingIsLeft(before)).toEqual([]);
  });
});

/** Writes on and on, as fast as it is read. */
function pour(socket: Socket, first: string, piece: string | Buffer): void {
  const block = Buffer.concat(Array.from({ length: 200 }, () => Buffer.from(piece)));
  socket.write(first);
  const more = (): void => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.on('drain', more);
  more();
}

const corpus = join(root, '../shared/corpora/rtsp/transcripts.jsonl');
const isThere = existsSync(corpus);
if (!isThere) process.stderr.write(`no transcripts of cameras in ${corpus}: their tests are skipped\n`);
type Exchange = { readonly request: string; readonly response: string | null };

describe.skipIf(!isThere)('a camera that answers as the transcripts do', () => {
  const exchanges = new Map<string, readonly Exchange[]>(
    isThere
      ? readFileSync(corpus, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
          .map(({ name, exchange }) => [name, exchange])
      : [],
  );
  /** Each method gets its first recorded answer; OPTIONS is answered where no record has it. */
  const replay = (name: string) =>
    startRtspServer((request) => {
      const recorded = exchanges.get(name)?.find((one) => one.request.startsWith(`${request.method} `));
      const cseq = `CSeq: ${headerOf(request.headers, 'cseq')}`;
      if (recorded !== undefined) return recorded.response?.replace(/CSeq: \d+/i, cseq) ?? null;
      return request.method === 'OPTIONS' ? rtspResponse(request, '200 OK') : null;
    });

  test.each([
    ['gst-open', 'no-picture', { step: 'setup', detail: 'timeout', codec: 'JPEG' }],
    ['gst-no-such-path', 'no-picture', { detail: 'status-404' }],
    ['gst-digest', 'needs-password', { detail: 'no-password' }],
    ['gst-describe-hangs', 'no-picture', { step: 'describe', detail: 'timeout' }],
    ['hikvision-both-auth', 'needs-password', { detail: 'no-password' }],
    ['dahua-digest-realm-with-spaces', 'needs-password', { detail: 'no-password' }],
    ['tapo-options', 'no-picture', { step: 'describe', detail: 'timeout' }],
  ])('%s: %s', async (name, impairment, stream) => {
    const camera = await replay(name);
    closing.push(camera.stop);

    const answer = await probe.reach(watched(camera.port), STEPPING_MS);

    expect(answer).toMatchObject({ impairment, findings: { stream } });
  });
});

test('cameras of the lab are live, and freeze, hang, are busy and go off as they are told', async () => {
  const login = { user: 'simpul', password: 'kamera' };
  const camera = { code: 'c1', path: '/c1', login, width: 320, height: 240, framesPerSecond: 20 };
  const host = await startCameraHost({ cameras: [camera, { ...camera, code: 'c2', path: '/c2', login: null }] });
  closing.push(host.close);
  const first = () => probe.reach(watched(host.port, '/c1', login), STEPPING_MS);

  const live = await first();
  const outcomes: unknown[] = [];
  for (const condition of ['frozen', 'hanging', 'busy'] as const) {
    host.set('c1', condition);
    outcomes.push(await first());
  }
  host.set('c1', 'off');
  const off = await first().catch((error: unknown) => error);
  const other = await probe.reach(watched(host.port, '/c2'), STEPPING_MS);

  expect(live).toMatchObject({ findings: { stream: { state: 'live', width: 320, height: 240 } } });
  expect(outcomes).toMatchObject([
    { impairment: 'no-picture', findings: { stream: { step: 'picture', detail: 'no-packets' } } },
    { impairment: 'no-picture', findings: { stream: { step: 'describe', detail: 'timeout' } } },
    { impairment: 'no-picture', findings: { stream: { detail: 'status-503' } } },
  ]);
  expect(off).toMatchObject({ failure: 'timeout' });
  expect(other).toMatchObject({ findings: { stream: { state: 'live' } } });
});
