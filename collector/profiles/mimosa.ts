import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const MIMOSA = '1.3.6.1.4.1.43356';
const WIRELESS = `${MIMOSA}.2.1.2`;
const GENERAL = `${WIRELESS}.1`;
const CHAIN = `${WIRELESS}.6.1.1`;
const STREAM = `${WIRELESS}.6.2.1`;
const RADIO = `${WIRELESS}.9.3.3.1`;
const CHAIN_LABEL = { text: 'Chain $index' };

/** Scalars of MIMOSA-NETWORKS-BFIVE-MIB: tenths of °C, hundredths of a percent. */
const backhaul = readingColumns([
  { group: 'sensor', class: 'temperature', value: `${GENERAL}.8`, label: { text: 'Inside' }, scale: 0.1 },
  // 0 good, 1 poor.
  { group: 'sensor', class: 'state', id: 'satellites', value: `${WIRELESS}.2.5`, label: { text: 'Satellite signal' } },
  {
    group: 'wireless',
    class: 'error-ratio',
    id: 'tx',
    value: `${WIRELESS}.7.3`,
    label: { text: 'Transmitted packets' },
    scale: 0.01,
  },
  {
    group: 'wireless',
    class: 'error-ratio',
    id: 'rx',
    value: `${WIRELESS}.7.4`,
    label: { text: 'Received packets' },
    scale: 0.01,
  },
]);

/** Antenna chains (mimosaChainTable): tenths of dBm and dB, MHz. */
const chains = readingColumns([
  {
    group: 'wireless',
    class: 'power',
    id: 'tx',
    value: `${CHAIN}.2`,
    label: { text: 'Transmit power, chain $index' },
    scale: 0.1,
  },
  {
    group: 'wireless',
    class: 'power',
    id: 'rx',
    value: `${CHAIN}.3`,
    label: { text: 'Receive power, chain $index' },
    scale: 0.1,
  },
  { group: 'wireless', class: 'noise-floor', value: `${CHAIN}.4`, label: CHAIN_LABEL, scale: 0.1 },
  { group: 'wireless', class: 'snr', value: `${CHAIN}.5`, label: CHAIN_LABEL, scale: 0.1 },
  { group: 'wireless', class: 'frequency', id: 'chain', value: `${CHAIN}.6`, label: CHAIN_LABEL, absent: [0] },
]);

/** Streams (mimosaStreamTable): Mbit/s. */
const streams = readingColumns([
  {
    group: 'wireless',
    class: 'rate',
    id: 'tx',
    value: `${STREAM}.2`,
    label: { text: 'Transmit rate, stream $index' },
    scale: 1e6,
  },
  {
    group: 'wireless',
    class: 'rate',
    id: 'rx',
    value: `${STREAM}.5`,
    label: { text: 'Receive rate, stream $index' },
    scale: 1e6,
  },
]);

/** Radios of an access point (MIMOSA-NETWORKS-PTMP-MIB, mimosaPtmpChannelPowerTable): whole MHz and dBm. */
const radios = readingColumns([
  { group: 'wireless', class: 'frequency', id: 'radio', value: `${RADIO}.7`, label: `${RADIO}.2`, absent: [0] },
  { group: 'wireless', class: 'power', id: 'radio', value: `${RADIO}.10`, label: `${RADIO}.2` },
  {
    group: 'wireless',
    class: 'power',
    id: 'radio.least',
    value: `${RADIO}.12`,
    label: `${RADIO}.2`,
    says: 'least receive power',
  },
]);

/** Backhauls, access points and clients of Mimosa. */
export const profile: Profile = {
  match: [{ objectId: MIMOSA }],
  identity: {
    vendor: [{ text: 'Mimosa' }],
    os: [{ text: 'mimosa' }],
    model: [
      {
        from: 'sysObjectID',
        pattern: /\.43356\.1\.1\.(\d+)$/,
        // Names of MIMOSA-NETWORKS-BASE-MIB.
        names: {
          '1': 'mimosaB5',
          '2': 'mimosaB5Lite',
          '3': 'mimosaA5',
          '4': 'mimosaC5',
          '5': 'mimosaB11',
          '6': 'mimosaB24',
          '7': 'mimosaC5c',
          '8': 'mimosaC5x',
        },
      },
      { from: 'sysDescr', pattern: /^Mimosa (\S+)/i },
    ],
    version: [{ oid: `${GENERAL}.3.0` }, { from: 'sysDescr', pattern: /Firmware v?(\S+)/i }],
    serial: [{ oid: `${GENERAL}.2.0` }],
  },
  readings: [backhaul, chains, streams, radios],
};
