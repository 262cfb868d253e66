import type { Profile } from '../profile.ts';
import { dbmOfMilliwatts, MAX_TERMINALS, opticsColumns } from '../readings/optics.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { freeOf, usage } from '../readings/usage.ts';

/** FD-SYSTEM-MIB and FD-ONU-MIB, C-Data's own; beside them NSCRTV's MIBs for EPON and GPON. */
const CDATA = '1.3.6.1.4.1.34592.1';
const NSCRTV = '1.3.6.1.4.1.17409.2';
const HEALTH = `${CDATA}.3.100.1.8`;
const CARD = `${CDATA}.3.1.5.2.1.1`;
/** oltPonOpticalTransmissionPropertyTable: device, card, port. */
const PON = `${NSCRTV}.3.3.5.1`;

const NONE = [0, -1, 2 ** 31 - 1];
/** Terminals of which nothing is known hold one of these, in hundredths. */
const HUNDREDTH = { scale: 0.01, absent: NONE } as const;

/** Optical line terminals of C-Data, and those that others sell under their own names. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.17409' }, { objectId: '1.3.6.1.4.1.34592' }],
  identity: {
    vendor: [{ text: 'C-Data' }],
    os: [{ text: 'cdata' }],
    model: [{ oid: `${CARD}.4.0` }, { oid: `${CDATA}.3.1.1.1.0` }],
    version: [{ oid: `${CARD}.5.0` }],
    serial: [{ oid: `${NSCRTV}.3.1.1.13.0` }],
  },
  readings: [
    readingColumns([
      usage('processor', `${HEALTH}.1`, 'Processor'),
      usage('memory', `${HEALTH}.3`, 'Memory', {
        ...freeOf(`${HEALTH}.2`),
      }),
      sensor('temperature', `${HEALTH}.6`, 'Inside', { scale: 0.1, absent: NONE }),
      sensor('state', `${CARD}.7`, 'PON card', { id: 'pon-card' }),
    ]),
    readingColumns(
      opticsColumns({
        label: { text: 'PON $index' },
        id: 'pon',
        voltage: { value: `${PON}.4`, ...HUNDREDTH },
        bias: { value: `${PON}.5`, scale: 1e-5, absent: NONE },
        tx: { value: `${PON}.6`, ...HUNDREDTH },
        temperature: { value: `${PON}.100`, ...HUNDREDTH },
      }),
    ),
    // NSCRTV's tables of terminals, EPON's and GPON's: the terminal's number, then its card and port.
    ...(
      [
        [`${NSCRTV}.3.4.2.1`, 'epon-onu'],
        [`${NSCRTV}.8.4.4.1`, 'onu'],
      ] as const
    ).map(([table, id]) =>
      readingColumns(
        opticsColumns({
          label: { text: 'ONU $index' },
          id,
          rx: { value: `${table}.4`, ...HUNDREDTH },
          tx: { value: `${table}.5`, ...HUNDREDTH },
        }),
        { maxRows: MAX_TERMINALS },
      ),
    ),
    // C-Data's own: EPON in tenths of a µW, GPON as text in dBm.
    readingColumns(
      opticsColumns({
        label: { text: 'ONU $index' },
        id: 'fd-onu',
        absent: NONE,
        rx: { value: `${CDATA}.3.4.1.1.36`, convert: (raw) => dbmOfMilliwatts(raw / 10_000) },
        tx: { value: `${CDATA}.3.4.1.1.37`, convert: (raw) => dbmOfMilliwatts(raw / 10_000) },
      }),
      { maxRows: MAX_TERMINALS },
    ),
    readingColumns(
      opticsColumns({
        label: { text: 'ONU $index' },
        id: 'gpon-onu',
        absent: [0],
        rx: { value: `${CDATA}.5.1.1.2.18.6.1.4`, inText: true },
        tx: { value: `${CDATA}.5.1.1.2.18.6.1.2`, inText: true },
      }),
      { maxRows: MAX_TERMINALS },
    ),
  ],
};
