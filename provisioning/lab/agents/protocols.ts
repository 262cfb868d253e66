import type { Clock } from '../../../core/domain/clock.ts';
import { responseMsOf } from '../model/load.ts';
import type { DeviceLife } from '../model/traffic.ts';
import type { LabDevice } from '../network-builder.ts';
import type { LabThing } from '../things.ts';
import { startCameraHost } from './cameras/host.ts';
import { deviceState } from './device-state.ts';
import type { OpenPlayer } from './player.ts';
import { startPowerBox } from './power-box/agent.ts';
import { powerBoxModel } from './power-box/model.ts';
import { startRouterAgent } from './routeros/agent.ts';
import { labRouter } from './routeros/lab-router.ts';
import { startSnmpAgent } from './snmp/udp-agent.ts';
import { startWebSiteHost } from './web-sites/host.ts';

export const LAB_CAMERA_LOGIN = { user: 'simpul', password: 'simpul-lab' } as const;
export const LAB_BOX_PASSWORD = 'simpul-lab';

/** What is played of a device, and what can be told to it while it plays. */
export type Part = {
  readonly open: OpenPlayer;
  /** A restart, or a line that was cut or mended. */
  setLife(life: DeviceLife): void;
  /** Whether the mains of its place is there. */
  setMains(isThere: boolean): void;
};

export type PartOptions = {
  readonly life: DeviceLife;
  readonly clock: Clock;
  /** Where power boxes publish; null: they stay silent. */
  readonly brokerUrl: string | null;
};

const NOTHING = { setLife: () => {}, setMains: () => {} } as const;

/** What a device plays, by its protocol. */
export function partOf(played: LabDevice | LabThing, { life, clock, brokerUrl }: PartOptions): Part {
  switch (played.protocol) {
    case 'snmp': {
      const state = deviceState(played, life, clock);
      return { ...NOTHING, open: (port) => startSnmpAgent(state, port), setLife: state.setLife };
    }
    case 'routeros': {
      const state = deviceState(played, life, clock);
      const delayMs = (at: number): number => responseMsOf(played.load, state.load(at), at);
      return {
        ...NOTHING,
        open: (port) => startRouterAgent(labRouter(state), { port, clock, delayMs }),
        setLife: state.setLife,
      };
    }
    case 'rtsp':
      return { ...NOTHING, open: (port) => openCamera(played, port) };
    case 'http':
      return { ...NOTHING, open: (port) => openWebSite(played, port) };
    case 'mqtt':
      return powerBoxPart(played, { life, clock, brokerUrl });
  }
}

type Of<Name extends LabThing['protocol']> = Extract<LabThing, { protocol: Name }>;

/** A slow camera is one whose picture has frozen: its server answers as ever. */
async function openCamera({ code, path, needsPassword }: Of<'rtsp'>, port: number): ReturnType<OpenPlayer> {
  const login = needsPassword ? LAB_CAMERA_LOGIN : null;
  const camera = { code, path, login, width: 320, height: 240, framesPerSecond: 5 };
  const host = await startCameraHost({ cameras: [camera], port });
  return {
    port: host.port,
    slow: (extraMs) => host.set(code, extraMs > 0 ? 'frozen' : 'live'),
    close: () => host.close(),
  };
}

async function openWebSite({ code, path, title }: Of<'http'>, port: number): ReturnType<OpenPlayer> {
  const host = await startWebSiteHost({ sites: [{ code, path, title }], port });
  return {
    port: host.port,
    slow: (extraMs) => host.set(code, extraMs > 0 ? 'slow' : 'well'),
    close: () => host.close(),
  };
}

/** Cuts of the mains that a battery's charge still shows. */
const MAX_CUTS = 64;

function powerBoxPart({ topic, code, seed }: Of<'mqtt'>, options: PartOptions): Part {
  const { clock, brokerUrl } = options;
  let { bootAt } = options.life;
  /** When the mains was away, the last one perhaps still. */
  const cuts: { readonly from: number; to: number }[] = [];
  return {
    async open() {
      const model = powerBoxModel({
        seed,
        serial: seed.toString(16).toUpperCase(),
        bootAt,
        hasMains: (at) => !cuts.some(({ from, to }) => at >= from && at < to),
      });
      const box =
        brokerUrl === null
          ? null
          : startPowerBox({ url: brokerUrl, username: code, password: LAB_BOX_PASSWORD, topic, model, clock });
      // What takes it away takes it without a goodbye.
      return { port: 0, slow: () => {}, close: async () => await box?.cut() };
    },
    setLife(life) {
      bootAt = life.bootAt;
    },
    setMains(isThere) {
      const last = cuts.at(-1);
      if (isThere && last?.to === Number.POSITIVE_INFINITY) last.to = clock();
      if (isThere || last?.to === Number.POSITIVE_INFINITY) return;
      cuts.push({ from: clock(), to: Number.POSITIVE_INFINITY });
      if (cuts.length > MAX_CUTS) cuts.shift();
    },
  };
}
