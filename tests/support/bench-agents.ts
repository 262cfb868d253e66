// A process of its own, so that what the agents cost is not counted as the collector's: as many SNMP agents as asked
// for, each on a port of its own. Tells its parent the ports, and ends with it.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { answerTo, encodeResponse, integer, readRequest, routerObjects, text, ticks } from './fake-agent.ts';

/** The request id of a message from the collector: four octets behind the PDU's header. */
const REQUEST_ID = Buffer.from([0x02, 0x04]);

const count = Number(process.argv[2]);
const objects = routerObjects('bench', 2)
  .set('1.3.6.1.2.1.25.1.1.0', ticks(9_000_000))
  .set('1.3.6.1.2.1.25.3.3.1.2.2', integer(23))
  .set('1.3.6.1.2.1.25.3.2.1.3.2', text('CPU'));

/** Answers to questions that differ in nothing but their id. */
const answers = new Map<string, Buffer>();

function answer(question: Buffer): Buffer {
  const at = question.indexOf(REQUEST_ID) + 2;
  const id = question.readUInt32BE(at);
  question.writeUInt32BE(0x0100_0000, at);
  const key = question.toString('latin1');
  let known = answers.get(key);
  if (known === undefined) {
    const request = readRequest(question);
    known = answerTo(request, objects, (bindings, error = { status: 0, index: 0 }) =>
      encodeResponse({ ...request, requestId: 0x0100_0000 }, bindings, error),
    );
    answers.set(key, known);
  }
  const reply = Buffer.from(known);
  reply.writeUInt32BE(id, reply.indexOf(REQUEST_ID) + 2);
  return reply;
}

const ports: number[] = [];
for (let agent = 0; agent < count; agent++) {
  const socket = createSocket({ type: 'udp4', lookup: (host, _options, done) => done(null, host, 4) });
  socket.on('message', (question, from) => socket.send(answer(question), from.port, from.address));
  const listening = once(socket, 'listening');
  socket.bind(0, '127.0.0.1');
  await listening;
  ports.push(socket.address().port);
}
process.once('disconnect', () => process.exit(0));
process.send?.(ports);
