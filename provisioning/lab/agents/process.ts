import { type AgentHost, createAgentHost } from './host.ts';
import type { AgentMessage, AgentOrder, AgentReply } from './messages.ts';

// The process that plays the agents: it does what its parent orders, and ends with it.

let host: AgentHost | null = null;

async function carryOut(agents: AgentHost, order: AgentOrder): Promise<number | undefined> {
  switch (order.type) {
    case 'add':
      return await agents.add(order.device, order.life, {
        port: order.port,
        isSilent: order.isSilent,
        brokerUrl: order.brokerUrl,
      });
    case 'silence':
      await agents.silence(order.code);
      return;
    case 'open':
      await agents.open(order.code);
      return;
    case 'slow':
      agents.slow(order.code, order.extraMs);
      return;
    case 'mains':
      agents.setMains(order.code, order.isThere);
      return;
    case 'life':
      agents.setLife(order.code, order.life);
      return;
  }
}

async function reply(agents: AgentHost, id: number, order: AgentOrder): Promise<void> {
  let answer: AgentReply;
  try {
    const port = await carryOut(agents, order);
    answer = { id, ...(port === undefined ? {} : { port }) };
  } catch (error) {
    answer = { id, error: error instanceof Error ? error.message : String(error) };
  }
  if (process.connected) process.send?.(answer);
}

process.on('message', (message: AgentMessage) => {
  if (message.type === 'begin') {
    host = createAgentHost(() => Date.now() + message.clockOffsetMs);
    return;
  }
  const agents = host;
  if (agents === null) return;
  // One after another, so that devices get their ports in the order they were named.
  void message.orders.reduce((before, { id, order }) => before.then(() => reply(agents, id, order)), Promise.resolve());
});
// Ctrl-C reaches the whole group, but the devices live until whoever watches them has stopped watching.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit(0));
