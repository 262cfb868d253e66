import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Secret } from '../core/config/secret.ts';
import type { Clock } from '../core/domain/clock.ts';
import { SECOND } from '../core/domain/clock.ts';
import { AppError } from '../core/domain/errors.ts';
import type { Log } from '../core/log/log.ts';
import { createSignersSeen } from './radius/admission.ts';
import type { RadiusAccess } from './radius-policy.ts';
import { type AttributesAsked, attributesOf, recordOf, replyJson, requestOf } from './rest-attributes.ts';

export type RestDoorOptions = {
  readonly access: Pick<RadiusAccess, 'nasOf' | 'policy' | 'authenticatorSeen'>;
  /** Loopback where nothing else is said: the token goes in clear. */
  readonly bind?: string;
  /** 0 = a free one. */
  readonly port: number;
  /** Shared with FreeRADIUS; at least 16 characters. */
  readonly token: Secret;
  readonly clock: Clock;
  readonly log: Log;
};

export type RestDoor = {
  readonly port: number;
  stats(): Readonly<Record<'answered' | 'refused' | 'dropped' | 'failed', number>>;
  stop(): Promise<void>;
};

const LIMITS = { bodyBytes: 16 * 1024, connections: 256, requestMs: 10 * SECOND, idleMs: 65 * SECOND };
const LEAST_TOKEN = 16;
/** What HTTP's Basic scheme calls FreeRADIUS. */
const USER = 'freeradius';

type Answer = { readonly status: number; readonly body?: object };
/** FreeRADIUS says nothing to the gateway then: it asks again, or another server. */
const SILENCE: Answer = { status: 503 };

/**
 * The same policy as our own RADIUS server's, for FreeRADIUS' `rlm_rest` (provisioning/deploy/freeradius): POST
 * `/radius/authorize` (or `authenticate`) and `/radius/accounting` with the attributes as JSON, GET `/radius/client` for
 * a gateway's shared secret. `source` is the packet's address, `vector` the request's authenticator (for CHAP without
 * CHAP-Challenge). 200 = accept, 401 = reject, 204 = stored, 503 = no answer to the gateway.
 * @throws AppError `config` for a short token; the system's error where the port cannot be had
 */
export async function startRestDoor(options: RestDoorOptions): Promise<RestDoor> {
  const { access, bind = '127.0.0.1', port, token, clock, log } = options;
  if (token.reveal().length < LEAST_TOKEN)
    throw new AppError('config', `the token of the RADIUS door takes at least ${LEAST_TOKEN} characters`);
  const expected = Buffer.from(`Basic ${Buffer.from(`${USER}:${token.reveal()}`).toString('base64')}`);
  const signers = createSignersSeen();
  const counts = { answered: 0, refused: 0, dropped: 0, failed: 0 };

  function isAllowed({ headers }: IncomingMessage): boolean {
    const given = Buffer.from(headers.authorization ?? '');
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  async function authorize(asked: AttributesAsked, source: string, vector: string): Promise<Answer> {
    const nas = access.nasOf({ kind: 'udp', address: source });
    if (nas === null) return SILENCE;
    // FreeRADIUS has checked the Message-Authenticator where there is one; whether there must be one is our policy.
    const isSigned = asked.has('Message-Authenticator');
    if (!isSigned && (signers.mustSign(nas) || asked.has('Proxy-State'))) return SILENCE;
    if (isSigned && signers.note(nas)) access.authenticatorSeen(nas);
    const outcome = await access.policy.authenticate(nas, requestOf(asked, source, vector));
    if (outcome.kind === 'accept') return { status: 200, body: replyJson(outcome.attributes, 'Accept') };
    return { status: 401, body: replyJson([{ name: 'Reply-Message', value: outcome.message }]) };
  }

  async function account(asked: AttributesAsked, source: string): Promise<Answer> {
    const nas = access.nasOf({ kind: 'udp', address: source });
    const record = nas === null ? null : recordOf(asked, source, nas.swapOctets, clock());
    if (nas === null || record === null) return SILENCE;
    await access.policy.account(nas, record);
    return { status: 204 };
  }

  function client(source: string): Answer {
    const nas = access.nasOf({ kind: 'udp', address: source });
    const secret = nas?.secret?.reveal() ?? '';
    if (nas === null || secret === '') return { status: 404 };
    const control = {
      'control:FreeRADIUS-Client-IP-Address': source,
      'control:FreeRADIUS-Client-Secret': secret,
      'control:FreeRADIUS-Client-Shortname': nas.id,
    };
    const entries = Object.entries(control).map(([name, value]) => [name, { op: ':=', value: [value] }]);
    return { status: 200, body: Object.fromEntries(entries) };
  }

  async function answerOf(request: IncomingMessage): Promise<Answer> {
    if (!isAllowed(request)) return { status: 403 };
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://door');
    const source = searchParams.get('source') ?? '';
    if (request.method === 'GET' && pathname === '/radius/client') return client(source);
    if (request.method !== 'POST') return { status: 405 };
    const body = await bodyOf(request);
    const asked = body === null ? null : attributesOf(body);
    if (asked === null) return { status: 400 };
    switch (pathname) {
      case '/radius/authorize':
      case '/radius/authenticate':
        return await authorize(asked, source, searchParams.get('vector') ?? '');
      case '/radius/accounting':
        return await account(asked, source);
      default:
        return { status: 404 };
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await answerOf(request).catch((error: unknown): Answer => {
      counts.failed += 1;
      if (!(error instanceof AppError)) log.warn({ reason: String(error) }, 'the RADIUS door could not answer');
      return SILENCE;
    });
    counts[answer.status < 300 ? 'answered' : answer.status === 503 ? 'dropped' : 'refused'] += 1;
    const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
    const type = text === '' ? {} : { 'content-type': 'application/json' };
    const rest = request.complete ? {} : { connection: 'close' };
    const length = answer.status === 204 ? {} : { 'content-length': Buffer.byteLength(text) };
    response.writeHead(answer.status, { ...type, ...rest, ...length, 'cache-control': 'no-store' }).end(text);
  }

  const server = createServer(
    {
      requestTimeout: LIMITS.requestMs,
      headersTimeout: LIMITS.requestMs,
      keepAliveTimeout: LIMITS.idleMs,
      connectionsCheckingInterval: SECOND,
      maxHeaderSize: 8 * 1024,
      noDelay: true,
    },
    (request, response) => void handle(request, response),
  );
  server.maxConnections = LIMITS.connections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, bind, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stats: () => ({ ...counts }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), SECOND).unref();
      }),
  };
}

/** @returns null for what is too long or broken off */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > LIMITS.bodyBytes) return null;
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}
