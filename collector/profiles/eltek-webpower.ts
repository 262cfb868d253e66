import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';

const ELTEK = '1.3.6.1.4.1.12148.9';
const RECTIFIER = `${ELTEK}.5.5.2.1`;

const system = readingColumns([
  sensor('state', `${ELTEK}.2.2`, 'System', { id: 'system' }),
  sensor('voltage', `${ELTEK}.3.2`, 'Battery', { id: 'battery', scale: 0.01 }),
  sensor('current', `${ELTEK}.3.3`, 'Battery', { id: 'battery' }),
  sensor('temperature', `${ELTEK}.3.4`, 'Battery', { id: 'battery' }),
  sensor('state', `${ELTEK}.3.5`, 'Battery breaker', { id: 'battery-breaker' }),
  sensor('runtime', `${ELTEK}.3.20.1`, 'Battery time to disconnection', { id: 'remaining' }),
  sensor('count', `${ELTEK}.3.20.2`, 'Battery capacity left (Ah)', { id: 'battery-left' }),
  sensor('count', `${ELTEK}.3.20.3`, 'Battery capacity used (Ah)', { id: 'battery-used' }),
  sensor('percent', `${ELTEK}.3.20.5`, 'Battery quality', { id: 'battery-quality' }),
  sensor('current', `${ELTEK}.4.1`, 'Load', { id: 'load' }),
  sensor('load', `${ELTEK}.5.4`, 'Rectifiers', { id: 'rectifiers' }),
  sensor('voltage', `${ELTEK}.6.1`, 'Mains L1', { id: 'mains-1' }),
  sensor('voltage', `${ELTEK}.6.2`, 'Mains L2', { id: 'mains-2' }),
  sensor('voltage', `${ELTEK}.6.3`, 'Mains L3', { id: 'mains-3' }),
  sensor('count', `${ELTEK}.5.1`, 'Rectifiers installed', { id: 'rectifiers-installed' }),
  sensor('count', `${ELTEK}.5.2`, 'Rectifiers active', { id: 'rectifiers-active' }),
]);
const rectifiers = readingColumns([
  sensor('state', `${RECTIFIER}.2`, 'Rectifier $index', { id: 'rectifier' }),
  sensor('current', `${RECTIFIER}.3`, 'Rectifier $index', { id: 'rectifier', scale: 0.1 }),
  sensor('voltage', `${RECTIFIER}.4`, 'Rectifier $index', { id: 'rectifier', scale: 0.01 }),
  sensor('temperature', `${RECTIFIER}.5`, 'Rectifier $index', { id: 'rectifier' }),
]);

/** Eltek's WebPower card in DC power systems. */
export const profile: Profile = {
  match: [{ objectId: ELTEK }],
  identity: {
    vendor: [{ text: 'Eltek' }],
    os: [{ text: 'eltek-webpower' }],
    model: [{ oid: `${ELTEK}.2.1.3.6.0`, names: { '5': 'Smartpack' } }],
    version: [{ oid: `${ELTEK}.1.18.7.0` }, { from: 'sysDescr', pattern: /\) ([\d.]+)/ }],
    serial: [{ oid: `${ELTEK}.2.1.3.7.0` }],
  },
  readings: [system, rectifiers],
};
