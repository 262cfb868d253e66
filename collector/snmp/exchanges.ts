import type { RemoteInfo } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { ProbeError } from '../../core/domain/errors.ts';
import type { SnmpTarget } from './client.ts';
import { createPatience } from './patience.ts';
import { Pending } from './pending.ts';
import { createRequestIds } from './request-ids.ts';
import { openSharedSockets, slotOf } from './shared-sockets.ts';

/** A question on its way. */
export type Asking = {
  /** What its answer is known by. */
  readonly id: number;
  readonly target: Pick<SnmpTarget, 'address' | 'port' | 'timeoutMs'>;
  readonly message: Uint8Array;
  /** Times it is repeated yet. */
  left: number;
  readonly fail: (error: ProbeError) => void;
};

/** Questions that wait for their answers, over sockets that all devices share. */
export type Exchanges<Question extends Asking> = {
  /** An id that no question has, and nobody can guess. */
  newId(): number;
  /** Sends it, and again after each silence, until it is ended or fails. */
  begin(asking: Question): void;
  /** The question that waits for such an answer; undefined for an id that came to another socket than it left from. */
  find(id: number, slot: number): Question | undefined;
  /** @returns false where it had ended before */
  end(asking: Question): boolean;
  close(): Promise<void>;
};

export function createExchanges<Question extends Asking>(
  receive: (datagram: Buffer, from: RemoteInfo, slot: number) => void,
): Exchanges<Question> {
  const waiting = new Pending<Question>();
  const nextId = createRequestIds();
  const patience = createPatience(giveUpOrRepeat);
  const sockets = openSharedSockets(receive);
  let isClosed = false;

  function transmit(asking: Question): void {
    const { id, target, message } = asking;
    patience.wait(id, target.timeoutMs);
    sockets.send(slotOf(id), message, target.port, target.address, (cause) => {
      if (end(asking)) asking.fail(new ProbeError('unreachable', `${target.address} cannot be reached`, { cause }));
    });
  }

  function giveUpOrRepeat(id: number): void {
    const asking = waiting.get(id);
    if (asking === undefined) return;
    const { address, port } = asking.target;
    if (asking.left-- > 0) transmit(asking);
    else if (end(asking)) asking.fail(new ProbeError('timeout', `${address}:${port} did not answer over SNMP`));
  }

  function end(asking: Question): boolean {
    if (waiting.get(asking.id) !== asking) return false;
    waiting.delete(asking.id);
    if (waiting.size === 0) patience.clear();
    return true;
  }

  const closed = (): ProbeError => new ProbeError('timeout', 'the SNMP client is closed');

  return {
    newId() {
      let id = nextId();
      while (waiting.get(id) !== undefined) id = nextId();
      return id;
    },
    begin(asking) {
      if (isClosed) asking.fail(closed());
      else {
        waiting.add(asking);
        transmit(asking);
      }
    },
    find: (id, slot) => (slotOf(id) === slot ? waiting.get(id) : undefined),
    end,
    async close() {
      isClosed = true;
      for (const asking of waiting.all()) if (end(asking)) asking.fail(closed());
      patience.clear();
      await sockets.close();
    },
  };
}

export const isFrom = (from: RemoteInfo, { address, port }: Asking['target']): boolean =>
  from.port === port && isSameAddress(from.address, address);

/** IPv6 addresses have several spellings. */
function isSameAddress(seen: string, asked: string): boolean {
  if (seen === asked) return true;
  if (!isIPv6(asked)) return false;
  const canonical = (address: string): string => {
    const [plain = '', zone] = address.split('%');
    const host = new URL(`http://[${plain}]`).hostname;
    return zone === undefined ? host : `${host}%${zone}`;
  };
  return canonical(seen) === canonical(asked);
}
