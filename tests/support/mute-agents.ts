// A process of its own: as many SNMP agents as asked for, each on a port of its own, which lose a share of what they are
// asked and fall silent on demand. Tells its parent the ports, and of those it silences when they answered last.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { answerTo, encodeResponse, readRequest, ticks } from './fake-agent.ts';

/** To the agents: who is silent from now on, by place; nobody else is. */
export type MuteOrder = { readonly silent: readonly number[] };
/** From them, once at the start and then after each order. */
export type MuteReport = {
  readonly ports: readonly number[];
  /** UTC ms; 0 for an agent that never answered. */
  readonly answeredAt: readonly number[];
};

const [count = 0, lossPercent = 0] = process.argv.slice(2).map(Number);
const objects = new Map([['1.3.6.1.2.1.1.3.0', ticks(100_000)]]);
const ports: number[] = [];
const answeredAt = new Array<number>(count).fill(0);
let silent = new Set<number>();

const report = (): void => {
  process.send?.({ ports, answeredAt } satisfies MuteReport);
};

for (let place = 0; place < count; place++) {
  const socket = createSocket({ type: 'udp4', lookup: (host, _options, done) => done(null, host, 4) });
  socket.on('message', (question, from) => {
    if (silent.has(place) || Math.random() * 100 < lossPercent) return;
    const request = readRequest(question);
    const answer = answerTo(request, objects, (bindings, error = { status: 0, index: 0 }) =>
      encodeResponse(request, bindings, error),
    );
    answeredAt[place] = Date.now();
    socket.send(answer, from.port, from.address);
  });
  const listening = once(socket, 'listening');
  socket.bind(0, '127.0.0.1');
  await listening;
  ports.push(socket.address().port);
}
process.on('message', (order: MuteOrder) => {
  silent = new Set(order.silent);
  report();
});
process.once('disconnect', () => process.exit(0));
report();
