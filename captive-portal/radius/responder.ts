import type { Clock } from '../../core/domain/clock.ts';
import type { Log } from '../../core/log/log.ts';
import type { Timers } from '../../core/timers.ts';
import type { ReplyAttribute } from '../gateway.ts';
import { admit, createSignersSeen } from './admission.ts';
import { type Key, signAnswer } from './authenticators.ts';
import { CODE, TYPE } from './codes.ts';
import type { Counted, Counts } from './counts.ts';
import { encodeAttributes } from './dictionary.ts';
import { createDuplicates } from './duplicates.ts';
import type { RadiusLimits } from './limits.ts';
import { type Attribute, decodePacket, type Packet } from './packet.ts';
import type { RadiusNas, RadiusOutcome, RadiusPolicy } from './policy.ts';
import { createQuietLog } from './quiet-log.ts';
import { readRecord } from './record.ts';
import { readRequest } from './request.ts';
import { createWork, type Lane } from './work.ts';

/** Who sent a packet, and how an answer goes back. */
export type Asker<Nas extends RadiusNas> = {
  readonly nas: Nas;
  readonly key: Key;
  /** Its address. */
  readonly from: string;
  /** Our socket and its, or the connection: within one such, an id belongs to one request. */
  readonly socket: string;
  /** What may be asked here. */
  readonly lanes: readonly Lane[];
  readonly isOverTls: boolean;
  send(octets: Buffer): void;
  /** The packet needs no more work, whether an answer went out or not. */
  finished?(): void;
};

/** What the engine does with one packet, whatever it came over. */
export type Responder<Nas extends RadiusNas> = {
  /** Never throws. @returns why the packet was dropped at once; null: it is answered or in work */
  receive(octets: Buffer, asker: Asker<Nas>): Counted | null;
  /** Takes nothing more, and waits for what is under way, at most as long as the limits say. */
  close(): Promise<void>;
  pending(): number;
};

export type ResponderParts<Nas extends RadiusNas> = {
  readonly policy: RadiusPolicy<Nas>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: RadiusLimits;
  readonly counts: Counts;
  /** A NAS with `auto` signed for the first time: to be stored, since from now on it must. */
  readonly authenticatorSeen: (nas: Nas) => void;
};

