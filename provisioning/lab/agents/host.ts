import type { Clock } from '../../../core/domain/clock.ts';
import type { DeviceLife } from '../model/traffic.ts';
import type { LabDevice } from '../network-builder.ts';
import type { LabThing } from '../things.ts';
import { isPortTaken, type Player } from './player.ts';
import { type Part, partOf } from './protocols.ts';

/** How long a port that was given up is waited for when its agent starts again. */
const REBIND_PATIENCE_MS = 5_000;
const LAST_PORT = 65_535;

type Agent = {
  readonly part: Part;
  /** Where it answers, once it has answered. */
  port: number;
  player: Player | null;
  slowMs: number;
  /** Opened and closed one after another, whatever was ordered meanwhile. */
  turn: Promise<void>;
};

/** Plays the devices of the lab on 127.0.0.1, a port each, all in one process. */
export type AgentHost = {
  /** @returns the port it answers on. `port` 0: any free one; a taken one is passed over for the next. */
  add(
    device: LabDevice | LabThing,
    life: DeviceLife,
    options: { port: number; isSilent?: boolean; brokerUrl?: string | null },
  ): Promise<number>;
  /** Closes its port: nothing answers there any more. */
  silence(code: string): Promise<void>;
  /** Answers again, on the same port. */
  open(code: string): Promise<void>;
  /** Each answer comes so much later; 0 is the ordinary pace. */
  slow(code: string, extraMs: number): void;
  setLife(code: string, life: DeviceLife): void;
  /** Whether the mains of its place is there; only power boxes mind. */
  setMains(code: string, isThere: boolean): void;
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

  async function play(agent: Agent, port: number): Promise<void> {
    const player = await agent.part.open(port);
    player.slow(agent.slowMs);
    agent.player = player;
    agent.port = player.port;
  }

  async function openAgent(agent: Agent): Promise<void> {
    if (agent.player !== null) return;
    const patience = Date.now() + REBIND_PATIENCE_MS;
    for (;;) {
      try {
        await play(agent, agent.port);
        return;
      } catch (error) {
        if (!isPortTaken(error) || Date.now() > patience) throw error;
      }
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  async function closeAgent(agent: Agent): Promise<void> {
    const { player } = agent;
    agent.player = null;
    await player?.close();
  }

  return {
    async add(device, life, { port, isSilent = false, brokerUrl = null }) {
      if (agents.has(device.code)) throw new Error(`the lab has ${device.code} already`);
      const part = partOf(device, { life, clock, brokerUrl });
      const agent: Agent = { part, port, player: null, slowMs: 0, turn: Promise.resolve() };
      for (let wanted = port; agent.player === null; wanted++) {
        try {
          await play(agent, wanted);
        } catch (error) {
          if (!isPortTaken(error) || port === 0 || wanted >= LAST_PORT) throw error;
        }
      }
      agents.set(device.code, agent);
      if (isSilent) await closeAgent(agent);
      return agent.port;
    },
    silence: (code) => inTurn(agentOf(code), () => closeAgent(agentOf(code))),
    open: (code) => inTurn(agentOf(code), () => openAgent(agentOf(code))),
    slow(code, extraMs) {
      const agent = agentOf(code);
      agent.slowMs = extraMs;
      agent.player?.slow(extraMs);
    },
    setLife(code, life) {
      agentOf(code).part.setLife(life);
    },
    setMains(code, isThere) {
      agentOf(code).part.setMains(isThere);
    },
    async close() {
      await Promise.all([...agents.values()].map((agent) => inTurn(agent, () => closeAgent(agent))));
    },
  };
}
