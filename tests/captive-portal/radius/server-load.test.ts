import { describe, expect, test } from 'vitest';
import { CODE } from '../../../captive-portal/radius/codes.ts';
import type { RadiusOutcome } from '../../../captive-portal/radius/policy.ts';
import { handClock } from '../../support/hand-clock.ts';
import { gate, heard } from './support/hearing.ts';
import { accessRequest, accountingRequest } from './support/hotspot-peer.ts';
import { NAS } from './support/server.ts';
import { peerWithinTest, serverWithinTest } from './support/within-test.ts';

const ACCEPT: RadiusOutcome = { kind: 'accept', attributes: [] };

describe('accounting', () => {
  test('is answered once the record is kept, and not before', async () => {
    const kept = gate<void>();
    const server = await serverWithinTest({ policy: { account: () => kept.opened } });
    const from = await peerWithinTest();

    expect(await heard(from, server.acctPort, accountingRequest())).toEqual([]);
    expect(server.stats()).toMatchObject({ inWork: 1, accounted: 0 });
    kept.open();

    expect((await from.next()).code).toBe(CODE.accountingResponse);
    expect(server.stats()).toMatchObject({ inWork: 0, accounted: 1 });
  });

  test('is silent while the store is away', async () => {
    const server = await serverWithinTest({ policy: { account: () => Promise.reject(new Error('away')) } });
    const from = await peerWithinTest();

    expect(await heard(from, server.acctPort, accountingRequest())).toEqual([]);
    expect(server.stats()).toMatchObject({ policyFailed: 1, accounted: 0 });
  });

  test('with a wrong authenticator, or without a session, is dropped', async () => {
    const server = await serverWithinTest();
    const from = await peerWithinTest();
    const forged = accountingRequest();
    forged[30] = (forged[30] ?? 0) ^ 1;

    const came = await heard(
      from,
      server.acctPort,
      forged,
      accountingRequest([], 2, Buffer.from('lain')),
      accountingRequest([{ name: 'Acct-Session-Id', value: '' }], 3),
      accountingRequest([], 4).subarray(0, 19),
    );

    expect(came).toEqual([]);
    expect(server.records).toEqual([]);
    expect(server.stats()).toMatchObject({ badAuthenticator: 2, incomplete: 1, tooShort: 1 });
  });

  test('of a kind that nobody keeps is answered, or it would come for ever', async () => {
    const server = await serverWithinTest();
    const from = await peerWithinTest();

    from.send(accountingRequest([{ name: 'Acct-Status-Type', value: 9 }]), server.acctPort);

    expect((await from.next()).code).toBe(CODE.accountingResponse);
    expect(server.records).toEqual([]);
  });
});

describe('many, slow, at the end', () => {
  test('one gateway that is full keeps no other from being served', async () => {
    const held = gate<RadiusOutcome>();
    const server = await serverWithinTest({
      limits: { inFlightPerNas: 3 },
      nasOf: (source) => ({ ...NAS, id: source.kind === 'udp' ? source.address : '' }),
      policy: {
        authenticate: (nas) => (nas.id === '127.0.0.1' ? held.opened : Promise.resolve(ACCEPT)),
      },
    });
    const [full, other] = [await peerWithinTest(), await peerWithinTest('127.0.0.2')];

    const came = await heard(full, server.authPort, ...[1, 2, 3, 4, 5].map((id) => accessRequest({ id })));
    const accounted = await heard(full, server.acctPort, accountingRequest());
    other.send(accessRequest(), server.authPort);

    expect((await other.next()).code).toBe(CODE.accessAccept);
    expect(came).toEqual([]);
    expect(accounted).toHaveLength(1);
    expect(server.stats()).toMatchObject({ busy: 2, inWork: 3 });
    held.open(ACCEPT);
    for (const id of [1, 2, 3]) expect((await full.next()).id).toBe(id);
  });

  test('what takes too long is given up, and its place is free', async () => {
    const time = handClock();
    const server = await serverWithinTest({
      timers: time,
      clock: time.clock,
      limits: { inFlightPerNas: 1, answerMs: 9_000 },
      policy: { authenticate: () => new Promise(() => {}) },
    });
    const from = await peerWithinTest();
    await heard(from, server.authPort, accessRequest({ id: 1 }));

    await time.advance(9_000);
    await heard(from, server.authPort, accessRequest({ id: 2 }));

    expect(server.stats()).toMatchObject({ tooLate: 1, inWork: 1, busy: 0 });
    const closed = server.close();
    await time.advance(5_000);
    await closed;
  });

  test('on closing, what is in work is answered and nothing new is taken', async () => {
    const held = gate<RadiusOutcome>();
    const server = await serverWithinTest({ policy: { authenticate: () => held.opened } });
    const from = await peerWithinTest();
    await heard(from, server.authPort, accessRequest({ id: 1 }));

    const closed = server.close();
    from.send(accessRequest({ id: 2 }), server.authPort);
    await expect.poll(() => server.stats().closing).toBe(1);
    held.open(ACCEPT);

    expect((await from.next()).id).toBe(1);
    await closed;
  });

  test('a port that is taken is an error, and leaves nothing open', async () => {
    const server = await serverWithinTest();

    await expect(serverWithinTest({ acctPort: server.authPort })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
