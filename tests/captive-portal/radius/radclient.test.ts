import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isRequestAuthentic, signAnswer } from '../../../captive-portal/radius/authenticators.ts';
import { CODE } from '../../../captive-portal/radius/codes.ts';
import { encodeAttributes, readAttributes } from '../../../captive-portal/radius/dictionary.ts';
import { decodePacket, type Packet } from '../../../captive-portal/radius/packet.ts';
import { openPeer, SECRET } from './support/hotspot-peer.ts';
import { radclient } from './support/radclient.ts';
import { type HeardServer, startServer } from './support/server.ts';

const CITIZEN = `User-Name = "warga"
NAS-IP-Address = 10.5.50.1
NAS-Identifier = "desa-sukamaju-01"
NAS-Port-Type = Wireless-802.11
Called-Station-Id = "hotspot1"
Calling-Station-Id = "02:00:00:00:00:64"
Framed-IP-Address = 10.5.50.7
`;
const SESSION = `${CITIZEN}Acct-Session-Id = "80000001"
NAS-Port = 1
`;
const SIGNED = 'Message-Authenticator = 0x00\n';
const PAP = 'User-Password = "rahasia"\n';
const CHAP = 'CHAP-Password = "rahasia"\nCHAP-Challenge = 0x00112233445566778899aabbccddeeff\n';

const KEY = Buffer.from(SECRET);

let server: HeardServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

/** One that hears nothing waits a second for it. */
const BRIEFLY = ['-r', '1', '-t', '1'];
const auth = (packet: string, more: { readonly secret?: string; readonly args?: readonly string[] } = {}) =>
  radclient(packet, { port: server.authPort, kind: 'auth', ...more });
const acct = (packet: string) => radclient(packet, { port: server.acctPort, kind: 'acct' });

