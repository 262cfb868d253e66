import { type EventEmitter, once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Aedes, type AedesPublishPacket, type AuthenticateError, type Client } from 'aedes';
import { AppError } from '../../../core/domain/errors.ts';
import type { Log } from '../../../core/log/log.ts';
import type { ListenerSettings } from '../../listener.ts';
import { MAX_PAYLOAD_BYTES } from '../format.ts';
import type { Roster } from '../roster.ts';
import type { MessageSource, SourceEvents } from '../source.ts';
import { MAX_TOPIC_LENGTH, MAX_TOPIC_LEVELS } from '../topic-tree.ts';
import { createAccess, type Session } from './access.ts';
import { createBrokerMemory } from './broker-memory.ts';

export type OwnBrokerOptions = {
  readonly settings: Omit<NonNullable<ListenerSettings['mqtt']>, 'url'>;
  readonly roster: Roster;
  readonly clock: () => number;
  readonly log: Log;
  readonly events: SourceEvents;
  readonly maxConnections?: number;
};

/** Two to a village of 10,834, and their ghosts. */
const MAX_CONNECTIONS = 25_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** Names that clients give themselves; MQTT 3.1.1 promises 23 octets, and real ones are longer. */
const MAX_NAME = 256;
/** Where a message goes that its sender may not publish: MQTT 3.1.1 knows no way to refuse one (3.3.5-2). */
const NOWHERE = '$SYS/refused';

/**
 * A broker in this process, for MQTT 3.1, 3.1.1 and 5. Nothing is kept of a client that is away: sessions end with
 * their connection, and every one begins anew.
 * @throws AppError `config` where the port is taken or the certificate cannot be read
 */
