import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { BerReader, encodeInteger, encodeLength, encodeOid, TAG } from '../../collector/snmp/ber.ts';
import { compareOids, type Oid } from '../../collector/snmp/value.ts';

/** A value as an agent holds it. */
export type AgentValue =
  | { readonly type: 'integer' | 'counter32' | 'gauge32' | 'timeticks'; readonly value: number }
  | { readonly type: 'counter64'; readonly value: bigint }
  | { readonly type: 'octets' | 'oid'; readonly value: string };

export const text = (value: string): AgentValue => ({ type: 'octets', value });
export const integer = (value: number): AgentValue => ({ type: 'integer', value });
export const counter32 = (value: number): AgentValue => ({ type: 'counter32', value });
export const counter64 = (value: bigint): AgentValue => ({ type: 'counter64', value });
export const gauge = (value: number): AgentValue => ({ type: 'gauge32', value });
export const ticks = (value: number): AgentValue => ({ type: 'timeticks', value });
export const objectId = (value: Oid): AgentValue => ({ type: 'oid', value });

export type AgentRequest = {
  readonly version: number;
  readonly community: Uint8Array;
  readonly pdu: number;
  readonly requestId: number;
  readonly nonRepeaters: number;
  readonly repetitions: number;
  readonly oids: readonly Oid[];
};
export type AgentBinding = { readonly oid: Oid; readonly value: AgentValue | null };

export type FakeAgent = {
  readonly port: number;
  /** What it holds; may be changed at any time. */
  readonly objects: Map<Oid, AgentValue>;
  /** Requests it heard. */
  requests(): number;
  /** Takes part in the answering: another answer, several, or none. Null for the plain answer again. */
  interfere(how: ((answer: Buffer, request: AgentRequest, again: Reply) => readonly Buffer[]) | null): void;
  /** Stops listening; `resume` binds the same port again. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
};
type Reply = (bindings: readonly AgentBinding[], error?: { status: number; index: number }) => Buffer;

const GET = 0xa0;
const GET_NEXT = 0xa1;
const GET_BULK = 0xa5;
const NO_SUCH_NAME = 2;

/** An SNMP v1 and v2c agent in this process, community `public`, which misbehaves on demand. */
export async function startFakeAgent(objects: ReadonlyMap<Oid, AgentValue>, port = 0): Promise<FakeAgent> {
  const held = new Map(objects);
  let requests = 0;
  let meddle: Parameters<FakeAgent['interfere']>[0] = null;
  let socket: Socket | null = null;
  let boundPort = port;

  async function bind(): Promise<void> {
    const opened = createSocket('udp4');
    opened.on('message', (message, from) => {
      requests++;
      const request = readRequest(message);
      if (Buffer.from(request.community).toString() !== 'public') return;
      const reply: Reply = (bindings, error = { status: 0, index: 0 }) => encodeResponse(request, bindings, error);
      const answer = answerTo(request, held, reply);
      for (const datagram of meddle === null ? [answer] : meddle(answer, request, reply))
        opened.send(datagram, from.port, from.address, () => {});
    });
    opened.bind(boundPort, '127.0.0.1');
    await once(opened, 'listening');
    boundPort = opened.address().port;
    socket = opened;
  }

  async function close(): Promise<void> {
    const open = socket;
    socket = null;
    if (open === null) return;
    open.close();
    await once(open, 'close');
  }

  await bind();
  return {
    get port() {
      return boundPort;
    },
    objects: held,
    requests: () => requests,
    interfere(how) {
      meddle = how;
    },
    pause: close,
    resume: bind,
    stop: close,
  };
}

export function readRequest(message: Uint8Array): AgentRequest {
  const outer = new BerReader(message).enter(TAG.sequence);
  const version = outer.integer();
  const community = outer.octets();
  const pdu = outer.bytes[outer.at] ?? 0;
  const body = outer.enter(pdu);
  const requestId = body.integer();
  const nonRepeaters = body.integer();
  const repetitions = body.integer();
  const bindings = body.enter(TAG.sequence);
  const oids: Oid[] = [];
  while (!bindings.isAtEnd) oids.push(bindings.enter(TAG.sequence).oid());
  return { version, community, pdu, requestId, nonRepeaters, repetitions, oids };
}

/** Plain answer of an agent that holds these objects. */
export function answerTo(request: AgentRequest, objects: ReadonlyMap<Oid, AgentValue>, reply: Reply): Buffer {
  const { version, pdu, oids, repetitions } = request;
  if (pdu === GET) {
    const bindings = oids.map((oid) => ({ oid, value: objects.get(oid) ?? null }));
    const missing = bindings.findIndex(({ value }) => value === null);
    return version === 0 && missing >= 0
      ? reply(
          oids.map((oid) => ({ oid, value: null })),
          { status: NO_SUCH_NAME, index: missing + 1 },
        )
      : reply(bindings);
  }
  if (pdu !== GET_NEXT && pdu !== GET_BULK) throw new Error(`an agent of the tests does not know PDU ${pdu}`);
  const sorted = sortedOids(objects);
  const bindings: AgentBinding[] = [];
  let row: readonly Oid[] = oids;
  for (let depth = 0; depth < (pdu === GET_BULK ? repetitions : 1); depth++) {
    const following = row.map((oid) => after(sorted, oid));
    bindings.push(
      ...following.map((oid, at) => ({
        oid: oid ?? row[at] ?? '0.0',
        value: oid === null ? null : (objects.get(oid) ?? null),
      })),
    );
    row = following.map((oid, at) => oid ?? row[at] ?? '0.0');
  }
  const ended = bindings.findIndex(({ value }) => value === null);
  if (version === 0 && ended >= 0)
    return reply(
      oids.map((oid) => ({ oid, value: null })),
      { status: NO_SUCH_NAME, index: ended + 1 },
    );
  return reply(bindings);
}

const orders = new WeakMap<ReadonlyMap<Oid, AgentValue>, { size: number; oids: readonly Oid[] }>();
function sortedOids(objects: ReadonlyMap<Oid, AgentValue>): readonly Oid[] {
  const known = orders.get(objects);
  if (known !== undefined && known.size === objects.size) return known.oids;
  const oids = [...objects.keys()].sort(compareOids);
  orders.set(objects, { size: oids.length, oids });
  return oids;
}

function after(sorted: readonly Oid[], oid: Oid): Oid | null {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareOids(sorted[middle] ?? '0.0', oid) <= 0) low = middle + 1;
    else high = middle;
  }
  return sorted[low] ?? null;
}

