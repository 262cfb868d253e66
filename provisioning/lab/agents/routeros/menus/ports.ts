import { IF_TYPE, type PortModel } from '../../../hardware.ts';
import { OCTETS_PER_ERROR } from '../../../model/load.ts';
import { isCage, moduleAt } from '../../../model/optics.ts';
import { hardwareOf } from '../../../network-builder.ts';
import type { DeviceState } from '../../device-state.ts';
import { flowOf } from '../../snmp.ts';
import type { TableRow } from '../model.ts';
import { id, type Menus } from './menu.ts';

/** Ports with the counters that its SNMP agent gives, and what their modules measure. */
export const portMenus: Menus = {
  '/interface': (state, at) => hardwareOf(state.device).ports.map((port) => interfaceRow(state, port, at)),
  '/interface/ethernet': (state) =>
    ethernetOf(state).map(({ index, name, role }) => ({
      '.id': id(index),
      name,
      'default-name': name,
      disabled: 'false',
      running: String(role !== 'idle'),
    })),
  '/interface/ethernet/monitor': (state, at) =>
    ethernetOf(state).map((port) => ({
      '.id': id(port.index),
      name: port.name,
      status: port.role === 'idle' ? 'no-link' : 'link-ok',
      ...(port.role === 'idle' ? {} : { rate: rateText(port.mbps) }),
      ...opticsOf(state, port, at),
    })),
};

const ethernetOf = ({ device }: DeviceState): readonly PortModel[] =>
  hardwareOf(device).ports.filter(({ type }) => type === IF_TYPE.ethernet);
const rateText = (mbps: number): string => (mbps >= 1_000 ? `${mbps / 1_000}Gbps` : `${mbps}Mbps`);

/** By the numbers of IF-MIB. */
const KINDS: Readonly<Record<number, string>> = {
  [IF_TYPE.ethernet]: 'ether',
  [IF_TYPE.wifi]: 'wlan',
  [IF_TYPE.bridge]: 'bridge',
  [IF_TYPE.vlan]: 'vlan',
  [IF_TYPE.loopback]: 'loopback',
};

function interfaceRow(state: DeviceState, port: PortModel, at: number): TableRow {
  const { device } = state;
  const { index, role, name } = port;
  const flow = flowOf(state, port);
  const perError = role === 'uplink' ? OCTETS_PER_ERROR[device.medium] : OCTETS_PER_ERROR.copper;
  const [received, sent] = [flow.in(at), flow.out(at)];
  const errors = (octets: number, share: number): string => String(Math.floor(Math.floor(octets / perError) / share));
  return {
    '.id': id(index),
    name,
    'name.oid': `.1.3.6.1.2.1.2.2.1.2.${index}`,
    type: KINDS[port.type] ?? 'lte',
    comment: role === 'uplink' ? `uplink ${device.medium}` : role === 'users' ? 'warga' : '',
    mtu: '1500',
    'actual-mtu': '1500',
    'mac-address': `${device.mac.slice(0, -1)}${(index % 16).toString(16)}`.toUpperCase(),
    dynamic: 'false',
    disabled: 'false',
    running: String(role !== 'idle'),
    'rx-byte': String(received),
    'tx-byte': String(sent),
    'rx-error': errors(received, 1),
    'tx-error': errors(sent, 5),
    'rx-drop': errors(received, 3),
    'tx-drop': errors(sent, 2),
  };
}

function opticsOf({ device }: DeviceState, port: PortModel, at: number): TableRow {
  if (!isCage(port)) return {};
  const module = moduleAt(device, port, at);
  if (module === null) return { 'sfp-module-present': 'false' };
  return {
    'sfp-module-present': 'true',
    'sfp-rx-loss': 'false',
    'sfp-temperature': String(module.temperatureC),
    'sfp-supply-voltage': module.supplyV.toFixed(3),
    'sfp-tx-bias-current': String(module.biasMa),
    'sfp-tx-power': module.txDbm.toFixed(3),
    'sfp-rx-power': module.rxDbm.toFixed(3),
  };
}