export function createResponder<Nas extends RadiusNas>(parts: ResponderParts<Nas>): Responder<Nas> {
  const { policy, clock, timers, log, limits, counts, authenticatorSeen } = parts;
  const duplicates = createDuplicates(limits.duplicatesPerNas, limits.duplicateMs);
  const signers = createSignersSeen();
  const work = createWork(timers, limits);
  const warn = createQuietLog(log, timers);
  let isClosing = false;
  let cancelSweep = timers.after(limits.duplicateMs, sweep);

  function sweep(): void {
    duplicates.sweep(timers.now());
    cancelSweep = timers.after(limits.duplicateMs, sweep);
  }

  function receive(octets: Buffer, asker: Asker<Nas>): Course {
    const packet = decodePacket(octets);
    if (typeof packet === 'string') return packet;
    const { nas, key, isOverTls } = asker;
    const lane = laneOf(packet.code, asker.lanes);
    if (lane === null) return 'unexpectedCode';
    const admitted = admit(key, packet, { mustSign: signers.mustSign(nas), isOverTls });
    if (admitted !== 'signed' && admitted !== 'plain') return admitted;
    if (admitted === 'signed' && packet.code === CODE.accessRequest && !isOverTls && signers.note(nas))
      authenticatorSeen(nas);
    return packet.code === CODE.statusServer ? tellStatus(packet, lane, asker) : take(packet, lane, asker);
  }

  function tellStatus(packet: Packet, lane: Lane, asker: Asker<Nas>): Course {
    if (policy.isReady?.() === false) return 'notReady';
    const code = lane === 'access' ? CODE.accessAccept : CODE.accountingResponse;
    asker.send(signAnswer(asker.key, packet, code, proxyStates(packet)));
    counts.add('statusAnswered');
    return 'answered';
  }

  function take(packet: Packet, lane: Lane, asker: Asker<Nas>): Course {
    const { nas, socket } = asker;
    const known = duplicates.look(nas.id, socket, packet, timers.now());
    if (known === 'pending') return 'pending';
    if (known !== 'new') {
      asker.send(known);
      counts.add('answeredAgain');
      return 'answered';
    }
    if (work.isFull(lane, nas.id)) return 'busy';
    const job = lane === 'access' ? access(packet, asker) : accounting(packet, asker);
    if (job === 'incomplete') return job;
    const pending = duplicates.begin(nas.id, socket, packet, timers.now());
    const giveUp = (why: Counted) => {
      pending.forget();
      counts.add(why);
      asker.finished?.();
    };
    work.run(lane, nas.id, job, {
      done(reply) {
        const answer = tryToSign(asker, packet, reply);
        if (answer === null) return giveUp('unsendable');
        if (!pending.answer(answer)) return giveUp('superseded');
        asker.send(answer);
        counts.add(reply.counted);
        asker.finished?.();
      },
      failed(error) {
        warn(`failed ${lane}`, { nas: nas.id, lane, code: codeOf(error) }, 'a RADIUS request could not be worked on');
        giveUp('policyFailed');
      },
      late() {
        warn(`late ${lane}`, { nas: nas.id, lane }, 'a RADIUS request took too long');
        giveUp('tooLate');
      },
    });
    return 'working';
  }

  function access(packet: Packet, { nas, key, from }: Asker<Nas>): () => Promise<Reply> {
    const request = readRequest(packet, key, from);
    return async () => {
      const outcome: RadiusOutcome = await policy.authenticate(nas, request);
      if (outcome.kind === 'accept')
        return { code: CODE.accessAccept, attributes: outcome.attributes, counted: 'accepted' };
      const attributes = [{ name: 'Reply-Message', value: outcome.message }];
      return { code: CODE.accessReject, attributes, counted: 'rejected' };
    };
  }

  function accounting(packet: Packet, { nas, from }: Asker<Nas>): 'incomplete' | (() => Promise<Reply>) {
    const read = readRecord(packet, from, nas.swapOctets, clock());
    if (read.kind === 'incomplete') return 'incomplete';
    return async () => {
      // What is of a kind that nobody keeps is answered, or the NAS would tell it for ever.
      if (read.kind === 'record') await policy.account(nas, read.record);
      return { code: CODE.accountingResponse, attributes: [], counted: 'accounted' };
    };
  }

  function tryToSign(asker: Asker<Nas>, packet: Packet, reply: Reply): Buffer | null {
    try {
      const attributes = [...encodeAttributes(reply.attributes), ...proxyStates(packet)];
      return signAnswer(asker.key, packet, reply.code, attributes);
    } catch (error) {
      warn('unsendable', { nas: asker.nas.id, err: error }, 'a RADIUS answer could not be written');
      return null;
    }
  }

  return {
    receive(octets, asker) {
      counts.add('received');
      let course: Course;
      try {
        course = isClosing ? 'closing' : receive(octets, asker);
      } catch (error) {
        // One packet must not end the service of all.
        course = 'policyFailed';
        warn('receive', { nas: asker.nas.id, code: codeOf(error) }, 'a RADIUS packet could not be worked on');
      }
      if (course === 'working') return null;
      asker.finished?.();
      if (course === 'answered') return null;
      counts.add(course);
      if (LOGGED.has(course)) warn(`${course} ${asker.nas.id}`, { nas: asker.nas.id, why: course }, SENTENCE);
      return course;
    },
    async close() {
      isClosing = true;
      cancelSweep();
      await new Promise<void>((resolve) => {
        const cancel = timers.after(limits.closeMs, resolve);
        void work.idle().then(() => {
          cancel();
          resolve();
        });
      });
    },
    pending: work.pending,
  };
}

/** What became of a packet at once: the policy has it, an answer is out, or it was dropped. */
type Course = 'working' | 'answered' | Counted;

type Reply = {
  readonly code: number;
  readonly attributes: readonly ReplyAttribute[];
  readonly counted: 'accepted' | 'rejected' | 'accounted';
};

/** What an operator must hear of: a wrong secret, or a gateway that stopped signing. */
const LOGGED: ReadonlySet<Counted> = new Set(['unsigned', 'unsignedProxy', 'badSignature', 'badAuthenticator', 'busy']);
const SENTENCE = 'a RADIUS packet of a known gateway was dropped';

function laneOf(code: number, lanes: readonly Lane[]): Lane | null {
  if (code === CODE.statusServer) return lanes[0] ?? null;
  const lane = code === CODE.accessRequest ? 'access' : code === CODE.accountingRequest ? 'accounting' : null;
  return lane !== null && lanes.includes(lane) ? lane : null;
}

/** Of the request, in their order (RFC 2865 section 5.33). */
const proxyStates = ({ attributes }: Packet): readonly Attribute[] =>
  attributes.filter(({ type }) => type === TYPE.proxyState);

const codeOf = (error: unknown): string =>
  error instanceof Error ? String('code' in error ? error.code : error.name) : 'unknown';
