import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { ReplyAttribute } from '../../captive-portal/gateway.ts';
import { signQuestion, signRequest } from '../../captive-portal/radius/authenticators.ts';
import { CODE, TYPE } from '../../captive-portal/radius/codes.ts';
import { encodeAttributes } from '../../captive-portal/radius/dictionary.ts';
import { decodePacket, type Packet } from '../../captive-portal/radius/packet.ts';
import { hidePassword } from '../../captive-portal/radius/passwords.ts';

/** A hotspot on an address of loopback that asks and asks again, as routers do. */
export type LoadNas = {
  /** @returns the answer; null where none came to any try */
  ask(port: number, build: (id: number) => Buffer): Promise<Packet | null>;
  close(): void;
};

type Open = { readonly octets: Buffer; readonly port: number; readonly done: (packet: Packet | null) => void };

/** @param retryMs the wait for an answer @param tries how often the same packet is sent */
export async function loadNas(
  address: string,
  { sockets = 2, retryMs = 2_000, tries = 5 }: { sockets?: number; retryMs?: number; tries?: number } = {},
): Promise<LoadNas> {
  const lines = await Promise.all(Array.from({ length: sockets }, () => line(address, retryMs, tries)));
  let turn = 0;
  return {
    ask(port, build) {
      const next = lines[turn++ % lines.length];
      if (next === undefined) throw new Error('no sockets');
      return next.ask(port, build);
    },
    close() {
      for (const one of lines) one.close();
    },
  };
}

/** One socket has 256 requests on their way at most. */
async function line(address: string, retryMs: number, tries: number) {
  const socket: Socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
  const free = Array.from({ length: 256 }, (_, id) => id);
  const open = new Map<number, Open>();
  const waiting: ((id: number) => void)[] = [];
  socket.on('message', (octets) => {
    const packet = decodePacket(octets);
    if (typeof packet === 'string') return;
    open.get(packet.id)?.done(packet);
  });
  socket.on('error', () => {});
  socket.bind(0, address);
  await once(socket, 'listening');

  return {
    async ask(port: number, build: (id: number) => Buffer): Promise<Packet | null> {
      const id = free.shift() ?? (await new Promise<number>((resolve) => waiting.push(resolve)));
      const octets = build(id);
      return await new Promise((resolve) => {
        let left = tries;
        let timer: NodeJS.Timeout;
        const send = (): void => {
          if (left-- === 0) {
            done(null);
            return;
          }
          socket.send(octets, port, '127.0.0.1', () => {});
          timer = setTimeout(send, retryMs);
        };
        const done = (packet: Packet | null): void => {
          clearTimeout(timer);
          open.delete(id);
          const next = waiting.shift();
          if (next === undefined) free.push(id);
          else next(id);
          resolve(packet);
        };
        open.set(id, { octets, port, done });
        send();
      });
    },
    close: () => socket.close(),
  };
}

/** A signed Access-Request with a hidden password. */
export function accessPacket(id: number, key: Buffer, password: string, told: readonly ReplyAttribute[]): Buffer {
  const authenticator = randomBytes(16);
  const hidden = { type: TYPE.userPassword, value: hidePassword(Buffer.from(password), key, authenticator) };
  return signQuestion(key, CODE.accessRequest, id, authenticator, [...encodeAttributes(told), hidden]);
}

export const accountingPacket = (id: number, key: Buffer, told: readonly ReplyAttribute[]): Buffer =>
  signRequest(key, CODE.accountingRequest, id, encodeAttributes(told));

export const isAccept = (packet: Packet | null): boolean => packet?.code === CODE.accessAccept;
export const isStored = (packet: Packet | null): boolean => packet?.code === CODE.accountingResponse;

/** Does many things with so many at a time. @returns how long each took, ms */
export async function spreadOver(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<void>,
): Promise<readonly number[]> {
  const took: number[] = [];
  let next = 0;
  async function runner(): Promise<void> {
    for (let index = next++; index < count; index = next++) {
      const startedAt = performance.now();
      await work(index);
      took.push(performance.now() - startedAt);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, runner));
  return took;
}
