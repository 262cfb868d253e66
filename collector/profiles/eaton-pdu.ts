import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { NONE, sensor } from '../readings/sensor.ts';

/** PDU-MIB: the older cards. */
const OLD = '1.3.6.1.4.1.534.6.6.6.1';
const OUTLET = `${OLD}.2.2.1`;
/** EATON-EPDU-MIB: rows are of a unit of the chain and of its part. */
const EPDU = '1.3.6.1.4.1.534.6.6.7';

const oldOutlets = readingColumns([
  sensor('state', `${OUTLET}.3`, 'Outlet $index', { id: 'old-outlet', label: `${OUTLET}.2` }),
]);

/** Voltages and currents in thousandths, power in W, energy in Wh. */
const inputs = readingColumns([
  sensor('frequency', `${EPDU}.3.1.1.3`, 'Input $index', { id: 'input', scale: 0.1, ...NONE }),
  sensor('voltage', `${EPDU}.3.2.1.3`, 'Input $index', { id: 'input', scale: 0.001, ...NONE }),
  sensor('current', `${EPDU}.3.3.1.4`, 'Input $index', { id: 'input', scale: 0.001, ...NONE }),
  sensor('load', `${EPDU}.3.3.1.11`, 'Input $index', { id: 'input', ...NONE }),
  sensor('power', `${EPDU}.3.4.1.4`, 'Input $index', { id: 'input', ...NONE }),
  sensor('power_consumed', `${EPDU}.3.4.1.5`, 'Input $index', { id: 'input', scale: 0.001, ...NONE }),
]);
const groupName = { label: `${EPDU}.5.1.1.3` } as const;
const outletName = { label: `${EPDU}.6.1.1.3` } as const;
const groups = readingColumns([
  sensor('voltage', `${EPDU}.5.3.1.3`, 'Group $index', { id: 'group', scale: 0.001, ...groupName, ...NONE }),
  sensor('current', `${EPDU}.5.4.1.3`, 'Group $index', { id: 'group', scale: 0.001, ...groupName, ...NONE }),
  sensor('load', `${EPDU}.5.4.1.10`, 'Group $index', { id: 'group', ...groupName, ...NONE }),
  sensor('power', `${EPDU}.5.5.1.3`, 'Group $index', { id: 'group', ...groupName, ...NONE }),
  sensor('current', `${EPDU}.6.4.1.3`, 'Outlet $index', { id: 'outlet', scale: 0.001, ...outletName, ...NONE }),
  sensor('power', `${EPDU}.6.5.1.3`, 'Outlet $index', { id: 'outlet', ...outletName, ...NONE }),
  sensor('state', `${EPDU}.6.6.1.2`, 'Outlet $index', { id: 'outlet', ...outletName }),
]);
/** In tenths; those that are plugged in. */
const probes = readingColumns([
  sensor('temperature', `${EPDU}.7.1.1.4`, 'Probe $index', {
    id: 'probe',
    label: `${EPDU}.7.1.1.2`,
    scale: 0.1,
    where: { column: `${EPDU}.7.1.1.3`, is: /^1$/ },
  }),
  sensor('humidity', `${EPDU}.7.2.1.4`, 'Probe $index', {
    id: 'probe',
    label: `${EPDU}.7.2.1.2`,
    scale: 0.1,
    where: { column: `${EPDU}.7.2.1.3`, is: /^1$/ },
  }),
]);

/** Eaton's rack PDUs. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.534.6.6' }],
  identity: {
    vendor: [{ text: 'Eaton' }],
    os: [{ text: 'eatonpdu' }],
    model: [{ oid: `${OLD}.1.12.0` }, { oid: `${EPDU}.1.2.1.3.0` }],
    version: [{ oid: `${OLD}.1.1.0` }, { oid: `${EPDU}.1.2.1.5.0` }],
    serial: [{ oid: `${OLD}.1.2.0` }, { oid: `${EPDU}.1.2.1.4.0` }],
  },
  readings: [oldOutlets, inputs, groups, probes],
};
