import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const PEER = '1.3.6.1.4.1.31926.35.1.1.3.1.1';
const ENT_PHYSICAL = '1.3.6.1.2.1.47.1.1.1.1';

/** Links of a terragraph node (Siklu's TG MIB): dBm, texts of dB and percent, Mbit/s. */
const peers = readingColumns([
  { group: 'wireless', class: 'rssi', value: `${PEER}.7`, label: `${PEER}.2` },
  { group: 'wireless', class: 'snr', value: `${PEER}.8`, label: `${PEER}.2`, inText: true },
  {
    group: 'wireless',
    class: 'error-ratio',
    id: 'rx',
    value: `${PEER}.11`,
    label: `${PEER}.2`,
    says: 'received',
    inText: true,
  },
  {
    group: 'wireless',
    class: 'error-ratio',
    id: 'tx',
    value: `${PEER}.12`,
    label: `${PEER}.2`,
    says: 'sent',
    inText: true,
  },
  { group: 'wireless', class: 'rate', id: 'rx', value: `${PEER}.14`, label: `${PEER}.2`, says: 'receive', scale: 1e6 },
  { group: 'wireless', class: 'rate', id: 'tx', value: `${PEER}.15`, label: `${PEER}.2`, says: 'transmit', scale: 1e6 },
]);

/** 60 GHz nodes and terminals of the MultiHaul TG line. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.31926.35' }],
  identity: {
    vendor: [{ text: 'Siklu' }],
    os: [{ text: 'siklu-mhtg' }],
    model: [{ oid: `${ENT_PHYSICAL}.13.1` }, { from: 'sysDescr' }],
    version: [{ oid: `${ENT_PHYSICAL}.10.1` }],
    serial: [{ oid: `${ENT_PHYSICAL}.11.1` }],
  },
  readings: [peers],
};
