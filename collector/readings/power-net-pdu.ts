import type { ReadingTable } from '../profile.ts';
import { POWER_NET } from './power-net-ups.ts';
import { readingColumns } from './reading-columns.ts';
import { NONE, sensor } from './sensor.ts';

const OLD = `${POWER_NET}.12`;
const NEW = `${POWER_NET}.26`;
const LOAD = `${OLD}.2.3.1.1`;
const DEVICE = `${NEW}.4.3.1`;
const PHASE = `${NEW}.6.3.1`;
const BANK = `${NEW}.8.3.1`;
const OUTLET = `${NEW}.9.4.3.1`;

/** rPDU2: power in hundredths of a kilowatt, energy in tenths of a kilowatt hour, current in tenths. */
const device = readingColumns([
  sensor('state', `${DEVICE}.4`, 'Load of the PDU', { id: 'pdu-load' }),
  sensor('state', `${DEVICE}.12`, 'Power supply', { id: 'pdu-supply' }),
  sensor('power', `${DEVICE}.5`, 'PDU', { id: 'pdu', scale: 10, ...NONE }),
  sensor('power_consumed', `${DEVICE}.9`, 'PDU', { id: 'pdu', scale: 0.1, ...NONE }),
  sensor('power', `${OLD}.1.16`, 'PDU', { id: 'pdu', unless: { columns: [`${DEVICE}.5`], in: 'device' }, ...NONE }),
]);
const phases = readingColumns([
  sensor('state', `${PHASE}.4`, 'Load of phase $index', { id: 'phase' }),
  sensor('current', `${PHASE}.5`, 'Phase $index', { id: 'phase', scale: 0.1, ...NONE }),
  sensor('voltage', `${PHASE}.6`, 'Phase $index', { id: 'phase', ...NONE }),
  sensor('power', `${PHASE}.7`, 'Phase $index', { id: 'phase', scale: 10, ...NONE }),
  sensor('current', `${BANK}.5`, 'Bank $index', { id: 'bank', scale: 0.1, ...NONE }),
  // The older table has phases first (bank 0), then banks; it knows one PDU of a chain.
  sensor('current', `${LOAD}.2`, 'Phase $index', {
    id: 'load',
    scale: 0.1,
    where: { column: `${LOAD}.5`, is: /^0?$/ },
    unless: { columns: [`${PHASE}.5`], in: 'device' },
    ...NONE,
  }),
  sensor('current', `${LOAD}.2`, 'Bank', {
    id: 'load',
    scale: 0.1,
    where: { column: `${LOAD}.5`, is: /^[1-9]/ },
    unless: { columns: [`${BANK}.5`], in: 'device' },
    ...NONE,
  }),
]);
const outlets = readingColumns([
  sensor('state', `${OUTLET}.5`, 'Outlet $index', { id: 'outlet', label: `${OUTLET}.3` }),
  sensor('current', `${OUTLET}.6`, 'Outlet $index', { id: 'outlet', label: `${OUTLET}.3`, scale: 0.1, ...NONE }),
  sensor('power', `${OUTLET}.7`, 'Outlet $index', { id: 'outlet', label: `${OUTLET}.3`, ...NONE }),
  sensor('state', `${POWER_NET}.4.4.2.1.3`, 'Outlet $index', { id: 'switched', label: `${POWER_NET}.4.4.2.1.4` }),
]);

/** Rack PDUs (rPDU, rPDU2, sPDU). */
export const powerNetPdu: readonly ReadingTable[] = [device, phases, outlets];
