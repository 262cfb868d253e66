import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';

/** NE843-MIB: Galaxy Pulsar Edge. */
const GE = '1.3.6.1.4.1.10520.2.1.3';
const RECTIFIER = `${GE}.7.1`;
const NAME = { label: `${RECTIFIER}.3` } as const;

const system = readingColumns([
  // The positive pole is on earth.
  sensor('voltage', `${GE}.1.4`, 'System', { id: 'system', scale: 0.001 }),
  sensor('current', `${GE}.1.5`, 'System', { id: 'system' }),
  sensor('state', `${GE}.1.13`, 'System', { id: 'system' }),
]);
const rectifiers = readingColumns([
  sensor('current', `${RECTIFIER}.6`, '', { id: 'rectifier-output', ...NAME }),
  sensor('voltage', `${RECTIFIER}.10`, '', { id: 'rectifier-input', ...NAME }),
  sensor('current', `${RECTIFIER}.11`, '', { id: 'rectifier-input', scale: 0.001, ...NAME }),
  sensor('temperature', `${RECTIFIER}.12`, '', { id: 'rectifier', ...NAME }),
  sensor('state', `${RECTIFIER}.44`, '', { id: 'rectifier', ...NAME }),
]);

/** DC power systems of General Electric (ABB, OmniOn) with a Pulsar controller. */
export const profile: Profile = {
  match: [{ objectId: GE }],
  identity: {
    vendor: [{ text: 'General Electric' }],
    os: [{ text: 'gepulsar' }],
    model: [{ oid: `${GE}.2.11.0` }],
    version: [{ oid: `${GE}.2.7.0` }],
    serial: [{ oid: `${GE}.2.12.0` }],
  },
  readings: [system, rectifiers],
};
