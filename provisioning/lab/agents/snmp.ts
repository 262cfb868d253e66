import { IF_TYPE, type PortModel } from '../hardware.ts';
import { clientsOf, cpuPercentOf, diskPercentAt, memoryPercentOf, OCTETS_PER_ERROR } from '../model/load.ts';
import { hardwareOf } from '../network-builder.ts';
import type { DeviceState } from './device-state.ts';
import {
  counter32,
  counter64,
  createMib,
  gauge32,
  hardwareAddress,
  integer,
  type Mib,
  type MibObject,
  objectId,
  octets,
  timeticks,
} from './snmp/mib.ts';
import { opticalObjects } from './snmp/optics.ts';
import { createResponder } from './snmp/responder.ts';

/** The community of every lab device: they listen on loopback alone. */
export const LAB_COMMUNITY = 'public';

const SYSTEM = '1.3.6.1.2.1.1';
const INTERFACES = '1.3.6.1.2.1.2';
const IF_ENTRY = `${INTERFACES}.2.1`;
const IFX_ENTRY = '1.3.6.1.2.1.31.1.1.1';
const HOST = '1.3.6.1.2.1.25';
const MIKROTIK = '1.3.6.1.4.1.14988.1.1';
const UNIFI = '1.3.6.1.4.1.41112.1.6';
const SSID = 'Internet Desa Sumsel';
/** hrStorageTypes and hrDeviceTypes of HOST-RESOURCES-TYPES (RFC 2790). */
const STORAGE_TYPE = { ram: `${HOST}.2.1.2`, 'fixed-disk': `${HOST}.2.1.4` } as const;
const DEVICE_PROCESSOR = `${HOST}.3.1.3`;

/** Answers as a device of that make does: system group, IF-MIB, HOST-RESOURCES, and where it has them its Wi-Fi clients. */
export function snmpAgent(state: DeviceState): (datagram: Uint8Array, at: number) => Buffer | null {
  let mib: Mib | null = null;
  return createResponder(() => {
    mib ??= createMib(objectsOf(state));
    return mib;
  }, LAB_COMMUNITY);
}

function objectsOf(state: DeviceState): MibObject[] {
  return [
    ...systemObjects(state),
    ...interfaceObjects(state),
    ...hostObjects(state),
    ...wirelessObjects(state),
    ...opticalObjects(state),
  ];
}

const uptimeMs = (state: DeviceState, at: number): number => at - state.life().bootAt;

function systemObjects(state: DeviceState): MibObject[] {
  const { device } = state;
  const hardware = hardwareOf(device);
  return [
    { oid: `${SYSTEM}.1.0`, read: () => octets(hardware.sysDescr) },
    { oid: `${SYSTEM}.2.0`, read: () => objectId(hardware.sysObjectId) },
    { oid: `${SYSTEM}.3.0`, read: (at) => timeticks(uptimeMs(state, at)) },
    { oid: `${SYSTEM}.4.0`, read: () => octets('noc@sumsel.example') },
    { oid: `${SYSTEM}.5.0`, read: () => octets(device.code) },
    { oid: `${SYSTEM}.6.0`, read: () => octets(device.location) },
    { oid: `${SYSTEM}.7.0`, read: () => integer(78) },
  ];
}

type Flow = { readonly in: (at: number) => number; readonly out: (at: number) => number };

/** Octets of a port since the start. Seen from the device, what comes down enters by the uplink and leaves to its users. */
export function flowOf(state: DeviceState, port: PortModel): Flow {
  const { upShare } = state.device.load;
  const part = (share: number) => (at: number) => Math.floor(state.downOctets(at) * share);
  switch (port.role) {
    case 'uplink':
      return { in: part(1), out: part(upShare) };
    case 'users':
      return { in: part(port.share * upShare), out: part(port.share) };
    case 'bridge':
      return { in: part(upShare), out: part(1) };
    case 'idle':
      return { in: () => 0, out: () => 0 };
  }
}

