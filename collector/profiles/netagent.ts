import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { NONE, sensor } from '../readings/sensor.ts';
import { UPS_IDENT, upsMib } from '../readings/ups-mib.ts';

/** PPC-MIB, in tenths. */
const PPC = '1.3.6.1.4.1.935.1.1.1';
const THREE = `${PPC}.8`;
/** A probe of another maker behind the same card. */
const PROBE = '1.3.6.1.4.1.13409.1.1';

const ups = readingColumns([
  sensor('state', `${PPC}.2.1.1`, 'Battery', { id: 'ppc-battery' }),
  sensor('charge', `${PPC}.2.2.1`, 'Battery', { id: 'ppc-battery', ...NONE }),
  sensor('voltage', `${PPC}.2.2.2`, 'Battery', { id: 'ppc-battery', scale: 0.1, ...NONE }),
  sensor('temperature', `${PPC}.2.2.3`, 'Battery', { id: 'ppc-battery', scale: 0.1, ...NONE }),
  sensor('state', `${PPC}.2.2.5`, 'Battery replacement', { id: 'ppc-replace-battery' }),
  sensor('current', `${PPC}.2.2.7`, 'Battery', { id: 'ppc-battery', scale: 0.1, ...NONE }),
  sensor('voltage', `${PPC}.3.2.1`, 'Input', { id: 'ppc-input', scale: 0.1, ...NONE }),
  sensor('frequency', `${PPC}.3.2.4`, 'Input', { id: 'ppc-input', scale: 0.1, ...NONE }),
  sensor('state', `${PPC}.4.1.1`, 'Output', { id: 'ppc-output' }),
  sensor('voltage', `${PPC}.4.2.1`, 'Output', { id: 'ppc-output', scale: 0.1, ...NONE }),
  sensor('frequency', `${PPC}.4.2.2`, 'Output', { id: 'ppc-output', scale: 0.1, ...NONE }),
  sensor('load', `${PPC}.4.2.3`, 'Output', { id: 'ppc-output', ...NONE }),
  sensor('state', `${PPC}.9.1.3`, 'Water', { id: 'ppc-water' }),
  sensor('state', `${PPC}.9.1.4`, 'Smoke', { id: 'ppc-smoke' }),
  // The temperature is in hundredths, the humidity in tenths.
  sensor('temperature', `${PROBE}.1`, 'Probe', { id: 'probe', scale: 0.01 }),
  sensor('humidity', `${PROBE}.2`, 'Probe', { id: 'probe', scale: 0.1 }),
]);
/** Zero where the UPS has one phase. */
const THREE_PHASES = { scale: 0.1, absent: [-1, 0] } as const;
const threePhases = readingColumns([
  sensor('frequency', `${THREE}.2.1`, 'Input', { id: 'ppc-input-3', ...THREE_PHASES }),
  sensor('voltage', `${THREE}.2.2`, 'Input R', { id: 'ppc-input-r', ...THREE_PHASES }),
  sensor('voltage', `${THREE}.2.3`, 'Input S', { id: 'ppc-input-s', ...THREE_PHASES }),
  sensor('voltage', `${THREE}.2.4`, 'Input T', { id: 'ppc-input-t', ...THREE_PHASES }),
  sensor('frequency', `${THREE}.3.1`, 'Output', { id: 'ppc-output-3', ...THREE_PHASES }),
  sensor('voltage', `${THREE}.3.2`, 'Output R', { id: 'ppc-output-r', ...THREE_PHASES }),
  sensor('voltage', `${THREE}.3.3`, 'Output S', { id: 'ppc-output-s', ...THREE_PHASES }),
  sensor('voltage', `${THREE}.3.4`, 'Output T', { id: 'ppc-output-t', ...THREE_PHASES }),
  sensor('load', `${THREE}.3.5`, 'Output R', { id: 'ppc-output-r', ...THREE_PHASES }),
  sensor('load', `${THREE}.3.6`, 'Output S', { id: 'ppc-output-s', ...THREE_PHASES }),
  sensor('load', `${THREE}.3.7`, 'Output T', { id: 'ppc-output-t', ...THREE_PHASES }),
]);

/** UPS behind Megatec's NetAgent card, whoever made them. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.935' }],
  identity: {
    vendor: [{ oid: UPS_IDENT.manufacturer }, { text: 'Megatec' }],
    os: [{ text: 'netagent2' }],
    model: [{ oid: `${PPC}.1.1.1.0` }, { oid: UPS_IDENT.model }],
    version: [{ oid: UPS_IDENT.agentVersion }],
    serial: [{ oid: `${PPC}.1.2.3.0` }],
  },
  readings: [...upsMib, ups, threePhases],
};
