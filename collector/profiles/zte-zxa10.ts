import type { Profile } from '../profile.ts';
import { MAX_TERMINALS, opticsColumns } from '../readings/optics.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { usage } from '../readings/usage.ts';

const ZTE = '1.3.6.1.4.1.3902';
/** Cards, by rack, shelf and slot: zxAnCardTable of newer software and of older. */
const CARD = `${ZTE}.1082.10.1.2.4.1`;
const OLD_CARD = `${ZTE}.1015.2.1.1.3.1`;
/** ZTE-AN-ENVMON-MIB */
const ENVIRONMENT = `${ZTE}.1082.10.10.2`;
/** zxAnOpticalModuleInfoTable, by ifIndex: newer software and older. */
const MODULE = `${ZTE}.1082.30.40.2.4.1`;
const OLD_MODULE = `${ZTE}.1015.3.1.13.1`;

/** What stands where no light was measured, in thousandths of a dBm. */
const DARK = [-80_000, 2 ** 31 - 1];
const NO_FIGURE = [2 ** 31 - 1, -1_000];

/**
 * Power that a terminal tells of itself: 0.002 dB a step from -30 dBm (ITU-T G.988, ANI-G), as a signed 16-bit number.
 * @returns dBm; null where the terminal does not answer
 */
export function terminalPower(raw: number): number | null {
  if (raw === 65_535 || raw < 0) return null;
  return (raw > 32_767 ? raw - 65_536 : raw) * 0.002 - 30;
}

const module = (
  table: string,
  [rx, tx, bias, voltage, temperature]: readonly [number, number, number, number, number],
) =>
  opticsColumns({
    label: { ifIndexAt: 0 },
    absent: DARK,
    rx: { value: `${table}.${rx}`, scale: 0.001 },
    tx: { value: `${table}.${tx}`, scale: 0.001 },
    bias: { value: `${table}.${bias}`, scale: 1e-6 },
    voltage: { value: `${table}.${voltage}`, scale: 0.001 },
    temperature: { value: `${table}.${temperature}`, scale: 0.001 },
  });

/** Figures of a card; older software keeps the same columns elsewhere. */
const card = (table: string) =>
  readingColumns([
    usage('processor', `${table}.9`, '', { label: `${table}.4`, absent: NO_FIGURE }),
    // Cards without a processor have no memory.
    usage('memory', `${table}.11`, '', {
      label: `${table}.4`,
      where: { column: `${table}.19`, is: /^[1-9]/ },
    }),
    sensor('state', `${table}.5`, '', { label: `${table}.4`, id: 'card' }),
    sensor('temperature', `${ENVIRONMENT}.1.6.1.2`, '', { label: `${table}.4`, id: 'card', absent: NO_FIGURE }),
    sensor('power', `${ENVIRONMENT}.1.6.1.3`, '', {
      label: `${table}.4`,
      id: 'card',
      scale: 0.001,
      absent: NONE_OF_CARD,
    }),
    sensor('voltage', `${ENVIRONMENT}.1.6.1.4`, '', {
      label: `${table}.4`,
      id: 'card',
      scale: 0.001,
      absent: NONE_OF_CARD,
    }),
    sensor('current', `${ENVIRONMENT}.1.6.1.5`, '', {
      label: `${table}.4`,
      id: 'card',
      scale: 0.001,
      absent: NONE_OF_CARD,
    }),
    sensor('voltage', `${ENVIRONMENT}.3.11.1.2`, '', { label: `${table}.4`, says: 'input', id: 'input', absent: [0] }),
    sensor('fanspeed', `${ENVIRONMENT}.4.11.1.7`, 'Fan $index', { id: 'fan', absent: NO_FIGURE }),
    sensor('state', `${ENVIRONMENT}.4.11.1.2`, 'Fan $index', { id: 'fan' }),
  ]);
const NONE_OF_CARD = [0, ...NO_FIGURE];

/** Optical line terminals of ZTE: C220, C300, C320 and the C600 line. */
export const profile: Profile = {
  match: [
    { objectId: `${ZTE}.1082.1001` },
    { objectId: `${ZTE}.1015` },
    { objectId: `${ZTE}.1012` },
    { objectId: ZTE, descr: /ZXA10|\bC[236]\d0\b/ },
  ],
  identity: {
    vendor: [{ text: 'ZTE' }],
    os: [{ text: 'zxa10' }],
    model: [{ from: 'sysDescr', pattern: /\b(C[236]\d0\w*)/ }],
    version: [{ from: 'sysDescr', pattern: /Version:? ?(V[\d.]\S*?),?(?:\s|$)/ }],
    serial: [],
  },
  readings: [
    card(CARD),
    readingColumns([
      usage('processor', `${OLD_CARD}.9`, '', {
        label: `${OLD_CARD}.4`,
        unless: { columns: [`${CARD}.9`], in: 'device' },
      }),
      usage('memory', `${OLD_CARD}.11`, '', {
        label: `${OLD_CARD}.4`,
        unless: { columns: [`${CARD}.9`], in: 'device' },
        absent: [0],
      }),
    ]),
    readingColumns(module(MODULE, [2, 3, 5, 6, 8])),
    readingColumns(
      module(OLD_MODULE, [1, 4, 9, 10, 12]).map((column) => ({
        ...column,
        unless: { columns: [`${MODULE}.3`], in: 'device' as const },
      })),
    ),
    // What terminals tell: ifIndex of the PON, terminal, its port.
    ...[`${ZTE}.1012.3.50.12.1.1`, `${ZTE}.1082.500.20.2.2.2.1`].map((table, at) =>
      readingColumns(
        opticsColumns({
          label: { ifIndexAt: 0 },
          id: at === 0 ? 'onu' : 'ont',
          rx: { value: `${table}.10`, convert: terminalPower },
        }),
        { maxRows: MAX_TERMINALS },
      ),
    ),
    // zxAnPonRxOpticalPower: terminals as the OLT sees them.
    ...[`${ZTE}.1015.1010.11.2.1.2`, `${ZTE}.1082.500.1.2.4.2.1.2`].map((value, at) =>
      readingColumns(
        opticsColumns({
          label: { ifIndexAt: 0 },
          id: at === 0 ? 'onu' : 'ont',
          absent: DARK,
          rxAtOlt: { value, scale: 0.001 },
        }),
        { maxRows: MAX_TERMINALS },
      ),
    ),
  ],
};
