import { randomBytes, randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { ReplyAttribute } from '../../../captive-portal/gateway.ts';
import { isAnswerAuthentic, signQuestion, signRequest } from '../../../captive-portal/radius/authenticators.ts';
import { CODE, TYPE } from '../../../captive-portal/radius/codes.ts';
import { encodeAttributes, type ReadAttribute, readAttributes } from '../../../captive-portal/radius/dictionary.ts';
import { decodePacket, type Packet } from '../../../captive-portal/radius/packet.ts';
import { hidePassword } from '../../../captive-portal/radius/passwords.ts';

export type RadiusServer = { readonly host: string; readonly authPort: number; readonly acctPort: number };

/** What a server said of somebody at the door; null where it said nothing. */
export type Verdict = { readonly isAccepted: boolean; readonly attributes: readonly ReadAttribute[] } | null;

/** A hotspot's side of RADIUS (RFC 2865, 2866) from an address of its own. */
export type RadiusPeer = {
  ask(attributes: readonly ReplyAttribute[], password: string): Promise<Verdict>;
  /** @returns whether the record was taken */
  tell(attributes: readonly ReplyAttribute[]): Promise<boolean>;
  close(): Promise<void>;
};

type Waiting = { readonly authenticator: Buffer; readonly answered: (answer: Packet | null) => void };

const TRIES = 3;
const PATIENCE_MS = 3_000;
const IDS = 256;

/** @param address of loopback that the server knows it by */
export async function openRadiusPeer(address: string, secret: string, server: RadiusServer): Promise<RadiusPeer> {
  const key = Buffer.from(secret);
  const socket = createSocket('udp4');
  const waiting = new Map<number, Waiting>();
  let last = randomInt(IDS);
  let isClosed = false;

  socket.on('message', (octets) => {
    const packet = decodePacket(octets);
    if (typeof packet === 'string') return;
    const one = waiting.get(packet.id);
    if (one !== undefined && isAnswerAuthentic(key, packet, one.authenticator)) one.answered(packet);
  });
  // A port that nobody listens on at the moment: the question is asked again.
  socket.on('error', () => {});
  socket.bind(0, address);
  await once(socket, 'listening');

  function freeId(): number | null {
    for (let step = 1; step <= IDS; step++) {
      const id = (last + step) % IDS;
      if (!waiting.has(id)) {
        last = id;
        return id;
      }
    }
    return null;
  }

  /** Sends the same octets until they are answered, as RFC 5080 section 2.2.1 wants of a retransmission. */
  function exchange(port: number, make: (id: number) => Buffer): Promise<Packet | null> {
    const id = freeId();
    if (id === null || isClosed) return Promise.resolve(null);
    const octets = make(id);
    return new Promise((resolve) => {
      let tries = 0;
      let timer: NodeJS.Timeout | undefined;
      const answered = (packet: Packet | null): void => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(packet);
      };
      const send = (): void => {
        tries += 1;
        if (isClosed || tries > TRIES) {
          answered(null);
          return;
        }
        socket.send(octets, port, server.host);
        timer = setTimeout(send, PATIENCE_MS);
      };
      waiting.set(id, { authenticator: octets.subarray(4, 20), answered });
      send();
    });
  }

  return {
    async ask(attributes, password) {
      const authenticator = randomBytes(16);
      const hidden = { type: TYPE.userPassword, value: hidePassword(Buffer.from(password), key, authenticator) };
      const answer = await exchange(server.authPort, (id) =>
        signQuestion(key, CODE.accessRequest, id, authenticator, [...encodeAttributes(attributes), hidden]),
      );
      if (answer === null) return null;
      return { isAccepted: answer.code === CODE.accessAccept, attributes: readAttributes(answer.attributes) };
    },

    async tell(attributes) {
      const answer = await exchange(server.acctPort, (id) =>
        signRequest(key, CODE.accountingRequest, id, encodeAttributes(attributes)),
      );
      return answer?.code === CODE.accountingResponse;
    },

    async close() {
      isClosed = true;
      for (const { answered } of [...waiting.values()]) answered(null);
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}
