import type { Profile } from '../profile.ts';
import { entitySensors } from '../readings/entity-sensors.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { dbmOfMilliwatts, opticsColumns } from '../readings/optics.ts';
import { poeBudget } from '../readings/power-ethernet.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const WIRED = '1.3.6.1.4.1.47196.4.1.1.3';
const SUPPLY = `${WIRED}.11.2.1.1`;
const THERMOMETER = `${WIRED}.11.3.1.1`;
const OPTICS = `${WIRED}.27.1.2.1.1`;
const LANE = `${WIRED}.27.1.2.2.1`;
const ENT_PHYSICAL = '1.3.6.1.2.1.47.1.1.1.1';

/** ARUBAWIRED-POWERSUPPLY-MIB and ARUBAWIRED-TEMPSENSOR-MIB: W, thousandths of °C. */
const supplies = readingColumns([
  { group: 'sensor', class: 'power', id: 'supply', value: `${SUPPLY}.7`, label: `${SUPPLY}.3` },
]);
const thermometers = readingColumns([
  {
    group: 'sensor',
    class: 'temperature',
    id: 'own',
    value: `${THERMOMETER}.7`,
    label: `${THERMOMETER}.5`,
    scale: 1e-3,
  },
]);

/** Transceivers by ifIndex, and the lanes of each: texts in °C, V, mA and mW (ARUBAWIRED-PM-MIB). */
const optics = readingColumns(
  opticsColumns({
    label: { ifIndexAt: 0 },
    temperature: { value: `${OPTICS}.2`, inText: true },
    voltage: { value: `${OPTICS}.11`, inText: true },
  }),
);
const lanes = readingColumns(
  opticsColumns({
    label: { ifIndexAt: 0 },
    id: 'lane',
    bias: { value: `${LANE}.2`, inText: true, scale: 1e-3 },
    tx: { value: `${LANE}.7`, inText: true, convert: dbmOfMilliwatts },
    rx: { value: `${LANE}.12`, inText: true, convert: dbmOfMilliwatts },
  }),
);

/** Aruba's CX switches. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.47196.4' }],
  identity: {
    vendor: [{ text: 'Aruba' }],
    os: [{ text: 'arubaos-cx' }],
    model: [
      { oid: `${ENT_PHYSICAL}.2.1` },
      { from: 'sysDescr', pattern: /^(?:Aruba|HPE(?: ANW)?) \S+ (.+?)(?: Sw(?:it)?ch)? \w{2}\.\d/ },
    ],
    version: [{ from: 'sysDescr', pattern: /\b([A-Z]{2}\.\d+\.\d+\.\w+)\s*$/ }, { oid: `${ENT_PHYSICAL}.10.1` }],
    serial: [{ oid: `${ENT_PHYSICAL}.11.1` }, { column: `${ENT_PHYSICAL}.11` }],
  },
  readings: [hrProcessors, hrStorage, entitySensors, poeBudget, supplies, thermometers, optics, lanes],
};
