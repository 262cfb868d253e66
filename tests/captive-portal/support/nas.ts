import { randomBytes, randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { ReplyAttribute } from '../../../captive-portal/gateway.ts';
import {
  isAnswerAuthentic,
  isRequestAuthentic,
  signAnswer,
  signQuestion,
  signRequest,
} from '../../../captive-portal/radius/authenticators.ts';
import { CODE, TYPE } from '../../../captive-portal/radius/codes.ts';
import { encodeAttributes, readAttributes } from '../../../captive-portal/radius/dictionary.ts';
import { type Attribute, decodePacket, type Packet } from '../../../captive-portal/radius/packet.ts';
import { hidePassword } from '../../../captive-portal/radius/passwords.ts';

export type Credential =
  | { readonly kind: 'pap'; readonly password: string }
  | { readonly kind: 'chap'; readonly id: Buffer; readonly response: Buffer; readonly challenge: Buffer };

export type Told = ReadonlyMap<string, string | number>;

export type NasOptions = {
  readonly secret: string;
  readonly authPort: number;
  readonly acctPort: number;
};

/** The RADIUS side of a simulated gateway: it asks, tells, and takes Disconnect. */
export type Nas = {
  readonly coaPort: number;
  /** @returns what the Accept says, or the Reject's words; null where nobody answered */
  ask(
    attributes: readonly ReplyAttribute[],
    credential: Credential,
  ): Promise<{ readonly accepted: boolean; readonly told: Told } | null>;
  /** @returns whether the server said that it is stored */
  tell(attributes: readonly ReplyAttribute[]): Promise<boolean>;
  /** Answers a Disconnect: `true` = ended. */
  onDisconnect(end: (told: Told) => boolean): void;
  close(): Promise<void>;
};

const SESSION_CONTEXT_NOT_FOUND = 503;

export async function openNas({ secret, authPort, acctPort }: NasOptions): Promise<Nas> {
  const key = Buffer.from(secret);
  let end: (told: Told) => boolean = () => false;
  const coa = createSocket('udp4').bind(0, '127.0.0.1');
  await once(coa, 'listening');
  coa.on('message', (octets, from) => {
    const request = decodePacket(octets);
    if (typeof request === 'string' || request.code !== CODE.disconnectRequest || !isRequestAuthentic(key, request))
      return;
    const isEnded = end(toldIn(request));
    const cause = isEnded ? [] : encodeAttributes([{ name: 'Error-Cause', value: SESSION_CONTEXT_NOT_FOUND }]);
    coa.send(
      signAnswer(key, request, isEnded ? CODE.disconnectAck : CODE.disconnectNak, cause),
      from.port,
      from.address,
    );
  });

  async function exchange(octets: Buffer, port: number): Promise<Packet | null> {
    const socket = createSocket('udp4');
    const done = new AbortController();
    try {
      socket.send(octets, port, '127.0.0.1');
      const answered = once(socket, 'message', { signal: done.signal }).then(([answer]) =>
        decodePacket(answer as Buffer),
      );
      const answer = await Promise.race([answered, wait(5_000, null, { signal: done.signal })]);
      if (answer === null || typeof answer === 'string') return null;
      return isAnswerAuthentic(key, answer, octets.subarray(4, 20)) ? answer : null;
    } finally {
      done.abort();
      socket.close();
    }
  }

  return {
    coaPort: coa.address().port,
    async ask(attributes, credential) {
      const authenticator = randomBytes(16);
      const said: Attribute[] = [...encodeAttributes(attributes)];
      if (credential.kind === 'pap')
        said.push({
          type: TYPE.userPassword,
          value: hidePassword(Buffer.from(credential.password), key, authenticator),
        });
      else
        said.push(
          { type: TYPE.chapPassword, value: Buffer.concat([credential.id, credential.response]) },
          { type: TYPE.chapChallenge, value: credential.challenge },
        );
      const answer = await exchange(
        signQuestion(key, CODE.accessRequest, randomInt(256), authenticator, said),
        authPort,
      );
      return answer && { accepted: answer.code === CODE.accessAccept, told: toldIn(answer) };
    },
    async tell(attributes) {
      const request = signRequest(key, CODE.accountingRequest, randomInt(256), encodeAttributes(attributes));
      return (await exchange(request, acctPort))?.code === CODE.accountingResponse;
    },
    onDisconnect(handler) {
      end = handler;
    },
    async close() {
      coa.close();
      await once(coa, 'close');
    },
  };
}

const toldIn = ({ attributes }: Packet): Told =>
  new Map(readAttributes(attributes).map(({ name, value }) => [name, value]));