export async function openOwnBroker(options: OwnBrokerOptions): Promise<MessageSource> {
  const { settings, roster, clock, log, events } = options;
  const access = createAccess(roster, clock);
  /** A will is published after its connection is gone, and needs to know whose it was. */
  const sessions = new WeakMap<Client, Session>();
  const live = new Map<Client, Session>();
  let isClosing = false;
  const sockets = new Set<Socket>();
  const counts = { connections_refused: 0, broken_connections: 0, unread: 0, kept_refused: 0 };

  const broker = await Aedes.createBroker({
    persistence: createBrokerMemory(),
    // A reader that stalls would hold up everybody, were messages on their way counted together.
    concurrency: 0,
    connectTimeout: CONNECT_TIMEOUT_MS,
    drainTimeout: 5_000,
    maxClientsIdLength: 2 * MAX_NAME,
    maxTopicLevels: MAX_TOPIC_LEVELS,
    maximumPacketSize: MAX_PAYLOAD_BYTES + MAX_TOPIC_LENGTH + 1_024,
    preConnect(_client, packet, done) {
      const { clientId, username = '' } = packet;
      if (clientId.length > MAX_NAME || username.length > MAX_NAME) return done(new Error('too long a name'), false);
      // A client can be thrown out only by one with the same credential, whatever name it gives itself.
      if (clientId !== '') packet.clientId = `${username}\n${clientId}`;
      packet.clean = true;
      if (packet.properties !== undefined) delete packet.properties.sessionExpiryInterval;
      done(null, true);
    },
    authenticate(client, username, password, done) {
      const session = access.signIn(username, password, addressOf(client));
      if (typeof session === 'string') {
        log.debug({ why: session }, 'an MQTT client may not sign in');
        return done(refusal(session), false);
      }
      sessions.set(client, session);
      live.set(client, session);
      done(null, true);
    },
    authorizePublish(client, packet, done) {
      const session = client === null ? undefined : sessions.get(client);
      if (session === undefined || client === null) return done(new Error('not signed in'));
      if (!access.mayPublish(session, packet.topic, clock())) {
        if (client.version === 5) return done(new Error('not its topic'));
        packet.topic = NOWHERE;
        packet.payload = Buffer.alloc(0);
        packet.retain = false;
      } else if (packet.retain && !access.mayKeep(session, packet.topic, packet.payload.length)) {
        counts.kept_refused++;
        packet.retain = false;
      }
      done(null);
    },
    authorizeSubscribe(client, subscription, done) {
      const session = sessions.get(client);
      const isAllowed = session !== undefined && access.maySubscribe(session, subscription.topic);
      done(null, isAllowed ? subscription : null);
    },
    authorizeForward(client, packet) {
      const session = sessions.get(client);
      if (session === undefined || !access.mayRead(session, packet.topic)) return null;
      // Who does not read what it has goes without the rest, and delays nobody.
      if (!client.conn.writableNeedDrain) return packet;
      counts.unread++;
      return null;
    },
  });
  function deliver(packet: AedesPublishPacket, done: () => void): void {
    const isClients = 'clientId' in packet && packet.clientId !== undefined;
    const { topic, payload } = packet;
    // Our own end is no goodbye of anybody's: the wills of those who are cut off by it are not heard.
    if (isClients && !isClosing && !topic.startsWith('$'))
      events.message({ topic, payload: typeof payload === 'string' ? Buffer.from(payload) : payload, isKept: false });
    done();
  }
  // Beside the readers rather than after them, so that a slow one delays no goodbye.
  await new Promise<void>((done) => broker.subscribe('#', deliver, done));
  broker.on('subscribe', (_subscriptions, client) => {
    const session = sessions.get(client);
    if (session !== undefined) events.joined([...session.credentialIds].flatMap((id) => roster.speakersOf(id)));
  });
  // Clients that break the rules are cut off by the broker; that is all there is to do.
  broker.on('clientError', () => counts.broken_connections++);
  broker.on('connectionError', () => counts.broken_connections++);
  // The broker's types do not tell of this one.
  const faults: EventEmitter = broker;
  faults.on('error', (error: unknown) => log.error({ err: error }, 'the MQTT broker failed'));

  function signOut(client: Client): void {
    const session = live.get(client);
    if (session === undefined) return;
    live.delete(client);
    access.signOut(session);
  }

  const maxConnections = options.maxConnections ?? MAX_CONNECTIONS;
  function admit(socket: Socket): void {
    if (sockets.size >= maxConnections) {
      counts.connections_refused++;
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.setNoDelay(true);
    const client = broker.handle(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      signOut(client);
    });
  }

  const { bind, port, tls } = settings;
  const servers: Server[] = [];
  try {
    const plain = createServer(admit);
    servers.push(plain);
    await listenOn(plain, port, bind);
    if (tls !== null) {
      const [cert, key] = await Promise.all([readPem(tls.certFile), readPem(tls.keyFile)]);
      const secure = createTlsServer({ cert, key, minVersion: 'TLSv1.2', handshakeTimeout: CONNECT_TIMEOUT_MS }, admit);
      secure.on('tlsClientError', () => counts.broken_connections++);
      servers.push(secure);
      await listenOn(secure, tls.port, bind);
    }
  } catch (error) {
    await close();
    throw error;
  }
  for (const server of servers) server.maxConnections = maxConnections;
  for (const server of servers) server.on('error', (error) => log.error({ err: error }, 'the MQTT broker failed'));

  async function close(): Promise<void> {
    isClosing = true;
    const closed = servers.map((server) => new Promise<void>((done) => server.close(() => done())));
    await new Promise<void>((done) => broker.close(() => done()));
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
  }

  return {
    send({ topic, payload }) {
      const bytes = typeof payload === 'string' ? Buffer.from(payload) : Buffer.from(payload);
      broker.publish({ cmd: 'publish', qos: 0, dup: false, retain: false, topic, payload: bytes }, () => {});
    },
    rosterChanged() {
      for (const [client, session] of live) if (!access.isValid(session)) client.close();
    },
    stats: () => ({
      ...access.stats(),
      ...counts,
      clients: broker.connectedClients,
      port: portOf(servers[0]),
      ...(servers[1] === undefined ? {} : { tls_port: portOf(servers[1]) }),
    }),
    close,
  };
}

/** CONNACK codes 4 and 5 of MQTT 3.1.1; the broker turns them into those of MQTT 5. */
function refusal(why: string): AuthenticateError {
  return Object.assign(new Error('not authorized'), { returnCode: why === 'too-many-connections' ? 5 : 4 });
}

const addressOf = ({ conn }: Client): string => ('remoteAddress' in conn ? (conn.remoteAddress ?? '') : '');

async function listenOn(server: Server, port: number, host: string): Promise<void> {
  try {
    server.listen({ port, host });
    await once(server, 'listening');
  } catch (cause) {
    throw new AppError('config', `the MQTT broker cannot listen on ${host}:${port}`, { cause });
  }
}

async function readPem(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new AppError('config', `the certificate or key of the MQTT broker cannot be read: ${path}`, { cause });
  }
}

function portOf(server: Server | undefined): number {
  const address = server?.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
