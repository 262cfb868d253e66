import type { Profile } from '../profile.ts';
import { MAX_TERMINALS, opticsColumns } from '../readings/optics.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { usage } from '../readings/usage.ts';

const VSOL = '1.3.6.1.4.1.37950.1.1';
const SYSTEM = `${VSOL}.5.10.12`;
/** ponTransceiverTable: a row a PON. */
const PON = `${VSOL}.5.10.13.1.1`;
/** onuOpmDiag of EPON, and gOnuOpticalInfoTable: PON, then terminal. */
const EPON_TERMINAL = `${VSOL}.5.12.2.1.8.1`;
const GPON_TERMINAL = `${VSOL}.6.1.1.3.1`;

/** Figures come as text: `-19.586(dBm)`, `0.03 mW (-15.93 dBm)`; `N/A` and 0 where there is none. */
const power = (value: string) => ({ value, inText: /(-?\d+(?:\.\d+)?)\s*\(?\s*(?:dBm|$)/i, absent: [0] });
const figure = (value: string) => ({ value, inText: true, absent: [0] }) as const;

const terminal = (table: string, id: string, label: string, hasOltSide: boolean) =>
  readingColumns(
    opticsColumns({
      label: { text: `${label} $index` },
      id,
      rx: power(`${table}.7`),
      tx: power(`${table}.6`),
      ...(hasOltSide ? { rxAtOlt: power(`${table}.8`) } : {}),
    }),
    { maxRows: MAX_TERMINALS },
  );

/** Optical line terminals of V-SOL (Guangzhou V-Solution), and those that others sell under their own names. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.37950' }],
  identity: {
    vendor: [{ text: 'V-SOL' }],
    os: [{ text: 'vsol' }],
    model: [
      { oid: `${VSOL}.5.10.14.1.0` },
      { from: 'sysDescr', pattern: /\b(V\d{4}[\w-]*)/ },
      { oid: `${SYSTEM}.5.5.0` },
    ],
    version: [{ oid: `${SYSTEM}.5.4.0` }],
    serial: [{ oid: `${SYSTEM}.5.11.0` }],
  },
  readings: [
    readingColumns([
      usage('processor', `${SYSTEM}.3`, 'Processor', { inText: true }),
      usage('memory', `${SYSTEM}.4`, 'Memory', { inText: true }),
      sensor('temperature', `${SYSTEM}.5.9`, 'Inside', { inText: true, absent: [0] }),
    ]),
    readingColumns([
      ...opticsColumns({
        label: { text: 'PON $index' },
        id: 'pon',
        temperature: figure(`${PON}.2`),
        voltage: figure(`${PON}.3`),
        bias: { ...figure(`${PON}.4`), scale: 0.001 },
        tx: power(`${PON}.5`),
      }),
      // gOnuCountTable
      sensor('count', `${VSOL}.6.1.1.18.1.2`, 'PON $index', { says: 'ONUs', id: 'onus' }),
      sensor('count', `${VSOL}.6.1.1.18.1.3`, 'PON $index', { says: 'ONUs online', id: 'onus-online' }),
    ]),
    terminal(GPON_TERMINAL, 'onu', 'ONU', true),
    terminal(EPON_TERMINAL, 'epon-onu', 'ONU', false),
  ],
};
