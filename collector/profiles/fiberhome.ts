import type { Profile } from '../profile.ts';
import { MAX_TERMINALS, opticsColumns } from '../readings/optics.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { usage } from '../readings/usage.ts';

/** GEPON-OLT-COMMON-MIB */
const OLT = '1.3.6.1.4.1.5875.800.3';
/** Cards of the main control unit, a row a slot. */
const CONTROL = `${OLT}.9.8.1.1`;
/** oltPonInfoTable, whose rows are PON ports, and onuPonInfoTable, whose rows are terminals. */
const PON = `${OLT}.9.3.4.1`;
const TERMINAL = `${OLT}.9.3.3.1`;

/** Optical line terminals of Fiberhome: AN5116, AN5516, AN6000. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.5875' }],
  identity: {
    vendor: [{ text: 'Fiberhome' }],
    os: [{ text: 'fiberhome' }],
    model: [{ from: 'sysDescr', pattern: /\bAN\d[\w-]+/ }, { from: 'sysDescr' }],
    version: [{ oid: `${OLT}.9.4.3.0` }, { column: `${CONTROL}.3` }],
    serial: [],
  },
  readings: [
    readingColumns([
      usage('processor', `${CONTROL}.5`, 'Control unit $index', { scale: 0.01 }),
      usage('memory', `${CONTROL}.6`, 'Control unit $index', { scale: 0.01 }),
      sensor('state', `${CONTROL}.4`, 'Control unit $index', { id: 'control' }),
    ]),
    readingColumns([
      sensor('temperature', `${OLT}.9.4.5`, 'Inside'),
      sensor('state', `${OLT}.60.1.1.2`, 'Power supply in slot $index', { id: 'power-supply' }),
      sensor('state', `${OLT}.60.2.1.1`, 'Fan in slot $index', { id: 'fan' }),
    ]),
    readingColumns([
      ...opticsColumns({
        label: `${PON}.2`,
        id: 'pon',
        absent: [0],
        tx: { value: `${PON}.8`, scale: 0.01 },
        voltage: { value: `${PON}.9`, scale: 0.01 },
        bias: { value: `${PON}.10`, scale: 1e-5 },
        temperature: { value: `${PON}.11`, scale: 0.01 },
      }),
      sensor('count', `${PON}.12`, '', { label: `${PON}.2`, says: 'ONUs', id: 'onus' }),
    ]),
    // 0 until the OLT has asked, and where the terminal does not answer.
    readingColumns(
      opticsColumns({
        label: `${TERMINAL}.2`,
        id: 'onu',
        absent: [0],
        rx: { value: `${TERMINAL}.6`, scale: 0.01 },
        tx: { value: `${TERMINAL}.7`, scale: 0.01 },
      }),
      { maxRows: MAX_TERMINALS },
    ),
  ],
};
