import { MINUTE } from '../../../../../core/domain/clock.ts';
import { IF_TYPE, type PortModel } from '../../../hardware.ts';
import { noise } from '../../../model/noise.ts';
import { hardwareOf } from '../../../network-builder.ts';
import type { DeviceState } from '../../device-state.ts';
import type { TableRow } from '../model.ts';
import { durationText, id, type Menus } from './menu.ts';
import { clientMac, peopleOn } from './people.ts';

const SSID = 'Internet Desa Sumsel';

/** Its Wi-Fi, modem, and radio of 60 GHz. */
export const radioMenus: Menus = {
  '/interface/wireless': (state) =>
    radiosOf(state).map(({ index, name }) => ({
      '.id': id(index),
      name,
      mode: 'ap-bridge',
      ssid: SSID,
      disabled: 'false',
      running: 'true',
    })),
  '/interface/wireless/monitor': (state, at) =>
    radiosOf(state).map(({ index, name }, position) => ({
      '.id': id(index),
      name,
      channel: position === 0 ? '2437/20/gn' : '5745/20-Ce/ac',
      'noise-floor': position === 0 ? '-104' : '-109',
      'overall-tx-ccq': String(Math.round(88 - 20 * state.load(at))),
    })),
  '/interface/wireless/registration-table': (state, at) => registrations(state, at),
  '/interface/lte': (state) =>
    modemsOf(state).map(({ index, name }) => ({ '.id': id(index), name, disabled: 'false' })),
  '/interface/lte/monitor': (state, at) =>
    modemsOf(state).map(({ index, name }) => {
      const fade = drift(state, index, at);
      return {
        '.id': id(index),
        name,
        'registration-status': 'registered',
        'current-operator': 'Telkomsel',
        rssi: String(Math.round(-63 - 8 * fade)),
        rsrp: String(Math.round(-92 - 10 * fade)),
        rsrq: (-9 - 3 * fade).toFixed(1),
        sinr: String(Math.round(15 - 9 * fade)),
        'session-uptime': durationText(at - state.life().bootAt),
      };
    }),
  '/interface/w60g': (state) =>
    millimetreOf(state).map(({ index, name }) => ({
      '.id': id(index),
      name,
      ssid: state.device.siteCode,
      disabled: 'false',
    })),
  '/interface/w60g/monitor': (state, at) =>
    millimetreOf(state).map(({ index, name }) => {
      const fade = drift(state, index, at);
      return {
        '.id': id(index),
        name,
        connected: 'true',
        frequency: '58320',
        rssi: String(Math.round(-54 - 6 * fade)),
        signal: String(Math.round(85 - 20 * fade)),
        'tx-phy-rate': '2.3Gbps',
        'tx-packet-error-rate': `${Math.round(2 * fade)}%`,
        distance: '412.6m',
      };
    }),
};

const portsOf = ({ device }: DeviceState): readonly PortModel[] => hardwareOf(device).ports;
const radiosOf = (state: DeviceState): readonly PortModel[] =>
  portsOf(state).filter(({ type, role }) => type === IF_TYPE.wifi && role === 'users');
const modemsOf = (state: DeviceState): readonly PortModel[] =>
  portsOf(state).filter(({ name }) => name.startsWith('lte'));
const millimetreOf = (state: DeviceState): readonly PortModel[] =>
  portsOf(state).filter(({ name }) => name.startsWith('wlan60'));

/** From 0, a clear sky, to 1. */
const drift = ({ device }: DeviceState, index: number, at: number): number =>
  noise(device.load.seed ^ index, Math.floor(at / (5 * MINUTE)));

function registrations(state: DeviceState, at: number): readonly TableRow[] {
  const [first, second] = radiosOf(state);
  if (first === undefined) return [];
  const count = peopleOn(state, at);
  const onSecond = Math.round(count * (second?.share ?? 0));
  return Array.from({ length: count }, (_, n) => {
    const spot = noise(state.device.load.seed ^ 0x9e37, n);
    return {
      '.id': id(n + 1),
      interface: second !== undefined && n < onSecond ? second.name : first.name,
      'mac-address': clientMac(state, n),
      ap: 'false',
      'signal-strength': `${Math.round(-48 - 34 * spot)}@6Mbps`,
      'signal-to-noise': String(Math.round(52 - 32 * spot)),
      'tx-ccq': String(Math.round(95 - 40 * spot)),
      'tx-rate': '72.2Mbps-20MHz/1S/SGI',
      'rx-rate': '65Mbps-20MHz/1S',
      uptime: durationText(10 * MINUTE * (1 + spot * 30)),
    };
  });
}
