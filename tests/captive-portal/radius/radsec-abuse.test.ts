import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CODE } from '../../../captive-portal/radius/codes.ts';
import type { RadiusOutcome } from '../../../captive-portal/radius/policy.ts';
import { handClock } from '../../support/hand-clock.ts';
import { statusRequest } from './support/hotspot-peer.ts';
import { access, type Bench, RADSEC_KEY, radsecBench } from './support/radsec-peer.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await radsecBench();
});
afterAll(() => bench.remove());
afterEach(() => bench.clear());

describe('slow, silent and many peers', () => {
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 20));

  test('half a packet is waited for 15 seconds, however its octets trickle', async () => {
    const time = handClock(undefined, settle);
    const server = await bench.start({ timers: time });
    const line = await bench.open(server.port);
    const request = access(1);
    // What is answered came together with the half behind it.
    line.socket.write(Buffer.concat([statusRequest(2, RADSEC_KEY), request.subarray(0, 30)]));
    await line.next();
    await time.advance(10_000);

    await new Promise((resolve) => line.socket.write(request.subarray(30, 31), resolve));
    await time.advance(5_000);
    await line.ended;

    expect(server.stats()).toMatchObject({ halfPacketClosed: 1, idleClosed: 0 });
  });

  test('a silent connection ends after ten minutes', async () => {
    const time = handClock(undefined, settle);
    const server = await bench.start({ timers: time });
    const line = await bench.open(server.port);

    await expect.poll(() => server.stats().radsecOpen).toBe(1);

    await time.advance(599_000);
    expect(line.socket.destroyed).toBe(false);
    await time.advance(1_000);
    await line.ended;

    expect(server.stats()).toMatchObject({ idleClosed: 1 });
  });

  test('a peer that never begins TLS is let go after 15 seconds', async () => {
    const time = handClock(undefined, settle);
    const server = await bench.start({ timers: time });
    const socket = connectTcp(server.port, '127.0.0.1');
    const ended = once(socket, 'close');
    await expect.poll(() => server.stats().radsecStrangers).toBe(1);

    await time.advance(15_000);
    socket.resume();
    await ended;

    expect(server.stats()).toMatchObject({ handshakeFailed: 1, radsecStrangers: 0 });
  });

  test('a connection is not read further while its requests are in work', async () => {
    const opens: ((outcome: RadiusOutcome) => void)[] = [];
    const server = await bench.start({
      limits: { inFlightPerConnection: 2 },
      policy: { authenticate: () => new Promise((resolve) => opens.push(resolve)) },
    });
    const line = await bench.open(server.port);

    line.socket.write(Buffer.concat([1, 2, 3, 4, 5].map((id) => access(id))));
    await expect.poll(() => opens.length).toBe(2);
    expect(server.stats()).toMatchObject({ received: 2, inWork: 2 });
    for (let each = 0; each < 5; each++) {
      await expect.poll(() => opens.length).toBeGreaterThan(each);
      opens[each]?.({ kind: 'accept', attributes: [] });
    }

    const ids = [];
    for (let each = 0; each < 5; each++) ids.push((await line.next()).id);
    expect(ids).toEqual([1, 2, 3, 4, 5]);
    expect(server.stats()).toMatchObject({ busy: 0 });
  });

  test('a peer that reads no answers is let go', async () => {
    const server = await bench.start({ limits: { unreadOctets: 4_096 } });
    const line = await bench.open(server.port);
    line.socket.pause();

    const requests = Buffer.concat(Array.from({ length: 256 }, (_, id) => statusRequest(id, RADSEC_KEY)));
    for (let round = 0; round < 1_000 && server.stats().slowReaderClosed === 0; round++) {
      line.socket.write(requests);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect.poll(() => server.stats().slowReaderClosed, { timeout: 20_000 }).toBe(1);
  });

  test('a gateway keeps its newest connections', async () => {
    const server = await bench.start({ limits: { connectionsPerNas: 2 } });
    const first = await bench.open(server.port);
    await expect.poll(() => server.stats().radsecOpen).toBe(1);
    const second = await bench.open(server.port);
    const third = await bench.open(server.port);
    await first.ended;

    for (const line of [second, third]) {
      line.socket.write(statusRequest(1, RADSEC_KEY));
      expect((await line.next()).id).toBe(1);
    }
    expect(server.stats()).toMatchObject({ radsecOpen: 2, tooManyConnections: 1 });
  });

  test('5,000 idle connections without a certificate keep no gateway out', async () => {
    const server = await bench.start({ limits: { strangersPerAddress: 10_000, strangers: 64 } });
    const before = await bench.open(server.port);
    await expect.poll(() => server.stats().radsecOpen).toBe(1);
    const sockets: Socket[] = [];
    bench.closing.push(() => {
      for (const socket of sockets) socket.destroy();
    });

    let most = 0;
    for (let batch = 0; batch < 50; batch++) {
      const opened = Array.from({ length: 100 }, () => connectTcp(server.port, '127.0.0.1').on('error', () => {}));
      sockets.push(...opened);
      await Promise.all(
        opened.map((socket) => new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))),
      );
      most = Math.max(most, server.stats().radsecStrangers);
    }
    const after = await bench.open(server.port);
    for (const line of [before, after]) {
      line.socket.write(access(1));
      expect((await line.next()).code).toBe(CODE.accessAccept);
    }

    expect(most).toBeLessThanOrEqual(65);
    expect(server.stats().connections).toBeGreaterThan(5_000);
    expect(server.stats().radsecStrangers).toBeLessThanOrEqual(64);
  });

  test('one address holds only so many of them', async () => {
    const server = await bench.start({ limits: { strangersPerAddress: 8 } });
    const sockets = Array.from({ length: 50 }, () => connectTcp(server.port, '127.0.0.1').on('error', () => {}));
    bench.closing.push(() => {
      for (const socket of sockets) socket.destroy();
    });

    await expect.poll(() => server.stats().connections).toBe(50);

    expect(server.stats()).toMatchObject({ tooManyConnections: 42, radsecStrangers: 8 });
  });

  test('closing lets an answer out and ends all connections', async () => {
    let admit: (outcome: RadiusOutcome) => void = () => {};
    const server = await bench.start({
      policy: {
        authenticate: () =>
          new Promise((resolve) => {
            admit = resolve;
          }),
      },
    });
    const [busy, idle] = [await bench.open(server.port), await bench.open(server.port)];
    busy.socket.write(access(1));
    await expect.poll(() => server.stats().inWork).toBe(1);

    bench.closing.splice(bench.closing.indexOf(server.close), 1);
    const closed = server.close();
    admit({ kind: 'accept', attributes: [] });

    expect((await busy.next()).code).toBe(CODE.accessAccept);
    await Promise.all([closed, busy.ended, idle.ended]);
  });
});
