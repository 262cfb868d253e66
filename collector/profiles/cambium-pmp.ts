import type { Profile, TextSource } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const WHISP = '1.3.6.1.4.1.161.19.3';
const AP = `${WHISP}.1`;
const SM = `${WHISP}.2.2`;
const BOX = `${WHISP}.3.1`;
const LINK = `${AP}.4.1`;
const FRAME_USE = `${AP}.12`;
const PLATFORM = `${BOX}.266.0`;
const DEVICE_TYPE = `${BOX}.6.0`;

/** Scalars of WHISP-BOX-MIBV2-MIB and WHISP-APS-MIB; frequencies in kHz. */
const accessPoint = readingColumns([
  { group: 'wireless', class: 'clients', value: `${AP}.7.1`, label: { text: 'Subscriber modules' } },
  {
    group: 'wireless',
    class: 'frequency',
    value: `${AP}.7.37`,
    label: { text: 'Frequency' },
    scale: 1e-3,
    absent: [0],
  },
  { group: 'wireless', class: 'errors', id: 'crc', value: `${BOX}.223`, label: { text: 'CRC errors' } },
  { group: 'wireless', class: 'errors', id: 'in', value: `${BOX}.95`, label: { text: 'In errors' } },
  { group: 'wireless', class: 'errors', id: 'out', value: `${BOX}.97`, label: { text: 'Out errors' } },
  // 1 sync is generated or received, else not.
  { group: 'sensor', class: 'state', id: 'gps', value: `${AP}.3.1`, label: { text: 'GPS' } },
  { group: 'sensor', class: 'temperature', value: `${BOX}.35`, label: { text: 'Radio' } },
]);

/** Use of the frame over 1, 5 and 15 minutes (WHISP-APS-MIB, frame utilization). */
const frameUse = readingColumns(
  [1, 5, 15].flatMap((minutes, at) => [
    {
      group: 'wireless',
      class: 'utilization',
      id: `down.${minutes}`,
      value: `${FRAME_USE}.${at + 1}.1`,
      label: { text: `Downlink, ${minutes} min` },
    },
    {
      group: 'wireless',
      class: 'utilization',
      id: `up.${minutes}`,
      value: `${FRAME_USE}.${at + 1}.2`,
      label: { text: `Uplink, ${minutes} min` },
    },
  ]),
);

/** A subscriber module or backhaul slave, of its link to the access point (WHISP-SM-MIB). */
const subscriber = readingColumns([
  { group: 'wireless', class: 'rssi', value: `${SM}.21`, label: { text: 'Receive power' }, absent: [0] },
  { group: 'wireless', class: 'rssi', id: 'v', value: `${SM}.117`, label: { text: 'Vertical' }, inText: true },
  { group: 'wireless', class: 'rssi', id: 'h', value: `${SM}.118`, label: { text: 'Horizontal' }, inText: true },
  { group: 'wireless', class: 'snr', id: 'v', value: `${SM}.95`, label: { text: 'Vertical' } },
  { group: 'wireless', class: 'snr', id: 'h', value: `${SM}.106`, label: { text: 'Horizontal' } },
  {
    group: 'wireless',
    class: 'frequency',
    id: 'sm',
    value: `${SM}.67`,
    label: { text: 'Frequency' },
    scale: 1e-3,
    absent: [0],
  },
]);

/** What an access point or backhaul master hears of each registered module (linkTable of WHISP-APS-MIB). */
const links = readingColumns([
  { group: 'wireless', class: 'rssi', id: 'link', value: `${LINK}.35`, label: `${LINK}.33`, inText: true, absent: [0] },
  { group: 'wireless', class: 'snr', id: 'link.v', value: `${LINK}.74`, label: `${LINK}.33` },
  { group: 'wireless', class: 'snr', id: 'link.h', value: `${LINK}.84`, label: `${LINK}.33` },
]);

const role = (kind: RegExp, name: string): TextSource => ({
  parts: [{ oid: PLATFORM }, { oid: DEVICE_TYPE, pattern: kind, text: name }],
  join: ' ',
});
/** Before firmware 15 only the description of the waveform tells the generation. */
const generation = (kind: RegExp, name: string): readonly TextSource[] =>
  [
    { waveform: 'MU-MIMO OFDM', model: 'PMP 450m' },
    { waveform: 'MIMO OFDM', model: 'PMP 450' },
    { waveform: 'OFDM', model: 'PMP 430' },
    { waveform: '', model: 'PMP 100' },
  ].map(({ waveform, model }) => ({
    oid: DEVICE_TYPE,
    pattern: new RegExp(`${waveform}.*${kind.source}`, kind.flags),
    text: `${model} ${name}`,
  }));
const ROLES = [
  { kind: /access point/i, name: 'AP' },
  { kind: /subscriber module/i, name: 'SM' },
  { kind: /master/i, name: 'Master' },
  { kind: /slave/i, name: 'Slave' },
];

/** PMP and PTP radios of the Canopy line: access points, subscriber modules, backhauls. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.161.19' }, { objectId: '1.3.6.1.4.1.161.19', descr: /CANOPY/i }],
  identity: {
    vendor: [{ text: 'Cambium' }],
    os: [{ text: 'pmp' }],
    model: [
      ...ROLES.map(({ kind, name }) => role(kind, name)),
      { oid: PLATFORM },
      ...ROLES.flatMap(({ kind, name }) => generation(kind, name)),
    ],
    version: [{ from: 'sysDescr', pattern: /CANOPY\s+(\d+(?:\.\d+)+\S*)/ }],
    serial: [],
  },
  readings: [accessPoint, frameUse, subscriber, links],
};