function interfaceObjects(state: DeviceState): MibObject[] {
  const { device } = state;
  const { ports } = hardwareOf(device);
  const objects: MibObject[] = [{ oid: `${INTERFACES}.1.0`, read: () => integer(ports.length) }];
  for (const port of ports) objects.push(...portObjects(state, port));
  return objects;
}

function portObjects(state: DeviceState, port: PortModel): MibObject[] {
  const { device } = state;
  const { index, role } = port;
  const flow = flowOf(state, port);
  const mac = `${device.mac.slice(0, -1)}${(index % 16).toString(16)}`;
  const perPacket = role === 'uplink' ? 910 : 840;
  const perError = role === 'uplink' ? OCTETS_PER_ERROR[device.medium] : OCTETS_PER_ERROR.copper;
  const alias = role === 'uplink' ? `uplink ${device.medium}` : role === 'users' ? 'warga' : '';
  const isUp = role !== 'idle';
  const packets = (octets: number): number => Math.floor(octets / perPacket);
  const errors = (octets: number): number => Math.floor(octets / perError);
  const bps = port.mbps * 1_000_000;
  const row = (column: number, read: MibObject['read']): MibObject => ({ oid: `${IF_ENTRY}.${column}.${index}`, read });
  const rowX = (column: number, read: MibObject['read']): MibObject => ({
    oid: `${IFX_ENTRY}.${column}.${index}`,
    read,
  });
  return [
    row(1, () => integer(index)),
    row(2, () => octets(port.name)),
    row(3, () => integer(port.type)),
    row(4, () => integer(1500)),
    row(5, () => gauge32(Math.min(bps, 0xffff_ffff))),
    row(6, () => hardwareAddress(mac)),
    row(7, () => integer(1)),
    row(8, () => integer(isUp ? 1 : 2)),
    row(9, () => timeticks(isUp ? 25_000 : 0)),
    row(10, (at) => counter32(flow.in(at))),
    row(11, (at) => counter32(packets(flow.in(at)))),
    row(13, (at) => counter32(Math.floor(errors(flow.in(at)) / 3))),
    row(14, (at) => counter32(errors(flow.in(at)))),
    row(16, (at) => counter32(flow.out(at))),
    row(17, (at) => counter32(packets(flow.out(at)))),
    row(19, (at) => counter32(Math.floor(errors(flow.out(at)) / 2))),
    row(20, (at) => counter32(Math.floor(errors(flow.out(at)) / 5))),
    rowX(1, () => octets(port.name)),
    rowX(6, (at) => counter64(flow.in(at))),
    rowX(7, (at) => counter64(packets(flow.in(at)))),
    rowX(10, (at) => counter64(flow.out(at))),
    rowX(11, (at) => counter64(packets(flow.out(at)))),
    rowX(15, () => gauge32(port.mbps)),
    rowX(18, () => octets(alias)),
  ];
}

function hostObjects(state: DeviceState): MibObject[] {
  const { load } = state.device;
  const { processors, storages } = hardwareOf(state.device);
  const memory = storages.find(({ kind }) => kind === 'ram');
  const objects: MibObject[] = [{ oid: `${HOST}.1.1.0`, read: (at) => timeticks(uptimeMs(state, at)) }];
  if (memory !== undefined) {
    const kibibytes = (memory.units * memory.unitBytes) / 1024;
    objects.push({ oid: `${HOST}.2.2.0`, read: () => integer(kibibytes) });
  }
  for (const { index, name, kind, unitBytes, units } of storages) {
    const usedPercent = (at: number): number =>
      kind === 'ram' ? memoryPercentOf(load, state.load(at), at) : diskPercentAt(load, at);
    objects.push(
      { oid: `${HOST}.2.3.1.1.${index}`, read: () => integer(index) },
      { oid: `${HOST}.2.3.1.2.${index}`, read: () => objectId(STORAGE_TYPE[kind]) },
      { oid: `${HOST}.2.3.1.3.${index}`, read: () => octets(name) },
      { oid: `${HOST}.2.3.1.4.${index}`, read: () => integer(unitBytes) },
      { oid: `${HOST}.2.3.1.5.${index}`, read: () => integer(units) },
      { oid: `${HOST}.2.3.1.6.${index}`, read: (at) => integer(Math.round((units * usedPercent(at)) / 100)) },
      { oid: `${HOST}.2.3.1.7.${index}`, read: () => counter32(0) },
    );
  }
  for (const [position, index] of processors.entries()) {
    objects.push(
      { oid: `${HOST}.3.2.1.1.${index}`, read: () => integer(index) },
      { oid: `${HOST}.3.2.1.2.${index}`, read: () => objectId(DEVICE_PROCESSOR) },
      { oid: `${HOST}.3.2.1.3.${index}`, read: () => octets('') },
      { oid: `${HOST}.3.2.1.5.${index}`, read: () => integer(2) },
      { oid: `${HOST}.3.3.1.1.${index}`, read: () => objectId('0.0') },
      { oid: `${HOST}.3.3.1.2.${index}`, read: (at) => integer(cpuPercentOf(load, state.load(at), at, position)) },
    );
  }
  return objects;
}

