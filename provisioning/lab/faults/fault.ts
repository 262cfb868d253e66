import { SECOND } from '../../../core/domain/clock.ts';
import { AGENCY_BRANCHES } from '../facts/agencies.ts';
import { VILLAGES } from '../facts/villages.ts';
import type { LabDevice, LabNetwork } from '../network-builder.ts';

/** What can go wrong in the lab, and what the command line calls it. */
export const FAULT_KINDS = ['power-cut', 'fibre-cut', 'radio-flap', 'slow-agent', 'reboot', 'site-off'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * What a fault does to one device for a while. Without power it is silent and starts anew afterwards; behind a broken
 * line it is silent but runs on, and nothing flows; slow, it answers late.
 */
export type FaultEffect = {
  readonly deviceCode: string;
  readonly effect: 'power' | 'line' | 'slow';
  readonly from: number;
  readonly to: number;
};

export type Fault = {
  readonly id: string;
  readonly kind: FaultKind;
  /** What it struck, in words. */
  readonly place: string;
  readonly from: number;
  readonly to: number;
  readonly effects: readonly FaultEffect[];
};

/** Where a fault of a kind can strike: the devices it takes, and the name of the place. */
export type FaultTarget = { readonly place: string; readonly deviceCodes: readonly string[] };

/** Answers of a slow agent come so much later: late enough to be degraded, early enough to be answers. */
export const SLOW_MS = 1_050;

/** Every place where a fault of the kind can strike, in a fixed order. */
export function targetsOf(network: LabNetwork, kind: FaultKind): readonly FaultTarget[] {
  const { devices } = network;
  const single = (device: LabDevice): FaultTarget => ({ place: device.name, deviceCodes: [device.code] });
  const hotspots = devices.filter(({ siteCode }) => /-(office|public)$/.test(siteCode));
  switch (kind) {
    case 'power-cut':
      return VILLAGES.map(({ code, name }) => ({
        place: name,
        deviceCodes: hotspots.filter(({ siteCode }) => siteCode.startsWith(`${code}-`)).map((device) => device.code),
      }));
    case 'fibre-cut':
      return AGENCY_BRANCHES.map(({ code, name }) => ({
        place: name,
        deviceCodes: [`${code}-sw1`, ...devices.filter(isBehind(`${code}-sw1`)).map((device) => device.code)],
      })).filter(({ deviceCodes }) => deviceCodes.length === 8);
    case 'radio-flap':
      return devices
        .filter(
          ({ kind: is, code }) =>
            is === 'radio' && devices.filter(isBehind(code)).every(({ kind }) => kind === 'access-point'),
        )
        .map((radio) => ({
          place: radio.name,
          deviceCodes: [radio.code, ...devices.filter(isBehind(radio.code)).map(({ code }) => code)],
        }));
    case 'slow-agent':
      // A satellite line is slow already: an agent behind it that is slow too would not be heard in time.
      return hotspots.filter(({ medium }) => medium !== 'vsat').map(single);
    case 'reboot':
    case 'site-off':
      return hotspots.map(single);
  }
}

const isBehind = (code: string) => (device: LabDevice) => device.parentCodes.includes(code);

/** Lays a fault of a kind over its devices. */
export function faultAt(
  kind: FaultKind,
  { place, deviceCodes }: FaultTarget,
  from: number,
  durationMs: number,
  random: () => number,
): Fault {
  const to = from + durationMs;
  const onAll = (effect: FaultEffect['effect']): FaultEffect[] =>
    deviceCodes.map((deviceCode) => ({ deviceCode, effect, from, to }));
  const effects = (): readonly FaultEffect[] => {
    switch (kind) {
      case 'power-cut':
      case 'site-off':
      case 'reboot':
        return onAll('power');
      case 'fibre-cut':
        return onAll('line');
      case 'slow-agent':
        return onAll('slow');
      case 'radio-flap':
        return flaps(deviceCodes, from, to, random);
    }
  };
  return { id: `${kind}-${from}-${deviceCodes[0] ?? ''}`, kind, place, from, to, effects: effects() };
}

/** Down for 22 to 40 s, back for 25 to 55 s, and again, as long as the fault lasts. */
function flaps(deviceCodes: readonly string[], from: number, to: number, random: () => number): FaultEffect[] {
  const effects: FaultEffect[] = [];
  for (let at = from; at + 20 * SECOND <= to; ) {
    const end = Math.min(to, at + (22 + 18 * random()) * SECOND);
    for (const deviceCode of deviceCodes)
      effects.push({ deviceCode, effect: 'line', from: Math.round(at), to: Math.round(end) });
    at = end + (25 + 30 * random()) * SECOND;
  }
  return effects;
}
