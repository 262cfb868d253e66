import type { Clock } from '../../core/domain/clock.ts';
import type { Log } from '../../core/log/log.ts';
import { type AgentProcess, startAgentProcess } from './agents/child.ts';
import { SLOW_MS } from './faults/fault.ts';
import { cutFrom, lifeBefore, mended, restarted } from './faults/lives.ts';
import type { DeviceLife } from './model/traffic.ts';
import type { LabDevice } from './network-builder.ts';
import type { LabThing } from './things.ts';

/** Who holds an agent silent: a person, or a fault by its id. */
type Holder = string;
const PERSON: Holder = 'person';

export type LabOptions = {
  readonly devices: readonly (LabDevice | LabThing)[];
  /** Where power boxes publish; without it they stay silent. */
  readonly brokerUrl?: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Since when each device runs, where that is known. */
  readonly lives?: ReadonlyMap<string, DeviceLife>;
  /** Ports are given from here on upwards, taken ones passed over. Default 0: any free ones. */
  readonly firstPort?: number;
  /** Told whenever a device restarts or its line breaks or mends. */
  readonly onLives?: (lives: ReadonlyMap<string, DeviceLife>) => void;
};

export type Lab = {
  /** Port on 127.0.0.1 of each device's agent, by device code; 0 for what listens nowhere. */
  readonly ports: ReadonlyMap<string, number>;
  readonly devices: readonly (LabDevice | LabThing)[];
  readonly lives: ReadonlyMap<string, DeviceLife>;
  /** Devices that a person has stopped, slowed or started again: the script leaves them alone. */
  readonly touched: ReadonlySet<string>;
  isSilent(code: string): boolean;
  isSlow(code: string): boolean;
  /** Takes the power: the socket closes. Resolves when it is closed. */
  stopAgent(code: string): Promise<void>;
  /** Gives the power back, whatever took it; the device has just started. Resolves when it answers. */
  startAgent(code: string): Promise<void>;
  /** Answers come so much later; 0 for the ordinary pace. */
  slow(code: string, extraMs?: number): Promise<void>;
  /** Silent for a while, then started anew. Resolves when it answers again. */
  reboot(code: string, forMs?: number): Promise<void>;
  /** For the script: silent for the holder's sake until the last holder lets go. */
  hold(code: string, holder: Holder, cause: 'power' | 'line'): Promise<void>;
  release(code: string, holder: Holder): Promise<void>;
  /** For the script: like `slow`, without counting as a person's hand. */
  slowFor(code: string, extraMs: number): Promise<void>;
  /** As if the system had killed the process of the agents; they come back by themselves. */
  killAgents(): void;
  stop(): Promise<void>;
};

const RESTART_AFTER_MS = 1_000;
const REBOOT_MS = 40_000;

