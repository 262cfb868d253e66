import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { authorizationFor, challengeOf } from '../../../collector/rtsp/authorization.ts';
import { createRtspReader, RtspError, type RtspMessage } from '../../../collector/rtsp/reader.ts';
import { controlUrl, readSdp } from '../../../collector/rtsp/sdp.ts';
import { Secret } from '../../../core/config/secret.ts';
import { root } from '../../support/process.ts';
import { mutate, seededRandom } from '../../support/random.ts';

const SEED = 20_261_123;
const RESPONSE =
  'RTSP/1.0 200 OK\r\ncseq: 2\r\nContent-Type: application/sdp\r\nCONTENT-LENGTH: 5\r\nWWW-Authenticate: Digest realm="a", nonce="b"\r\nWww-authenticate: Basic realm="a"\r\n\r\nv=0\r\n';

function readAll(
  bytes: Buffer,
  pieces: number = bytes.length,
): { messages: RtspMessage[]; problem: string | undefined } {
  const messages: RtspMessage[] = [];
  const reader = createRtspReader((message) => messages.push(message));
  try {
    const size = Math.max(1, Math.ceil(bytes.length / pieces));
    for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
    reader.flush();
    return { messages, problem: undefined };
  } catch (error) {
    if (!(error instanceof RtspError)) throw error;
    return { messages, problem: error.detail };
  }
}

describe('messages', () => {
  test('come out the same whole, byte by byte, and cut anywhere', () => {
    const media = Buffer.from([0x24, 0, 0, 4, 0x80, 26, 0, 1]);
    const stream = Buffer.concat([Buffer.from(RESPONSE), media, Buffer.from(`\r\n${RESPONSE}`), media]);

    const whole = readAll(stream, 1);
    const cuts = [2, 3, 5, 17, 100, stream.length].map((pieces) => readAll(stream, pieces));

    expect(whole.messages.map(({ type }) => type)).toEqual(['response', 'media', 'response', 'media']);
    for (const cut of cuts) expect(cut).toEqual(whole);
  });

  test('lines may end in LF alone, go on in the next line, and a request of the server is known as one', () => {
    const { messages } = readAll(
      Buffer.from(
        'RTSP/1.0 401 Unauthorized\nCSeq: 1\nWWW-Authenticate: Digest realm="a",\n nonce="b"\n\nOPTIONS * RTSP/1.0\nCSeq: 7\n\n',
      ),
    );

    const [response, request] = messages;

    expect(response?.type === 'response' && response.headers.get('www-authenticate')).toEqual([
      'Digest realm="a", nonce="b"',
    ]);
    expect(request).toMatchObject({ type: 'request', method: 'OPTIONS', url: '*' });
  });

  test('a body that is shorter than it says is given out when no more comes', () => {
    const { messages } = readAll(Buffer.from('RTSP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nv=0\r\n'));

    expect(messages).toMatchObject([{ type: 'response', body: Buffer.from('v=0\r\n') }]);
  });

  const OTHERS: readonly (readonly [string, Buffer, string])[] = [
    ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'), 'not-rtsp'],
    ['SSH', Buffer.from('SSH-2.0-OpenSSH_9.2\r\n'), 'not-rtsp'],
    ['TLS', Buffer.from([0x15, 0x03, 0x01, 0, 2, 2, 0x46]), 'not-rtsp'],
    ['an endless first line', Buffer.alloc(20_000, 'A'), 'not-rtsp'],
    ['an endless header', Buffer.from(`RTSP/1.0 200 OK\r\nA: ${'a'.repeat(20_000)}`), 'head-too-large'],
    ['headers without end', Buffer.from(`RTSP/1.0 200 OK\r\n${'A: b\r\n'.repeat(4_000)}`), 'head-too-large'],
    ['a body of a gigabyte', Buffer.from('RTSP/1.0 200 OK\r\nContent-Length: 999999999\r\n\r\n'), 'body-too-large'],
    ['a length that is none', Buffer.from('RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n'), 'bad-header'],
    ['a header without a name', Buffer.from('RTSP/1.0 200 OK\r\nnonsense\r\n\r\n'), 'bad-header'],
  ];
  test.each(OTHERS)('%s is refused by its name', (_what, bytes, problem) => {
    const result = readAll(bytes, 7);

    expect(result.problem).toBe(problem);
  });

  test('20,000 damaged streams are read or refused by a known reason', () => {
    const random = seededRandom(SEED);
    const media = Buffer.from([0x24, 0, 0, 4, 0x80, 26, 0, 1]);
    const stream = Buffer.concat([Buffer.from(RESPONSE), media, Buffer.from(RESPONSE)]);
    const problems = new Map<string, number>();

    for (let round = 0; round < 20_000; round++) {
      const { messages, problem = 'read' } = readAll(mutate(stream, random), (round % 40) + 1);
      for (const message of messages) {
        if (message.type === 'media') continue;
        challengeOf(message.headers.get('www-authenticate') ?? []);
        readSdp(message.body.toString('utf8'));
      }
      problems.set(problem, (problems.get(problem) ?? 0) + 1);
    }

    expect([...problems.keys()].sort()).toEqual(['bad-header', 'not-rtsp', 'read']);
    expect(problems.get('read')).toBeGreaterThan(1_000);
  });

  test('20,000 damaged descriptions and challenges are read without an error', () => {
    const random = seededRandom(SEED + 1);
    const sdp = Buffer.from(
      'v=0\r\na=control:*\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=framesize:96 1920-1080\r\na=x-dimensions:640,480\r\na=control:trackID=1\r\n',
    );
    const challenge = Buffer.from(
      'Digest realm="a \\"b\\"", nonce="c", qop="auth,auth-int", algorithm=MD5, stale=FALSE, Basic realm="d"',
    );

    for (let round = 0; round < 10_000; round++) {
      const { video } = readSdp(mutate(sdp, random).toString('latin1'));
      expect(video?.width ?? 1).toBeGreaterThan(0);
      const offered = challengeOf([mutate(challenge, random).toString('latin1')]);
      if (offered !== null) authorizationFor(offered, LOGIN, { method: 'DESCRIBE', uri: 'rtsp://camera/', count: 1 });
    }
  });
});

