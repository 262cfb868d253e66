import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { ReplyAttribute } from '../../../../captive-portal/gateway.ts';
import { signQuestion, signRequest } from '../../../../captive-portal/radius/authenticators.ts';
import { CODE, TYPE } from '../../../../captive-portal/radius/codes.ts';
import { encodeAttributes } from '../../../../captive-portal/radius/dictionary.ts';
import { type Attribute, decodePacket, encodePacket, type Packet } from '../../../../captive-portal/radius/packet.ts';
import { hidePassword } from '../../../../captive-portal/radius/passwords.ts';

export const SECRET = 'testing123';
const KEY = Buffer.from(SECRET);

/** What a hotspot says of a citizen at its door. */
export const CITIZEN: readonly ReplyAttribute[] = [
  { name: 'User-Name', value: 'warga' },
  { name: 'NAS-IP-Address', value: '10.5.50.1' },
  { name: 'NAS-Identifier', value: 'desa-sukamaju-01' },
  { name: 'Called-Station-Id', value: 'hotspot1' },
  { name: 'Calling-Station-Id', value: '02:00:00:00:00:64' },
  { name: 'Framed-IP-Address', value: '10.5.50.7' },
];

type Question = {
  readonly id?: number;
  readonly password?: string;
  readonly signed?: boolean;
  readonly more?: readonly Attribute[];
  readonly key?: Buffer;
  readonly authenticator?: Buffer;
};

/** An Access-Request with a hidden password. */
export function accessRequest(question: Question = {}): Buffer {
  const { id = 7, password = 'rahasia', signed = true, more = [], key = KEY } = question;
  const authenticator = question.authenticator ?? randomBytes(16);
  const hidden = { type: TYPE.userPassword, value: hidePassword(Buffer.from(password), key, authenticator) };
  const attributes = [...encodeAttributes(CITIZEN), hidden, ...more];
  return signed
    ? signQuestion(key, CODE.accessRequest, id, authenticator, attributes)
    : encodePacket(CODE.accessRequest, id, authenticator, attributes);
}

export function statusRequest(id = 9, key = KEY): Buffer {
  return signQuestion(key, CODE.statusServer, id, randomBytes(16), []);
}

/** An Accounting-Request: an interim record unless told otherwise. */
export function accountingRequest(told: readonly ReplyAttribute[] = [], id = 8, key = KEY): Buffer {
  const session: readonly ReplyAttribute[] = [
    { name: 'Acct-Session-Id', value: '80000001' },
    { name: 'Acct-Status-Type', value: 'Interim-Update' },
  ];
  const names = new Set(told.map(({ name }) => name));
  const attributes = [...CITIZEN, ...session].filter(({ name }) => !names.has(name));
  return signRequest(key, CODE.accountingRequest, id, encodeAttributes([...attributes, ...told]));
}

export type Peer = {
  readonly port: number;
  send(octets: Buffer, port: number): void;
  /** The next packet that comes; fails after 5 s. */
  next(): Promise<Packet>;
  /** All that came and nobody took yet. */
  waiting(): readonly Packet[];
  close(): Promise<void>;
};

/** A UDP socket of loopback that speaks RADIUS. @param answer of what comes to it, as a NAS gives for Disconnect */
export async function openPeer(
  answer: (octets: Buffer, reply: (octets: Buffer) => void) => void = () => {},
  address = '127.0.0.1',
): Promise<Peer> {
  const socket = createSocket('udp4');
  const came: Packet[] = [];
  const takers: ((packet: Packet) => void)[] = [];
  socket.on('message', (octets, from) => {
    answer(octets, (back) => socket.send(back, from.port, from.address));
    const packet = decodePacket(octets);
    if (typeof packet === 'string') return;
    const taker = takers.shift();
    if (taker === undefined) came.push(packet);
    else taker(packet);
  });
  socket.bind(0, address);
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    send: (octets, port) => socket.send(octets, port, '127.0.0.1'),
    next() {
      const first = came.shift();
      if (first !== undefined) return Promise.resolve(first);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('nothing came')), 5_000);
        takers.push((packet) => {
          clearTimeout(timer);
          resolve(packet);
        });
      });
    },
    waiting: () => came,
    async close() {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}
