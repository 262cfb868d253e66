import { afterEach, describe, expect, test } from 'vitest';
import { createDuplicates } from '../../../captive-portal/radius/duplicates.ts';
import { decodePacket, type Packet } from '../../../captive-portal/radius/packet.ts';
import type { RadiusOutcome } from '../../../captive-portal/radius/policy.ts';
import { handClock } from '../../support/hand-clock.ts';
import { accessRequest, accountingRequest, openPeer } from './support/hotspot-peer.ts';
import { startServer } from './support/server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(options: Parameters<typeof startServer>[0] = {}) {
  const server = await startServer(options);
  const from = await openPeer();
  closing.push(server.close, from.close);
  return { server, from };
}

describe('the same request again', () => {
  test('waits with the first one, and then gets the very same answer', async () => {
    let asked = 0;
    let open: (outcome: RadiusOutcome) => void = () => {};
    const { server, from } = await start({
      policy: {
        authenticate() {
          asked += 1;
          return new Promise((resolve) => {
            open = resolve;
          });
        },
      },
    });
    const request = accessRequest();

    for (let time = 0; time < 3; time++) from.send(request, server.authPort);
    await expect.poll(() => server.stats().pending).toBe(2);
    open({ kind: 'accept', attributes: [{ name: 'Class', value: 'a' }] });
    const first = await from.next();
    from.send(request, server.authPort);
    const again = await from.next();

    expect(asked).toBe(1);
    expect(again.octets).toEqual(first.octets);
    expect(server.stats()).toMatchObject({ accepted: 1, answeredAgain: 1, pending: 2 });
  });

  test('is a new one after 15 seconds', async () => {
    const time = handClock();
    const { server, from } = await start({ timers: time });
    const request = accessRequest();
    const ask = async () => {
      from.send(request, server.authPort);
      await from.next();
    };

    await ask();
    await time.advance(14_999);
    await ask();
    await time.advance(1);
    await ask();

    expect(server.requests).toHaveLength(2);
  });

  test('of accounting is kept once', async () => {
    const { server, from } = await start();
    const record = accountingRequest();

    for (let time = 0; time < 3; time++) {
      from.send(record, server.acctPort);
      await from.next();
    }

    expect(server.records).toHaveLength(1);
  });
});

test('another request under the same id takes the place of the first, whose answer nobody waits for', async () => {
  const opens: ((outcome: RadiusOutcome) => void)[] = [];
  const { server, from } = await start({
    policy: { authenticate: () => new Promise((resolve) => opens.push(resolve)) },
  });

  from.send(accessRequest({ id: 5, authenticator: Buffer.alloc(16, 1) }), server.authPort);
  from.send(accessRequest({ id: 5, authenticator: Buffer.alloc(16, 2) }), server.authPort);
  await expect.poll(() => opens.length).toBe(2);
  opens[0]?.({ kind: 'accept', attributes: [{ name: 'Class', value: 'first' }] });
  opens[1]?.({ kind: 'accept', attributes: [{ name: 'Class', value: 'second' }] });

  expect((await from.next()).attributes[1]?.value.toString()).toBe('second');
  expect(server.stats()).toMatchObject({ superseded: 1, accepted: 1 });
});

test('a packet with a wrong signature does not touch what is kept', async () => {
  const { server, from } = await start();
  const request = accessRequest({ id: 5 });
  from.send(request, server.authPort);
  const first = await from.next();

  from.send(accessRequest({ id: 5, key: Buffer.from('lain') }), server.authPort);
  from.send(request, server.authPort);

  expect((await from.next()).octets).toEqual(first.octets);
  expect(server.stats()).toMatchObject({ badSignature: 1, answeredAgain: 1 });
  expect(server.requests).toHaveLength(1);
});

test('one gateway’s flood pushes out its own oldest, and nobody else’s', () => {
  const duplicates = createDuplicates(100, 15_000);
  const kept = packet(1);
  duplicates.begin('quiet', 'socket', kept, 0).answer(Buffer.from('answer'));

  for (let each = 0; each < 10_000; each++) duplicates.begin('loud', `socket ${each}`, packet(1), 1);

  expect(duplicates.size()).toBe(101);
  expect(duplicates.look('quiet', 'socket', kept, 2)).toEqual(Buffer.from('answer'));
  expect(duplicates.look('loud', 'socket 0', packet(1), 2)).toBe('new');
  duplicates.sweep(15_001);
  expect(duplicates.size()).toBe(0);
});

function packet(id: number): Packet {
  const read = decodePacket(accessRequest({ id, authenticator: Buffer.alloc(16, id) }));
  if (typeof read === 'string') throw new Error(read);
  return read;
}