/** Starts the agents of the lab in one process of their own, and resolves when every one of them answers. */
export async function startLab({
  devices,
  brokerUrl,
  clock,
  log,
  lives: known,
  firstPort = 0,
  onLives,
}: LabOptions): Promise<Lab> {
  const now = clock();
  const lives = new Map<string, DeviceLife>(
    devices.map((device) => [device.code, revived(known?.get(device.code) ?? lifeBefore(device, now), now)]),
  );
  const ports = new Map<string, number>();
  const holders = new Map<string, Map<Holder, 'power' | 'line'>>();
  const slowed = new Map<string, number>();
  const touched = new Set<string>();
  let isStopping = false;

  async function begin(): Promise<AgentProcess> {
    const started = startAgentProcess(clock);
    try {
      let next = firstPort;
      const added = devices.map(async (device) => {
        const { code } = device;
        const port = ports.get(code) ?? (firstPort === 0 ? 0 : next++);
        const life = lifeOf(code);
        const bound = await started.order({
          type: 'add',
          device,
          life,
          port,
          isSilent: isSilent(code),
          brokerUrl: brokerUrl ?? null,
        });
        if (bound !== undefined) ports.set(code, bound);
        const extraMs = slowed.get(code);
        if (extraMs !== undefined) await started.order({ type: 'slow', code, extraMs });
      });
      await Promise.all(added);
    } catch (error) {
      await started.stop();
      throw error;
    }
    void started.ended.then(() => restart(started));
    return started;
  }

  async function restart(ended: AgentProcess): Promise<void> {
    if (isStopping || agents !== ended) return;
    log.warn({}, 'the process of the lab agents has ended, and is started again');
    await new Promise((done) => setTimeout(done, RESTART_AFTER_MS));
    if (isStopping) return;
    try {
      agents = await begin();
    } catch (error) {
      log.error({ reason: String(error) }, 'the lab agents could not be started again');
    }
  }

  function lifeOf(code: string): DeviceLife {
    const life = lives.get(code);
    if (life === undefined) throw new Error(`the lab has no device ${code}`);
    return life;
  }

  function isSilent(code: string): boolean {
    return (holders.get(code)?.size ?? 0) > 0;
  }

  async function live(code: string, life: DeviceLife): Promise<void> {
    lives.set(code, life);
    onLives?.(lives);
    await agents.order({ type: 'life', code, life });
  }

  /** A power box sees what becomes of the mains at its site; it has a battery of its own. */
  async function tellMains(code: string): Promise<void> {
    const place = devices.find((device) => device.code === code);
    const box = devices.find((device) => device.kind === 'power-box' && device.siteCode === place?.siteCode);
    if (box === undefined || place?.kind === 'power-box') return;
    const isThere = ![...(holders.get(code)?.values() ?? [])].includes('power');
    await agents.order({ type: 'mains', code: box.code, isThere });
  }

  async function hold(code: string, holder: Holder, cause: 'power' | 'line'): Promise<void> {
    const life = lifeOf(code);
    const held = holders.get(code) ?? new Map<Holder, 'power' | 'line'>();
    const wasSilent = held.size > 0;
    held.set(holder, cause);
    holders.set(code, held);
    if (cause === 'power') await tellMains(code);
    if (wasSilent) return;
    // What is known of it changes at once, so that orders that cross each other find it as it will be.
    const silenced = agents.order({ type: 'silence', code });
    await live(code, cutFrom(life, clock()));
    await silenced;
  }

  async function release(code: string, which: readonly Holder[]): Promise<void> {
    const life = lifeOf(code);
    const held = holders.get(code);
    if (held === undefined || !which.some((holder) => held.has(holder))) return;
    const hadNoPower = which.some((holder) => held.get(holder) === 'power');
    for (const holder of which) held.delete(holder);
    const answers = held.size === 0;
    if (answers) holders.delete(code);

    const now = clock();
    const orders: Promise<unknown>[] = [];
    if (hadNoPower) orders.push(tellMains(code));
    // Power that comes back behind a broken line is a start too, though nobody sees it yet.
    if (hadNoPower) orders.push(live(code, answers ? restarted(now) : cutFrom(restarted(now), now)));
    else if (answers) orders.push(live(code, mended(life, now)));
    if (answers) orders.push(agents.order({ type: 'open', code }));
    await Promise.all(orders);
  }

  async function slow(code: string, extraMs: number): Promise<void> {
    lifeOf(code);
    if (extraMs === 0) slowed.delete(code);
    else slowed.set(code, extraMs);
    await agents.order({ type: 'slow', code, extraMs });
  }

  let agents = await begin();

  return {
    ports,
    devices,
    lives,
    touched,
    isSilent,
    isSlow: (code) => slowed.has(code),
    stopAgent(code) {
      touched.add(code);
      return hold(code, PERSON, 'power');
    },
    async startAgent(code) {
      lifeOf(code);
      touched.add(code);
      await slow(code, 0);
      await release(code, [...(holders.get(code)?.keys() ?? [])]);
    },
    slow(code, extraMs = SLOW_MS) {
      touched.add(code);
      return slow(code, extraMs);
    },
    async reboot(code, forMs = REBOOT_MS) {
      const holder = `reboot-${clock()}`;
      await hold(code, holder, 'power');
      await new Promise((done) => setTimeout(done, forMs));
      if (!isStopping) await release(code, [holder]);
    },
    hold,
    slowFor: slow,
    release: (code, holder) => release(code, [holder]),
    killAgents: () => agents.kill(),
    async stop() {
      isStopping = true;
      await agents.stop();
    },
  };
}

/** A life as it goes on after the lab itself was stopped: nothing of it lies in the future, and every cut is over. */
function revived(life: DeviceLife, now: number): DeviceLife {
  return mended({ ...life, bootAt: Math.min(life.bootAt, now) }, now);
}
