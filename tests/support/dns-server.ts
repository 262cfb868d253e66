import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** Numbers of record types (RFC 1035, 3596, 2782). */
export const DNS_TYPE = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33 } as const;

export type DnsRecord = { readonly type: number; readonly data: Buffer };
export type DnsReply = {
  /** RCODE: 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED. */
  readonly code?: number;
  readonly records?: readonly DnsRecord[];
  /** Says over UDP that the answer is longer: ask over TCP. */
  readonly isTruncated?: boolean;
};

export type DnsServer = { readonly port: number; readonly asked: string[]; stop(): Promise<void> };

/**
 * A name server on loopback, on UDP and on TCP.
 * @param answer null: silence
 * @param change what goes over UDP in the place of the answer
 * @param overTcp what is done with a question over TCP, in the place of answering it
 */
export async function startDnsServer(
  answer: (name: string, type: number) => DnsReply | null,
  change: (message: Buffer) => Buffer | null = (message) => message,
  overTcp?: (socket: Socket) => void,
): Promise<DnsServer> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const tcp = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', (query: Buffer) => {
      if (overTcp !== undefined) return overTcp(socket);
      const message = respond(query.subarray(2), 'tcp');
      if (message === null) return socket.destroy();
      const length = Buffer.alloc(2);
      length.writeUInt16BE(message.length);
      socket.end(Buffer.concat([length, message]));
    });
  }).listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const bound = tcp.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const udp = createSocket('udp4').bind(port, '127.0.0.1');
  await once(udp, 'listening');

  function respond(query: Buffer, over: 'udp' | 'tcp'): Buffer | null {
    const end = query.indexOf(0, 12) + 5;
    const question = query.subarray(12, end);
    const name = readName(question);
    const type = question.readUInt16BE(question.length - 4);
    asked.push(`${over} ${name}`);
    const reply = answer(name, type);
    if (reply === null) return null;
    const { code = 0, isTruncated = false } = reply;
    const isCut = isTruncated && over === 'udp';
    const records = isCut ? [] : (reply.records ?? []);
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180 | (isCut ? 0x0200 : 0) | code, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    return Buffer.concat([header, question, ...records.map(encodeRecord)]);
  }

  udp.on('message', (query, from) => {
    const message = respond(query, 'udp');
    const sent = message === null ? null : change(message);
    if (sent !== null) udp.send(sent, from.port, from.address);
  });
  return {
    port,
    asked,
    async stop() {
      const closed = Promise.all([once(tcp, 'close'), once(udp, 'close')]);
      tcp.close();
      for (const socket of sockets) socket.destroy();
      udp.close();
      await closed;
    },
  };
}

/** Its name is that of the question. */
function encodeRecord({ type, data }: DnsRecord): Buffer {
  const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, data.length >> 8, data.length & 0xff]);
  return Buffer.concat([head, data]);
}

function readName(question: Buffer): string {
  const labels: string[] = [];
  for (let at = 0; question[at] !== 0; at += 1 + (question[at] ?? 0))
    labels.push(question.toString('latin1', at + 1, at + 1 + (question[at] ?? 0)));
  return labels.join('.');
}

export const dnsName = (name: string): Buffer =>
  Buffer.concat([...name.split('.').map((label) => dnsText(label)), Buffer.from([0])]);
export const dnsText = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
export const dnsNumbers = (...numbers: readonly number[]): Buffer =>
  Buffer.concat(numbers.map((number) => Buffer.from([number >> 8, number & 0xff])));