const LOGIN = { user: 'admin', password: new Secret('secret') };

describe('challenges', () => {
  test('Digest goes before Basic, in whichever order and in however many headers they stand', () => {
    const offers = [
      ['Basic realm="a"', 'Digest realm="a", nonce="b", stale="FALSE"'],
      ['Digest realm="a", nonce="b", Basic realm="a"'],
      ['basic REALM="a", DIGEST Realm="a", Nonce="b"'],
    ].map((headers) => challengeOf(headers));

    expect(offers.map((offer) => offer?.scheme)).toEqual(['digest', 'digest', 'digest']);
  });

  test('the stronger digest is taken, and one that cannot be done is passed over', () => {
    const strong = challengeOf([
      'Digest realm="a", nonce="1", algorithm=MD5',
      'Digest realm="a", nonce="2", algorithm=SHA-256',
    ]);
    const known = challengeOf(['Digest realm="a", nonce="1", algorithm=SHA-512-256', 'Basic realm="a"']);
    const none = challengeOf(['Negotiate abc==']);

    expect([strong, known, none]).toMatchObject([{ nonce: '2' }, { scheme: 'basic' }, null]);
  });

  test('with qop the answer is that of RFC 2617, 3.5, but for the number that each client draws', () => {
    const challenge = challengeOf([
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    ]);
    if (challenge === null) throw new Error('no challenge');

    const header = authorizationFor(challenge, LOGIN, { method: 'GET', uri: '/dir/index.html', count: 1 });

    expect(header).toMatch(/qop=auth, nc=00000001, cnonce="[0-9a-f]{16}"$/);
    expect(header).toContain('opaque="5ccc069c403ebaf9f0171e9517f40e41"');
  });
});

describe('descriptions', () => {
  test.each([
    ['a=x-dimensions:1280,720', 1280, 720],
    ['a=framesize:96 1920-1080', 1920, 1080],
    ['a=cliprect:0,0,576,704', 704, 576],
    ['a=x-dimensions:0,0', null, null],
  ])('%s tells the size', (line, width, height) => {
    const { video } = readSdp(`v=0\nm=audio 0 RTP/AVP 0\nm=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n${line}\n`);

    expect(video).toMatchObject({ codec: 'H264', width, height });
  });

  test('a track stands behind its base, whatever a query in it would mean', () => {
    const urls = [
      controlUrl('rtsp://c/stream1/', 'stream=0'),
      controlUrl('rtsp://c/cam?channel=1&subtype=0', 'trackID=0'),
      controlUrl('rtsp://c/a', 'rtsp://c/b/track1'),
      controlUrl('rtsp://c/a', '*'),
    ];

    expect(urls).toEqual([
      'rtsp://c/stream1/stream=0',
      'rtsp://c/cam?channel=1&subtype=0/trackID=0',
      'rtsp://c/b/track1',
      'rtsp://c/a',
    ]);
  });
});

const corpus = join(root, '../shared/corpora/rtsp/transcripts.jsonl');
const isThere = existsSync(corpus);
if (!isThere) process.stderr.write(`no transcripts of cameras in ${corpus}: their tests are skipped\n`);

type Transcript = {
  readonly name: string;
  readonly exchange: readonly { readonly request: string; readonly response: string | null }[];
  readonly expect: {
    readonly auth?: string | readonly string[];
    readonly media?: readonly { codec: string }[];
    readonly user?: string;
    readonly password?: string;
  };
};

describe.skipIf(!isThere)('transcripts of real servers and cameras', () => {
  const transcripts: Transcript[] = isThere
    ? readFileSync(corpus, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];

  test.each(transcripts.map((one) => [one.name, one] as const))('%s is read', (_name, transcript) => {
    const { auth, media } = transcript.expect;
    const answers = transcript.exchange.map(({ response }) =>
      response === null ? null : readAll(Buffer.from(response), 9),
    );

    const responses = answers.flatMap((answer) => answer?.messages ?? []);
    const challenges = responses.flatMap((message) =>
      message.type === 'response' ? (challengeOf(message.headers.get('www-authenticate') ?? []) ?? []) : [],
    );

    for (const answer of answers)
      if (answer !== null) expect(answer).toMatchObject({ problem: undefined, messages: [{ type: 'response' }] });
    if (auth !== undefined && auth !== 'none') expect(challenges[0]?.scheme).toBe('digest');
    if (media !== undefined) {
      const described = responses.findLast((message) => message.type === 'response');
      const { video } = readSdp(described?.type === 'response' ? described.body.toString('utf8') : '');
      expect(video?.codec).toBe(media[0]?.codec);
    }
  });

  test('the answer to a challenge is the one that the server took', () => {
    const transcript = transcripts.find(({ name }) => name === 'gst-digest');
    const [first, second] = transcript?.exchange ?? [];
    const [message] = readAll(Buffer.from(first?.response ?? '')).messages;
    const challenge = challengeOf(message?.type === 'response' ? (message.headers.get('www-authenticate') ?? []) : []);
    const [, uri = ''] = second?.request.split(' ') ?? [];
    if (challenge === null) throw new Error('no challenge');

    const header = authorizationFor(challenge, LOGIN, { method: 'DESCRIBE', uri, count: 1 });

    expect(second?.request).toContain(`Authorization: ${header}\r\n`);
  });
});
