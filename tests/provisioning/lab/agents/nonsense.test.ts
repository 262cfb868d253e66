import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { encodeOids, encodeRequest, PDU } from '../../../../collector/snmp/message.ts';
import { deviceState } from '../../../../provisioning/lab/agents/device-state.ts';
import { type AgentHost, createAgentHost } from '../../../../provisioning/lab/agents/host.ts';
import { snmpAgent } from '../../../../provisioning/lab/agents/snmp.ts';
import { labNetwork } from '../../../../provisioning/lab/network.ts';
import { mutate, seededRandom } from '../../../support/random.ts';

const NOW = 1_800_000_000_000;
const life = { bootAt: NOW - 3_600_000, cuts: [] };
const [device] = labNetwork().devices;
if (device === undefined) throw new Error('the lab has no device');
const request = (pdu: (typeof PDU)['get' | 'getNext' | 'getBulk'], repetitions = 20): Buffer =>
  encodeRequest({
    version: '2c',
    community: Buffer.from('public'),
    pdu,
    requestId: 0x0123_4567,
    repetitions,
    bindings: encodeOids(['1.3.6.1.2.1.1.3.0', '1.3.6.1.2.1.2.2.1.10', '1.3.6.1.2.1.31.1.1.1.6']).bindings,
  });

let host: AgentHost | null = null;
afterEach(() => host?.close());

test('twenty thousand damaged requests are answered or passed over, and no answer grows beyond its bound', () => {
  const answer = snmpAgent(deviceState(device, life, () => NOW));
  const random = seededRandom(7);
  const whole = [request(PDU.get), request(PDU.getNext), request(PDU.getBulk), request(PDU.getBulk, 2_000_000_000)];
  let answered = 0;
  let longest = 0;

  for (let round = 0; round < 20_000; round++) {
    const reply = answer(mutate(whole[round % whole.length] ?? Buffer.alloc(0), random), NOW);
    if (reply !== null) answered++;
    longest = Math.max(longest, reply?.length ?? 0);
  }

  expect(longest).toBeLessThanOrEqual(8_192);
  expect(answered).toBeGreaterThan(100);
  expect(answer(request(PDU.get), NOW)?.length).toBeGreaterThan(40);
});

test('a request whose answer would not fit is told so', () => {
  const answer = snmpAgent(deviceState(device, life, () => NOW));
  const description = '1.3.6.1.2.1.1.1.0';
  const bindings = encodeOids(Array.from({ length: 250 }, () => description)).bindings;
  const head = { community: Buffer.from('public'), requestId: 0x0123_4567, repetitions: 0 } as const;

  const reply = answer(encodeRequest({ ...head, version: '2c', pdu: PDU.get, bindings }), NOW);

  // error-status tooBig, no bindings
  expect(reply?.length).toBeLessThan(60);
  expect(reply?.includes(Buffer.from([0x02, 0x01, 0x01, 0x02, 0x01, 0x00, 0x30, 0x00]))).toBe(true);
});

test('an agent on a socket outlives nonsense and answers the next good request', async () => {
  host = createAgentHost(() => NOW);
  const port = await host.add(device, life, { port: 0 });
  const socket = createSocket('udp4');
  const random = seededRandom(11);

  for (let round = 0; round < 300; round++) {
    const bytes = Buffer.from(Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256)));
    socket.send(bytes, port, '127.0.0.1');
  }
  const answered = once(socket, 'message');
  const again = setInterval(() => socket.send(request(PDU.get), port, '127.0.0.1'), 50);
  const [reply] = (await answered) as [Buffer];
  clearInterval(again);
  socket.close();

  expect(reply.length).toBeGreaterThan(40);
});
