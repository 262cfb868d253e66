import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { upsMib } from '../readings/ups-mib.ts';

const SOCOMEC = '1.3.6.1.4.1.4555';
const PDU = `${SOCOMEC}.2.30`;

/** In tenths. */
const lines = readingColumns([
  sensor('frequency', `${PDU}.2.1`, 'Output', { id: 'pdu', scale: 0.1 }),
  sensor('voltage', `${PDU}.2.2`, 'Line 1', { id: 'pdu-1', scale: 0.1 }),
  sensor('current', `${PDU}.2.3`, 'Line 1', { id: 'pdu-1', scale: 0.1 }),
  sensor('voltage', `${PDU}.2.4`, 'Line 2', { id: 'pdu-2', scale: 0.1 }),
  sensor('current', `${PDU}.2.5`, 'Line 2', { id: 'pdu-2', scale: 0.1 }),
  sensor('voltage', `${PDU}.2.6`, 'Line 3', { id: 'pdu-3', scale: 0.1 }),
  sensor('current', `${PDU}.2.7`, 'Line 3', { id: 'pdu-3', scale: 0.1 }),
]);

/** Socomec's PDUs, and its UPS by UPS-MIB. */
export const profile: Profile = {
  match: [{ objectId: SOCOMEC }],
  identity: {
    vendor: [{ text: 'Socomec' }],
    os: [{ text: 'socomec' }],
    model: [{ oid: `${PDU}.1.2.0` }],
    version: [
      {
        parts: [
          { oid: `${PDU}.1.4.0`, pattern: /(.+)/, text: 'FW $1' },
          { oid: `${PDU}.1.5.0`, pattern: /(.+)/, text: 'SW $1' },
        ],
        join: ' / ',
      },
    ],
    serial: [{ oid: `${PDU}.1.3.0` }],
  },
  readings: [lines, ...upsMib],
};
