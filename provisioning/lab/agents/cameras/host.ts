import { createServer, type Socket } from 'node:net';
import { createRtspReader, headerOf, RtspError, type RtspMessage } from '../../../../collector/rtsp/reader.ts';
import { dropAll, listenOn } from '../tcp-server.ts';
import { type CameraLogin, digestChallenge, isSignedIn, newNonce } from './login.ts';
import { picturePacket } from './picture.ts';

export type LabCamera = {
  readonly code: string;
  /** Of its stream; cameras of one host have different ones. */
  readonly path: string;
  /** Null: open to everyone. */
  readonly login: CameraLogin | null;
  /** Multiples of 16, up to 2040. */
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
};

/**
 * `live` sends pictures. `frozen` is asked to play and sends none; `hanging` answers OPTIONS and never DESCRIBE; `busy`
 * answers 503. `off` answers nothing at all.
 */
export type CameraCondition = 'live' | 'frozen' | 'hanging' | 'busy' | 'off';

/** Cameras of the lab on one TCP port, by path. */
export type CameraHost = {
  readonly port: number;
  set(code: string, condition: CameraCondition): void;
  conditionOf(code: string): CameraCondition;
  close(): Promise<void>;
};

type RtspRequest = Extract<RtspMessage, { type: 'request' }>;
type Reply = { readonly status: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

const PUBLIC = 'OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN';
const MAX_CONNECTIONS = 512;
/** Whoever plays on and on, or says nothing, is let go. */
const MAX_IDLE_MS = 60_000;

export async function startCameraHost(options: {
  readonly cameras: readonly LabCamera[];
  /** 0: any free one. */
  readonly port?: number;
}): Promise<CameraHost> {
  const { cameras, port = 0 } = options;
  const byPath = new Map(cameras.map((camera) => [camera.path, camera]));
  const conditions = new Map<string, CameraCondition>(cameras.map(({ code }) => [code, 'live']));
  const sockets = new Set<Socket>();
  const conditionOf = (code: string): CameraCondition => {
    const condition = conditions.get(code);
    if (condition === undefined) throw new Error(`the lab has no camera ${code}`);
    return condition;
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Whoever looks goes without a word.
    socket.on('error', () => {});
    socket.setTimeout(MAX_IDLE_MS, () => socket.destroy());
    serve(socket, (path) => byPath.get(path), conditionOf);
  });
  server.maxConnections = MAX_CONNECTIONS;
  const bound = await listenOn(server, port);
  return {
    port: bound,
    set(code, condition) {
      conditionOf(code);
      conditions.set(code, condition);
    },
    conditionOf,
    close: () => dropAll(server, sockets),
  };
}

/** Answers one viewer. */
function serve(
  socket: Socket,
  cameraAt: (path: string) => LabCamera | undefined,
  conditionOf: (code: string) => CameraCondition,
): void {
  const nonce = newNonce();
  let playing: NodeJS.Timeout | undefined;
  socket.on('close', () => clearInterval(playing));

  function play({ code, width, height, framesPerSecond }: LabCamera): void {
    clearInterval(playing);
    let frame = Math.floor(Math.random() * 1_000);
    const source = Math.floor(Math.random() * 2 ** 32);
    playing = setInterval(() => {
      if (conditionOf(code) !== 'live' || socket.writableLength > 0) return;
      const packet = picturePacket({ width, height }, { frame: frame++, framesPerSecond, source });
      socket.write(Buffer.concat([Buffer.from([0x24, 0, packet.length >> 8, packet.length & 0xff]), packet]));
    }, 1_000 / framesPerSecond);
  }

  function answer({ method, url, headers }: RtspRequest): Reply | null {
    const camera = cameraAt(pathOf(url));
    if (camera === undefined) return { status: '404 Not Found' };
    const condition = conditionOf(camera.code);
    if (condition === 'off') return null;
    if (method === 'OPTIONS') return { status: '200 OK', headers: { Public: PUBLIC } };
    const { login } = camera;
    if (login !== null && !isSignedIn(headerOf(headers, 'authorization'), login, { method, nonce }))
      return { status: '401 Unauthorized', headers: { 'WWW-Authenticate': digestChallenge(nonce) } };
    if (condition === 'busy') return { status: '503 Service Unavailable' };
    switch (method) {
      case 'DESCRIBE':
        if (condition === 'hanging') return null;
        return {
          status: '200 OK',
          headers: { 'Content-Type': 'application/sdp', 'Content-Base': `${url.replace(/\/$/, '')}/` },
          body: describe(camera),
        };
      case 'SETUP': {
        const isInterleaved = /RTP\/AVP\/TCP/i.test(headerOf(headers, 'transport') ?? '');
        if (!isInterleaved) return { status: '461 Unsupported Transport' };
        return { status: '200 OK', headers: { Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1', Session: nonce } };
      }
      case 'PLAY':
        play(camera);
        return { status: '200 OK', headers: { Session: nonce } };
      case 'TEARDOWN':
        clearInterval(playing);
        return { status: '200 OK', headers: { Session: nonce } };
      default:
        return { status: '501 Not Implemented' };
    }
  }

  const reader = createRtspReader((message) => {
    if (message.type !== 'request') return;
    const reply = answer(message);
    if (reply === null) return;
    const { status, headers = {}, body = '' } = reply;
    const lines = { CSeq: headerOf(message.headers, 'cseq') ?? '0', Server: 'Simpul lab camera', ...headers };
    const length = body === '' ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`RTSP/1.0 ${status}\r\n${head.join('')}${length}\r\n${body}`);
  });
  socket.on('data', (piece: Buffer) => {
    try {
      reader.push(piece);
    } catch (error) {
      if (!(error instanceof RtspError)) throw error;
      socket.destroy();
    }
  });
}

/** Path of the stream: what a track has behind it is not part of it. */
const pathOf = (url: string): string =>
  url
    .replace(/^rtsp:\/\/[^/]*/i, '')
    .replace(/\/track0$/, '')
    .replace(/(?<=.)\/$/, '');

const describe = ({ code, width, height, framesPerSecond }: LabCamera): string =>
  [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    `s=${code}`,
    't=0 0',
    'a=control:*',
    'm=video 0 RTP/AVP 26',
    'c=IN IP4 0.0.0.0',
    'a=rtpmap:26 JPEG/90000',
    `a=framerate:${framesPerSecond}`,
    `a=x-dimensions:${width},${height}`,
    'a=control:track0',
    '',
  ].join('\r\n');