const part = (tag: number, content: readonly number[]): number[] => [tag, ...encodeLength(content.length), ...content];

export function encodeResponse(
  { version, community, requestId, pdu }: AgentRequest,
  bindings: readonly AgentBinding[],
  error: { readonly status: number; readonly index: number },
): Buffer {
  const list = bindings.flatMap(({ oid, value }) =>
    part(TAG.sequence, [...part(TAG.oid, [...encodeOid(oid)]), ...encodeValue(value, pdu)]),
  );
  const body = [
    ...encodeInteger(requestId),
    ...encodeInteger(error.status),
    ...encodeInteger(error.index),
    ...part(TAG.sequence, list),
  ];
  return Buffer.from(
    part(TAG.sequence, [...encodeInteger(version), ...part(TAG.octets, [...community]), ...part(0xa2, body)]),
  );
}

function encodeValue(value: AgentValue | null, pdu: number): number[] {
  if (value === null) return [pdu === GET ? TAG.noSuchInstance : TAG.endOfMibView, 0];
  switch (value.type) {
    case 'integer': {
      const bytes = Buffer.alloc(4);
      bytes.writeInt32BE(value.value);
      return part(TAG.integer, [...bytes]);
    }
    case 'counter32':
      return part(TAG.counter32, encodeInteger(value.value).slice(2));
    case 'gauge32':
      return part(TAG.gauge32, encodeInteger(value.value).slice(2));
    case 'timeticks':
      return part(TAG.timeticks, encodeInteger(value.value).slice(2));
    case 'counter64': {
      const bytes = Buffer.alloc(9);
      bytes.writeBigUInt64BE(value.value, 1);
      return part(TAG.counter64, [...bytes]);
    }
    case 'octets':
      return part(TAG.octets, [...Buffer.from(value.value)]);
    case 'oid':
      return part(TAG.oid, [...encodeOid(value.value)]);
  }
}

/** Objects of a small router: system group, `ports` interfaces with 64-bit counters, a processor, memory and a disk. */
export function routerObjects(name: string, ports = 2): Map<Oid, AgentValue> {
  const objects = new Map<Oid, AgentValue>([
    ['1.3.6.1.2.1.1.1.0', text('Test router')],
    ['1.3.6.1.2.1.1.2.0', objectId('1.3.6.1.4.1.99999.1')],
    ['1.3.6.1.2.1.1.3.0', ticks(100_000)],
    ['1.3.6.1.2.1.1.5.0', text(name)],
    ['1.3.6.1.2.1.1.6.0', text('')],
    ['1.3.6.1.2.1.25.3.3.1.2.1', integer(17)],
    ['1.3.6.1.2.1.25.3.2.1.3.1', text('CPU')],
  ]);
  const storage = (index: number, type: number, descr: string, size: number, used: number): void => {
    const column = '1.3.6.1.2.1.25.2.3.1';
    objects.set(`${column}.2.${index}`, objectId(`1.3.6.1.2.1.25.2.1.${type}`));
    objects.set(`${column}.3.${index}`, text(descr));
    objects.set(`${column}.4.${index}`, integer(1024));
    objects.set(`${column}.5.${index}`, integer(size));
    objects.set(`${column}.6.${index}`, integer(used));
  };
  storage(1, 2, 'main memory', 1_000, 250);
  storage(2, 4, 'system disk', 2_000, 1_000);
  for (let port = 1; port <= ports; port++) {
    const set = (entry: string, value: AgentValue): void => void objects.set(`${entry}.${port}`, value);
    const ifEntry = '1.3.6.1.2.1.2.2.1';
    const ifXEntry = '1.3.6.1.2.1.31.1.1.1';
    set(`${ifEntry}.2`, text(`ether${port}`));
    set(`${ifEntry}.3`, integer(6));
    set(`${ifEntry}.4`, integer(1500));
    set(`${ifEntry}.5`, gauge(1_000_000_000));
    set(`${ifEntry}.7`, integer(1));
    set(`${ifEntry}.8`, integer(1));
    set(`${ifEntry}.10`, counter32(1_000 * port));
    set(`${ifEntry}.13`, counter32(0));
    set(`${ifEntry}.14`, counter32(port));
    set(`${ifEntry}.16`, counter32(2_000 * port));
    set(`${ifEntry}.19`, counter32(0));
    set(`${ifEntry}.20`, counter32(0));
    set(`${ifXEntry}.1`, text(`ether${port}`));
    set(`${ifXEntry}.6`, counter64(BigInt(1_000 * port)));
    set(`${ifXEntry}.10`, counter64(BigInt(2_000 * port)));
    set(`${ifXEntry}.15`, gauge(1_000));
    set(`${ifXEntry}.18`, text('uplink'));
  }
  return objects;
}
