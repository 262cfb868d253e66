import { responseMsOf } from '../model/load.ts';
import type { Protocol } from '../network-builder.ts';
import type { DeviceState } from './device-state.ts';
import type { OpenPlayer } from './player.ts';
import { startRouterAgent } from './routeros/agent.ts';
import { labRouter } from './routeros/lab-router.ts';
import { startSnmpAgent } from './snmp/udp-agent.ts';

/** How each protocol is played. */
const OPENERS: Readonly<Record<Protocol, (state: DeviceState) => OpenPlayer>> = {
  snmp: (state) => (port) => startSnmpAgent(state, port),
  routeros: (state) => (port) =>
    startRouterAgent(labRouter(state), {
      port,
      clock: state.clock,
      delayMs: (at) => responseMsOf(state.device.load, state.load(at), at),
    }),
};

export const openerOf = (state: DeviceState): OpenPlayer => OPENERS[state.device.protocol](state);