function wirelessObjects(state: DeviceState): MibObject[] {
  const { device } = state;
  const hardware = hardwareOf(device);
  const radios = hardware.ports.filter(({ type, role }) => type === IF_TYPE.wifi && role === 'users');
  // The first radio is 2.4 GHz; what the second serves is taken from the whole, so that the two always add up.
  const on5GHz = (at: number): number => {
    const share = radios[1]?.share ?? 0;
    return Math.round(clientsOf(device.load, state.load(at)) * share);
  };
  const clients = (position: number) => (at: number) =>
    position === 1 ? on5GHz(at) : clientsOf(device.load, state.load(at)) - on5GHz(at);

  switch (hardware.wireless) {
    case null:
      return mikrotikSystem(state);
    case 'mikrotik':
      return [
        ...mikrotikSystem(state),
        ...radios.flatMap(({ index, mbps }, position): MibObject[] => {
          const entry = (column: number): string => `${MIKROTIK}.1.3.1.${column}.${index}`;
          const read = clients(position);
          return [
            { oid: entry(2), read: () => gauge32(mbps * 1_000_000) },
            { oid: entry(3), read: () => gauge32(mbps * 1_000_000) },
            { oid: entry(4), read: () => octets(SSID) },
            { oid: entry(6), read: (at) => gauge32(read(at)) },
            { oid: entry(7), read: () => integer(position === 0 ? 2437 : 5745) },
            { oid: entry(8), read: () => octets(position === 0 ? '2ghz-g/n' : '5ghz-n/ac') },
            { oid: entry(9), read: () => integer(position === 0 ? -104 : -109) },
            { oid: entry(11), read: (at) => gauge32(read(at)) },
          ];
        }),
      ];
    case 'unifi':
      return [
        ...radios.flatMap(({ name }, position): MibObject[] => {
          const entry = (column: number): string => `${UNIFI}.1.2.1.${column}.${position + 1}`;
          const read = clients(position);
          return [
            { oid: entry(1), read: () => integer(position + 1) },
            { oid: entry(4), read: () => integer(position === 0 ? 6 : 149) },
            { oid: entry(6), read: () => octets(SSID) },
            { oid: entry(7), read: () => octets(name) },
            { oid: entry(8), read: (at) => integer(read(at)) },
            { oid: entry(9), read: () => octets(position === 0 ? 'ng' : 'na') },
          ];
        }),
        { oid: `${UNIFI}.3.3.0`, read: () => octets(hardware.model) },
        { oid: `${UNIFI}.3.6.0`, read: () => octets(hardware.version) },
      ];
  }
}

function mikrotikSystem({ device }: DeviceState): MibObject[] {
  const { vendor, version, model } = hardwareOf(device);
  if (vendor !== 'MikroTik') return [];
  return [
    { oid: `${MIKROTIK}.4.4.0`, read: () => octets(version) },
    { oid: `${MIKROTIK}.7.3.0`, read: () => octets(device.serial) },
    { oid: `${MIKROTIK}.7.8.0`, read: () => octets(model) },
  ];
}
