import { IF_TYPE } from '../../../hardware.ts';
import { clientsOf } from '../../../model/load.ts';
import { noise } from '../../../model/noise.ts';
import { hardwareOf } from '../../../network-builder.ts';
import type { DeviceState } from '../../device-state.ts';
import { id, type Menus } from './menu.ts';

const HOTSPOT = 'hotspot1';

/** Who is on its Wi-Fi, and who has signed in. */
export const peopleMenus: Menus = {
  '/ip/hotspot': (state) =>
    !hasWifi(state) ? [] : [{ '.id': id(1), name: HOTSPOT, interface: 'bridge', disabled: 'false', invalid: 'false' }],
  '/ip/hotspot/host': (state, at) =>
    Array.from({ length: peopleOn(state, at) }, (_, n) => ({
      '.id': id(n + 1),
      'mac-address': clientMac(state, n),
      server: HOTSPOT,
      authorized: String(isSignedIn(state, n)),
      bypassed: 'false',
    })),
  '/ip/hotspot/active': (state, at) =>
    Array.from({ length: peopleOn(state, at) }, (_, n) => n)
      .filter((n) => isSignedIn(state, n))
      .map((n) => ({ '.id': id(n + 1), server: HOTSPOT, user: `warga${n}`, 'mac-address': clientMac(state, n) })),
  '/ip/dhcp-server': (state) =>
    !hasWifi(state) ? [] : [{ '.id': id(1), name: 'dhcp1', interface: 'bridge', disabled: 'false' }],
  '/ip/dhcp-server/lease': (state, at) =>
    // Leases outlive those who left.
    Array.from({ length: Math.round(peopleOn(state, at) * 1.3) }, (_, n) => ({
      '.id': id(n + 1),
      'mac-address': clientMac(state, n),
      server: 'dhcp1',
      status: 'bound',
      'last-seen': '30s',
    })),
  '/ip/firewall/connection/tracking': (state, at) => [
    {
      enabled: 'auto',
      'max-entries': '219136',
      'total-entries': String(40 + 34 * peopleOn(state, at) + Math.round(60 * state.load(at))),
    },
  ],
};

const hasWifi = ({ device }: DeviceState): boolean =>
  hardwareOf(device).ports.some(({ type, role }) => type === IF_TYPE.wifi && role === 'users');

/** People on its Wi-Fi. */
export const peopleOn = (state: DeviceState, at: number): number => clientsOf(state.device.load, state.load(at));

/** Addresses that are marked as given locally belong to nobody. */
export function clientMac({ device }: DeviceState, n: number): string {
  const octets = [0x02, device.load.seed >>> 16, device.load.seed >>> 8, device.load.seed, n >>> 8, n];
  return octets.map((octet) => (octet & 0xff).toString(16).padStart(2, '0').toUpperCase()).join(':');
}

/** Three in four of those on the air have signed in. */
const isSignedIn = ({ device }: DeviceState, n: number): boolean => noise(device.load.seed ^ 0x3355, n) < 0.75;
