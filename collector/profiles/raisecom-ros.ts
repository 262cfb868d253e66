import type { Profile } from '../profile.ts';
import { MAX_TERMINALS, opticsColumns } from '../readings/optics.ts';
import { raisecomOptics } from '../readings/raisecom-optics.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { freeOf, usage } from '../readings/usage.ts';

const RAISECOM = '1.3.6.1.4.1.8886';
/** ROSMGMT-*-MIB, of newer software, and what came before. */
const ROS = `${RAISECOM}.60`;
const SYSTEM = `${RAISECOM}.1.1`;
/** Cards, fans and lines of ISCOM5508, ISCOM6800 and the like. */
const SHELF = `${RAISECOM}.1.27`;
const PON = `${RAISECOM}.18`;

/** Power that a terminal tells of itself, of 0.002 dB a step. @returns dBm; null where it does not answer */
const terminalPower = (raw: number): number | null => (raw <= 0 ? null : (raw - 15_000) / 500);

/** Switches and optical line terminals of Raisecom. */
export const profile: Profile = {
  match: [{ objectId: RAISECOM }],
  identity: {
    vendor: [{ text: 'Raisecom' }],
    os: [{ from: 'sysDescr', pattern: /^ROS/, text: 'raisecom-ros' }, { text: 'raisecom' }],
    model: [
      { oid: `${ROS}.131.1.1.6.0` },
      { oid: `${SYSTEM}.1.19.0` },
      { from: 'sysDescr', pattern: /\b(ISCOM[\w-]+)/ },
    ],
    version: [{ oid: `${ROS}.131.1.1.1.0` }, { oid: `${SYSTEM}.1.14.0` }],
    serial: [{ oid: `${ROS}.131.1.1.4.0` }, { oid: `${SYSTEM}.1.18.0` }],
  },
  readings: [
    // Over a minute; the other rows are other spans.
    readingColumns([usage('processor', `${ROS}.1.1.1.2.1.1.1.3`, 'Processor', { rows: /^3\.\d+$/ })]),
    readingColumns([
      usage('memory', `${ROS}.1.3.1.1.2`, 'Memory', { of: `${ROS}.1.3.1.1.1` }),
      usage('processor', `${SYSTEM}.1.5.1.1.1.3.3`, 'Processor', { id: 'old' }),
      sensor('state', `${ROS}.34.1.1.7`, 'Alarm level', { id: 'alarm' }),
    ]),
    readingColumns([
      sensor('temperature', `${SYSTEM}.4.2.1`, 'Inside', { absent: [0] }),
      sensor('temperature', `${SHELF}.2.1.1.10`, 'Shelf', { id: 'shelf' }),
    ]),
    // In mV
    readingColumns([sensor('voltage', `${SYSTEM}.4.3.1.1.3`, 'Supply $index', { scale: 0.001 })]),
    readingColumns([
      sensor('fanspeed', `${SYSTEM}.5.2.2.1.2`, 'Fan $index', { id: 'fan' }),
      sensor('state', `${SYSTEM}.5.2.2.1.3`, 'Fan $index', { id: 'fan' }),
    ]),
    readingColumns([sensor('fanspeed', `${SHELF}.5.1.1.4`, 'Fan $index', { id: 'shelf-fan' })]),
    readingColumns([sensor('state', `${SHELF}.3.1.1.11`, 'Card $index', { id: 'card' })]),
    readingColumns([usage('processor', `${PON}.1.7.1.1.1.4`, 'Card $index', { id: 'card' })]),
    readingColumns([
      usage('memory', `${PON}.1.7.3.1.1.2`, 'Card $index', {
        id: 'card',
        ...freeOf(`${PON}.1.7.3.1.1.1`),
      }),
    ]),
    raisecomOptics(`${ROS}.18.1.2.2.1.1`),
    raisecomOptics(`${RAISECOM}.1.18.2.2.1.1`, `${ROS}.18.1.2.2.1.1`),
    readingColumns(
      opticsColumns({
        label: { text: 'ONU $index' },
        id: 'onu',
        rx: { value: `${PON}.3.6.3.1.1.16`, convert: terminalPower },
        tx: { value: `${PON}.3.6.3.1.1.17`, convert: terminalPower },
      }),
      { maxRows: MAX_TERMINALS },
    ),
    readingColumns(
      opticsColumns({
        label: { text: 'ONU $index' },
        id: 'onu',
        absent: [0],
        rxAtOlt: { value: `${PON}.3.1.3.3.1.1`, scale: 0.1 },
      }),
      { maxRows: MAX_TERMINALS },
    ),
  ],
};