describe('Debian’s radclient', () => {
  test('is let in with a signed PAP request, and reads all that it is granted', async () => {
    const { code, output } = await auth(CITIZEN + PAP + SIGNED);

    expect(code).toBe(0);
    expect(output).toMatch(/Received Access-Accept/);
    for (const line of ['Session-Timeout = 3600', 'Idle-Timeout = 600', 'Mikrotik-Rate-Limit = "1M/2M"'])
      expect(output).toContain(line);
    expect(output).toContain('Mikrotik-Total-Limit = 104857600');
    // It prints attributes in the order in which they came.
    expect(output.slice(output.indexOf('Received'))).toMatch(/length \d+\n\s*Message-Authenticator/);
    expect(server.signers).toEqual(['hotspot']);
    expect(server.requests[0]).toMatchObject({
      userName: 'warga',
      credential: 'pap',
      callingStationId: '02:00:00:00:00:64',
      calledStationId: 'hotspot1',
      nasIdentifier: 'desa-sukamaju-01',
      framedIp: '10.5.50.7',
      acctSessionId: null,
      from: '127.0.0.1',
    });
  });

  test('is let in with a PAP request without Message-Authenticator until one was signed', async () => {
    const before = await auth(CITIZEN + PAP);
    await auth(CITIZEN + PAP + SIGNED);
    const after = await auth(CITIZEN + PAP, { args: BRIEFLY });

    expect(before.output).toMatch(/Received Access-Accept/);
    expect(after.output).toMatch(/No reply/);
    expect(server.stats()).toMatchObject({ accepted: 2, unsigned: 1 });
  });

  test.each([
    ['with a challenge of its own', CHAP],
    ['with the authenticator as challenge', 'CHAP-Password = "rahasia"\n'],
  ])('is let in by CHAP %s', async (_name, chap) => {
    const { code, output } = await auth(CITIZEN + chap + SIGNED);

    expect(code).toBe(0);
    expect(output).toMatch(/Received Access-Accept/);
    expect(server.requests[0]).toMatchObject({ credential: 'chap' });
  });

  test.each([
    ['a wrong PAP password', 'User-Password = "salah"\n'],
    ['a wrong CHAP password', CHAP.replace('rahasia', 'salah')],
    ['a request without password', ''],
  ])('is refused with %s, and told why', async (_name, credential) => {
    const { code, output } = await auth(CITIZEN + credential + SIGNED);

    expect(code).toBe(1);
    expect(output).toMatch(/Received Access-Reject/);
    expect(output).toContain('Reply-Message = "Sandi tidak cocok"');
    expect(output).not.toContain('Session-Timeout');
  });

  test('hears nothing with Proxy-State and no signature, and with one gets it back', async () => {
    const plain = await auth(`${CITIZEN}Proxy-State = 0x01\n${PAP}`, { args: BRIEFLY });
    const signed = await auth(`${CITIZEN}Proxy-State = 0x01\nProxy-State = 0x0203\n${PAP}${SIGNED}`);

    expect(plain.output).toMatch(/No reply/);
    expect(signed.output).toMatch(/Received Access-Accept[\s\S]*Proxy-State = 0x01\n\s*Proxy-State = 0x0203/);
    expect(server.stats()).toMatchObject({ unsignedProxy: 1, accepted: 1 });
  });

  test('with a wrong secret hears nothing when it signed, and is refused when it did not', async () => {
    const signed = await auth(CITIZEN + PAP + SIGNED, { secret: 'lain', args: BRIEFLY });
    const plain = await auth(CITIZEN + PAP, { secret: 'lain', args: BRIEFLY });

    expect(signed.output).toMatch(/No reply/);
    // The answer is signed with the right secret, which this client does not know.
    expect(plain.output).not.toMatch(/Received Access-Accept/);
    expect(server.stats()).toMatchObject({ badSignature: 1, rejected: 1, accepted: 0 });
  });

  test('has Start, Interim-Update, Stop and Accounting-On kept, gigawords too', async () => {
    const octets = 'Acct-Input-Octets = 1000\nAcct-Output-Octets = 2000\nAcct-Output-Gigawords = 1\n';
    const ended = 'Acct-Input-Octets = 5000\nAcct-Output-Octets = 9000\nAcct-Terminate-Cause = User-Request\n';
    const told = [
      `${SESSION}Acct-Status-Type = Start\n`,
      `${SESSION}Acct-Status-Type = Interim-Update\nAcct-Session-Time = 300\n${octets}`,
      `${SESSION}Acct-Status-Type = Stop\nAcct-Session-Time = 600\n${ended}`,
      'NAS-IP-Address = 10.5.50.1\nAcct-Status-Type = Accounting-On\n',
    ];

    for (const packet of told) expect((await acct(packet)).output).toMatch(/Received Accounting-Response/);

    const of = { acctSessionId: '80000001', userName: 'warga', callingStationId: '02:00:00:00:00:64' };
    expect(server.records).toMatchObject([
      { ...of, status: 'start', seconds: 0, upOctets: 0n, downOctets: 0n, cause: null, framedIp: '10.5.50.7' },
      { ...of, status: 'interim', seconds: 300, upOctets: 1000n, downOctets: 4_294_969_296n },
      { ...of, status: 'stop', seconds: 600, upOctets: 5000n, downOctets: 9000n, cause: 'User-Request' },
      { status: 'on', acctSessionId: '', userName: '' },
    ]);
  });

  test('gets an answer to Status-Server at both ports', async () => {
    const atAuth = await radclient(SIGNED, { port: server.authPort, kind: 'status' });
    const atAcct = await radclient(SIGNED, { port: server.acctPort, kind: 'status' });

    expect(atAuth.output).toMatch(/Received Access-Accept/);
    expect(atAcct.output).toMatch(/Received Accounting-Response/);
    expect(server.stats()).toMatchObject({ statusAnswered: 2 });
  });

  test.each(['disconnect', 'coa'])(
    'hears nothing to a %s request: that is what gateways take, not we',
    async (kind) => {
      const packet = 'User-Name = "warga"\nFramed-IP-Address = 10.5.50.7\nAcct-Session-Id = "80000001"\n';

      const { output } = await radclient(packet, { port: server.acctPort, kind, args: BRIEFLY });

      expect(output).toMatch(/No reply/);
      expect(server.stats()).toMatchObject({ unexpectedCode: 1 });
    },
  );

  test('1,000 requests, 32 at a time, are all answered', async () => {
    const args = ['-q', '-s', '-c', '1000', '-p', '32', '-r', '3', '-t', '3'];

    const { code, output } = await radclient(CITIZEN + PAP + SIGNED, { port: server.authPort, kind: 'auth', args });

    expect(code).toBe(0);
    expect(output).toMatch(/Accepted\s*:\s*1000/);
    expect(output).toMatch(/Lost\s*:\s*0/);
  });
});

describe('a gateway that is made of this codec', () => {
  const DISCONNECT = 'User-Name = "warga"\nFramed-IP-Address = 10.5.50.7\nAcct-Session-Id = "80000001"\n';

  test.each([
    ['disconnect', CODE.disconnectRequest, CODE.disconnectAck, [], /Received Disconnect-ACK/],
    ['disconnect', CODE.disconnectRequest, CODE.disconnectNak, [['Error-Cause', 503]], /Received Disconnect-NAK/],
    ['coa', CODE.coaRequest, CODE.coaAck, [], /Received CoA-ACK/],
    ['coa', CODE.coaRequest, CODE.coaNak, [['Error-Cause', 401]], /Received CoA-NAK/],
  ] as const)(
    'believes radclient’s %s (code %i), which believes its answer %i',
    async (kind, asked, code, said, seen) => {
      const requests: Packet[] = [];
      const gateway = await openPeer((octets, reply) => {
        const request = decodePacket(octets);
        if (typeof request === 'string' || !isRequestAuthentic(KEY, request)) return;
        requests.push(request);
        reply(signAnswer(KEY, request, code, encodeAttributes(said.map(([name, value]) => ({ name, value })))));
      });

      const { output } = await radclient(DISCONNECT, { port: gateway.port, kind });
      await gateway.close();

      expect(output).toMatch(seen);
      expect(requests[0]?.code).toBe(asked);
      expect(readAttributes(requests[0]?.attributes ?? [])).toContainEqual({ name: 'User-Name', value: 'warga' });
    },
  );
});
