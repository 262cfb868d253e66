import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Clock } from '../../../core/domain/clock.ts';
import { responseMsOf } from '../model/load.ts';
import { noise } from '../model/noise.ts';
import type { DeviceLife } from '../model/traffic.ts';
import type { LabDevice } from '../network-builder.ts';
import { type DeviceState, deviceState } from './device-state.ts';
import { snmpAgent } from './snmp.ts';

/** Answers that one agent may owe; what comes while it owes more is lost, as on a busy device. */
const MAX_OWED = 64;
/** How long a port that was given up is waited for when its agent starts again. */
const REBIND_PATIENCE_MS = 5_000;

type Agent = {
  readonly state: DeviceState;
  readonly answer: (datagram: Uint8Array, at: number) => Buffer | null;
  port: number;
  socket: Socket | null;
  slowMs: number;
  owed: number;
  /** Sockets are opened and closed one after another, whatever was ordered meanwhile. */
  turn: Promise<void>;
};

/** Plays the devices of the lab on 127.0.0.1, a UDP port each, all in one process. */
export type AgentHost = {
  /** @returns the port it answers on. `port` 0: any free one; a taken one is passed over for the next. */
  add(device: LabDevice, life: DeviceLife, options: { port: number; isSilent?: boolean }): Promise<number>;
  /** Closes its socket: nothing answers there any more. */
  silence(code: string): Promise<void>;
  /** Answers again, on the same port. */
  open(code: string): Promise<void>;
  /** Each answer comes so much later; 0 is the ordinary pace. */
  slow(code: string, extraMs: number): void;
  setLife(code: string, life: DeviceLife): void;
  close(): Promise<void>;
};

export function createAgentHost(clock: Clock): AgentHost {
  const agents = new Map<string, Agent>();

  const agentOf = (code: string): Agent => {
    const agent = agents.get(code);
    if (agent === undefined) throw new Error(`the lab has no device ${code}`);
    return agent;
  };

  function inTurn(agent: Agent, work: () => Promise<void>): Promise<void> {
    const turn = agent.turn.then(work);
    agent.turn = turn.catch(() => {});
    return turn;
  }

  async function openAgent(agent: Agent): Promise<void> {
    if (agent.socket !== null) return;
    const patience = Date.now() + REBIND_PATIENCE_MS;
    for (;;) {
      const socket = await bind(agent.port);
      if (socket !== null) {
        listen(agent, socket);
        return;
      }
      if (Date.now() > patience) throw new Error(`port ${agent.port} is in use`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  async function closeAgent(agent: Agent): Promise<void> {
    const { socket } = agent;
    agent.socket = null;
    if (socket === null) return;
    const closed = once(socket, 'close');
    socket.close();
    await closed;
  }

  function listen(agent: Agent, socket: Socket): void {
    agent.socket = socket;
    agent.port = socket.address().port;
    socket.on('message', (datagram, sender) => answer(agent, socket, datagram, sender));
    // An answer that could not be delivered comes back as an error on some systems; the asker has gone.
    socket.on('error', () => {});
  }

  function answer(agent: Agent, socket: Socket, datagram: Buffer, sender: RemoteInfo): void {
    if (agent.owed >= MAX_OWED) return;
    const at = clock();
    const reply = agent.answer(datagram, at);
    if (reply === null) return;
    const { load } = agent.state.device;
    const slowMs = agent.slowMs * (0.9 + 0.2 * noise(load.seed, Math.floor(at / 1_000)));
    agent.owed++;
    setTimeout(
      () => {
        agent.owed--;
        if (agent.socket === socket) socket.send(reply, sender.port, sender.address);
      },
      responseMsOf(load, agent.state.load(at), at) + slowMs,
    );
  }

  return {
    async add(device, life, { port, isSilent = false }) {
      if (agents.has(device.code)) throw new Error(`the lab has ${device.code} already`);
      const state = deviceState(device, life, clock);
      const agent: Agent = {
        state,
        answer: snmpAgent(state),
        port,
        socket: null,
        slowMs: 0,
        owed: 0,
        turn: Promise.resolve(),
      };
      for (let wanted = port; agent.socket === null; wanted++) {
        const socket = await bind(wanted);
        if (socket !== null) listen(agent, socket);
        else if (port === 0 || wanted >= 65_535) throw new Error(`no free port for ${device.code}`);
      }
      agents.set(device.code, agent);
      if (isSilent) await closeAgent(agent);
      return agent.port;
    },
    silence: (code) => inTurn(agentOf(code), () => closeAgent(agentOf(code))),
    open: (code) => inTurn(agentOf(code), () => openAgent(agentOf(code))),
    slow(code, extraMs) {
      agentOf(code).slowMs = extraMs;
    },
    setLife(code, life) {
      agentOf(code).state.setLife(life);
    },
    async close() {
      await Promise.all([...agents.values()].map((agent) => inTurn(agent, () => closeAgent(agent))));
    },
  };
}

/** Null where the port is taken. */
async function bind(port: number): Promise<Socket | null> {
  const socket = createSocket('udp4');
  try {
    const bound = once(socket, 'listening');
    socket.bind({ port, address: '127.0.0.1', exclusive: true });
    await bound;
    return socket;
  } catch (error) {
    socket.close();
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return null;
    throw error;
  }
}
